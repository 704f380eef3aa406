package orders_test

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// arrives puts an event into the inbox as if Stripe had sent it.
func arrives(t *testing.T, w *checkouttest.World, e shop.StripeEvent) {
	t.Helper()
	e.CreatedAt, e.ReceivedAt, e.APIVersion, e.Payload = w.Now(), w.Now(), payment.APIVersion, "{}"
	if _, err := w.DB.Jobs().Inbox(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	w.Work()
}

// T11: a card is declined, another pays on the same page, and the news of the
// first comes last, in more than one guise.
func TestTheNewsOfADeclineComesAfterThePayment(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		if status, body := w.Ask("/_sim/sessions/"+w.Session(p)+"/pay", "card", checkouttest.CardDeclined); status != 402 {
			t.Fatalf("%d %s", status, body)
		}
		w.Pays(p)
		w.Work()
		once(t, w, p, shoe)
		intent := w.Attempt(p).PaymentIntent
		arrives(t, w, shop.StripeEvent{ID: "evt_late1", Type: "payment_intent.payment_failed", ObjectID: intent, ObjectKind: "payment_intent"})
		arrives(t, w, shop.StripeEvent{ID: "evt_late2", Type: "checkout.session.async_payment_failed", ObjectID: w.Session(p), ObjectKind: "checkout.session"})
		arrives(t, w, shop.StripeEvent{ID: "evt_late3", Type: "checkout.session.expired", ObjectID: w.Session(p), ObjectKind: "checkout.session"})
		once(t, w, p, shoe)
		w.Clean()
	})
}

// T19: refunds and disputes of payments that are not ours, and events about
// nothing at all, end well and are nothing to us.
func TestRefundsAndDisputesOfOthersAreIgnored(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		request := shop.SessionRequest{
			OrderID: 1, AttemptID: 1, Reference: "theirs", Environment: "elsewhere", Currency: "usd",
			Lines:     []shop.SessionLine{{Position: 1, Name: "Theirs", Price: 1_000, Quantity: 1}},
			ExpiresAt: w.Now().Add(time.Hour).Unix(), SuccessURL: "http://other.test/", CancelURL: "http://other.test/",
		}
		session, err := w.Pay.Create(t.Context(), request, "theirs")
		if err != nil {
			t.Fatal(err)
		}
		w.Control("/_sim/sessions/"+session.ID+"/pay", "wait", "true", "card", checkouttest.CardIsAskedOf)
		if session, err = w.Pay.Session(t.Context(), session.ID); err != nil {
			t.Fatal(err)
		}
		w.Control("/_sim/refunds", "payment_intent", session.PaymentIntent, "amount", "100")
		w.WorkUntil(func() bool {
			return w.Count("SELECT count(*) FROM stripe_events WHERE type IN ('charge.refunded', 'charge.dispute.created')") == 2
		})
		for i, kind := range []string{"charge.refunded", "charge.dispute.closed", "checkout.session.completed", "refund.failed", "customer.created"} {
			arrives(t, w, shop.StripeEvent{ID: fmt.Sprintf("evt_%d", i), Type: kind, ObjectID: "xx_unknown", ObjectKind: "thing"})
		}
		if _, err := w.Checkout.Sweep(t.Context()); err != nil {
			t.Error(err)
		}
		for _, table := range []string{"orders", "refunds", "disputes", "alarms", "jobs WHERE state <> 'done'"} {
			if n := w.Count("SELECT count(*) FROM " + table); n != 0 {
				t.Errorf("%d %s", n, table)
			}
		}
	})
}

// T21: what is told in the other mode pays nothing, also when the account at
// the other end is of the other mode.
func TestTheOtherModePaysNothing(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		w.Fault("drop", "*", "0")
		w.Control("/_sim/sessions/" + w.Session(p) + "/pay")
		arrives(t, w, shop.StripeEvent{ID: "evt_live", Type: "checkout.session.completed", ObjectID: w.Session(p), ObjectKind: "checkout.session", LiveMode: true})
		if w.Order(p).State != shop.OrderPending {
			t.Errorf("a live event made the order %s", w.Order(p).State)
		}
		live := payment.New(payment.Options{APIURL: w.Stripe, Key: "sk_test_for_tests", LiveMode: true})
		other := orders.New(w.DB, live, nil)
		if _, err := other.Settle(t.Context(), w.Session(p)); !shop.IsNotFound(err) {
			t.Errorf("settling in live mode: %v", err)
		}
		if w.Order(p).State != shop.OrderPending || w.Level(shoe).OnHand != 3 {
			t.Errorf("a test payment paid a live order: %s", w.Order(p).State)
		}
		w.ClearFaults()
		arrives(t, w, shop.StripeEvent{ID: "evt_test", Type: "checkout.session.completed", ObjectID: w.Session(p), ObjectKind: "checkout.session"})
		once(t, w, p, shoe)
		w.Fault("drop", "*", "0")
		w.Control("/_sim/payments/" + w.Attempt(p).PaymentIntent + "/dispute")
		if err := other.SweepDisputes(t.Context(), w.Now().Add(-time.Hour)); err != nil || w.Count("SELECT count(*) FROM disputes") != 0 {
			t.Errorf("a dispute of the other mode: %v", err)
		}
	})
}

