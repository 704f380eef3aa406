package orders_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

// T15: what somebody gives back at Stripe stands on the order, once, and
// counts in what may still go back.
func TestARefundMadeAtStripeIsWrittenDownOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		w.Fault("duplicate", "charge.refunded", "0")
		w.GivesBackAtStripe(o, 5_000)
		w.GivesBackAtStripe(o, 5_000) // two equal ones are two
		w.WorkUntil(func() bool { return w.Count("SELECT count(*) FROM stripe_events WHERE type LIKE '%refund%'") >= 6 })
		w.Work()
		events := []string{w.Event("charge.refunded"), w.Event("charge.refund.updated"), w.Event("refund.created")}
		var again []func() error
		for range 3 {
			for _, id := range events {
				again = append(again, func() error { return w.Orders.Event(t.Context(), id) })
			}
		}
		for _, err := range atOnce(again...) {
			if err != nil {
				t.Error(err)
			}
		}
		if got := recorded(t, w, o); got != "dashboard succeeded 5000, dashboard succeeded 5000" {
			t.Error(got)
		}
		if got := left(t, w, o); got != o.GrandTotal()-10_000 {
			t.Errorf("%s are left", got)
		}
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'refund'"); n != 0 || w.Again(o).Review != "" {
			t.Errorf("%d mails, review %q", n, w.Again(o).Review)
		}
		w.Clean()
	})
}

// No webhook came at all; and one came before that of the payment.
func TestARefundMadeAtStripeIsFoundAllTheSame(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		w.Fault("drop", "*", "0")
		w.GivesBackAtStripe(o, 5_000)
		for range 2 {
			if _, err := w.Checkout.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if got := recorded(t, w, o); got != "dashboard succeeded 5000" {
			t.Errorf("after the sweep: %s", got)
		}
		w.ClearFaults()

		p := w.Place(w.Bag(1, w.Shoe("Keel", 14_000, 5)))
		w.Fault("drop", "checkout.session.*", "0")
		w.Pays(p)
		var paid struct {
			Sessions []struct{ ID, Payment_intent string }
		}
		w.Show("/_sim/sessions", &paid)
		w.Control("/_sim/refunds", "payment_intent", paid.Sessions[0].Payment_intent, "amount", "700")
		w.WorkUntil(func() bool { return w.Order(p).State == shop.OrderPaid })
		w.Work()
		if got := recorded(t, w, w.Order(p)); got != "dashboard succeeded 700" {
			t.Errorf("before the payment was heard of: %s", got)
		}
		w.Clean()
	})
}

// Ours is on its way when somebody gives all back at Stripe: Stripe refuses
// ours, staff are told, and to try again finds that nothing is left.
func TestARefundThatCrossesOneAtStripeFailsInPlainWords(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		if err := w.Orders.Refund(t.Context(), "staff:1", refunding(t, w, o, "formkey1", shop.RefundChoice{Units: []shop.UnitID{o.Lines[0].Units[0].ID}})); err != nil {
			t.Fatal(err)
		}
		w.Fault("drop", "*", "0")
		w.GivesBackAtStripe(o, o.GrandTotal())
		w.Work()
		if got := recorded(t, w, o); got != fmt.Sprintf("staff failed %d, dashboard succeeded %d", o.GrandTotal(), o.GrandTotal()) {
			t.Error(got)
		}
		now := w.Again(o)
		if !strings.Contains(now.Review, "more than was received") || !strings.Contains(now.Review, "given back at Stripe already") {
			t.Errorf("review %q", now.Review)
		}
		again(t, w, o, 1)
		if got := recorded(t, w, o); !strings.HasSuffix(got, ", staff succeeded 0") || len(w.StripeRefunds()) != 1 {
			t.Errorf("%s, %d at Stripe", got, len(w.StripeRefunds()))
		}
		w.Clean()
	})
}

// again tries a failed refund again.
func again(t *testing.T, w *checkouttest.World, o shop.Order, failed shop.RefundID) {
	t.Helper()
	plan, err := w.Orders.PlanAgain(t.Context(), o.ID, failed)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Orders.RefundAgain(t.Context(), "staff:1", o.ID, failed, plan.Amount()); err != nil {
		t.Fatal(err)
	}
	w.Work()
}

func TestARefundIsPendingUntilTheBankHasIt(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.PaidBy(checkouttest.CardRefundsSlowly, 1, w.Shoe("Tern Racer", 14_000, 5))
		refund(t, w, refunding(t, w, o, "formkey1", goodwill(500)))
		if got := recorded(t, w, o); got != "staff pending 500" {
			t.Error(got)
		}
		w.Advance(time.Minute)
		if err := w.Checkout.Reconcile(t.Context()); err != nil { // with or without its webhook
			t.Fatal(err)
		}
		w.Work()
		if got := recorded(t, w, o); got != "staff succeeded 500" {
			t.Error(got)
		}
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'refund'"); n != 1 {
			t.Errorf("%d mails", n)
		}
		w.Clean()
	})
}

