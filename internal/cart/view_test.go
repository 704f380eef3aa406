package cart_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// placed makes the pending order of a bag, which keeps n of a variant.
func (w *world) placed(token string, v shop.Variant, n int) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *database.Tx) error {
		id, err := tx.CartIDByToken(ctx, token)
		if err != nil {
			return err
		}
		amount := v.Price * shop.Cents(n)
		order := shop.Order{
			CartID: id, State: shop.OrderPending, Currency: "usd", SettingsVersion: 1, ZoneCode: "us", Subtotal: amount, Total: amount,
			Lines: []shop.OrderLine{{Position: 1, ProductID: v.ProductID, VariantID: v.ID, Price: v.Price, Quantity: n, Amount: amount}},
		}
		if err := tx.InsertOrder(ctx, &order); err != nil {
			return err
		}
		hold := shop.StockHold{VariantID: v.ID, Quantity: int64(n), CauseKind: "order", CauseID: int64(order.ID)}
		if err := tx.InsertHold(ctx, &hold); err != nil {
			return err
		}
		_, err = tx.HoldStock(ctx, v.ID, int64(n), false)
		return err
	})
}

// edit changes a product and its variant behind the shopper's back.
func (w *world) edit(v shop.Variant, change func(p *shop.Product)) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *database.Tx) error {
		found, err := tx.VariantsByIDs(ctx, []shop.VariantID{v.ID})
		if err != nil {
			return err
		}
		p := found[v.ID]
		stock := p.Variants[0].Stock.OnHand
		change(&p)
		if err := tx.UpdateProduct(ctx, p); err != nil {
			return err
		}
		if delta := p.Variants[0].Stock.OnHand - stock; delta != 0 {
			m := shop.StockMovement{VariantID: v.ID, Delta: delta, CauseKind: "adjustment", CauseID: "test", Step: "set"}
			if _, err := tx.CorrectStock(ctx, m); err != nil {
				return err
			}
		}
		return tx.UpdateVariant(ctx, p.Variants[0])
	})
}

func TestViewSaysWhatHasChangedAndUpdateTakesItAsRead(t *testing.T) {
	each(t, func(w *world) {
		racer, cap := w.sell(shoe("Tern Racer", 5)), w.sell(shoe("Cap", 5))
		w.mustAdd(racer, 2)
		if changes := w.view().Changes; changes != nil {
			w.t.Errorf("nothing has changed, but: %q", changes)
		}
		w.edit(racer, func(p *shop.Product) { p.Title, p.Variants[0].Price = "Tern Racer 2", 15_000 })
		w.mustAdd(cap, 1) // says nothing about the racer, so its change is still to be told
		bag := w.view()
		want := []string{
			"Tern Racer in 9 / D is called Tern Racer 2 in 9 / D now.",
			"Tern Racer 2 in 9 / D costs $150.00 now; it was $140.00.",
		}
		if diff := cmp.Diff(want, bag.Changes); diff != "" {
			w.t.Error(diff)
		}
		if bag.Quote.Subtotal != 2*15_000+14_000 || bag.Lines[1].Amount != 30_000 {
			w.t.Errorf("the bag adds up to %v", bag.Quote)
		}
		if diff := cmp.Diff(want, w.view().Changes); diff != "" {
			w.t.Errorf("looking twice must not lose it: %s", diff)
		}
		w.edit(racer, func(p *shop.Product) { p.Variants[0].Price = 16_000 })
		updated, err := w.cart.Update(w.t.Context(), w.token, cart.Update{Seen: bag.Seen})
		if err != nil || !updated.Stale || len(w.view().Changes) != 2 {
			w.t.Errorf("the second change was not seen: %+v, %v, %q", updated, err, w.view().Changes)
		}
		updated, err = w.cart.Update(w.t.Context(), w.token, cart.Update{Seen: w.view().Seen})
		if err != nil || updated.Stale || w.view().Changes != nil {
			w.t.Errorf("after it was seen: %+v, %v, %q", updated, err, w.view().Changes)
		}
	})
}