// T34: a card that passes 3-D Secure and is declined then leaves the order as
// it was and the page open; no mail goes out for it.
func TestACardDeclinedAfterThreeDSecureLeavesThePageOpen(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		p := w.Place(w.Bag(1, shoe))
		for range 2 {
			if status, body := w.Ask("/_sim/sessions/"+w.Session(p)+"/pay", "card", "4000008400001629", "wait", "true"); status != 402 {
				t.Fatalf("%d %s", status, body)
			}
			w.Work()
		}
		settled, err := w.Orders.Settle(t.Context(), w.Session(p))
		if err != nil || settled.State != shop.OrderPending || w.Level(shoe).Held != 1 || w.StripeSessions()[0].Status != "open" {
			t.Errorf("%s, held %d, %v", settled.State, w.Level(shoe).Held, err)
		}
		if n := w.Count("SELECT count(*) FROM mails"); n != 0 {
			t.Errorf("%d mails", n)
		}
		w.Pays(p)
		w.Work()
		once(t, w, p, shoe)
		w.Clean()
	})
}

// T35: checkouts that come to nothing take no number.
func TestOrderNumbersHaveNoGaps(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 99)
		place := func() checkout.Placement { return w.Place(w.Bag(1, shoe)) }
		var numbers []int64
		pays := func(p checkout.Placement) {
			w.Pays(p)
			w.Work()
			numbers = append(numbers, *w.Order(p).Number)
		}
		expired, declined, cancelled, failed := place(), place(), place(), place()
		pays(place())
		w.Control("/_sim/sessions/" + w.Session(expired) + "/expire")
		w.Ask("/_sim/sessions/"+w.Session(declined)+"/pay", "card", checkouttest.CardDeclined)
		w.Exec("UPDATE orders SET state = 'cancelled' WHERE id = ?", w.Order(cancelled).ID)
		w.Pays(cancelled) // and goes back
		w.Pays(failed, "bank", "pays")
		w.Work()
		w.Control("/_sim/payments/"+w.Attempt(failed).PaymentIntent+"/bank", "fails", "true")
		w.WorkUntil(func() bool {
			return w.Order(failed).State == shop.OrderCancelled && w.Order(expired).State == shop.OrderCancelled
		})
		pays(place())
		pays(declined)
		if fmt.Sprint(numbers) != "[1001 1002 1003]" {
			t.Errorf("%v", numbers)
		}
		for _, p := range []checkout.Placement{expired, cancelled, failed} {
			if n := w.Order(p).Number; n != nil {
				t.Errorf("order %d has the number %d", w.Order(p).ID, *n)
			}
		}
	})
}

// T31: payments, deliveries, cancellations and refunds of the same sizes, all at
// once, each with the sizes in another order. They wait for each other and
// never in a ring: PostgreSQL counts those.
func TestPaymentsAndStaffWaitInOneOrder(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		a, b, c := w.Shoe("Tern", 4_000, 200), w.Shoe("Swift", 4_000, 200), w.Shoe("Egret", 4_000, 200)
		shelf := stock.New(w.DB)
		var paid []shop.Order
		for range 4 {
			paid = append(paid, w.Paid(1, c, a, b))
		}
		w.Work()
		var work []func() error
		for i := range 12 {
			sizes := [][]shop.Variant{{a, b, c}, {c, b, a}, {b, c, a}}[i%3]
			p := w.Place(w.Bag(1, sizes...))
			w.Control("/_sim/sessions/" + w.Session(p) + "/pay")
			lines := []shop.TypedLine{{Line: 1, Code: sizes[2].SKU, Quantity: 1}, {Line: 2, Code: sizes[1].SKU, Quantity: 1}, {Line: 3, Code: sizes[0].SKU, Quantity: 1}}
			work = append(work,
				func() error { _, err := w.Orders.Settle(t.Context(), w.Session(p)); return err },
				func() error {
					_, err := shelf.Receive(t.Context(), "staff:1", stock.Delivery{Lines: lines, Key: rand.Text()})
					return err
				})
		}
		for i, o := range paid {
			work = append(work, func() error {
				plan, err := w.Orders.PlanCancel(t.Context(), o.ID, nil)
				if err != nil {
					return err
				}
				return w.Orders.Cancel(t.Context(), "staff:1", orders.Cancellation{Order: o.ID, Key: fmt.Sprintf("cancel-%d", i), Expected: plan.Amount(), Restock: true})
			})
		}
		for i, err := range atOnce(work...) {
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
		}
		w.Work()
		for _, v := range []shop.Variant{a, b, c} {
			if got := w.Level(v); got.OnHand != 200 || got.Held != 0 { // 4 and 12 sold, 12 came, 4 came back
				t.Errorf("%+v", got)
			}
		}
		if w.DB.Kind() == "postgres" {
			w.Exec("SELECT pg_stat_force_next_flush()")
			if n := w.Count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"); n != 0 {
				t.Errorf("%d rings", n)
			}
		}
		w.Clean()
	})
}