// T16: the money comes back to us days later. Staff are told, the pieces may
// be given back again, in a new refund under a new key, once.
func TestARefundThatFailsLaterCanBeTriedAgain(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.PaidBy(checkouttest.CardRefundsFail, 1, w.Shoe("Tern Racer", 4_000, 5))
		choice := shop.RefundChoice{Units: []shop.UnitID{o.Lines[0].Units[0].ID}, Shipping: true}
		refund(t, w, refunding(t, w, o, "formkey1", choice))
		whole := o.GrandTotal()
		if got := recorded(t, w, o); got != fmt.Sprintf("staff succeeded %d", whole) {
			t.Fatal(got)
		}
		w.Advance(time.Minute)
		w.WorkUntil(func() bool { return strings.Contains(recorded(t, w, o), "failed") })
		if got := w.Again(o).Review; !strings.Contains(got, "failed: the card has expired or was cancelled") || left(t, w, o) != whole {
			t.Errorf("review %q, %s are left", got, left(t, w, o))
		}
		if n := w.Count("SELECT count(*) FROM alarms WHERE kind = 'refund_failed'"); n != 1 {
			t.Errorf("%d alarms", n)
		}
		w.Clean()

		press := func() error { return w.Orders.RefundAgain(t.Context(), "staff:1", o.ID, 1, whole) }
		for _, err := range atOnce(press, press, press, press) {
			if err != nil {
				t.Error(err)
			}
		}
		w.Work()
		if got := recorded(t, w, o); got != fmt.Sprintf("staff failed %d, staff succeeded %d", whole, whole) {
			t.Error(got)
		}
		if n := w.Count("SELECT count(*) FROM refunds WHERE again_of = 1 AND idempotency_key = 're-again-1'"); n != 1 {
			t.Errorf("%d in its place", n)
		}
		if _, err := w.Orders.PlanAgain(t.Context(), o.ID, 1); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("a third time: %v", err)
		}
		w.Clean()
		w.Advance(time.Minute) // this one fails as well
		w.WorkUntil(func() bool { return strings.Count(recorded(t, w, o), "failed") == 2 })
		again(t, w, o, 2)
		w.Clean()
	})
}

// The parts of a failed one may also be chosen anew; then to try it again
// gives them back no second time.
func TestTheUnitsOfAFailedRefundAreFree(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.PaidBy(checkouttest.CardRefundsFail, 2, w.Shoe("Tern Racer", 14_000, 5))
		choice := shop.RefundChoice{Units: []shop.UnitID{o.Lines[0].Units[0].ID}}
		refund(t, w, refunding(t, w, o, "formkey1", choice))
		if err := w.Orders.Refund(t.Context(), "staff:1", refundingAnyway(o, "formkey2", choice)); shop.KindOf(err) != shop.KindConflict {
			t.Fatalf("the same piece twice: %v", err)
		}
		w.Advance(time.Minute)
		w.WorkUntil(func() bool { return strings.Contains(recorded(t, w, o), "failed") })
		refund(t, w, refunding(t, w, o, "formkey3", choice))
		if _, err := w.Orders.PlanAgain(t.Context(), o.ID, 1); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("%v", err)
		}
		w.Clean()
	})
}

// A late payment whose refund failed is given back in the end.
func TestALatePaymentThatCouldNotGoBackIsTriedAgain(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 1)
		p := w.Place(w.Bag(1, shoe))
		closeOrder(w, p)
		w.Place(w.Bag(1, shoe))
		w.Pays(p, "card", checkouttest.CardRefundsFail)
		w.Work()
		w.Advance(time.Minute)
		o := w.Order(p)
		w.WorkUntil(func() bool { return strings.Contains(recorded(t, w, o), "late_payment failed") })
		again(t, w, o, 1)
		if got := recorded(t, w, o); !strings.Contains(got, ", late_payment succeeded") {
			t.Error(got)
		}
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'late_refund'"); n != 2 {
			t.Errorf("%d mails", n)
		}
	})
}

// T17: Stripe refuses what is on its way when a dispute comes: in plain words,
// and no job goes round in circles.
func TestARefundThatCrossesADisputeFailsInPlainWords(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		w.Fault("drop", "charge.dispute.*", "0")
		w.Control("/_sim/payments/" + w.Intent(o) + "/dispute")
		refund(t, w, refunding(t, w, o, "formkey1", goodwill(500)))
		if got := w.Again(o).Review; recorded(t, w, o) != "staff failed 500" || !strings.Contains(got, "the payment is disputed") {
			t.Errorf("%s, review %q", recorded(t, w, o), got)
		}
		if n := w.Count("SELECT count(*) FROM jobs WHERE state <> 'done' AND kind = 'refund'"); n != 0 {
			t.Errorf("%d jobs are not done", n)
		}
		if _, err := w.Checkout.Sweep(t.Context()); err != nil { // no webhook came
			t.Fatal(err)
		}
		if _, err := w.Orders.PlanAgain(t.Context(), o.ID, 1); shop.KindOf(err) != shop.KindConflict || !strings.Contains(err.Error(), "disputed") {
			t.Errorf("trying it again: %v", err)
		}
		w.ClearFaults()
		w.Decides(w.Dispute(o), "win")
		again(t, w, o, 1)
		if got := recorded(t, w, o); got != "staff failed 500, staff succeeded 500" {
			t.Error(got)
		}
		w.Clean()
	})
}

// T12: Stripe's events about ours come before its answer does.
func TestAnEventBeforeTheAnswerMakesNoSecondRefund(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		if err := w.Orders.Refund(t.Context(), "staff:1", refunding(t, w, o, "formkey1", goodwill(500))); err != nil {
			t.Fatal(err)
		}
		w.Fault("before_reply", "POST /v1/refunds", "1")
		give := func() error { return w.Orders.GiveBack(t.Context(), 1) }
		hear := func() error {
			w.WorkUntil(func() bool { return w.Count("SELECT count(*) FROM refunds WHERE state = 'succeeded'") == 1 })
			return nil
		}
		for _, err := range atOnce(give, hear) {
			if err != nil {
				t.Error(err)
			}
		}
		w.Work()
		if got := recorded(t, w, o); got != "staff succeeded 500" || w.Count("SELECT count(*) FROM mails WHERE kind = 'refund'") != 1 {
			t.Error(got)
		}
		w.Clean()
	})
}
