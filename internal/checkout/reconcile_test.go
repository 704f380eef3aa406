package checkout_test

import (
	"testing"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

func TestPaymentsWhoseWebhooksWereLostAreSettled(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		paid, left := w.Place(w.Bag(1, shoe)), w.Place(w.Bag(1, shoe))
		w.Fault("drop", "", "0")
		w.Control("/_sim/sessions/" + w.Session(paid) + "/pay")
		w.Advance(10*time.Minute + time.Second)
		reconcile(t, w)
		if w.Order(paid).State != shop.OrderPaid || w.Order(left).State != shop.OrderPending {
			t.Errorf("after ten minutes: %s and %s", w.Order(paid).State, w.Order(left).State)
		}
		w.Advance(26 * time.Minute)
		reconcile(t, w)
		if w.Order(left).State != shop.OrderCancelled || w.Attempt(left).State != shop.AttemptExpired {
			t.Errorf("after the end: %s", w.Order(left).State)
		}
		if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// Our clock alone never frees stock: the shopper may be inside 3-D Secure.
func TestOnlyAConfirmedEndFreesStock(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 1)
		p := w.Place(w.Bag(1, shoe))
		w.AdvanceOurs(40 * time.Minute)
		reconcile(t, w)
		if w.Order(p).State != shop.OrderPending || w.Level(shoe).Held != 1 {
			t.Errorf("%s, held %d", w.Order(p).State, w.Level(shoe).Held)
		}
		w.Control("/_sim/sessions/" + w.Session(p) + "/pay")
		reconcile(t, w)
		if w.Order(p).State != shop.OrderPaid {
			t.Errorf("paid in time by Stripe's clock: %s", w.Order(p).State)
		}
	})
}

func TestTheSweepReportsMoneyWithoutAnOrder(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		kept, missed, lost := w.Place(w.Bag(1, w.Shoe("Tern", 14_000, 3))), w.Place(w.Bag(1, w.Shoe("Swift", 9_000, 3))), w.Place(w.Bag(1, w.Shoe("Egret", 9_000, 3)))
		w.Pays(kept)
		w.Work()
		w.Fault("drop", "", "0")
		w.Control("/_sim/sessions/" + w.Session(missed) + "/pay")
		w.Control("/_sim/sessions/" + w.Session(lost) + "/pay")
		w.Exec("UPDATE payment_attempts SET reference = 'gone', session_id = NULL WHERE session_id = ?", w.Session(lost))
		n, err := w.Checkout.Sweep(t.Context())
		if err != nil || n != 1 {
			t.Errorf("%d lost, %v", n, err)
		}
		open, err := w.DB.OpenAlarms(t.Context(), 10)
		if err != nil || len(open) != 1 || open[0].Kind != shop.AlarmMoney || open[0].Key != w.Session(lost) {
			t.Errorf("the alarms are %+v, %v", open, err)
		}
		if w.Order(missed).State != shop.OrderPaid {
			t.Error("the missed one is not settled")
		}
	})
}

func TestOneSessionThatCannotBeSettledDoesNotHideTheOthers(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		older := w.Place(w.Bag(1, w.Shoe("Tern", 14_000, 3)))
		w.Advance(time.Minute)
		newer := w.Place(w.Bag(1, w.Shoe("Swift", 9_000, 3)))
		w.Fault("drop", "", "0")
		for _, p := range []checkout.Placement{older, newer} {
			w.Control("/_sim/sessions/" + w.Session(p) + "/pay")
		}
		w.Fault("429", "GET /v1/checkout/sessions/{id}", "1") // the newest comes first
		if _, err := w.Checkout.Sweep(t.Context()); err == nil {
			t.Error("a session that could not be settled is no error")
		}
		if w.Order(older).State != shop.OrderPaid {
			t.Errorf("the older one is %s", w.Order(older).State)
		}
	})
}

func reconcile(t *testing.T, w *checkouttest.World) {
	t.Helper()
	if err := w.Checkout.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
}
