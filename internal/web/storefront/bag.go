package storefront

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// taxLine stands in every bag until Stripe knows the address; shippingOnly
// where the shop works out no taxes.
const (
	taxLine      = "Taxes and shipping calculated at checkout"
	shippingOnly = "Shipping calculated at checkout"
)

// suggested is how many shoes an empty bag shows.
const suggested = 4

// bag is "Your Bag"; programs that ask for it get the cart's JSON.
func (s *Storefront) bag(c echo.Context) error {
	if web.WantsJSON(c) {
		return s.ajaxCart(c)
	}
	return s.showBag(c, http.StatusOK, "")
}

// showBag is the bag as it is now, with a sentence on what was refused.
func (s *Storefront) showBag(c echo.Context, status int, problem string) error {
	return s.renderBag(c, status, problem, nil)
}

// renderBag is showBag with the form as it was filled in.
func (s *Storefront) renderBag(c echo.Context, status int, problem string, typed *typedBag) error {
	ctx := c.Request().Context()
	bag, err := s.cart.View(ctx, s.kit.BagToken(c))
	if err != nil {
		return err
	}
	base, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	base.Title, base.NoIndex = "Your Bag", true
	page := &BagPage{Page: base, Error: problem, Empty: len(bag.Lines) == 0}
	s.fillBag(page, &bag)
	if page.Empty {
		if page.Suggestions, err = s.suggestions(ctx); err != nil {
			return err
		}
	}
	typed.lay(page)
	return s.kit.Render(c, status, "storefront/bag", page)
}

func (s *Storefront) fillBag(page *BagPage, bag *shop.Bag) {
	page.Changes, page.Pending, page.Seen = bag.Changes, bag.Pending, string(bag.Seen)
	page.Blocked = bag.Blocked() && !page.Empty
	page.Subtotal, page.Discount = bag.Quote.Subtotal, bag.Quote.Discount
	page.GapLine, page.GapPercent, page.FreeShips = bag.Quote.GapLine(), gapPercent(bag), bag.Quote.FreeShips
	page.ShippingLine = shippingLine(bag)
	if page.TaxLine = taxLine; s.taxOff {
		page.TaxLine = shippingOnly
	}
	page.Note, page.GiftNote = bag.Cart.Note, bag.Cart.GiftNote
	page.Zones, page.Code = zoneChoices(bag), codeOf(bag)
	for i := range bag.Lines {
		page.Lines = append(page.Lines, s.bagLine(&bag.Lines[i]))
	}
}

// codeOf is the bag's discount code and what it does by now.
func codeOf(bag *shop.Bag) BagCode {
	shown := BagCode{Code: bag.Cart.DiscountCode, Problem: bag.CodeOff.Sentence}
	switch {
	case shown.Code == "" || shown.Problem != "":
	case bag.Quote.Code != "":
		shown.Gives = bag.Code.Discount.OfferText()
	case bag.Code.Discount.Kind == shop.DiscountShipping:
		shown.Gives = "not needed, nothing is paid for shipping"
	default:
		shown.Gives = "comes to nothing here"
	}
	return shown
}

func (s *Storefront) bagLine(l *shop.BagLine) BagLine {
	line := BagLine{
		Key: l.Line.Key(), Title: l.Product.Title, Variant: l.Variant.PublicTitle(),
		URL:   variantURL(l),
		Image: s.lineImage(l), Price: l.Variant.Price, CompareAt: reduced(&l.Variant), Amount: l.Amount,
		Quantity: strconv.Itoa(l.Line.Quantity), Problem: l.Problem,
		// By key: pressed twice, a line's number would take out the next line.
		RemoveURL: "/cart/change?id=" + url.QueryEscape(l.Line.Key()) + "&quantity=0",
	}
	if line.Problem == "" {
		line.StockNote = shop.StockNote(&l.Variant, l.Held)
	}
	for _, p := range l.Line.Properties {
		if !p.Private() {
			line.Properties = append(line.Properties, p)
		}
	}
	return line
}

// variantURL is where a line's thing is shown; what was deleted is shown in
// the bag alone.
func variantURL(l *shop.BagLine) string {
	if l.Product.Handle == "" {
		return "/cart"
	}
	return "/products/" + l.Product.Handle + "?variant=" + idText(l.Variant.ID)
}

// lineImage is the variant's own picture, or the one that stands for its
// product.
func (s *Storefront) lineImage(l *shop.BagLine) Image {
	for i := range l.Product.Images {
		image := &l.Product.Images[i]
		if l.Variant.ImageID != nil && image.ID == *l.Variant.ImageID {
			return s.productImage(&l.Product, image, sizesSmall)
		}
	}
	return s.firstPicture(&l.Product, sizesSmall)
}

func gapPercent(bag *shop.Bag) int {
	if bag.Quote.Gap == 0 || bag.Settings.FreeShippingOver <= 0 {
		return 0
	}
	return int(bag.Quote.Merchandise * 100 / (bag.Settings.FreeShippingOver + 1))
}

// shippingLine is what shipping costs, "" while nobody knows.
func shippingLine(bag *shop.Bag) string {
	_, certain := bag.Settings.ZoneFor(bag.Cart.ShipTo)
	switch {
	case !bag.Quote.Ships || !certain:
		return ""
	case bag.Quote.Shipping == 0:
		return "Free"
	}
	return bag.Quote.Shipping.String()
}

// zoneChoices are the destinations to choose from, none where all cost the
// same.
func zoneChoices(bag *shop.Bag) []ZoneChoice {
	if !bag.Settings.AsksDestination() || !bag.Quote.Ships {
		return nil
	}
	choices := []ZoneChoice{{Name: "Please choose", Checked: bag.Cart.ShipTo == ""}}
	for _, z := range bag.Settings.ZonesOn() {
		choices = append(choices, ZoneChoice{Code: z.Code, Name: z.Name, Checked: z.Code == bag.Cart.ShipTo})
	}
	return choices
}

func (s *Storefront) suggestions(ctx context.Context) ([]Card, error) {
	products, _, err := s.reader.ProductCards(ctx, database.ListQuery{Sort: shop.SortNewest, Limit: suggested})
	if err != nil {
		return nil, err
	}
	return s.cards(ctx, products)
}
