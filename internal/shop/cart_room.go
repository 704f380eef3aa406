package shop

import "fmt"

// Shortage says that a bag has less of a thing than was asked for.
type Shortage struct {
	Text     string // in the words that theme libraries know
	Sentence string // names the thing and its size and says why
}

// Room is how many of a variant one line of a bag may have.
type Room struct {
	Most    int // at most MaxQuantity
	product *Product
	variant *Variant
	level   StockLevel
	byLimit bool // the product's limit per order binds, not the stock
}

// RoomFor works out the room of a line. held is what the bag's own pending
// order keeps, which is free for this bag; elsewhere is how many of the same
// variant its other lines have, siblings how many of the whole product.
func RoomFor(p *Product, v *Variant, held int64, elsewhere, siblings int) Room {
	own := *v
	own.Stock.Held -= held
	room := Room{Most: MaxQuantity, product: p, variant: v, level: own.Stock}
	if left, limited := own.Left(); limited {
		room.Most = int(max(0, min(left-int64(elsewhere), MaxQuantity)))
	}
	if p.OrderLimit > 0 && p.OrderLimit-siblings < room.Most {
		room.Most, room.byLimit = max(0, p.OrderLimit-siblings), true
	}
	return room
}

// SoldOut says that nobody can have the thing now, this bag included.
func (r Room) SoldOut() bool {
	left, limited := r.left()
	return limited && left == 0
}

func (r Room) left() (int64, bool) {
	v := *r.variant
	v.Stock = r.level
	return v.Left()
}

// Shortage is what to say after a line that had before got fewer than were
// asked for. asked counts what the shopper wanted added, or the new number.
func (r Room) Shortage(before, asked int) Shortage {
	title := TitleWithSize(r.product, r.variant)
	switch {
	case r.byLimit:
		s := fmt.Sprintf("At most %d of %s can be bought at once.", r.product.OrderLimit, r.product.Title)
		return Shortage{s, s}
	case r.SoldOut():
		return Shortage{fmt.Sprintf("The product '%s' is already sold out.", soldOutName(r.product, r.variant)),
			ShortSentence(title, r.level, int64(asked))}
	}
	left, _ := r.left()
	sentence := fmt.Sprintf("Only %d of %s can be had now; your bag has them all.", left, title)
	if !r.limitedByStock() {
		sentence = fmt.Sprintf("A bag holds at most %d of %s.", MaxQuantity, title)
	}
	if r.Most <= before {
		return Shortage{"The maximum quantity of this item is already in your cart.", sentence}
	}
	return Shortage{onlyAdded(r.Most - before), sentence}
}

func (r Room) limitedByStock() bool {
	_, limited := r.left()
	return limited && r.Most < MaxQuantity
}

func onlyAdded(n int) string {
	if n == 1 {
		return "Only 1 item was added to your cart."
	}
	return fmt.Sprintf("Only %d items were added to your cart.", n)
}

func soldOutName(p *Product, v *Variant) string {
	if size := v.PublicTitle(); size != "" {
		return p.Title + " - " + size
	}
	return p.Title
}
