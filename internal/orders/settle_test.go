package orders_test

import (
	"sync"
	"testing"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

// once checks all that must have happened exactly once to an order of one
// pair of a shoe that had three.
func once(t *testing.T, w *checkouttest.World, p checkout.Placement, shoe shop.Variant) {
	t.Helper()
	if order := w.Order(p); order.State != shop.OrderPaid || *order.Number != 1001 || len(order.Tenders) != 1 {
		t.Errorf("the order is %+v", order)
	}
	if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 {
		t.Errorf("stock %+v", got)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM stock_movements WHERE step = 'sold'":                            1,
		"SELECT count(*) FROM mails":                                                          1,
		"SELECT count(*) FROM jobs WHERE kind = 'mail'":                                       1,
		"SELECT count(*) FROM payment_attempts WHERE state = 'paid'":                          1,
		"SELECT count(*) FROM steps WHERE thing_kind = 'order' AND to_state = 'paid'":         1,
		"SELECT count(*) FROM refunds":                                                        0,
		"SELECT value FROM counters WHERE name = 'order_number'":                              1001,
		"SELECT count(*) FROM orders WHERE review <> ''":                                      0,
		"SELECT count(*) FROM steps WHERE thing_kind = 'attempt' AND from_state = 'creating'": 1,
	} {
		if got := w.Count(query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	if n := len(w.StripeRefunds()); n != 0 {
		t.Errorf("%d refunds at Stripe", n)
	}
}

// atOnce runs functions from the same moment on.
func atOnce(fns ...func() error) []error {
	errs := make([]error, len(fns))
	gate := make(chan struct{})
	var all sync.WaitGroup
	for i, fn := range fns {
		all.Go(func() { <-gate; errs[i] = fn() })
	}
	close(gate)
	all.Wait()
	return errs
}

// T1 and T2: webhooks and the success page settle at the same instant.
func TestSettlingManyTimesAtOnceHappensOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		w.Pays(p)
		settle := func() error { _, err := w.Orders.Settle(t.Context(), w.Session(p)); return err }
		page := func() error { _, err := w.Orders.Confirm(t.Context(), p.OrderToken, ""); return err }
		for i, err := range atOnce(settle, page, settle, page, settle, page, settle, page) {
			if err != nil {
				t.Errorf("settling %d: %v", i, err)
			}
		}
		w.Work()
		once(t, w, p, shoe)
	})
}

func TestADuplicatedEventIsOneEvent(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		w.Control("/_sim/faults", "kind", "duplicate", "count", "0", "copies", "3")
		w.Pays(p)
		w.Work()
		once(t, w, p, shoe)
		if n := w.Count("SELECT count(*) FROM stripe_events WHERE type = 'checkout.session.completed'"); n != 1 {
			t.Errorf("%d events are stored", n)
		}
	})
}

// T3: Stripe tells of the payment before it answers the call that opened it.
func TestAWebhookFasterThanTheAnswerIsUnderstood(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		bag := w.Bag(1, shoe)
		w.Fault("cut", "POST /v1/checkout/sessions", "0")
		if _, err := w.Checkout.Place(t.Context(), bag); err == nil {
			t.Fatal("no fault")
		}
		w.ClearFaults()
		order, err := w.DB.OrderForCart(t.Context(), bag)
		if err != nil {
			t.Fatal(err)
		}
		w.Control("/_sim/sessions/"+w.StripeSessions()[0].ID+"/pay", "wait", "true")
		w.Work()
		if order, err = w.DB.OrderByID(t.Context(), order.ID); err != nil || order.State != shop.OrderPaid {
			t.Errorf("%s %v", order.State, err)
		}
		if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestPaidBeforeTheAnswerCame(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		w.Fault("before_reply", "POST /v1/checkout/sessions", "1")
		stop := make(chan struct{})
		var worker sync.WaitGroup
		worker.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					w.Work()
				}
			}
		})
		_, err := w.Checkout.Place(t.Context(), w.Bag(1, shoe))
		close(stop)
		worker.Wait()
		w.Work()
		if n := w.Count("SELECT count(*) FROM orders WHERE state = 'paid'"); n != 1 {
			t.Errorf("%d orders are paid; placing said %v", n, err)
		}
		if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// T5: the end is told twice, together with our own asking for it.
func TestAnEndToldTwiceFreesStockOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p, other := w.Place(w.Bag(1, shoe)), w.Place(w.Bag(1, shoe))
		w.Control("/_sim/sessions/" + w.Session(p) + "/expire")
		settle := func() error { _, err := w.Orders.Settle(t.Context(), w.Session(p)); return err }
		abandon := func() error { _, err := w.Orders.Abandon(t.Context(), w.Attempt(p)); return err }
		for _, err := range atOnce(settle, abandon, settle, abandon) {
			if err != nil {
				t.Error(err)
			}
		}
		w.Work()
		if got := w.Level(shoe); got.OnHand != 3 || got.Held != 1 {
			t.Errorf("%+v", got)
		}
		if w.Order(p).State != shop.OrderCancelled || w.Order(other).State != shop.OrderPending {
			t.Errorf("%s, %s", w.Order(p).State, w.Order(other).State)
		}
		if n := w.Count("SELECT count(*) FROM cart_lines"); n != 2 {
			t.Error("an abandoned bag is emptied")
		}
	})
}

// T4: the end of an old page arrives after the new one was paid.
func TestTheEndOfAnOldPageDoesNotTouchThePaidOrder(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		bag := w.Bag(2, shoe)
		old := w.Place(bag)
		w.Exec("UPDATE cart_lines SET quantity = 1")
		p := w.Place(bag)
		w.Pays(p)
		if _, err := w.Orders.Settle(t.Context(), w.Session(p)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Orders.Settle(t.Context(), w.Session(old)); err != nil {
			t.Fatal(err)
		}
		w.Work()
		if order := w.Order(p); order.State != shop.OrderPaid || w.Order(old).State != shop.OrderCancelled {
			t.Errorf("%s, %s", order.State, w.Order(old).State)
		}
		if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// T20: what an event itself says is not believed, so its version is of no
// importance.
func TestAnEventOfANewerVersionSettles(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		w.Fault("newer_api_version", "", "0")
		w.Pays(p)
		w.Work()
		once(t, w, p, shoe)
		if n := w.Count("SELECT count(*) FROM stripe_events WHERE api_version = '2023-10-16'"); n != 0 {
			t.Error("the fault did not work")
		}
	})
}

// T26: an event that could not be read stays, and is read later.
func TestAnEventThatFailedIsReadAgain(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		w.Pays(p)
		w.Fault("html502", "GET /v1/checkout/sessions/{id}", "0")
		event := w.Event("checkout.session.completed")
		if err := w.Orders.Event(t.Context(), event); shop.KindOf(err) != shop.KindUnavailable {
			t.Fatalf("reading it: %v", err)
		}
		if w.Order(p).State != shop.OrderPending {
			t.Error("settled without asking")
		}
		w.ClearFaults()
		w.Work()
		once(t, w, p, shoe)
	})
}

// T25: nobody hands the mail over here; the order is paid all the same.
func TestAPaidOrderDoesNotWaitForItsMail(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 3)))
		w.Pays(p)
		w.Work()
		if w.Order(p).State != shop.OrderPaid || w.Count("SELECT count(*) FROM mails WHERE state = 'queued'") != 1 {
			t.Errorf("%s", w.Order(p).State)
		}
	})
}

func TestADeclinedCardLeavesThePageOpen(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		if status, body := w.Ask("/_sim/sessions/"+w.Session(p)+"/pay", "card", checkouttest.CardDeclined); status != 402 {
			t.Fatalf("%d %s", status, body)
		}
		w.Work()
		if w.Order(p).State != shop.OrderPending || w.Level(shoe).Held != 1 {
			t.Errorf("%s, held %d", w.Order(p).State, w.Level(shoe).Held)
		}
		w.Pays(p)
		w.Work()
		once(t, w, p, shoe)
	})
}
