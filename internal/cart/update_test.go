package cart_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/cart"
	"longrun/internal/shop"
)

func TestUpdateByLineAndByKey(t *testing.T) {
	each(t, func(w *world) {
		racer, cap, sock := w.sell(shoe("Tern Racer", 5)), w.sell(shoe("Cap", 5)), w.sell(shoe("Sock", 5))
		key := func(v shop.Variant) string { return fmt.Sprint(v.ID) }
		tests := []struct {
			name   string
			update func() cart.Update
			want   map[string]int
			words  string
		}{
			{"each line in order", func() cart.Update { return cart.Update{Quantities: []int{2, 3}} },
				map[string]int{"Cap in 9 / D": 2, "Tern Racer in 9 / D": 3}, ""},
			{"the first lines only", func() cart.Update { return cart.Update{Quantities: []int{2}} },
				map[string]int{"Cap in 9 / D": 2, "Tern Racer in 9 / D": 1}, ""},
			{"0 takes out, and the next line is not hit", func() cart.Update { return cart.Update{Quantities: []int{0, 4}} },
				map[string]int{"Tern Racer in 9 / D": 4}, ""},
			{"a variant", func() cart.Update { return cart.Update{ByKey: map[string]int{key(racer): 4}} },
				map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 4}, ""},
			{"a key", func() cart.Update {
				return cart.Update{ByKey: map[string]int{w.view().Lines[0].Line.Key(): 4}}
			}, map[string]int{"Cap in 9 / D": 4, "Tern Racer in 9 / D": 1}, ""},
			{"a variant that is not in the bag yet", func() cart.Update { return cart.Update{ByKey: map[string]int{key(sock): 2}} },
				map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 1, "Sock in 9 / D": 2}, ""},
			{"nothing at all", func() cart.Update { return cart.Update{ByKey: map[string]int{}} },
				map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 1}, ""},
			{"what is left of more, and the rest as asked", func() cart.Update { return cart.Update{Quantities: []int{9, 2}} },
				map[string]int{"Cap in 9 / D": 5, "Tern Racer in 9 / D": 2}, "Only 4 items were added to your cart."},
			{"nothing when one is unknown", func() cart.Update {
				return cart.Update{ByKey: map[string]int{key(racer): 3, "9007199254740991": 1}}
			}, map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 1}, "Cannot find variant"},
			{"nothing when a key is no key", func() cart.Update { return cart.Update{ByKey: map[string]int{"x": 1}} },
				map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 1}, "Cannot find variant"},
			{"nothing when one is too many", func() cart.Update { return cart.Update{Quantities: []int{2, 10_001}} },
				map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 1}, "whole number"},
			{"nothing with more lines than there are", func() cart.Update { return cart.Update{Quantities: []int{2, 2, 2}} },
				map[string]int{"Cap in 9 / D": 1, "Tern Racer in 9 / D": 1}, "changed in another window"},
		}
		for _, tt := range tests {
			w.token = ""
			w.mustAdd(racer, 1)
			w.mustAdd(cap, 1)
			_, err := w.cart.Update(w.t.Context(), w.token, tt.update())
			if got := shop.MessageOf(err); !strings.Contains(got, tt.words) || tt.words == "" && err != nil {
				w.t.Errorf("%s: %v", tt.name, err)
			}
			if diff := cmp.Diff(tt.want, w.lines()); diff != "" {
				w.t.Errorf("%s: %s", tt.name, diff)
			}
		}
	})
}

func TestAStaleFormHitsNoOtherLine(t *testing.T) {
	each(t, func(w *world) {
		racer, cap := w.sell(shoe("Tern Racer", 5)), w.sell(shoe("Cap", 5))
		w.mustAdd(racer, 1)
		seen := w.view().Seen
		w.mustAdd(cap, 1) // in another window, and now the first line
		_, err := w.cart.Update(w.t.Context(), w.token, cart.Update{Quantities: []int{0}, Seen: seen})
		refused(w.t, err, shop.KindConflict, "another window")
		if w.view().Count() != 2 {
			w.t.Errorf("the bag has %v", w.lines())
		}
	})
}

func TestTakingALineOutMovesNoOther(t *testing.T) {
	each(t, func(w *world) {
		for _, title := range []string{"Third", "Second", "First"} {
			w.mustAdd(w.sell(shoe(title, 5)), 1)
		}
		if _, err := w.cart.Update(w.t.Context(), w.token, cart.Update{Quantities: []int{0, 4}}); err != nil {
			w.t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]int{"Second in 9 / D": 4, "Third in 9 / D": 1}, w.lines()); diff != "" {
			w.t.Error(diff)
		}
	})
}

func TestUpdateKeepsRemarks(t *testing.T) {
	each(t, func(w *world) {
		updated, err := w.cart.Update(w.t.Context(), "", cart.Update{})
		if err != nil || updated.Token != "" {
			w.t.Errorf("nothing made a bag: %+v, %v", updated, err)
		}
		updated, err = w.cart.Update(w.t.Context(), "", cart.Update{
			Note: ptr("Ring\r\ntwice "), GiftNote: ptr("Run!"), ShipTo: ptr("us"), Attributes: map[string]string{"Club": "Harriers", "Age": "40"},
		})
		w.token = updated.Token
		if err != nil || w.token == "" {
			w.t.Fatalf("%+v, %v", updated, err)
		}
		got := w.view().Cart
		if got.Note != "Ring\ntwice" || got.GiftNote != "Run!" || got.ShipTo != "us" || len(got.Attributes) != 2 {
			w.t.Errorf("the bag keeps %+v", got)
		}
		bad := []cart.Update{
			{Note: ptr(strings.Repeat("x", shop.MaxText+1))},
			{GiftNote: ptr("\x1b[2J")},
			{ShipTo: ptr("atlantis")},
			{ShipTo: ptr("us-hi")}, // not switched on
			{Attributes: map[string]string{"": "x"}},
			{Attributes: map[string]string{strings.Repeat("n", shop.MaxNameChars+1): "x"}},
		}
		for i, u := range bad {
			_, err := w.cart.Update(w.t.Context(), w.token, u)
			refused(w.t, err, shop.KindInvalid, "")
			if diff := cmp.Diff(got.Note, w.view().Cart.Note); diff != "" {
				w.t.Errorf("update %d: %s", i, diff)
			}
		}
		_, err = w.cart.Update(w.t.Context(), w.token, cart.Update{Attributes: map[string]string{"Club": ""}})
		if a := w.view().Cart.Attributes; err != nil || len(a) != 1 || a[0].Name != "Age" {
			w.t.Errorf("attributes %+v, %v", a, err)
		}
	})
}

func TestClearKeepsWhatWasSaid(t *testing.T) {
	each(t, func(w *world) {
		w.mustAdd(w.sell(shoe("Tern Racer", 5)), 2)
		if _, err := w.cart.Update(w.t.Context(), w.token, cart.Update{Note: ptr("Ring twice"), Attributes: map[string]string{"a": "b"}}); err != nil {
			w.t.Fatal(err)
		}
		for _, token := range []string{w.token, w.token, "", "unknown"} {
			if err := w.cart.Clear(w.t.Context(), token); err != nil {
				w.t.Errorf("clearing %.5q: %v", token, err)
			}
		}
		if bag := w.view(); len(bag.Lines) != 0 || bag.Cart.Note != "Ring twice" || len(bag.Cart.Attributes) != 1 {
			w.t.Errorf("the bag is %+v", bag.Cart)
		}
	})
}
