package orders_test

import (
	"strings"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// cancellation is the form of a page that shows what would go back now.
func cancellation(t *testing.T, w *checkouttest.World, o shop.Order, key string, units ...shop.UnitID) orders.Cancellation {
	t.Helper()
	plan, err := w.Orders.PlanCancel(t.Context(), o.ID, units)
	if err != nil {
		t.Fatal(err)
	}
	return orders.Cancellation{
		Order: o.ID, Units: units, Reason: "Changed their mind.", Restock: true, Key: key, Expected: plan.Amount(),
	}
}

func cancel(t *testing.T, w *checkouttest.World, c orders.Cancellation) {
	t.Helper()
	if err := w.Orders.Cancel(t.Context(), "staff:1", c); err != nil {
		t.Fatal(err)
	}
	w.Work()
}

// refunds are an order's refunds, each of which must have come to its end.
func refunds(t *testing.T, w *checkouttest.World, o shop.Order, want ...shop.Cents) {
	t.Helper()
	got, err := w.DB.RefundsOfOrder(t.Context(), o.ID)
	if err != nil || len(got) != len(want) {
		t.Fatalf("refunds %+v %v, want %v", got, err, want)
	}
	for i, r := range got {
		if r.Amount != want[i] || r.State != shop.RefundSucceeded || r.Cause != shop.RefundCancelled || r.StripeID == nil {
			t.Errorf("refund %+v, want %s", r, want[i])
		}
	}
}

func TestCancellingAWholeOrderGivesShippingBackToo(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 4_000, 5)
		o := w.Paid(2, shoe)
		if o.Shipping == 0 || *o.Tax == 0 {
			t.Fatalf("the sample has no shipping or no tax: %s %s", o.Shipping, o.Tax)
		}
		cancel(t, w, cancellation(t, w, o, "formkey1"))
		refunds(t, w, o, o.GrandTotal())
		now := w.Again(o)
		if now.State != shop.OrderPaid || now.Fulfilment != shop.FulfilmentCancelled || now.Status() != "Cancelled" {
			t.Errorf("%s, %s", now.State, now.Fulfilment)
		}
		if got := w.Level(shoe); got.OnHand != 5 || got.Held != 0 {
			t.Errorf("%+v", got)
		}
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'order_cancelled'"); n != 1 {
			t.Errorf("%d mails", n)
		}
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'late_refund'"); n != 0 {
			t.Errorf("%d mails about a late payment", n)
		}
		if n := w.Count("SELECT count(*) FROM audit_entries WHERE action = 'order.cancel' AND thing_id = ?", "1"); n != 1 {
			t.Errorf("%d audit entries", n)
		}
		w.Clean()
	})
}

// Piece by piece: shipping goes back with the last piece and not before.
func TestPiecesAreCancelledOneByOneToTheCent(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(3, w.Shoe("Tern Racer", 3_333, 5))
		var want []shop.Cents
		for i, u := range o.Lines[0].Units {
			amount := u.PaidNet + *u.PaidTax
			if i == 2 {
				amount += o.Shipping + *o.ShippingTax
			}
			want = append(want, amount)
			cancel(t, w, cancellation(t, w, o, "formkey"+string(rune('1'+i)), u.ID))
		}
		refunds(t, w, o, want...)
		if sum := want[0] + want[1] + want[2]; sum != o.GrandTotal() {
			t.Errorf("%s go back of %s", sum, o.GrandTotal())
		}
		w.Clean()
	})
}

func TestWithoutRestockingTheStockStaysWhereItIs(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 5)
		c := cancellation(t, w, w.Paid(1, shoe), "formkey1")
		c.Restock = false
		cancel(t, w, c)
		if got := w.Level(shoe); got.OnHand != 4 {
			t.Errorf("%+v", got)
		}
		w.Clean()
	})
}

