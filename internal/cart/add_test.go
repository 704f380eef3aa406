package cart_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/shop"
)

func TestAddGivesWhatIsLeft(t *testing.T) {
	tests := []struct {
		name     string
		change   func(p *shop.Product)
		have     int
		ask      int
		want     int
		message  string
		sentence string
	}{
		{name: "all of it when there is enough", ask: 5, want: 5},
		{name: "what is left of more", ask: 9, want: 5, message: "Only 5 items were added to your cart.", sentence: "Only 5 of Tern Racer in 9 / D can be had now"},
		{name: "what is left besides what the bag has", have: 4, ask: 2, want: 5, message: "Only 1 item was added to your cart."},
		{name: "nothing when the bag has all there are", have: 5, ask: 1, want: 5, message: "The maximum quantity of this item is already in your cart."},
		{name: "nothing of what is sold out", change: func(p *shop.Product) { p.Variants[0].Stock.OnHand = 0 }, ask: 1,
			message: "The product 'Tern Racer - 9 / D' is already sold out.", sentence: "Tern Racer in 9 / D has just sold out."},
		{name: "any number of what may be oversold", change: func(p *shop.Product) { p.Variants[0].Policy = shop.PolicyContinue }, ask: 10_000, want: 10_000},
		{name: "any number of what is not counted", change: func(p *shop.Product) { p.Variants[0].Tracked = false }, ask: 10_000, want: 10_000},
		{name: "never more than a line holds", change: func(p *shop.Product) { p.Variants[0].Tracked = false }, have: 9_999, ask: 10_000, want: 10_000,
			message: "Only 1 item was added to your cart."},
		{name: "never more than the limit per order", change: func(p *shop.Product) { p.OrderLimit = 2 }, have: 1, ask: 4, want: 2,
			message: "At most 2 of Tern Racer can be bought at once."},
	}
	each(t, func(w *world) {
		for _, tt := range tests {
			p := shoe("Tern Racer", 5)
			if tt.change != nil {
				tt.change(&p)
			}
			v := w.sell(p)
			w.token = ""
			if tt.have > 0 {
				w.mustAdd(v, tt.have)
			}
			err := w.add(v, tt.ask)
			if got := w.lines()["Tern Racer in 9 / D"]; got != tt.want {
				w.t.Errorf("%s: the bag has %d, want %d", tt.name, got, tt.want)
			}
			if tt.message == "" {
				if err != nil {
					w.t.Errorf("%s: %v", tt.name, err)
				}
				continue
			}
			refused(w.t, err, shop.KindInvalid, tt.message)
			var e *shop.Error
			if !errors.As(err, &e) || !strings.Contains(e.Fields["quantity"], tt.sentence) || e.Fields["quantity"] == "" {
				w.t.Errorf("%s: the page would say %+v, want %q in it", tt.name, e, tt.sentence)
			}
		}
	})
}

func TestAddRefusesWholeRequests(t *testing.T) {
	each(t, func(w *world) {
		good := w.sell(shoe("Tern Racer", 5))
		gone := w.sell(shoe("Gone", 0))
		hidden := shoe("Hidden", 5)
		hidden.Status = shop.ProductDraft
		draft := w.sell(hidden)
		later := shoe("Later", 5)
		later.OnSaleAt = ptr(shop.At(time.Now().Add(time.Hour)))
		soon := w.sell(later)
		w.mustAdd(good, 1)
		long := map[string]string{"Engraving": strings.Repeat("é", shop.MaxText+1)}
		many := map[string]string{}
		for _, a := range "abcdefghijklmnopqrstuvwxyz" {
			many[string(a)] = "x"
		}
		tests := []struct {
			name  string
			item  cart.Item
			kind  shop.Kind
			words string
		}{
			{"an unknown variant", cart.Item{Variant: 1 << 52, Quantity: 1}, shop.KindNotFound, "Cannot find variant"},
			{"a variant that shoppers may not see", cart.Item{Variant: draft.ID, Quantity: 1}, shop.KindNotFound, "Cannot find variant"},
			{"what is not on sale yet", cart.Item{Variant: soon.ID, Quantity: 1}, shop.KindInvalid, "Later is not on sale yet."},
			{"what is sold out", cart.Item{Variant: gone.ID, Quantity: 1}, shop.KindInvalid, "'Gone - 9 / D' is already sold out"},
			{"none", cart.Item{Variant: good.ID, Quantity: 0}, shop.KindInvalid, "from 1 to 10000"},
			{"fewer than none", cart.Item{Variant: good.ID, Quantity: -1}, shop.KindInvalid, "from 1 to 10000"},
			{"too many", cart.Item{Variant: good.ID, Quantity: 10_001}, shop.KindInvalid, "from 1 to 10000"},
			{"a long property", cart.Item{Variant: good.ID, Quantity: 1, Properties: long}, shop.KindInvalid, "“Engraving”"},
			{"too many properties", cart.Item{Variant: good.ID, Quantity: 1, Properties: many}, shop.KindInvalid, "At most 25"},
			{"a bell", cart.Item{Variant: good.ID, Quantity: 1, Properties: map[string]string{"a": "\a"}}, shop.KindInvalid, "plain"},
		}
		for _, tt := range tests {
			items := []cart.Item{{Variant: good.ID, Quantity: 1}, tt.item}
			_, err := w.cart.Add(w.t.Context(), w.token, items)
			refused(w.t, err, tt.kind, tt.words)
			if diff := cmp.Diff(map[string]int{"Tern Racer in 9 / D": 1}, w.lines()); diff != "" {
				w.t.Errorf("%s has changed the bag: %s", tt.name, diff)
			}
		}
	})
}

