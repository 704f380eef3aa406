package shop

import "strings"

// Limits of a bag, each refused with a sentence.
const (
	MaxQuantity  = 10_000 // of one line
	MaxLines     = 100    // what Stripe takes in one session
	MaxText      = 500    // characters of a note, an attribute or a property
	MaxNameChars = 100    // characters of an attribute's or a property's name
	MaxPairs     = 25     // attributes of a bag, properties of a line
)

// Cart is a shopper's bag. Its cookie holds a random token; the row only the
// token's digest.
type Cart struct {
	ID       CartID
	Digest   []byte // SHA-256 of the cookie's token
	Note     string
	GiftNote string
	ShipTo   string // a Zone's code, "" while not asked
	// DiscountCode is the code the shopper has given, "" for none.
	DiscountCode string
	Notice       string // sentences to be said with the bag until it is changed next, by line
	CreatedAt    Instant
	UpdatedAt    Instant

	Lines      []CartLine
	Attributes []CartAttribute
}

// CartLine is one variant with one set of properties. The Seen fields are
// what the shopper was last told, so that a change since can be said.
type CartLine struct {
	ID        LineID
	CartID    CartID
	VariantID VariantID
	Digest    string // hex digest of the properties, part of the line's key
	Quantity  int
	Position  int64 // newest highest
	SeenPrice Cents
	SeenTitle string

	Properties []LineProperty `gorm:"-"`
}

// LineProperty is a shopper's own word on a line, such as an engraving.
type LineProperty struct {
	LineID   LineID
	Position int
	Name     string
	Value    string
}

// Private says that the property is for programs and not shown to shoppers:
// its name begins with "_".
func (p LineProperty) Private() bool { return strings.HasPrefix(p.Name, "_") }

// CartAttribute is a named remark on the whole bag.
type CartAttribute struct {
	CartID CartID
	Name   string
	Value  string
}

// Bag is a cart as read now: its lines with their products, the sum, and
// what has changed since the shopper last looked.
type Bag struct {
	Cart     Cart
	Lines    []BagLine
	Quote    Quote
	Changes  []string    // sentences
	Seen     SeenMark    // brought back by the form, to know what was seen
	Pending  bool        // a checkout has begun and is not over
	Code     BagCode     // the discount code that the bag names
	CodeOff  CodeProblem // why that code changes nothing
	Settings Settings
}

// BagLine is a line with what it names, read from the database now.
type BagLine struct {
	Line    CartLine
	Product Product // with its images, options and this variant only
	Variant Variant
	Amount  Cents  // price × quantity
	Held    int64  // what the bag's own pending order keeps of the variant
	Off     Cents  // its share of the discount
	Problem string // why it cannot be bought as it stands, "" when it can
}

// Count is how many pieces the bag has.
func (b *Bag) Count() int {
	n := 0
	for i := range b.Lines {
		n += b.Lines[i].Line.Quantity
	}
	return n
}

// Blocked says whether any line stands in the way of checkout.
func (b *Bag) Blocked() bool {
	for i := range b.Lines {
		if b.Lines[i].Problem != "" {
			return true
		}
	}
	return len(b.Lines) == 0
}