func TestViewSaysWhatStandsInTheWay(t *testing.T) {
	tests := []struct {
		name   string
		change func(p *shop.Product)
		want   string
	}{
		{"nothing", func(*shop.Product) {}, ""},
		{"sold out", func(p *shop.Product) { p.Variants[0].Stock.OnHand = 0 }, "Tern Racer in 9 / D has just sold out."},
		{"too few left", func(p *shop.Product) { p.Variants[0].Stock.OnHand = 2 }, "Only 2 of Tern Racer in 9 / D can be had now; your bag has 3."},
		{"no longer sold", func(p *shop.Product) { p.Published = false }, "Tern Racer in 9 / D is not sold any more. Please take it out of your bag."},
		{"limited since", func(p *shop.Product) { p.OrderLimit = 1 }, "At most 1 of Tern Racer can be bought at once; your bag has 3."},
	}
	each(t, func(w *world) {
		for _, tt := range tests {
			v := w.sell(shoe("Tern Racer", 5))
			w.token = ""
			w.mustAdd(v, 3)
			w.edit(v, tt.change)
			bag := w.view()
			if got := bag.Lines[0].Problem; got != tt.want {
				w.t.Errorf("%s: the line says %q, want %q", tt.name, got, tt.want)
			}
			if bag.Blocked() != (tt.want != "") {
				w.t.Errorf("%s: blocked is %v", tt.name, bag.Blocked())
			}
		}
	})
}

func TestWhatTheOwnCheckoutKeepsIsFreeForThisBagOnly(t *testing.T) {
	each(t, func(w *world) {
		v := w.sell(shoe("Tern Racer", 3))
		w.mustAdd(v, 3)
		mine := w.token
		w.placed(mine, v, 3)
		if bag := w.view(); !bag.Pending || bag.Blocked() {
			w.t.Errorf("the own bag: pending %v, problem %q", bag.Pending, bag.Lines[0].Problem)
		}
		if _, err := w.cart.Update(w.t.Context(), mine, cart.Update{Quantities: []int{2}}); err != nil {
			w.t.Errorf("the own bag cannot be changed: %v", err)
		}
		w.token = ""
		refused(w.t, w.add(v, 1), shop.KindInvalid, "already sold out")
	})
}

func TestABagWithoutATokenIsEmpty(t *testing.T) {
	each(t, func(w *world) {
		for _, token := range []string{"", "unknown", strings.Repeat("x", 5000)} {
			bag, err := w.cart.View(w.t.Context(), token)
			if err != nil || len(bag.Lines) != 0 || bag.Settings.ShopName == "" || bag.Quote.Total != 0 {
				w.t.Errorf("token %.10q: %+v, %v", token, bag, err)
			}
			if n, err := w.cart.Count(w.t.Context(), token); n != 0 || err != nil {
				w.t.Errorf("token %.10q counts %d, %v", token, n, err)
			}
		}
	})
}

func TestTheBagAddsUpAroundTheThreshold(t *testing.T) {
	tests := []struct {
		price shop.Cents
		gap   string
		total shop.Cents
	}{
		{9_999, "$0.02 away from free shipping", 10_799},
		{10_000, "$0.01 away from free shipping", 10_800},
		{10_001, "", 10_001},
	}
	each(t, func(w *world) {
		for _, tt := range tests {
			w.token = ""
			p := shoe("Tern Racer", 1)
			p.Variants[0].Price = tt.price
			w.mustAdd(w.sell(p), 1)
			if q := w.view().Quote; q.GapLine() != tt.gap || q.Total != tt.total {
				w.t.Errorf("at %d: %q and %d, want %q and %d", tt.price, q.GapLine(), q.Total, tt.gap, tt.total)
			}
		}
	})
}
