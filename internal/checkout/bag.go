package checkout

import (
	"context"
	"slices"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// followTime is how long a payment page must still live for a shopper to be
// sent to it again.
const followTime = 5 * time.Minute

// minimum is the least that Stripe takes in a payment.
const minimum shop.Cents = 50

// bag is a cart with everything read again inside the transaction.
type bag struct {
	cart     shop.Cart
	lines    []bagLine
	zone     shop.Zone
	settings shop.Settings
	quote    shop.Quote
	code     shop.BagCode
}

type bagLine struct {
	line    shop.CartLine
	product shop.Product
	variant shop.Variant
}

// read prices a bag from the database and refuses what cannot be bought.
// held is what a waiting order of this bag keeps already.
func (c *Checkout) read(ctx context.Context, tx *database.Tx, cart shop.Cart, held map[shop.VariantID]int64) (bag, error) {
	b := bag{cart: cart}
	if len(cart.Lines) == 0 {
		return b, shop.Invalid("Your bag is empty.")
	}
	ids := make([]shop.VariantID, len(cart.Lines))
	for i, l := range cart.Lines {
		ids[i] = l.VariantID
	}
	found, err := tx.VariantsByIDs(ctx, ids)
	if err != nil {
		return b, err
	}
	for _, l := range cart.Lines {
		p, ok := found[l.VariantID]
		if !ok {
			return b, shop.Conflict("%s is not sold any more. Please take it out of your bag.", l.SeenTitle)
		}
		b.lines = append(b.lines, bagLine{l, p, p.Variants[0]})
	}
	if b.settings, err = tx.Settings(ctx); err != nil {
		return b, err
	}
	if err := b.check(tx.Now(), held); err != nil {
		return b, err
	}
	if b.code, err = tx.BagCode(ctx, cart, b.products()); err != nil {
		return b, err
	}
	return b, b.sum(tx.Now())
}

func (b *bag) products() []shop.ProductID {
	ids := make([]shop.ProductID, len(b.lines))
	for i, l := range b.lines {
		ids[i] = l.product.ID
	}
	return ids
}

// sum quotes the bag for where it goes. A code that takes nothing off by now
// is said, and nothing is sold at a price that the shopper did not expect.
func (b *bag) sum(now shop.Instant) error {
	certain := false
	if b.zone, certain = b.settings.ZoneFor(b.cart.ShipTo); !certain && b.ships() {
		return shop.Invalid("Please choose where your order goes.")
	}
	lines := make([]shop.QuoteLine, len(b.lines))
	for i, l := range b.lines {
		lines[i] = shop.QuoteLine{
			Price: l.variant.Price, Quantity: l.line.Quantity, GiftCard: l.product.GiftCard, Ships: l.variant.RequiresShipping,
			InScope: b.code.IsFor(l.product.ID),
		}
	}
	discount, off := b.code.For(lines, now)
	if off.Sentence != "" {
		return shop.Conflict("%s Take the code off your bag to go on without it.", off.Sentence)
	}
	b.quote = shop.QuoteFor(lines, b.zone, b.settings, discount)
	switch {
	case b.quote.Total > 0 && b.quote.Total < minimum:
		return shop.Invalid("The smallest amount that can be paid is %s.", minimum)
	case b.quote.Total > shop.MaxCents:
		return shop.Invalid("The largest amount that can be paid at once is %s.", shop.MaxCents)
	}
	return nil
}

func (b *bag) ships() bool {
	return slices.ContainsFunc(b.lines, func(l bagLine) bool { return l.variant.RequiresShipping && !l.product.GiftCard })
}

// waiting is an order that waits to be paid.
type waiting struct {
	order   shop.Order
	attempt shop.PaymentAttempt
}

// fits says whether a waiting order is still exactly this bag at today's
// prices, with time left to pay.
func (c *Checkout) fits(ctx context.Context, tx *database.Tx, cart shop.Cart, w waiting) (bool, error) {
	holds, err := tx.HoldsOf(ctx, "order", int64(w.order.ID), shop.HoldHeld)
	if err != nil {
		return false, err
	}
	held := map[shop.VariantID]int64{}
	for _, h := range holds {
		held[h.VariantID] = h.Quantity
	}
	b, err := c.read(ctx, tx, cart, held)
	if err != nil {
		return false, err
	}
	return w.order.CartDigest == shop.CartFingerprint(cart) && b.sameAs(&w.order) &&
		w.attempt.State == shop.AttemptOpen && !tx.Now().Add(followTime).After(w.attempt.ExpiresAt.Time), nil
}

// sameAs says whether the bag costs what the order does, line by line.
func (b *bag) sameAs(o *shop.Order) bool {
	if len(o.Lines) != len(b.lines) || o.Total != b.quote.Total || o.Shipping != b.quote.Shipping || o.ZoneCode != b.zone.Code ||
		o.DiscountCode != b.quote.Code || o.Discount != b.quote.Discount {
		return false
	}
	for i, l := range o.Lines {
		if l.VariantID != b.lines[i].line.VariantID || l.Price != b.lines[i].variant.Price || l.Discount != b.quote.Discounts[i] {
			return false
		}
	}
	return true
}
