package orders_test

import (
	"testing"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

// givenBack checks that a payment went back whole, once, with its mail.
func givenBack(t *testing.T, w *checkouttest.World, p checkout.Placement) {
	t.Helper()
	refunds := w.StripeRefunds()
	var paid int64
	for _, s := range w.StripeSessions() {
		if s.ID == w.Session(p) {
			paid = s.AmountTotal
		}
	}
	if len(refunds) != 1 || refunds[0].Amount != paid {
		t.Errorf("Stripe's refunds are %+v, the payment was %d", refunds, paid)
	}
	ours, err := w.DB.RefundsOfOrder(t.Context(), w.Order(p).ID)
	if err != nil || len(ours) != 1 || ours[0].State != shop.RefundSucceeded || ours[0].StripeID == nil {
		t.Errorf("our refunds are %+v %v", ours, err)
	}
	if a := w.Attempt(p); a.State != shop.AttemptLate {
		t.Errorf("the attempt is %s", a.State)
	}
	if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'late_refund'"); n != 1 {
		t.Errorf("%d mails about it", n)
	}
}

// close forgets an order behind Stripe's back, as a bug or a restored backup
// would, so that its page can still be paid.
func closeOrder(w *checkouttest.World, p checkout.Placement) {
	o, a := w.Order(p), w.Attempt(p)
	w.Exec("UPDATE payment_attempts SET state = 'expired' WHERE id = ?", a.ID)
	w.Exec("UPDATE orders SET state = 'cancelled', closed_at = ? WHERE id = ?", w.Now(), o.ID)
	w.Exec("UPDATE stock_holds SET state = 'released' WHERE cause_id = ?", o.ID)
	w.Exec("UPDATE stock_levels SET held = held - 1 WHERE variant_id = ?", o.Lines[0].VariantID)
}

func TestALatePaymentIsAcceptedWhileTheStockIsThere(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 1)
		p := w.Place(w.Bag(1, shoe))
		closeOrder(w, p)
		w.Pays(p)
		w.Work()
		if w.Order(p).State != shop.OrderPaid || w.Attempt(p).State != shop.AttemptPaid {
			t.Errorf("%s, %s", w.Order(p).State, w.Attempt(p).State)
		}
		if got := w.Level(shoe); got.OnHand != 0 || got.Held != 0 {
			t.Errorf("%+v", got)
		}
		if n := len(w.StripeRefunds()); n != 0 {
			t.Errorf("%d refunds", n)
		}
	})
}

func TestALatePaymentWithoutStockGoesBackOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 1)
		p := w.Place(w.Bag(1, shoe))
		closeOrder(w, p)
		other := w.Place(w.Bag(1, shoe))
		w.Pays(p)
		settle := func() error { _, err := w.Orders.Settle(t.Context(), w.Session(p)); return err }
		for _, err := range atOnce(settle, settle, settle) {
			if err != nil {
				t.Error(err)
			}
		}
		w.Work()
		givenBack(t, w, p)
		if w.Order(p).State != shop.OrderCancelled || w.Order(p).Number != nil || w.Level(shoe).Held != 1 {
			t.Errorf("%s, held %d", w.Order(p).State, w.Level(shoe).Held)
		}
		w.Pays(other)
		w.Work()
		if w.Order(other).State != shop.OrderPaid || w.Level(shoe).OnHand != 0 {
			t.Errorf("the other order is %s", w.Order(other).State)
		}
	})
}

// T7: somebody cancelled the order while its page stood open.
func TestMoneyForACancelledOrderGoesBack(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		w.Exec("UPDATE orders SET state = 'cancelled' WHERE id = ?", w.Order(p).ID)
		w.Pays(p)
		w.Work()
		givenBack(t, w, p)
		if got := w.Level(shoe); got.OnHand != 3 || got.Held != 0 || w.Order(p).State != shop.OrderCancelled {
			t.Errorf("%+v, %s", got, w.Order(p).State)
		}
	})
}

func TestTheEndOfACancelledOrdersPageFreesItsStock(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		w.Exec("UPDATE orders SET state = 'cancelled' WHERE id = ?", w.Order(p).ID)
		w.Advance(40 * time.Minute)
		w.WorkUntil(func() bool { return w.Attempt(p).State == shop.AttemptExpired })
		if got := w.Level(shoe); got.OnHand != 3 || got.Held != 0 {
			t.Errorf("after the page has ended: %+v", got)
		}
	})
}