func TestOtherPropertiesAreAnotherLine(t *testing.T) {
	each(t, func(w *world) {
		v := w.sell(shoe("Tern Racer", 5))
		add := func(n int, properties map[string]string) error {
			added, err := w.cart.Add(w.t.Context(), w.token, []cart.Item{{Variant: v.ID, Quantity: n, Properties: properties}})
			if err == nil {
				w.token = added.Token
			}
			return err
		}
		for _, properties := range []map[string]string{nil, {"Name": "Ida"}, {"Name": "Ida", "Left out": ""}, {"Name": "Bo"}} {
			if err := add(1, properties); err != nil {
				w.t.Fatal(err)
			}
		}
		bag := w.view()
		var got []string
		for _, l := range bag.Lines {
			name := ""
			for _, p := range l.Line.Properties {
				name += p.Name + "=" + p.Value
			}
			got = append(got, strings.Repeat("|", l.Line.Quantity)+name)
			if strings.Count(l.Line.Key(), ":") != 1 {
				w.t.Errorf("key %q", l.Line.Key())
			}
		}
		if diff := cmp.Diff([]string{"|Name=Bo", "||Name=Ida", "|"}, got); diff != "" {
			w.t.Errorf("lines, newest first: %s", diff)
		}
		refused(w.t, add(3, map[string]string{"Name": "Eve"}), shop.KindInvalid, "Only 1 item was added")
		if w.view().Count() != 5 {
			w.t.Error("the lines of one size share its stock")
		}
	})
}

func TestABagHasAHundredLines(t *testing.T) {
	each(t, func(w *world) {
		p := shoe("Tern Racer", 0)
		p.Variants[0].Tracked = false
		v := w.sell(p)
		var items []cart.Item
		for i := range shop.MaxLines {
			items = append(items, cart.Item{Variant: v.ID, Quantity: 1, Properties: map[string]string{"n": strings.Repeat("x", i+1)}})
		}
		added, err := w.cart.Add(w.t.Context(), "", items)
		if err != nil {
			w.t.Fatal(err)
		}
		w.token = added.Token
		refused(w.t, w.add(v, 1), shop.KindInvalid, "at most 100")
		if n := len(w.view().Lines); n != shop.MaxLines {
			w.t.Errorf("%d lines", n)
		}
	})
}

func TestTheTokenIsOursAndOnlyItsDigestIsKept(t *testing.T) {
	each(t, func(w *world) {
		v := w.sell(shoe("Tern Racer", 5))
		w.token = "a-token-that-somebody-else-chose"
		w.mustAdd(v, 1)
		if w.token == "a-token-that-somebody-else-chose" || len(w.token) < 26 {
			w.t.Errorf("the new bag's token is %q", w.token)
		}
		stored, err := w.db.CartByToken(w.t.Context(), w.token)
		if err != nil || len(stored.Digest) != 32 || strings.Contains(string(stored.Digest), w.token) {
			w.t.Errorf("the row has %x, %v", stored.Digest, err)
		}
		w.tx(func(ctx context.Context, tx *database.Tx) error { // a row that an empty token would open
			return tx.InsertCart(ctx, &shop.Cart{Digest: database.CartDigest("")})
		})
		if bag, err := w.cart.View(w.t.Context(), ""); err != nil || bag.Cart.ID != 0 {
			w.t.Errorf("an empty token opens %+v, %v", bag.Cart, err)
		}
		for _, token := range []string{"", "x", w.token + "x", strings.ToUpper(w.token), string(stored.Digest)} {
			if _, err := w.db.CartByToken(w.t.Context(), token); !shop.IsNotFound(err) {
				w.t.Errorf("token %q: %v, want not found", token, err)
			}
		}
	})
}

func TestShoppersWithManyFingersLoseNothing(t *testing.T) {
	each(t, func(w *world) {
		v := w.sell(shoe("Tern Racer", 100))
		w.mustAdd(v, 1)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := w.cart.Add(context.Background(), w.token, []cart.Item{{Variant: v.ID, Quantity: 2}}); err != nil {
					w.t.Error(err)
				}
			})
		}
		all.Wait()
		if got := w.view().Count(); got != 41 {
			w.t.Errorf("the bag has %d, want 41", got)
		}
	})
}

func TestPurgeTakesAbandonedBagsOnly(t *testing.T) {
	each(t, func(w *world) {
		v := w.sell(shoe("Tern Racer", 5))
		w.mustAdd(v, 1)
		abandoned := w.token
		w.token = ""
		w.mustAdd(v, 1)
		paying := w.token
		w.token = ""
		w.placed(paying, v, 1)
		time.Sleep(5 * time.Millisecond)
		var now shop.Instant
		w.tx(func(_ context.Context, tx *database.Tx) error { now = tx.Now(); return nil })
		w.mustAdd(v, 1)
		if n := w.purged(now); n != 1 {
			w.t.Errorf("%d bags are gone", n)
		}
		for token, want := range map[string]int{abandoned: 0, paying: 1, w.token: 1} {
			if n, err := w.cart.Count(w.t.Context(), token); err != nil || n != want {
				w.t.Errorf("a bag has %d, %v, want %d", n, err, want)
			}
		}
	})
}

// purged lets the bags go that nobody has touched since an instant, as the
// nightly job does, and says how many.
func (w *world) purged(before shop.Instant) (n int64) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *database.Tx) error {
		old, err := tx.Expired(ctx, shop.RetainBags, before, 10)
		if err != nil {
			return err
		}
		n, err = tx.Expire(ctx, shop.RetainBags, before, old)
		return err
	})
	return n
}