// The same form twice is one cancellation; another form finds nothing to do.
func TestCancellingTwiceHappensOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 5)
		o := w.Paid(2, shoe)
		first, second := cancellation(t, w, o, "formkey1"), cancellation(t, w, o, "formkey2")
		press := func(c orders.Cancellation) func() error {
			return func() error { return w.Orders.Cancel(t.Context(), "staff:1", c) }
		}
		errs := atOnce(press(first), press(first), press(second), press(second))
		won, lost := 0, 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case shop.KindOf(err) == shop.KindConflict:
				lost++
			default:
				t.Error(err)
			}
		}
		if won != 2 || lost != 2 {
			t.Errorf("%d went well and %d did not: %v", won, lost, errs)
		}
		w.Work()
		refunds(t, w, o, o.GrandTotal())
		if got := w.Level(shoe); got.OnHand != 5 {
			t.Errorf("%+v", got)
		}
		w.Clean()
	})
}

func TestWhatCannotBeCancelledIsRefusedAndChangesNothing(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 9)
		o, other := w.Paid(2, shoe), w.Paid(1, shoe)
		unpaid := w.Order(w.Place(w.Bag(1, shoe)))
		good := cancellation(t, w, o, "formkey1", o.Lines[0].Units[0].ID)
		tests := []struct {
			name, says string
			kind       shop.Kind
			change     func(c *orders.Cancellation)
		}{
			{"another sum", "The order has changed", shop.KindConflict, func(c *orders.Cancellation) { c.Expected++ }},
			{"no key", "open the page again", shop.KindInvalid, func(c *orders.Cancellation) { c.Key = "" }},
			{"a key no form made", "open the page again", shop.KindInvalid, func(c *orders.Cancellation) { c.Key = "a key; drop" }},
			{"a piece of another order", "not of this order", shop.KindInvalid, func(c *orders.Cancellation) { c.Units = []shop.UnitID{other.Lines[0].Units[0].ID} }},
			{"an order that is not paid", "not paid", shop.KindConflict, func(c *orders.Cancellation) { c.Order, c.Units = unpaid.ID, nil }},
			{"an order that is not there", "no such order", shop.KindNotFound, func(c *orders.Cancellation) { c.Order = 999 }},
			{"a reason like a novel", "500", shop.KindInvalid, func(c *orders.Cancellation) { c.Reason = strings.Repeat("é", 501) }},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				c := good
				tt.change(&c)
				err := w.Orders.Cancel(t.Context(), "staff:1", c)
				if shop.KindOf(err) != tt.kind || !strings.Contains(shop.MessageOf(err), tt.says) {
					t.Errorf("%v", err)
				}
			})
		}
		if n := w.Count("SELECT count(*) FROM refunds") + w.Count("SELECT count(*) FROM order_units WHERE state <> 'waiting'"); n != 0 {
			t.Errorf("%d rows changed", n)
		}
		w.Clean()
	})
}

// What was received bounds what goes back, whatever the units say.
func TestNeverMoreGoesBackThanWasReceived(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 9))
		c := cancellation(t, w, o, "formkey1")
		w.Exec("UPDATE order_tenders SET amount = 100")
		err := w.Orders.Cancel(t.Context(), "staff:1", c)
		if shop.KindOf(err) != shop.KindConflict || !strings.Contains(shop.MessageOf(err), "$1.00 would go back, not $14") {
			t.Errorf("%v", err)
		}
		if n := w.Count("SELECT count(*) FROM order_units WHERE state = 'cancelled'"); n != 0 {
			t.Errorf("%d cancelled", n)
		}
	})
}

