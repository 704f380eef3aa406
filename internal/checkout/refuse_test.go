package checkout_test

import (
	"context"
	"strings"
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

func TestWhatCannotBeBoughtIsRefusedWithASentence(t *testing.T) {
	tests := []struct {
		name   string
		spoil  func(w *checkouttest.World, v shop.Variant)
		n      int
		kind   shop.Kind
		want   string
		stored int // orders
	}{
		{"sold out", spoil("UPDATE stock_levels SET on_hand = 0"), 1, shop.KindConflict, "Tern Racer in 9 / D has just sold out.", 0},
		{"too few left", nil, 4, shop.KindConflict, "Only 3 of Tern Racer in 9 / D can be had now; your bag has 4.", 0},
		{"a draft", spoil("UPDATE products SET status = 'draft'"), 1, shop.KindConflict, "not sold any more", 0},
		{"taken off the shop", spoil("UPDATE products SET published = (1 = 0)"), 1, shop.KindConflict, "not sold any more", 0},
		{"not on sale yet", later, 1, shop.KindConflict, "not on sale yet", 0},
		{"more than one may buy", spoil("UPDATE products SET order_limit = 1"), 2, shop.KindConflict, "At most 1 of Tern Racer", 0},
		{"less than Stripe takes", spoil("UPDATE variants SET price = 49, requires_shipping = (1 = 0)"), 1, shop.KindInvalid, "$0.50", 0},
		{"more than Stripe takes", spoil("UPDATE variants SET price = 99999999"), 2, shop.KindInvalid, "$999,999.99", 0},
		{"an empty bag", spoil("DELETE FROM cart_lines"), 1, shop.KindInvalid, "Your bag is empty", 0},
		{"what Stripe refuses", spoil("UPDATE variants SET tax_code = 'nonsense'"), 1, shop.KindUnavailable, "Nothing was charged", 1},
		{"a destination that must be chosen", alaska, 1, shop.KindInvalid, "choose where your order goes", 0},
	}
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				before := w.Count("SELECT count(*) FROM orders")
				shoe := w.Shoe("Tern Racer", 14_000, 3)
				bag := w.Bag(tt.n, shoe)
				if tt.spoil != nil {
					tt.spoil(w, shoe)
				}
				p, err := w.Checkout.Place(t.Context(), bag)
				if shop.KindOf(err) != tt.kind || !strings.Contains(shop.MessageOf(err), tt.want) {
					t.Fatalf("%+v %v", p, err)
				}
				if n := w.Count("SELECT count(*) FROM orders") - before; n != tt.stored {
					t.Errorf("%d orders are stored", n)
				}
				if n := w.Count("SELECT count(*) FROM orders WHERE state <> 'cancelled'"); n != 0 {
					t.Errorf("%d orders are not cancelled", n)
				}
				if got := w.Level(shoe); got.Held != 0 {
					t.Errorf("held %d", got.Held)
				}
			})
		}
	})
}

func spoil(statement string) func(*checkouttest.World, shop.Variant) {
	return func(w *checkouttest.World, _ shop.Variant) { w.Exec(statement) }
}

func later(w *checkouttest.World, _ shop.Variant) {
	w.Exec("UPDATE products SET on_sale_at = ?", shop.At(w.Now().AddDate(0, 0, 1)))
}

// alaska switches on a zone at another rate.
func alaska(w *checkouttest.World, _ shop.Variant) {
	w.Tx(func(ctx context.Context, tx *database.Tx) error {
		s, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		s.Zones[1].On = true
		_, err = tx.AddSettings(ctx, s, shop.ByCommand)
		return err
	})
}

// T30: free of charge, and further up a sum that is too small for Stripe.
func TestNothingToPayNeverReachesStripe(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		plan := w.Shoe("Training plan", 0, 2)
		w.Exec("UPDATE variants SET requires_shipping = (1 = 0)")
		p, err := w.Checkout.Place(t.Context(), w.Bag(1, plan))
		if err != nil || p.RedirectURL != "" || len(w.StripeSessions()) != 0 {
			t.Fatalf("%+v %v, %d sessions", p, err, len(w.StripeSessions()))
		}
		order := w.Order(p)
		if order.State != shop.OrderPaid || order.Number == nil || order.Review == "" || *order.Lines[0].Units[0].PaidTax != 0 {
			t.Errorf("%+v", order)
		}
		if got := w.Level(plan); got.OnHand != 1 || got.Held != 0 || w.Count("SELECT count(*) FROM cart_lines") != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatIsNotCountedIsNotHeld(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		endless, beyond := w.Shoe("Laces", 500, 0), w.Shoe("Made to order", 9_000, 1)
		w.Exec("UPDATE variants SET tracked = (1 = 0) WHERE id = ?", endless.ID)
		w.Exec("UPDATE variants SET policy = 'continue' WHERE id = ?", beyond.ID)
		p := w.Place(w.Bag(3, endless, beyond))
		if got := w.Level(beyond); got.OnHand != 1 || got.Held != 3 {
			t.Errorf("while paying: %+v", got)
		}
		w.Pays(p)
		w.Work()
		if got := w.Level(beyond); got.OnHand != -2 || got.Held != 0 {
			t.Errorf("after paying: %+v", got)
		}
		if got := w.Level(endless); got.OnHand != 0 || got.Held != 0 {
			t.Errorf("the uncounted: %+v", got)
		}
	})
}
