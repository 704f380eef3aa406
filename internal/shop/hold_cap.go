package shop

import (
	"fmt"
	"time"
)

// OrderVisitor is from where an order's checkout was begun: a digest of the
// address that limits count. It is kept for a day.
type OrderVisitor struct {
	OrderID   OrderID
	Visitor   string
	CreatedAt Instant
}

// The caps on what one visitor's unpaid checkouts hold, so that nobody keeps
// the shop's stock from others by opening payment pages. A paid checkout counts
// no more, and one that runs out lets go within 35 minutes. Many runners may
// share an address (a club, a campus, a mobile network), so the caps are wide
// and only bind where others would be left without.
const (
	HoldCheckouts = 20  // unpaid checkouts of one address
	HoldPieces    = 200 // pieces in one checkout, or in all unpaid ones of an address
	HoldFew       = 2   // of a size, however few are left
)

// HoldAgain is how often one bag may be placed anew, each time with a hold of
// its own.
var HoldAgain = AskLimit{Most: 30, Within: time.Hour}

// VisitorHolds is what the unpaid checkouts of an address hold, but for those
// of one bag.
type VisitorHolds struct {
	Checkouts int64
	Pieces    int64
	Of        map[VariantID]int64
}

// Room says whether one more checkout with so many pieces may begin.
// KindConflict with a sentence for the shopper.
func (h VisitorHolds) Room(pieces int64) error {
	switch {
	case pieces > HoldPieces:
		return Conflict("At most %d pieces can be kept for one payment; your bag has %d. For more at once, please write to us.", HoldPieces, pieces)
	case h.Checkouts >= HoldCheckouts, h.Pieces+pieces > HoldPieces:
		return Conflict("Many checkouts from where you are wait for their payment. Finish one or give it up, or try again in half an hour.")
	}
	return nil
}

// Short says why so many of a variant are not held on top of what the address
// holds already, "" when they are: together at most half of what there is, or
// HoldFew. title names it with its size.
func (h VisitorHolds) Short(title string, v *Variant, wanted int64) string {
	have := h.Of[v.ID]
	_, limited := v.Left()
	if most := max(v.Stock.OnHand/2, HoldFew); limited && have > 0 && have+wanted > most {
		return fmt.Sprintf("%s is waiting for its payment in another checkout from where you are, and at most %d are kept for one place at a time. Finish that one or give it up, or try again in half an hour.", title, most)
	}
	return ""
}
