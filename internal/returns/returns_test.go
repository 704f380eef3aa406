package returns_test

import (
	"crypto/rand"
	"testing"
	"time"

	"longrun/internal/returns"
	"longrun/internal/shop"
)

func TestPiecesComeBackInAnySplitForExactlyWhatWasPaid(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		v := d.sizes(9)
		o := d.sent(3, v...)
		u := units(o)
		first := d.ask(o, refundOf(u[1]))
		if got := d.receive(first).State; got != shop.ReturnClosed || d.stock(v...) != "7/0" {
			t.Errorf("%s, stock %s", got, d.stock(v...))
		}
		both := d.ask(o, refundOf(u[0]), refundOf(u[2]))
		if got := d.receive(both, u[2]); got.State != shop.ReturnArrived {
			t.Errorf("with one missing it is %s", got.State)
		}
		d.Verified()
		if got := d.receive(both); got.State != shop.ReturnClosed { // it came two weeks later
			t.Errorf("with all of it there it is %s", got.State)
		}
		goods := o.GrandTotal() - o.Shipping - *o.ShippingTax
		if got := d.refunded(o); got != goods || d.stock(v...) != "9/0" {
			t.Errorf("%s went back of %s, stock %s", got, goods, d.stock(v...))
		}
		d.Clean()
	})
}

func TestTheOtherSizeIsHeldAtOnceAndSentWhenThePieceIsBack(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		v := d.sizes(2, 1)
		o := d.sent(1, v[0])
		r := d.ask(o, exchangeOf(units(o)[0], v[1]))
		if got := d.stock(v...); got != "1/0 1/1" {
			t.Errorf("stock after asking: %s", got)
		}
		d.Verified()
		d.receive(r)
		other := d.Again(shop.Order{ID: *r.Units[0].ExchangeID})
		if got := d.stock(v...); got != "2/0 0/0" || other.State != shop.OrderPaid || other.Contact == nil || other.Contact.Line1 == "" {
			t.Errorf("stock %s, the other size is %s for %+v", got, other.State, other.Contact)
		}
		if got := d.refunded(o); got != 0 {
			t.Errorf("%s went back", got)
		}
		d.Clean()
		// And that one does not fit either: a chain gives back what was paid, once.
		other = d.send(other)
		second := d.ask(other, exchangeOf(units(other)[0], v[0]))
		d.receive(second)
		last := d.send(d.Again(shop.Order{ID: *second.Units[0].ExchangeID}))
		d.receive(d.ask(last, refundOf(units(last)[0])))
		if got, want := d.refunded(o), o.GrandTotal()-o.Shipping-*o.ShippingTax; got != want || d.stock(v...) != "2/0 1/0" {
			t.Errorf("%s went back of %s, stock %s", got, want, d.stock(v...))
		}
		d.Clean()
	})
}

func TestWhatIsHeldIsFreeAgainWhenNothingComes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		v := d.sizes(2, 2)
		o := d.sent(2, v[0])
		cancelled := d.ask(o, exchangeOf(units(o)[0], v[1]))
		expired := d.ask(o, exchangeOf(units(o)[1], v[1]))
		if err := d.returns.Cancel(t.Context(), shop.ByShopper, cancelled.ID); err != nil {
			t.Fatal(err)
		}
		d.Advance(21*24*time.Hour - time.Minute)
		d.expire()
		if got := d.stock(v[1]); got != "2/1" {
			t.Errorf("stock a minute before: %s", got)
		}
		d.Advance(time.Minute)
		d.expire()
		if got := d.stock(v[1]); got != "2/0" {
			t.Errorf("stock at the deadline: %s", got)
		}
		if _, err := d.returns.Receive(t.Context(), "staff:1", found(expired)); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("an expired return arrives: %v", err)
		}
		d.receive(d.ask(o, refundOf(units(o)[0]), refundOf(units(o)[1]))) // asked for again, both
		d.Clean()
	})
}

func TestOnceTheCarrierHasItNobodyCancels(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		o := d.sent(1, d.sizes(2)...)
		r := d.ask(o, refundOf(units(o)[0]))
		for range 2 {
			if err := d.returns.MarkSent(t.Context(), "staff:1", r.ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.returns.Cancel(t.Context(), shop.ByShopper, r.ID); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("cancelled after it was sent: %v", err)
		}
		d.Advance(30 * 24 * time.Hour) // it was in time
		d.expire()
		if got := d.receive(r); got.State != shop.ReturnClosed {
			t.Errorf("it is %s", got.State)
		}
		d.Clean()
	})
}

func TestAReceiptPressedTwiceActsOnce(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		v := d.sizes(2, 1)
		o := d.sent(2, v[0])
		r := d.ask(o, refundOf(units(o)[0]), exchangeOf(units(o)[1], v[1]))
		done := make(chan error)
		for range 4 {
			go func() {
				_, err := d.returns.Receive(t.Context(), "staff:1", found(r))
				done <- err
			}()
		}
		for range 4 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		d.Work()
		if got := d.stock(v...); got != "2/0 0/0" || d.Count("SELECT count(*) FROM refunds") != 1 {
			t.Errorf("stock %s, %d refunds", got, d.Count("SELECT count(*) FROM refunds"))
		}
		d.Clean()
	})
}

