package storefront

import (
	"html/template"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// HomePage is the front page.
type HomePage struct {
	web.Page
	Heading     string // the cover line, "" for Title
	Intro       string // a sentence or two under it, "" for none
	Lead        *Card  // the shoe the page opens with
	New         []Card
	Collections []CollectionCard
	OnSale      []Card
}

// Card is a product in a list.
type Card struct {
	Title     string // without the colour, which Colour says
	URL       string
	Vendor    string
	Colour    string // this one's colour name, "" if it has none
	Colours   int    // how many colourways the style has in all
	Price     shop.Cents
	Varies    bool        // Price is the lowest of several
	CompareAt *shop.Cents // higher than Price when on sale
	SoldOut   bool
	Few       bool   // few sizes left
	Facts     string // "Road · neutral · 6 mm drop", "" when unknown
	Image     Image
	Lazy      bool // below the fold: loading="lazy"
}

// Image is a picture ready for an img element. Width and Height are always set.
type Image struct {
	URL    string
	Srcset string
	Sizes  string
	Alt    string
	Width  int
	Height int
}

// CollectionCard is a collection in a list.
type CollectionCard struct {
	Title string
	URL   string
	Text  string
	Image Image
}

// CollectionsPage lists the collections.
type CollectionsPage struct {
	web.Page
	Collections []CollectionCard
}

// CollectionPage lists the products of one collection.
type CollectionPage struct {
	web.Page
	Heading string
	Text    template.HTML
	Action  string // URL of the sort form, a GET
	Sort    string // the sort in force
	Sorts   []SortChoice
	Cards   []Card
	Prev    string // URL of the previous page, "" on the first
	Next    string
	Number  int // this page, from 1
}

// SortChoice is one way to sort a list.
type SortChoice struct{ Value, Title string }

// ProductPage is one product.
type ProductPage struct {
	web.Page
	ID           shop.ProductID
	Heading      string // the title without the colour, which Colour says
	Vendor       string
	VendorURL    string
	Colour       string
	Text         template.HTML  // the description
	VariantID    shop.VariantID // preselected
	Price        shop.Cents     // of the preselected variant
	CompareAt    *shop.Cents
	PriceVaries  bool
	Low, High    shop.Cents
	Images       []Image // at least one; the stand-in where there is no picture
	Options      []OptionGroup
	Chosen       string // "9 / D", "" without options
	SoldOut      bool   // nothing of the product can be bought
	ChosenOut    bool   // the preselected variant cannot
	NotYet       string // "On sale from Dec 1, 9:00 AM", "" when it is
	StockNote    string // "2 left, 1 being paid for right now", "" when plenty
	ShippingNote string // "Free shipping" or what it costs below the threshold
	Facts        []Fact
	FitNote      string
	OtherColours []ColourLink
	Error        string // after a refused add, the form is shown again
	Quantity     string // as typed, "1" at first
	AddURL       string // /cart/add
	OGImage      string // absolute URL of the first picture, "" for none

	Wait *WaitForm // to hear when a size is back; nil while nothing is sold out
}

// OptionGroup is one option as a group of radio buttons named options[Name].
type OptionGroup struct {
	Name   string
	Values []OptionValue
}

// OptionValue is one button. Out means that no variant with it and the other
// chosen values can be bought: shown, struck through, still readable.
type OptionValue struct {
	Value   string
	Checked bool
	Out     bool
	URL     string // the same page with this value chosen, for when JavaScript is off
	Note    string // "2 left", "sold out", ""
}

// Fact is one row of the facts table.
type Fact struct{ Name, Value string }

// ColourLink is another colourway of the same style.
type ColourLink struct {
	Title   string
	URL     string
	Image   Image
	Current bool
	SoldOut bool
}

// BagPage is "Your Bag".
type BagPage struct {
	web.Page
	Lines        []BagLine
	Changes      []string // what changed since the shopper last looked
	Error        string   // of a refused update
	Subtotal     shop.Cents
	Discount     shop.Cents
	GapLine      string // "$12.00 away from free shipping", "" when there is none
	GapPercent   int    // 0 to 100, how far along to free shipping
	FreeShips    bool
	ShippingLine string // "Free" or "$8.00", "" while unknown
	TaxLine      string // "Taxes and shipping calculated at checkout"
	Note         string
	GiftNote     string
	Code         BagCode
	Zones        []ZoneChoice // empty unless the bag asks the destination
	Seen         string       // hidden field seen: what this page shows, to notice a change
	Pending      bool         // a checkout has begun: continue or start over
	Blocked      bool         // a line stands in the way
	Empty        bool
	Suggestions  []Card // shown in an empty bag
}

// BagLine is one line of the bag. Quantities are posted as updates[], one a
// line in order; Remove posts updates for this line with 0.
type BagLine struct {
	Key        string
	Title      string
	Variant    string
	URL        string
	Image      Image
	Price      shop.Cents
	CompareAt  *shop.Cents
	Amount     shop.Cents
	Quantity   string // as typed, if the form is shown again
	Problem    string
	StockNote  string // "2 left, 1 being paid for right now", "" when plenty
	Properties []shop.LineProperty
	RemoveURL  string // /cart/change?id=KEY&quantity=0
}

// BagCode is the discount code of a bag. The field discount and its button
// stand where there is none; one that is kept has a button that takes it off.
type BagCode struct {
	Code    string // that the bag keeps, "" for none
	Gives   string // "10% off", "" while it takes nothing off
	Problem string // why it takes nothing off, or why what was typed was refused
	Typed   string // into the field, if the form is shown again
}

// ZoneChoice is a destination the bag offers.
type ZoneChoice struct {
	Code, Name string
	Checked    bool
}

// OrderPage is an order as its private link shows it.
type OrderPage struct {
	web.Page
	Order     shop.Order
	Heading   string // "Thank you" or "Order #1001"
	StateText string // what the state means for the shopper, in a sentence
	Fresh     bool   // the shopper has just paid
	Images    map[shop.OrderLineID]Image
	Placed    string // "November 22, 2026" in the shop's zone
	Refund    string // what is given back and why, "" when nothing is
	PayURL    string // to continue a pending payment, "" otherwise
	Status    string // where a paid order stands, in a word or two, "" before
	Parcels   []OrderParcel
	Refunds   []OrderRefund
	Invoice   string // URL of the invoice, "" before there is one
}

// OrderParcel is a parcel as the shopper sees it.
type OrderParcel struct {
	shop.Parcel
	Heading string // "Parcel", or which of several
	When    string // "Shipped November 24, 2026"
	Lines   []shop.PackedLine
}

// OrderRefund is money that was given back, and how it adds up.
type OrderRefund struct {
	Heading string // "Cancelled" or "Refund"
	When    string // "November 24, 2026"
	Reason  string // as staff wrote it for the shopper, "" for none
	Plan    shop.RefundPlan
	Text    string // where the money is, in a sentence
}

// WaitPage says that something is going on, and asks again by itself.
type WaitPage struct {
	web.Page
	Heading string
	Text    string
	Refresh int    // seconds until the browser asks again, 0 for never; sent as the Refresh header, since a meta element is a WCAG failure
	URL     string // where it asks
	Again   *web.MenuItem
}

// CancelledPage is where Stripe's Back button leads: nothing was charged, the
// bag is kept, and the payment can go on or be given up.
type CancelledPage struct {
	web.Page
	ContinueURL string // Stripe's page, "" when it is over
	ReleaseURL  string // POST: give the payment up
}

// ConfirmPage shows one button that POSTs, for links that would change
// something and were followed from another site.
type ConfirmPage struct {
	web.Page
	Heading string
	Text    string
	Action  string
	Fields  []Field
	Button  string
}

// Field is a hidden field of a form.
type Field struct{ Name, Value string }
