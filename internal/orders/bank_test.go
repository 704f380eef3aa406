package orders_test

import (
	"testing"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// byBank is an order whose money is on its way by bank; fate is what becomes
// of it three days later, "pays" or "fails".
func byBank(t *testing.T, w *checkouttest.World, shoe shop.Variant, fate string) checkout.Placement {
	t.Helper()
	p := w.Place(w.Bag(1, shoe))
	w.Pays(p, "bank", fate)
	w.Work()
	if got := w.Order(p); got.State != shop.OrderProcessing || got.Number != nil {
		t.Fatalf("the order is %s", got.State)
	}
	return p
}

// T9: a payment by bank comes three days later or not at all. Until then the
// order is not sent and keeps its stock, whatever the clock says of its page.
func TestAPaymentByBankIsWaitedFor(t *testing.T) {
	for _, tt := range []struct {
		fate   string
		order  shop.OrderState
		onHand int64
		mail   shop.MailKind
	}{{"pays", shop.OrderPaid, 2, shop.MailOrderConfirmation}, {"fails", shop.OrderCancelled, 3, shop.MailPaymentFailed}} {
		t.Run(tt.fate, func(t *testing.T) {
			checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
				shoe := w.Shoe("Tern Racer", 14_000, 3)
				p := byBank(t, w, shoe, tt.fate)
				for range 2 {
					w.Advance(30 * time.Hour)
					if err := w.Checkout.Reconcile(t.Context()); err != nil {
						t.Fatal(err)
					}
					w.Work()
					queue, err := w.DB.OrderQueue(t.Context(), database.OrderPage{Queue: database.QueueToShip, Limit: 10})
					if got := w.Level(shoe); w.Order(p).State != shop.OrderProcessing || got.Held != 1 || got.OnHand != 3 || len(queue) != 0 || err != nil {
						t.Errorf("meanwhile: %s, %+v, %d to ship, %v", w.Order(p).State, got, len(queue), err)
					}
				}
				w.Advance(13 * time.Hour)
				w.WorkUntil(func() bool { return w.Order(p).State == tt.order })
				if got := w.Level(shoe); got.Held != 0 || got.OnHand != tt.onHand {
					t.Errorf("%+v", got)
				}
				if n, all := w.Count("SELECT count(*) FROM mails WHERE kind = ?", tt.mail), w.Count("SELECT count(*) FROM mails"); n != 1 || all != 1 {
					t.Errorf("%d mails of %d", n, all)
				}
				w.Clean()
			})
		})
	}
}

// T10: that the session was told to be complete, and read, is no end of it.
// The money counts when it is told of later, before, or not at all.
func TestMoneyThatComesAfterTheSessionWasDone(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		told, untold := byBank(t, w, shoe, "pays"), byBank(t, w, shoe, "pays")
		if n := w.Count("SELECT count(*) FROM jobs WHERE kind = 'stripe_event' AND state <> 'done'"); n != 0 {
			t.Fatalf("%d events are not done", n)
		}
		w.Control("/_sim/payments/" + w.Attempt(told).PaymentIntent + "/bank")
		w.WorkUntil(func() bool { return w.Order(told).State == shop.OrderPaid })
		w.Fault("drop", "*", "0")
		w.Control("/_sim/payments/" + w.Attempt(untold).PaymentIntent + "/bank")
		if err := w.Checkout.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.ClearFaults()

		backwards := w.Place(w.Bag(1, shoe)) // the end is read before the beginning
		w.Pays(backwards, "bank", "pays")
		var paid struct {
			Sessions []struct{ ID, Payment_intent string }
		}
		w.Show("/_sim/sessions", &paid)
		w.Control("/_sim/payments/" + paid.Sessions[0].Payment_intent + "/bank")
		w.WorkUntil(func() bool { return w.Order(backwards).State == shop.OrderPaid })
		for _, p := range []checkout.Placement{told, untold, backwards} {
			if got := w.Order(p); got.State != shop.OrderPaid || got.Number == nil {
				t.Errorf("%s", got.State)
			}
		}
		if got := w.Level(shoe); got.OnHand != 0 || got.Held != 0 {
			t.Errorf("%+v", got)
		}
		w.Clean()
	})
}