// T13: Stripe gave the money back and its answer was lost.
func TestARefundOfCancelledPiecesSurvivesFaults(t *testing.T) {
	for _, kind := range []string{"cut", "cut_before", "500", "409", "429", "html502"} {
		t.Run(kind, func(t *testing.T) {
			w := checkouttest.New(t, "sqlite")
			o := w.Paid(2, w.Shoe("Tern Racer", 14_000, 5))
			// Two equal parts are two refunds.
			for i, u := range o.Lines[0].Units {
				if err := w.Orders.Cancel(t.Context(), "staff:1", cancellation(t, w, o, "formkey"+string(rune('1'+i)), u.ID)); err != nil {
					t.Fatal(err)
				}
			}
			ours, err := w.DB.RefundsOfOrder(t.Context(), o.ID)
			if err != nil || len(ours) != 2 {
				t.Fatalf("%+v %v", ours, err)
			}
			w.Fault(kind, "POST /v1/refunds", "0")
			for _, r := range ours {
				if err := w.Orders.GiveBack(t.Context(), r.ID); shop.KindOf(err) != shop.KindUnavailable {
					t.Fatalf("%v", err)
				}
			}
			w.ClearFaults()
			w.Advance(25 * time.Hour) // the key alone would not do any more
			w.Work()
			refunds(t, w, o, ours[0].Amount, ours[1].Amount)
			if n := len(w.StripeRefunds()); n != 2 {
				t.Errorf("%d refunds at Stripe", n)
			}
			w.Clean()
		})
	}
}

// T12: Stripe's event about the refund comes before our own note of it.
func TestAnEventAboutARefundMeanwhileMakesNoSecondOne(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		if err := w.Orders.Cancel(t.Context(), "staff:1", cancellation(t, w, o, "formkey1")); err != nil {
			t.Fatal(err)
		}
		w.Fault("cut", "POST /v1/refunds", "1")
		ours, _ := w.DB.RefundsOfOrder(t.Context(), o.ID)
		for range 3 {
			_ = w.Orders.GiveBack(t.Context(), ours[0].ID)
		}
		w.WorkUntil(func() bool { return w.Count("SELECT count(*) FROM stripe_events WHERE type LIKE 'charge.refund%'") > 0 })
		w.Work()
		refunds(t, w, o, o.GrandTotal())
		if n := len(w.StripeRefunds()); n != 1 {
			t.Errorf("%d refunds at Stripe", n)
		}
		w.Clean()
	})
}

// Somebody has given the money back at Stripe already: ours is refused, the
// pieces stay cancelled, and staff are asked.
func TestARefundThatStripeRefusesAsksStaff(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 5))
		paid, err := w.DB.PaidAttempt(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Pay.Refund(t.Context(), payment.RefundRequest{
			RefundID: 900, OrderID: o.ID, Intent: paid.PaymentIntent, Amount: o.GrandTotal(), Key: "by-hand",
		})
		if err != nil {
			t.Fatal(err)
		}
		cancel(t, w, cancellation(t, w, o, "formkey1"))
		if got := w.Again(o); got.Fulfilment != shop.FulfilmentCancelled || !strings.Contains(got.Review, "failed") {
			t.Errorf("%s, review %q", got.Fulfilment, got.Review)
		}
		if n := len(w.StripeRefunds()); n != 1 {
			t.Errorf("%d refunds at Stripe", n)
		}
		w.Verified()
	})
}

// What staff were asked to look at before is not forgotten over a new reason.
func TestAFailedRefundAddsToWhatStaffMustLookAt(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(2, w.Shoe("Tern Racer", 14_000, 5)))
		w.Pays(p, "state", "AK", "postal_code", "99501", "city", "Anchorage")
		w.Work()
		o := w.Order(p)
		w.Exec("UPDATE payment_attempts SET payment_intent = 'pi_nobody_has' WHERE order_id = ?", o.ID)
		for i, u := range o.Lines[0].Units {
			cancel(t, w, cancellation(t, w, o, "formkey"+string(rune('1'+i)), u.ID))
		}
		if got := w.Again(o).Review; !strings.Contains(got, "does not ship to AK") || !strings.Contains(got, "failed") {
			t.Errorf("review %q", got)
		}
	})
}
