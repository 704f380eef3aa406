package orders_test

import (
	"strings"
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

// A bank that takes a payment for fraud stops its order until somebody has
// looked, and not again when the news comes twice.
func TestAWarningOfFraudStopsTheOrderOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 5)
		o := w.PaidBy("4000000000005423", 1, shoe)
		w.WorkUntil(func() bool { return w.Again(o).Review != "" })
		if got := w.Again(o); got.State != shop.OrderPaid || !strings.Contains(got.Review, "takes the payment for fraud (issfr_") || w.Level(shoe).OnHand != 4 {
			t.Errorf("%s, review %q", got.State, got.Review)
		}
		if n := w.Count("SELECT count(*) FROM alarms WHERE kind = 'order_review'"); n != 1 {
			t.Errorf("%d alarms", n)
		}
		w.Exec("UPDATE orders SET review = ''") // somebody has looked
		if err := w.Orders.Event(t.Context(), w.Event("radar.early_fraud_warning.created")); err != nil || w.Again(o).Review != "" {
			t.Errorf("once more: %q, %v", w.Again(o).Review, err)
		}
		refund(t, w, refunding(t, w, o, "formkey1", shop.RefundChoice{Units: []shop.UnitID{o.Lines[0].Units[0].ID}}))
		w.Clean()
	})
}
