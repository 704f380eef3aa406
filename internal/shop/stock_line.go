package shop

import "fmt"

// StockLine is a size of a product as those who look after stock see it.
// Without Tracked it has no counts that mean anything.
type StockLine struct {
	VariantID     VariantID
	ProductID     ProductID
	ProductTitle  string
	ProductStatus ProductStatus
	Position      int // among the sizes of its product
	Option1       string
	Option2       string
	Option3       string
	SKU           string
	Barcode       string
	Tracked       bool
	Policy        StockPolicy
	OnHand        int64
	Held          int64
}

// Free is what can still be promised.
func (l StockLine) Free() int64 { return l.OnHand - l.Held }

// Size is its option values, "9 / D", or "" where there is nothing to choose.
func (l StockLine) Size() string {
	v := Variant{Option1: l.Option1, Option2: l.Option2, Option3: l.Option3}
	return v.PublicTitle()
}

// Name is its product with its size: "Tern Racer – Ember, 9 / D".
func (l StockLine) Name() string {
	if size := l.Size(); size != "" {
		return l.ProductTitle + ", " + size
	}
	return l.ProductTitle
}

// Left says how many there are: "3 left, 1 held".
func (l StockLine) Left() string {
	if l.Held == 0 {
		return fmt.Sprintf("%d left", l.OnHand)
	}
	return fmt.Sprintf("%d left, %d held", l.OnHand, l.Held)
}

// HeldSentence says, to staff who want n pieces less, why so many cannot go:
// somebody who is paying has been promised the rest, or they are not there.
func (l StockLine) HeldSentence(n int64) string {
	switch {
	case !l.Tracked:
		return fmt.Sprintf("%s: its stock is not counted.", l.Name())
	case l.Held == 0 && l.OnHand <= 0:
		return fmt.Sprintf("%s: none is on hand. If one lies before you, count the size first.", l.Name())
	case l.Held == 0:
		return fmt.Sprintf("%s: %d on hand, so %d cannot go.", l.Name(), l.OnHand, n)
	}
	return fmt.Sprintf("%s: %d on hand, and %d held for somebody who is paying. At most %d can go.",
		l.Name(), l.OnHand, l.Held, max(l.Free(), 0))
}
