package checkout_test

import (
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

const creating = "POST /v1/checkout/sessions"

// T24 and its kin: whatever becomes of the call, pressing again leads to one
// order and one session.
func TestPressingAgainAfterAFaultGoesOnWithTheSameAttempt(t *testing.T) {
	tests := []struct{ name, kind string }{
		{"the connection is cut before Stripe acts", "cut_before"},
		{"the connection is cut after Stripe acted", "cut"},
		{"a proxy answers in HTML", "html502"},
		{"Stripe fails after it acted, and keeps saying so", "500"},
		{"the key is in use", "409"},
		{"too many requests", "429"},
	}
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				sessions, attempts := len(w.StripeSessions()), w.Count("SELECT count(*) FROM payment_attempts")
				shoe := w.Shoe("Tern Racer", 14_000, 2)
				bag := w.Bag(1, shoe)
				w.Fault(tt.kind, creating, "0")
				if p, err := w.Checkout.Place(t.Context(), bag); shop.KindOf(err) != shop.KindUnavailable {
					t.Fatalf("%+v %v", p, err)
				}
				if got := w.Level(shoe); got.Held != 1 {
					t.Errorf("held %d while nobody knows", got.Held)
				}
				w.ClearFaults()
				p := w.Place(bag)
				if n := len(w.StripeSessions()) - sessions; n != 1 {
					t.Errorf("%d sessions", n)
				}
				if n := w.Count("SELECT count(*) FROM payment_attempts") - attempts; n != 1 {
					t.Errorf("%d attempts", n)
				}
				w.Pays(p)
				w.Work()
				if order := w.Order(p); order.State != shop.OrderPaid || w.Level(shoe).OnHand != 1 {
					t.Errorf("%s %+v", order.State, w.Level(shoe))
				}
			})
		}
	})
}

func TestOneCutIsNotEvenNoticed(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		w.Fault("cut", creating, "1")
		w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 2)))
		if n := len(w.StripeSessions()); n != 1 {
			t.Errorf("%d sessions", n)
		}
	})
}

func TestAChangedBagAfterAFaultGetsANewKey(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 2)
		bag := w.Bag(1, shoe)
		w.Fault("cut", creating, "0")
		if _, err := w.Checkout.Place(t.Context(), bag); err == nil {
			t.Fatal("no fault")
		}
		w.ClearFaults()
		w.Exec("UPDATE cart_lines SET quantity = 2")
		p := w.Place(bag)
		if order := w.Order(p); order.Total != 28_000 || w.Level(shoe).Held != 2 {
			t.Errorf("total %s, held %d", order.Total, w.Level(shoe).Held)
		}
		if n := w.Count("SELECT count(DISTINCT idempotency_key) FROM payment_attempts"); n != 2 {
			t.Errorf("%d keys", n)
		}
	})
}

func TestASessionThatCannotBeClosedIsNotReplaced(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 2)
		bag := w.Bag(1, shoe)
		first := w.Place(bag)
		w.Exec("UPDATE cart_lines SET quantity = 2")
		w.Fault("cut_before", "POST /v1/checkout/sessions/{id}/expire", "0")
		if _, err := w.Checkout.Place(t.Context(), bag); shop.KindOf(err) != shop.KindUnavailable {
			t.Fatal(err)
		}
		if w.Order(first).State != shop.OrderPending || w.Level(shoe).Held != 1 {
			t.Error("the first order has let go without a confirmed end")
		}
	})
}

func TestTheReconcilerFindsWhatWasCutOff(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		bag := w.Bag(1, w.Shoe("Tern Racer", 14_000, 2))
		w.Fault("cut", creating, "0")
		if _, err := w.Checkout.Place(t.Context(), bag); err == nil {
			t.Fatal("no fault")
		}
		w.ClearFaults()
		w.Advance(3 * time.Minute)
		if err := w.Checkout.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := w.Count("SELECT count(*) FROM payment_attempts WHERE state = 'open' AND session_id IS NOT NULL"); n != 1 {
			t.Error("the attempt is not open")
		}
		w.Place(bag)
		if n := len(w.StripeSessions()); n != 1 {
			t.Errorf("%d sessions", n)
		}
	})
}

func TestAnAttemptStripeNeverHeardOfFails(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 2)
		w.Fault("cut_before", creating, "0")
		if _, err := w.Checkout.Place(t.Context(), w.Bag(1, shoe)); err == nil {
			t.Fatal("no fault")
		}
		w.ClearFaults()
		w.Advance(25 * time.Hour) // the key is worth nothing any more
		if err := w.Checkout.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := w.Count("SELECT count(*) FROM payment_attempts WHERE state = 'failed'"); n != 1 || w.Level(shoe).Held != 0 {
			t.Errorf("held %d", w.Level(shoe).Held)
		}
		if n := len(w.StripeSessions()); n != 0 {
			t.Errorf("%d sessions", n)
		}
	})
}
