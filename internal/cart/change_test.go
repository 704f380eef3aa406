package cart_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/cart"
	"longrun/internal/shop"
)

func TestChangeFindsOneLine(t *testing.T) {
	tests := []struct {
		name   string
		change func(bag *shop.Bag) cart.Change
		want   map[string]int
	}{
		{"by its place, newest first", func(*shop.Bag) cart.Change { return cart.Change{Line: 1, Quantity: ptr(3)} },
			map[string]int{"Cap in 9 / D": 3, "Tern Racer in 9 / D": 1}},
		{"by its key", func(b *shop.Bag) cart.Change { return cart.Change{Key: b.Lines[1].Line.Key(), Quantity: ptr(3)} },
			map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 3}},
		{"by its variant", func(b *shop.Bag) cart.Change {
			return cart.Change{Variant: b.Lines[1].Variant.ID, Quantity: ptr(3)}
		}, map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 3}},
		{"and takes it out with 0", func(*shop.Bag) cart.Change { return cart.Change{Line: 2, Quantity: ptr(0)} },
			map[string]int{"Cap in 9 / D": 1}},
		{"and leaves the quantity without one", func(*shop.Bag) cart.Change {
			return cart.Change{Line: 2, Properties: &map[string]string{"Name": "Ida"}}
		}, map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 1}},
	}
	each(t, func(w *world) {
		racer, cap := w.sell(shoe("Tern Racer", 5)), w.sell(shoe("Cap", 5))
		for _, tt := range tests {
			w.token = ""
			w.mustAdd(racer, 1)
			w.mustAdd(cap, 1)
			if err := w.cart.Change(w.t.Context(), w.token, tt.change(w.view())); err != nil {
				w.t.Errorf("%s: %v", tt.name, err)
			}
			if diff := cmp.Diff(tt.want, w.lines()); diff != "" {
				w.t.Errorf("%s: %s", tt.name, diff)
			}
		}
	})
}

func TestChangeRefuses(t *testing.T) {
	each(t, func(w *world) {
		v, foreign := w.sell(shoe("Tern Racer", 5)), w.sell(shoe("Cap", 5))
		w.mustAdd(foreign, 1)
		foreignKey := w.view().Lines[0].Line.Key()
		w.token = ""
		w.mustAdd(v, 1)
		tests := []struct {
			name   string
			token  string
			change cart.Change
			kind   shop.Kind
			words  string
		}{
			{"a line that is not there", w.token, cart.Change{Line: 2, Quantity: ptr(1)}, shop.KindMalformed, cart.NoLine},
			{"a line before the first", w.token, cart.Change{Line: -1, Quantity: ptr(1)}, shop.KindMalformed, cart.NoLine},
			{"no line at all", w.token, cart.Change{Quantity: ptr(1)}, shop.KindMalformed, cart.NoLine},
			{"somebody else's line", w.token, cart.Change{Key: foreignKey, Quantity: ptr(0)}, shop.KindMalformed, cart.NoLine},
			{"no bag", "", cart.Change{Line: 1, Quantity: ptr(1)}, shop.KindMalformed, cart.NoLine},
			{"fewer than none", w.token, cart.Change{Line: 1, Quantity: ptr(-1)}, shop.KindInvalid, "from 0 to 10000"},
			{"too many", w.token, cart.Change{Line: 1, Quantity: ptr(10_001)}, shop.KindInvalid, "from 0 to 10000"},
		}
		for _, tt := range tests {
			refused(w.t, w.cart.Change(w.t.Context(), tt.token, tt.change), tt.kind, tt.words)
			if diff := cmp.Diff(map[string]int{"Tern Racer in 9 / D": 1}, w.lines()); diff != "" {
				w.t.Errorf("%s has changed the bag: %s", tt.name, diff)
			}
		}
		refused(w.t, w.cart.Change(w.t.Context(), w.token, cart.Change{Line: 1, Quantity: ptr(9)}), shop.KindInvalid, "Only 4 items were added")
		refused(w.t, w.cart.Change(w.t.Context(), w.token, cart.Change{Line: 1, Quantity: ptr(9)}), shop.KindInvalid, "The maximum quantity")
		if diff := cmp.Diff(map[string]int{"Tern Racer in 9 / D": 5}, w.lines()); diff != "" {
			w.t.Error(diff)
		}
	})
}

func TestOtherPropertiesJoinTheLineThatHasThem(t *testing.T) {
	each(t, func(w *world) {
		v := w.sell(shoe("Tern Racer", 5))
		w.mustAdd(v, 1)
		_, err := w.cart.Add(w.t.Context(), w.token, []cart.Item{{Variant: v.ID, Quantity: 2, Properties: map[string]string{"Name": "Ida"}}})
		if err != nil {
			w.t.Fatal(err)
		}
		err = w.cart.Change(w.t.Context(), w.token, cart.Change{Line: 1, Properties: &map[string]string{}})
		if bag := w.view(); err != nil || len(bag.Lines) != 1 || bag.Lines[0].Line.Quantity != 3 || bag.Lines[0].Line.Properties != nil {
			w.t.Errorf("the bag is %+v, %v", bag.Cart.Lines, err)
		}
	})
}
