package checkout

import (
	"context"
	"fmt"
	"net/netip"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// visitor is whose holds are capped.
type visitor struct {
	any     bool
	subject string // of the address, "" for one that tells nothing of who is behind it
}

// From is the same checkout for a visitor at an address, as limits count them:
// Place then keeps to the caps on holds (shop/hold_cap.go). An address of this
// machine or of a private network is that of a proxy that nobody has named, or
// of a neighbour; behind it may be everybody, so only the caps on one bag hold
// there. Without From there are none, as for the shop's own use.
func (c *Checkout) From(network string) *Checkout {
	from := *c
	from.visitor = visitor{any: true}
	if isPublic(network) {
		from.visitor.subject = shop.AskSubject("visitor", network)
	}
	return &from
}

func isPublic(network string) bool {
	a, err := netip.ParseAddr(network)
	if err != nil {
		p, err := netip.ParsePrefix(network)
		if err != nil {
			return false
		}
		a = p.Addr()
	}
	return a.IsGlobalUnicast() && !a.IsPrivate()
}

// keepToCaps refuses a bag with which one visitor would hold too much. It
// makes checkouts of one address wait for each other until they are placed.
func (c *Checkout) keepToCaps(ctx context.Context, tx *database.Tx, b bag) error {
	if !c.visitor.any {
		return nil
	}
	allowed, err := tx.Ask(ctx, shop.AskSubject("placed", fmt.Sprint(b.cart.ID)), shop.HoldAgain)
	if err != nil {
		return err
	}
	if !allowed {
		return shop.Conflict("This bag has been checked out very often within the hour. Finish the payment that is open, or try again in an hour.")
	}
	var holds shop.VisitorHolds
	if c.visitor.subject != "" {
		if err := tx.LockVisitor(ctx, c.visitor.subject); err != nil {
			return err
		}
		if holds, err = tx.VisitorHolds(ctx, c.visitor.subject, b.cart.ID); err != nil {
			return err
		}
	}
	return b.within(holds)
}

// within says whether a bag fits beside what its visitor holds already.
func (b *bag) within(holds shop.VisitorHolds) error {
	wanted := map[shop.VariantID]int64{}
	var pieces int64
	for _, l := range b.lines {
		if _, limited := l.variant.Left(); limited {
			wanted[l.variant.ID] += int64(l.line.Quantity)
			pieces += int64(l.line.Quantity)
		}
	}
	if err := holds.Room(pieces); err != nil {
		return err
	}
	var problems []string
	for i := range b.lines {
		l := &b.lines[i]
		if problem := holds.Short(l.title(), &l.variant, wanted[l.variant.ID]); problem != "" && wanted[l.variant.ID] > 0 {
			problems = append(problems, problem)
			delete(wanted, l.variant.ID) // said once
		}
	}
	if len(problems) > 0 {
		return shop.Conflict("%s", strings.Join(problems, " "))
	}
	return nil
}
