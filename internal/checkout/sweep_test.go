package checkout_test

import (
	"strings"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

func TestTheSweepFetchesWhatStripeCouldNotDeliver(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern", 14_000, 3)))
		w.Pays(p)
		w.Work()
		order := w.Order(p)
		w.Fault("drop", "", "0")
		w.GivesBackAtStripe(order, 100)
		eventsBefore := w.Count("SELECT count(*) FROM stripe_events")
		swept, err := w.Checkout.SweepAll(t.Context())
		if err != nil || swept.Events != 0 {
			t.Errorf("an event that may still be on its way is fetched: %+v, %v", swept, err)
		}
		w.Advance(16 * time.Minute)
		for _, want := range []int{1, 0} { // a second sweep finds nothing new
			if swept, err = w.Checkout.SweepAll(t.Context()); err != nil || swept.Events < want || want == 0 && swept.Events != 0 {
				t.Errorf("swept %+v, %v", swept, err)
			}
		}
		if n := w.Count("SELECT count(*) FROM stripe_events") - eventsBefore; n == 0 {
			t.Error("no event was kept")
		}
		if n := w.Count("SELECT count(*) FROM stripe_events WHERE type = 'charge.refunded' AND payload LIKE '%' || object_id || '%'"); n != 1 {
			t.Errorf("%d events of the refund with what they carry", n)
		}
		open, err := w.DB.OpenAlarmsOf(t.Context(), shop.AlarmWebhook, 10)
		if err != nil || len(open) != 1 || !strings.Contains(open[0].Message, "could not deliver") {
			t.Errorf("the alarms are %+v, %v", open, err)
		}
		w.Work()
	})
}

func TestTheSweepSaysWhatItSettled(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		known, missed := w.Place(w.Bag(1, w.Shoe("Tern", 14_000, 3))), w.Place(w.Bag(1, w.Shoe("Swift", 9_000, 3)))
		w.Pays(known)
		w.Work()
		w.Fault("drop", "", "0")
		w.Control("/_sim/sessions/" + w.Session(missed) + "/pay")
		for _, settled := range []int{1, 0} {
			swept, err := w.Checkout.SweepAll(t.Context())
			if err != nil || swept.Sessions != 2 || swept.Settled != settled || len(swept.Lost) != 0 {
				t.Errorf("swept %+v, %v", swept, err)
			}
		}
		if w.Order(missed).State != shop.OrderPaid {
			t.Errorf("the missed one is %s", w.Order(missed).State)
		}
	})
}

// Both looks of an open session's life find a payment whose webhook was lost.
func TestAnOpenSessionIsLookedAtTwiceInItsLife(t *testing.T) {
	for _, age := range []time.Duration{10*time.Minute + time.Second, 40*time.Minute + time.Second} {
		t.Run(age.String(), func(t *testing.T) {
			checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
				p := w.Place(w.Bag(1, w.Shoe("Tern", 14_000, 3)))
				w.Exec("UPDATE payment_attempts SET expires_at = ?", w.Now().Add(23*time.Hour)) // not found by its end
				w.Fault("drop", "", "0")
				w.Control("/_sim/sessions/" + w.Session(p) + "/pay")
				w.AdvanceOurs(age - time.Minute)
				reconcile(t, w)
				if w.Order(p).State != shop.OrderPending {
					t.Errorf("a minute before %s it is %s", age, w.Order(p).State)
				}
				w.AdvanceOurs(time.Minute)
				reconcile(t, w)
				if w.Order(p).State != shop.OrderPaid {
					t.Errorf("at %s it is %s", age, w.Order(p).State)
				}
			})
		})
	}
}

func TestMoneyOnItsWayIsAskedAboutOnceAnHour(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern", 14_000, 3)))
		w.Exec("UPDATE payment_attempts SET state = 'processing'")
		w.Exec("UPDATE orders SET state = 'processing'")
		w.Fault("drop", "", "0")
		w.Control("/_sim/sessions/" + w.Session(p) + "/pay")
		w.AdvanceOurs(90 * time.Minute)
		reconcile(t, w)
		if got := w.Order(p).State; got != shop.OrderProcessing {
			t.Errorf("between two hours it was asked about: %s", got)
		}
		w.AdvanceOurs(30*time.Minute + time.Second)
		reconcile(t, w)
		if got := w.Order(p).State; got != shop.OrderPaid {
			t.Errorf("when the next hour began it is %s", got)
		}
	})
}
