package checkouttest

import (
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

// Clean fails the test unless everything is true that must always be, and
// Stripe's books say of what was given back what ours do.
func (w *World) Clean() {
	w.T.Helper()
	w.Verified()
	theirs := int64(0)
	for _, r := range w.StripeRefunds() {
		if r.Status == string(shop.RefundSucceeded) {
			theirs += r.Amount
		}
	}
	ours := w.Count("SELECT coalesce(sum(amount), 0) FROM refunds WHERE state = 'succeeded'")
	if int64(ours) != theirs {
		w.T.Errorf("we gave back %d cents, Stripe %d", ours, theirs)
	}
}

// Verified fails the test unless everything is true that must always be. Mail
// that waits is counted as handed over first, since nobody here does that.
func (w *World) Verified() {
	w.T.Helper()
	w.Exec("UPDATE mails SET state = 'handed', handed_at = created_at WHERE state = 'queued'")
	violations, _, err := upkeep.New(w.DB, nil).Verify(w.T.Context())
	if err != nil {
		w.T.Fatal(err)
	}
	for _, v := range violations {
		w.T.Errorf("verify: %s %s", v.Rule, v.Line)
	}
}

// Paid is an order of n of each variant, paid, with its jobs done.
func (w *World) Paid(n int, variants ...shop.Variant) shop.Order {
	w.T.Helper()
	return w.PaidBy(CardGood, n, variants...)
}

// PaidBy is Paid by one of Stripe's test cards.
func (w *World) PaidBy(card string, n int, variants ...shop.Variant) shop.Order {
	w.T.Helper()
	p := w.Place(w.Bag(n, variants...))
	w.Pays(p, "card", card)
	w.Work()
	order := w.Order(p)
	if order.State != shop.OrderPaid {
		w.T.Fatalf("the order is %s", order.State)
	}
	return order
}

// Again is an order as it is now.
func (w *World) Again(o shop.Order) shop.Order {
	w.T.Helper()
	order, err := w.DB.OrderByID(w.T.Context(), o.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return order
}
