package checkout_test

import (
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

func TestAShoeIsBought(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		cart := w.Bag(1, shoe)
		p := w.Place(cart)
		if got := w.Level(shoe); got.OnHand != 3 || got.Held != 1 {
			t.Errorf("while paying: %+v", got)
		}
		w.Pays(p, "state", "NY")
		w.Work()
		order := w.Order(p)
		if order.State != shop.OrderPaid || order.Number == nil || *order.Number != 1001 || order.Review != "" {
			t.Fatalf("%+v", order)
		}
		if got := w.Level(shoe); got.OnHand != 2 || got.Held != 0 {
			t.Errorf("after paying: %+v", got)
		}
		unit := order.Lines[0].Units[0]
		if order.Tax == nil || *order.Tax == 0 || unit.PaidTax == nil || *unit.PaidTax != *order.Tax || unit.PaidNet != 14_000 {
			t.Errorf("tax %v, unit %+v", order.Tax, unit)
		}
		if len(order.Tenders) != 1 || order.Tenders[0].Amount != order.GrandTotal() {
			t.Errorf("tenders %+v, total %s", order.Tenders, order.GrandTotal())
		}
		if order.Contact == nil || order.Contact.Email != "buyer@example.com" || order.Contact.State != "NY" {
			t.Errorf("contact %+v", order.Contact)
		}
		if n := w.Count("SELECT count(*) FROM cart_lines"); n != 0 {
			t.Errorf("the bag still has %d lines", n)
		}
		if n := w.Count("SELECT count(*) FROM mails WHERE kind = 'order_confirmation' AND recipient = 'buyer@example.com'"); n != 1 {
			t.Errorf("%d confirmations", n)
		}
	})
}
