package checkout_test

import (
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/shop"
)

// T23: the old page can no longer be paid, the new one asks for the new sum.
func TestAChangedBagGetsANewPageAfterTheOldIsClosed(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe, socks := w.Shoe("Tern Racer", 14_000, 1), w.Shoe("Socks", 1_500, 9)
		bag := w.Bag(1, shoe)
		old := w.Place(bag)
		w.AddLine(bag, socks, 2, 5)
		now := w.Place(bag) // the last pair is the old order's own
		if now.RedirectURL == old.RedirectURL || now.OrderToken == old.OrderToken {
			t.Fatal("the shopper is sent to the old page")
		}
		if status, body := w.Ask("/_sim/sessions/" + w.Session(old) + "/pay"); status < 400 {
			t.Errorf("the old page can still be paid: %s", body)
		}
		if o, a := w.Order(old), w.Attempt(old); o.State != shop.OrderCancelled || a.State != shop.AttemptSuperseded {
			t.Errorf("the old order is %s, its attempt %s", o.State, a.State)
		}
		if order := w.Order(now); order.Total != 17_000 || order.Shipping != 0 {
			t.Errorf("the new total is %s", order.Total)
		}
		w.Work() // the event of the old session's end changes nothing more
		if got := w.Level(shoe); got.Held != 1 {
			t.Errorf("held %d", got.Held)
		}
		w.Pays(now)
		w.Work()
		if got := w.Level(shoe); got.OnHand != 0 || got.Held != 0 || w.Order(now).State != shop.OrderPaid {
			t.Errorf("%+v, order %s", got, w.Order(now).State)
		}
	})
}

func TestANewPriceIsAChangedBag(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 1)
		bag := w.Bag(1, shoe)
		w.Place(bag)
		w.Exec("UPDATE variants SET price = 12000 WHERE id = ?", shoe.ID)
		if order := w.Order(w.Place(bag)); order.Total != 12_000 {
			t.Errorf("the total is %s", order.Total)
		}
	})
}

// T6: the bag changes at the very moment its old page is paid.
func TestABagPaidWhileItChangesIsItsOrder(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe, socks := w.Shoe("Tern Racer", 14_000, 1), w.Shoe("Socks", 1_500, 9)
		bag := w.Bag(1, shoe)
		p := w.Place(bag)
		w.Pays(p) // the event is not read yet
		w.AddLine(bag, socks, 1, 5)
		again, err := w.Checkout.Place(t.Context(), bag)
		if err != nil || again.RedirectURL != "" || again.OrderToken != p.OrderToken {
			t.Errorf("%+v %v", again, err)
		}
		if order := w.Order(p); order.State != shop.OrderPaid {
			t.Errorf("the order is %s", order.State)
		}
		if n := w.Count("SELECT count(*) FROM cart_lines"); n != 2 {
			t.Errorf("%d lines are left of a bag that was not what was bought", n)
		}
		w.Work()
		if n := len(w.StripeRefunds()); n != 0 {
			t.Errorf("%d refunds", n)
		}
	})
}

func TestAPageAboutToEndIsReplaced(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		bag := w.Bag(1, w.Shoe("Tern Racer", 14_000, 1))
		first := w.Place(bag)
		w.Advance(29 * time.Minute)
		if again := w.Place(bag); again != first {
			t.Error("a page with six minutes left is replaced")
		}
		w.Advance(2 * time.Minute)
		if again := w.Place(bag); again == first {
			t.Error("a page with four minutes left is given again")
		}
	})
}

func TestStartingOverFreesTheStock(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 1)
		p := w.Place(w.Bag(1, shoe))
		order, err := w.Checkout.Release(t.Context(), p.OrderToken)
		if err != nil || order.State != shop.OrderCancelled || w.Level(shoe).Held != 0 {
			t.Errorf("%s, held %d, %v", order.State, w.Level(shoe).Held, err)
		}
		if s := w.StripeSessions()[0]; s.Status != "expired" {
			t.Errorf("the session is %s", s.Status)
		}
		if again, err := w.Checkout.Release(t.Context(), p.OrderToken); err != nil || again.State != shop.OrderCancelled {
			t.Errorf("a second time: %s %v", again.State, err)
		}
		w.Work()
		if got := w.Level(shoe); got.Held != 0 {
			t.Errorf("held %d", got.Held)
		}
	})
}

func TestStartingOverAfterPayingIsPaid(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 1)))
		w.Pays(p)
		order, err := w.Checkout.Release(t.Context(), p.OrderToken)
		if err != nil || order.State != shop.OrderPaid {
			t.Errorf("%s %v", order.State, err)
		}
	})
}
