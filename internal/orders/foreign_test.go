package orders_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// T22: the money must be for this order, to the cent.
func TestMoneyThatDoesNotFitPaysNothing(t *testing.T) {
	tests := []struct{ name, spoil string }{
		{"another price", "UPDATE orders SET subtotal = subtotal + 100, total = total + 100 WHERE id = ?"},
		{"another shipping", "UPDATE orders SET shipping = shipping + 1, total = total + 1 WHERE id = ?"},
		{"another currency", "UPDATE orders SET currency = 'eur' WHERE id = ?"},
		{"another reference", "UPDATE payment_attempts SET reference = 'another' WHERE order_id = ?"},
		{"another session", "UPDATE payment_attempts SET session_id = 'cs_test_other' WHERE order_id = ?"},
	}
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				shoe := w.Shoe("Tern Racer", 14_000, 3)
				p := w.Place(w.Bag(1, shoe))
				w.Exec(tt.spoil, w.Order(p).ID)
				w.Pays(p)
				w.Work()
				order := w.Order(p)
				if order.State != shop.OrderPending || order.Review == "" || order.Number != nil || w.Level(shoe).OnHand != 3 {
					t.Errorf("%s, review %q", order.State, order.Review)
				}
				if n := w.Count("SELECT count(*) FROM steps WHERE thing_kind = 'order' AND thing_id = ? AND cause LIKE 'needs review%'", order.ID); n != 1 {
					t.Errorf("%d remarks", n)
				}
				if n := len(w.StripeRefunds()); n != 0 {
					t.Errorf("%d refunds", n)
				}
			})
		}
	})
}

func TestAPaidOrderToAPlaceOffTheListIsForStaff(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 3)))
		w.Pays(p, "state", "AK", "postal_code", "99501", "city", "Anchorage")
		w.Work()
		if order := w.Order(p); order.State != shop.OrderPaid || !strings.Contains(order.Review, "does not ship to AK") {
			t.Errorf("%s, review %q", order.State, order.Review)
		}
	})
}

// The threshold and the zones are those the order was placed under.
func TestAnOrderKeepsTheSettingsItWasPlacedUnder(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 9_000, 3)))
		w.Tx(func(ctx context.Context, tx *database.Tx) error {
			s, err := tx.Settings(ctx)
			if err != nil {
				return err
			}
			s.Zones[0].Rate, s.Zones[0].States, s.FreeShippingOver = 2_000, []string{"OR"}, 5_000
			_, err = tx.AddSettings(ctx, s, shop.ByCommand)
			return err
		})
		w.Pays(p)
		w.Work()
		if order := w.Order(p); order.State != shop.OrderPaid || order.Review != "" || order.Shipping != 800 {
			t.Errorf("%s, review %q, shipping %s", order.State, order.Review, order.Shipping)
		}
	})
}

// T19: another integration of the same account opens sessions too.
func TestSessionsOfOthersAreIgnored(t *testing.T) {
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
		w.Control("/_sim/sessions/"+session.ID+"/pay", "wait", "true")
		w.Work() // the events end well
		for _, id := range []string{session.ID, "cs_test_unknown", "", "cs_test_/../x"} {
			if _, err := w.Orders.Settle(t.Context(), id); !shop.IsNotFound(err) {
				t.Errorf("settling %q: %v", id, err)
			}
		}
		if n, err := w.Checkout.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("the sweep counts %d, %v", n, err)
		}
	})
}

// T28: the success page's address may hold anything.
func TestTheSuccessPageBelievesOnlyItsOwnToken(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		mine, other := w.Place(w.Bag(1, w.Shoe("Tern", 14_000, 3))), w.Place(w.Bag(1, w.Shoe("Swift", 9_000, 3)))
		w.Pays(other)
		for _, hint := range []string{"", "{CHECKOUT_SESSION_ID}", w.Session(other), "cs_test_unknown", "<script>"} {
			order, err := w.Orders.Confirm(t.Context(), mine.OrderToken, hint)
			if err != nil || order.State != shop.OrderPending || order.ID != w.Order(mine).ID {
				t.Errorf("hint %q: order %d is %s, %v", hint, order.ID, order.State, err)
			}
		}
		if _, err := w.Orders.Confirm(t.Context(), "", ""); !shop.IsNotFound(err) {
			t.Errorf("no token: %v", err)
		}
		w.Pays(mine)
		if order, err := w.Orders.Confirm(t.Context(), mine.OrderToken, "{CHECKOUT_SESSION_ID}"); err != nil || order.State != shop.OrderPaid {
			t.Errorf("%s %v", order.State, err)
		}
	})
}

// Something missing among our own rows must not look like somebody else's
// session, whose event would be done with.
func TestAnErrorOfOursIsNotTakenForAForeignSession(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		p := w.Place(w.Bag(1, w.Shoe("Tern Racer", 14_000, 3)))
		w.Exec("DELETE FROM counters")
		w.Pays(p)
		err := w.Orders.Event(t.Context(), w.Event("checkout.session.completed"))
		if shop.KindOf(err) != shop.KindInternal || err == nil {
			t.Errorf("%v", err)
		}
		if w.Order(p).State != shop.OrderPending || w.Level(w.Variant(p)).OnHand != 3 {
			t.Error("half settled")
		}
	})
}