// T8: two pages of one bag are both paid, the old one first or the new one.
func TestOfTwoPaidPagesOneGoesBack(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		for name, oldFirst := range map[string]bool{"the old one first": true, "the new one first": false} {
			t.Run(name, func(t *testing.T) {
				w := checkouttest.New(t, w.DB.Kind())
				shoe := w.Shoe("Tern Racer", 14_000, 3)
				bag := w.Bag(1, shoe)
				old := w.Place(bag)
				closeOrder(w, old)
				p := w.Place(bag)
				w.Fault("cut_before", "POST /v1/checkout/sessions/{id}/expire", "0")
				first, second := p, old
				if oldFirst {
					first, second = old, p
				}
				for _, page := range []checkout.Placement{first, second} {
					w.Pays(page)
					w.Work()
				}
				if w.Order(first).State != shop.OrderPaid || w.Order(second).State != shop.OrderCancelled {
					t.Errorf("%s, %s", w.Order(first).State, w.Order(second).State)
				}
				givenBack(t, w, second)
				if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 {
					t.Errorf("%+v", got)
				}
			})
		}
	})
}

// Both pages were forgotten, and both are paid all the same.
func TestOfTwoForgottenPagesOneGoesBack(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		for name, oldFirst := range map[string]bool{"the old one first": true, "the new one first": false} {
			t.Run(name, func(t *testing.T) {
				w := checkouttest.New(t, w.DB.Kind())
				shoe := w.Shoe("Tern Racer", 14_000, 3)
				bag := w.Bag(1, shoe)
				old := w.Place(bag)
				closeOrder(w, old)
				p := w.Place(bag)
				closeOrder(w, p)
				first, second := p, old
				if oldFirst {
					first, second = old, p
				}
				for _, page := range []checkout.Placement{first, second} {
					w.Pays(page)
					w.Work()
				}
				if w.Order(first).State != shop.OrderPaid || w.Order(second).State != shop.OrderCancelled {
					t.Errorf("%s, %s", w.Order(first).State, w.Order(second).State)
				}
				givenBack(t, w, second)
				if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 {
					t.Errorf("%+v", got)
				}
			})
		}
	})
}

// The shopper has paid the old page after all: the new one is closed.
func TestALatePaymentClosesThePageOfTheLaterOrder(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		bag := w.Bag(1, shoe)
		old := w.Place(bag)
		closeOrder(w, old)
		later := w.Place(bag)
		w.Pays(old)
		w.WorkUntil(func() bool { return w.Order(later).State == shop.OrderCancelled })
		if w.Order(old).State != shop.OrderPaid || w.Order(later).State != shop.OrderCancelled {
			t.Errorf("%s, %s", w.Order(old).State, w.Order(later).State)
		}
		if status, _ := w.Ask("/_sim/sessions/" + w.Session(later) + "/pay"); status < 400 {
			t.Error("the later page can still be paid")
		}
		if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 || len(w.StripeRefunds()) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestAnOrderOutlivesItsBag(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 3)))
		w.Exec("DELETE FROM carts")
		w.Pays(p)
		w.Work()
		if w.Order(p).State != shop.OrderPaid {
			t.Errorf("%s", w.Order(p).State)
		}
	})
}

// The job and the reconciler carry the same refund out at once.
func TestARefundCarriedOutAtOnceHappensOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 1)))
		w.Exec("UPDATE orders SET state = 'cancelled' WHERE id = ?", w.Order(p).ID)
		w.Pays(p)
		if _, err := w.Orders.Settle(t.Context(), w.Session(p)); err != nil {
			t.Fatal(err)
		}
		refunds, err := w.DB.RefundsOfOrder(t.Context(), w.Order(p).ID)
		if err != nil || len(refunds) != 1 {
			t.Fatalf("%+v %v", refunds, err)
		}
		give := func() error { return w.Orders.GiveBack(t.Context(), refunds[0].ID) }
		for _, err := range atOnce(give, give, give, give) {
			if err != nil && shop.KindOf(err) != shop.KindUnavailable { // the key is in use: try later
				t.Error(err)
			}
		}
		w.Work()
		givenBack(t, w, p)
	})
}

// A refund whose answer is lost is asked for again and given once.
func TestARefundSurvivesFaults(t *testing.T) {
	for _, kind := range []string{"cut", "cut_before", "500", "409", "429", "html502"} {
		t.Run(kind, func(t *testing.T) {
			w := checkouttest.New(t, "sqlite")
			p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 1)))
			w.Exec("UPDATE orders SET state = 'cancelled' WHERE id = ?", w.Order(p).ID)
			w.Pays(p)
			if _, err := w.Orders.Settle(t.Context(), w.Session(p)); err != nil {
				t.Fatal(err)
			}
			refunds, err := w.DB.RefundsOfOrder(t.Context(), w.Order(p).ID)
			if err != nil || len(refunds) != 1 {
				t.Fatalf("%+v %v", refunds, err)
			}
			w.Fault(kind, "POST /v1/refunds", "0")
			if err := w.Orders.GiveBack(t.Context(), refunds[0].ID); shop.KindOf(err) != shop.KindUnavailable {
				t.Fatalf("%v", err)
			}
			w.ClearFaults()
			w.Advance(25 * time.Hour) // the key alone would not do any more
			w.Work()
			givenBack(t, w, p)
		})
	}
}