func TestWhatDidNotComeStaysWithTheCustomer(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		v := d.sizes(2, 1)
		o := d.sent(2, v[0])
		r := d.ask(o, refundOf(units(o)[0]), exchangeOf(units(o)[1], v[1]))
		d.receive(r, units(o)[1])
		if err := d.returns.CloseWithout(t.Context(), "staff:1", r.ID, ""); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("closed without a reason: %v", err)
		}
		if err := d.returns.CloseWithout(t.Context(), "staff:1", r.ID, "The customer keeps it."); err != nil {
			t.Fatal(err)
		}
		if got := d.stock(v...); got != "1/0 1/0" || d.refunded(o) == 0 {
			t.Errorf("stock %s, %s went back", got, d.refunded(o))
		}
		d.Clean()
	})
}

func TestTheShopsFaultGivesShippingBackOnce(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		o := d.sent(1, d.sizes(3)...)
		if o.Shipping == 0 {
			t.Fatal("the order ships free")
		}
		wish := refundOf(units(o)[0])
		wish.Reason = "wrong.faulty"
		d.receive(d.ask(o, wish))
		if got := d.refunded(o); got != o.GrandTotal() {
			t.Errorf("%s went back of %s", got, o.GrandTotal())
		}
		d.Clean()
	})
}

func TestMoneyThatWentBackOtherwiseDoesNotGoBackAgain(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		o := d.sent(2, d.sizes(3)...)
		r := d.ask(o, refundOf(units(o)[0]))
		d.GivesBackAtStripe(o, o.GrandTotal()-100)
		d.WorkUntil(func() bool { return d.Count("SELECT count(*) FROM refunds") == 1 })
		d.receive(r)
		if got := d.refunded(o); got != o.GrandTotal() {
			t.Errorf("%s went back of %s", got, o.GrandTotal())
		}
		d.Clean()
	})
}

func TestWhatCannotBeAskedFor(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		v := d.sizes(5, 0)
		kelp := d.Shoe("Kelp", 5_000, 1)
		o, waiting, foreign := d.sent(2, v[0]), d.Paid(1, v[0]), d.sent(1, v[0])
		u := units(o)
		d.ask(o, refundOf(u[1]))
		other := refundOf(u[0])
		other.Reason = shop.ReasonOtherwise
		long := refundOf(u[0])
		long.Comment = string(make([]rune, returns.MaxComment+1))
		before := d.stock(v...)
		tests := []struct {
			name   string
			order  shop.Order
			wishes []returns.Wish
			kind   shop.Kind
		}{
			{"nothing", o, nil, shop.KindInvalid},
			{"a piece twice", o, []returns.Wish{refundOf(u[0]), refundOf(u[0])}, shop.KindInvalid},
			{"another order's piece", o, []returns.Wish{refundOf(units(foreign)[0])}, shop.KindInvalid},
			{"no reason", o, []returns.Wish{{Unit: u[0], Outcome: shop.OutcomeRefund}}, shop.KindInvalid},
			{"another reason without a word", o, []returns.Wish{other}, shop.KindInvalid},
			{"a long comment", o, []returns.Wish{long}, shop.KindInvalid},
			{"no outcome", o, []returns.Wish{{Unit: u[0], Reason: "width.wide"}}, shop.KindInvalid},
			{"the same size", o, []returns.Wish{exchangeOf(u[0], v[0])}, shop.KindInvalid},
			{"another shoe", o, []returns.Wish{exchangeOf(u[0], kelp)}, shop.KindInvalid},
			{"a size that is sold out", o, []returns.Wish{exchangeOf(u[0], v[1])}, shop.KindConflict},
			{"a piece that is in a return", o, []returns.Wish{refundOf(u[0]), refundOf(u[1])}, shop.KindConflict},
			{"a piece that was not sent", waiting, []returns.Wish{refundOf(units(waiting)[0])}, shop.KindConflict},
		}
		for _, tt := range tests {
			if _, err := d.try(tt.order, tt.wishes...); shop.KindOf(err) != tt.kind || err == nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if got := d.stock(v...); got != before || d.Count("SELECT count(*) FROM returns") != 1 {
			t.Errorf("stock %s, before %s", got, before)
		}
		d.Clean()
	})
}

func TestStaffMayAllowWhatIsTooLateWithAReason(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		o := d.sent(1, d.sizes(2)...)
		d.Advance((10 + 62) * 24 * time.Hour)
		if _, err := d.try(o, refundOf(units(o)[0])); shop.KindOf(err) != shop.KindConflict {
			t.Fatalf("too late: %v", err)
		}
		a := returns.Asking{Order: o.ID, Wishes: []returns.Wish{refundOf(units(o)[0])}, Key: rand.Text()}
		if _, err := d.returns.Request(t.Context(), "staff:1", a); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("staff without a reason: %v", err)
		}
		a.Override = "Promised on the phone."
		first, err := d.returns.Request(t.Context(), "staff:1", a)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := d.returns.Request(t.Context(), "staff:1", a); err != nil || again.ID != first.ID {
			t.Errorf("pressed twice: %+v %v", again, err)
		}
		d.receive(first)
		d.Clean()
	})
}
