package orders_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// refunding is the form of a page that shows what would go back now.
func refunding(t *testing.T, w *checkouttest.World, o shop.Order, key string, c shop.RefundChoice) orders.Refunding {
	t.Helper()
	plan, left, err := w.Orders.PlanRefund(t.Context(), o.ID, c)
	if err != nil {
		t.Fatal(err)
	}
	return orders.Refunding{Order: o.ID, Choice: c, Key: key, Expected: plan.Amount(), Left: left}
}

func refund(t *testing.T, w *checkouttest.World, r orders.Refunding) {
	t.Helper()
	if err := w.Orders.Refund(t.Context(), "staff:1", r); err != nil {
		t.Fatal(err)
	}
	w.Work()
}

// refundingAnyway is a form that no page would show now.
func refundingAnyway(o shop.Order, key string, c shop.RefundChoice) orders.Refunding {
	return orders.Refunding{Order: o.ID, Choice: c, Key: key, Expected: 1, Left: 1}
}

// goodwill is a choice of an amount alone.
func goodwill(amount shop.Cents) shop.RefundChoice {
	return shop.RefundChoice{Goodwill: amount, Reason: "Sorry for the wait."}
}

// recorded are an order's refunds as "cause state amount", in their order.
func recorded(t *testing.T, w *checkouttest.World, o shop.Order) string {
	t.Helper()
	list, err := w.DB.RefundsOfOrder(t.Context(), o.ID)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, r := range list {
		texts = append(texts, fmt.Sprintf("%s %s %d", r.Cause, r.State, r.Amount))
	}
	return strings.Join(texts, ", ")
}

func left(t *testing.T, w *checkouttest.World, o shop.Order) shop.Cents {
	t.Helper()
	given, err := w.DB.Given(t.Context(), o.ID)
	if err != nil {
		t.Fatal(err)
	}
	return given.Left
}

// T14: a part is a part, and all parts together are the whole, to the cent.
func TestAnOrderIsGivenBackPartByPart(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(3, w.Shoe("Tern Racer", 3_333, 5))
		units := o.Lines[0].Units
		refund(t, w, refunding(t, w, o, "formkey1", shop.RefundChoice{Units: []shop.UnitID{units[1].ID}}))
		refund(t, w, refunding(t, w, o, "formkey2", goodwill(803)))
		refund(t, w, refunding(t, w, o, "formkey3", shop.RefundChoice{Shipping: true}))
		refund(t, w, refunding(t, w, o, "formkey4", shop.RefundChoice{Units: []shop.UnitID{units[0].ID, units[2].ID}}))
		one, shipping := units[1].PaidNet+*units[1].PaidTax, o.Shipping+*o.ShippingTax
		rest := o.GrandTotal() - one - 803 - shipping
		want := fmt.Sprintf("staff succeeded %d, staff succeeded 803, staff succeeded %d, staff succeeded %d", one, shipping, rest)
		if got := recorded(t, w, o); got != want || left(t, w, o) != 0 {
			t.Errorf("%s, want %s; %s are left", got, want, left(t, w, o))
		}
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'refund'"); n != 4 {
			t.Errorf("%d mails", n)
		}
		if n := w.Count("SELECT count(*) FROM audit_entries WHERE action = 'order.refund'"); n != 4 {
			t.Errorf("%d audit entries", n)
		}
		if now := w.Again(o); now.Fulfilment != shop.Unfulfilled || len(now.Waiting()) != 3 {
			t.Errorf("the pieces are %s", now.Fulfilment)
		}
		w.Clean()
	})
}

// Fifty presses of one form, and of fifty forms that were shown at the same
// time, give back once.
func TestFiftyRefundsAtOnceAreOne(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 9)
		for name, choose := range map[string]func(shop.Order) shop.RefundChoice{
			"a piece": func(o shop.Order) shop.RefundChoice {
				return shop.RefundChoice{Units: []shop.UnitID{o.Lines[0].Units[0].ID}}
			},
			"goodwill": func(shop.Order) shop.RefundChoice { return goodwill(1_000) },
		} {
			o := w.Paid(2, shoe)
			same := refunding(t, w, o, "formkey0", choose(o))
			var presses []func() error
			for i := range 50 {
				r := same
				if i%2 == 1 {
					r.Key = fmt.Sprintf("formkey%d", i)
				}
				presses = append(presses, func() error { return w.Orders.Refund(t.Context(), "staff:1", r) })
			}
			for _, err := range atOnce(presses...) {
				if err != nil && shop.KindOf(err) != shop.KindConflict {
					t.Errorf("%s: %v", name, err)
				}
			}
			w.Work()
			if got := recorded(t, w, o); got != fmt.Sprintf("staff succeeded %d", same.Expected) {
				t.Errorf("%s: %s", name, got)
			}
		}
		w.Clean()
	})
}

