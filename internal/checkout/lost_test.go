package checkout_test

import (
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

// T27: for two days no webhook reaches the shop. Asking Stripe brings it up to
// date in everything that happened, and the events that come late change
// nothing any more.
func TestTwoDaysWithoutAWebhook(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 9)
		before, disputed := w.Paid(1, shoe), w.Paid(1, shoe)
		paid, left, slow := w.Place(w.Bag(1, shoe)), w.Place(w.Bag(1, shoe)), w.Place(w.Bag(1, shoe))
		w.Fault("drop", "", "0")
		w.Control("/_sim/sessions/" + w.Session(paid) + "/pay")
		w.Control("/_sim/sessions/"+w.Session(slow)+"/pay", "bank", "pays")
		w.GivesBackAtStripe(before, 500)
		w.Control("/_sim/payments/" + w.Intent(disputed) + "/dispute")
		w.Advance(48 * time.Hour)
		reconcile(t, w)
		if n, err := w.Checkout.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("%d without an order, %v", n, err)
		}
		check := func(when string) {
			t.Helper()
			if w.Order(paid).State != shop.OrderPaid || w.Order(left).State != shop.OrderCancelled || w.Order(slow).State != shop.OrderProcessing {
				t.Errorf("%s: %s, %s, %s", when, w.Order(paid).State, w.Order(left).State, w.Order(slow).State)
			}
			if refunds, err := w.DB.RefundsOfOrder(t.Context(), before.ID); err != nil || len(refunds) != 1 || refunds[0].Amount != 500 {
				t.Errorf("%s: refunds %+v, %v", when, refunds, err)
			}
			if d := w.Dispute(disputed); d.Withdrawn != disputed.GrandTotal() {
				t.Errorf("%s: %+v", when, d)
			}
			if got := w.Level(shoe); got.OnHand != 6 || got.Held != 1 {
				t.Errorf("%s: %+v", when, got)
			}
		}
		check("after asking")
		w.ClearFaults()
		for _, id := range w.StripeEvents() {
			w.Control("/_sim/events/" + id + "/resend")
		}
		w.WorkUntil(func() bool { return w.Count("SELECT count(*) FROM stripe_events") >= 8 })
		w.Work()
		check("after the events came all the same")
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'order_confirmation'"); n != 3 {
			t.Errorf("%d confirmations of 3 paid orders", n)
		}
		w.Clean()
	})
}
