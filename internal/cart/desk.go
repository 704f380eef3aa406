package cart

import (
	"slices"
	"strings"

	"longrun/internal/shop"
)

// desk is where a locked bag is changed before it is written back: the bag,
// what its lines name, and what its own order keeps.
type desk struct {
	now        shop.Instant
	cart       shop.Cart
	found      map[shop.VariantID]shop.Product // each with this variant only
	held       map[shop.VariantID]int64
	before     map[shop.LineID]shop.CartLine
	attributes bool // they have changed
	shortages  []shop.Shortage
}

func snapshot(cart shop.Cart) map[shop.LineID]shop.CartLine {
	before := make(map[shop.LineID]shop.CartLine, len(cart.Lines))
	for _, l := range cart.Lines {
		before[l.ID] = l
	}
	return before
}

func (d *desk) empty() bool {
	return len(d.cart.Lines) == 0 && len(d.cart.Attributes) == 0 &&
		d.cart.Note == "" && d.cart.GiftNote == "" && d.cart.ShipTo == "" && d.cart.DiscountCode == ""
}

func (d *desk) byID(id shop.LineID) *shop.CartLine {
	return d.where(func(l *shop.CartLine) bool { return l.ID == id })
}

func (d *desk) byKey(key string) *shop.CartLine {
	return d.where(func(l *shop.CartLine) bool { return l.Key() == key })
}

// where is the newest line that fits, nil when none does.
func (d *desk) where(fits func(*shop.CartLine) bool) *shop.CartLine {
	for i := range d.cart.Lines {
		if fits(&d.cart.Lines[i]) {
			return &d.cart.Lines[i]
		}
	}
	return nil
}

// saleable is a variant that may go into the bag now. Products that shoppers
// may not see are not given away: they are unknown.
func (d *desk) saleable(id shop.VariantID) (*shop.Product, error) {
	p, ok := d.found[id]
	switch {
	case !ok || !p.Visible(d.now):
		return nil, shop.NotFound(noVariant)
	case !p.OnSale(d.now):
		return nil, shop.Invalid("%s is not on sale yet.", p.Title)
	}
	return &p, nil
}

// room is how many a line with this key may have, besides the other lines.
func (d *desk) room(p *shop.Product, key string) shop.Room {
	v := &p.Variants[0]
	elsewhere, siblings := 0, 0
	for i := range d.cart.Lines {
		l := &d.cart.Lines[i]
		if l.Key() == key {
			continue
		}
		if l.VariantID == v.ID {
			elsewhere += l.Quantity
		}
		if other, ok := d.found[l.VariantID]; ok && other.ID == p.ID {
			siblings += l.Quantity
		}
	}
	return shop.RoomFor(p, v, d.held[v.ID], elsewhere, siblings)
}

// insert puts a new line on top.
func (d *desk) insert(p *shop.Product, line shop.CartLine) error {
	if len(d.cart.Lines) >= shop.MaxLines {
		return shop.Invalid("A bag holds at most %d different things.", shop.MaxLines)
	}
	for _, l := range d.cart.Lines {
		line.Position = max(line.Position, l.Position)
	}
	line.Position++
	see(&line, p)
	d.cart.Lines = slices.Insert(d.cart.Lines, 0, line)
	return nil
}

func (d *desk) remove(key string) {
	d.cart.Lines = slices.DeleteFunc(d.cart.Lines, func(l shop.CartLine) bool { return l.Key() == key })
}

// see notes what the shopper is told of a line from now on.
func see(line *shop.CartLine, p *shop.Product) {
	line.SeenPrice, line.SeenTitle = p.Variants[0].Price, shop.TitleWithSize(p, &p.Variants[0])
}

// short is the error for everything that was cut down, nil when nothing was.
func (d *desk) short() error {
	if len(d.shortages) == 0 {
		return nil
	}
	var sentences []string
	for _, s := range d.shortages {
		if !slices.Contains(sentences, s.Sentence) {
			sentences = append(sentences, s.Sentence)
		}
	}
	e := shop.Invalid("%s", d.shortages[0].Text)
	e.Fields = map[string]string{"quantity": strings.Join(sentences, " ")}
	return e
}