func TestWhatCannotBeGivenBackIsRefusedAndChangesNothing(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 9)
		o, other := w.Paid(2, shoe), w.Paid(1, shoe)
		unpaid := w.Order(w.Place(w.Bag(1, shoe)))
		good := refunding(t, w, o, "formkey1", shop.RefundChoice{Units: []shop.UnitID{o.Lines[0].Units[0].ID}})
		tests := []struct {
			name, says string
			kind       shop.Kind
			change     func(r *orders.Refunding)
		}{
			{"another sum", "The order has changed", shop.KindConflict, func(r *orders.Refunding) { r.Expected-- }},
			{"another sum left", "has gone back otherwise", shop.KindConflict, func(r *orders.Refunding) { r.Left++ }},
			{"no key", "open the page again", shop.KindInvalid, func(r *orders.Refunding) { r.Key = "" }},
			{"a piece of another order", "not of this order", shop.KindInvalid, func(r *orders.Refunding) { r.Choice.Units = []shop.UnitID{other.Lines[0].Units[0].ID} }},
			{"an order that is not paid", "not paid", shop.KindConflict, func(r *orders.Refunding) { r.Order = unpaid.ID }},
			{"an order that is not there", "no such order", shop.KindNotFound, func(r *orders.Refunding) { r.Order = 999 }},
			{"nothing", "Choose", shop.KindInvalid, func(r *orders.Refunding) { r.Choice = shop.RefundChoice{} }},
			{"more than was received", "Only", shop.KindConflict, func(r *orders.Refunding) { r.Choice = goodwill(o.GrandTotal() + 1) }},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				r := good
				tt.change(&r)
				err := w.Orders.Refund(t.Context(), "staff:1", r)
				if shop.KindOf(err) != tt.kind || !strings.Contains(shop.MessageOf(err), tt.says) {
					t.Errorf("%v", err)
				}
			})
		}
		if n := w.Count("SELECT count(*) FROM refunds") + w.Count("SELECT count(*) FROM refund_units"); n != 0 {
			t.Errorf("%d rows", n)
		}
		w.Clean()
	})
}

// T13: Stripe gave the money back and its answer was lost; a day later the key
// alone would not do any more. Two equal parts are two refunds.
func TestARefundByStaffSurvivesFaults(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(2, w.Shoe("Tern Racer", 14_000, 5))
		for i := range 2 {
			if err := w.Orders.Refund(t.Context(), "staff:1", refunding(t, w, o, fmt.Sprintf("formkey%d", i), goodwill(500))); err != nil {
				t.Fatal(err)
			}
		}
		for _, kind := range []string{"cut_before", "500", "409", "429", "html502", "cut"} {
			w.Fault(kind, "POST /v1/refunds", "0")
			for id := range shop.RefundID(2) {
				if err := w.Orders.GiveBack(t.Context(), id+1); err != nil && shop.KindOf(err) != shop.KindUnavailable {
					t.Errorf("%s: %v", kind, err)
				}
			}
			w.ClearFaults()
			w.Advance(25 * time.Hour)
		}
		w.Work()
		if got := recorded(t, w, o); got != "staff succeeded 500, staff succeeded 500" || len(w.StripeRefunds()) != 2 {
			t.Errorf("%s, %d at Stripe", got, len(w.StripeRefunds()))
		}
		w.Clean()
	})
}

// Pieces that were refunded before they were sent can still be cancelled, and
// nothing of them goes back twice.
func TestCancellingWhatWasRefundedGivesBackTheRest(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 4_000, 5)
		o := w.Paid(2, shoe)
		refund(t, w, refunding(t, w, o, "formkey1", shop.RefundChoice{Units: []shop.UnitID{o.Lines[0].Units[0].ID}, Shipping: true, Goodwill: 100, Reason: "x"}))
		before := left(t, w, o)
		cancel(t, w, cancellation(t, w, o, "formkey1"))
		list, err := w.DB.RefundsOfOrder(t.Context(), o.ID)
		if err != nil || len(list) != 2 || list[1].Amount != before || list[1].GivenBefore != 100 || list[1].Shipping != 0 {
			t.Errorf("%+v %v", list, err)
		}
		if got := w.Level(shoe); left(t, w, o) != 0 || w.Again(o).Fulfilment != shop.FulfilmentCancelled || got.OnHand != 5 {
			t.Errorf("%s are left, %s, %+v", left(t, w, o), w.Again(o).Fulfilment, got)
		}
		w.Clean()
	})
}

// All went back at Stripe: the order can still be cancelled, and the books
// say why nothing goes back for it.
func TestCancellingWhatWasGivenBackAtStripeGivesBackNothing(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 4_000, 5))
		w.GivesBackAtStripe(o, o.GrandTotal())
		w.WorkUntil(func() bool { return w.Count("SELECT count(*) FROM refunds") == 1 })
		c := cancellation(t, w, o, "formkey1")
		if c.Expected != 0 {
			t.Fatalf("%s would go back", c.Expected)
		}
		cancel(t, w, c)
		cancel(t, w, c) // the same form again
		if got := recorded(t, w, o); got != fmt.Sprintf("dashboard succeeded %d, cancelled succeeded 0", o.GrandTotal()) {
			t.Error(got)
		}
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'order_cancelled'"); n != 1 || len(w.StripeRefunds()) != 1 {
			t.Errorf("%d mails, %d at Stripe", n, len(w.StripeRefunds()))
		}
		w.Clean()
	})
}
