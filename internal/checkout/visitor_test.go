package checkout_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

func TestOneVisitorDoesNotHoldASizeAlone(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 6)
		here := w.Checkout.From("192.0.2.1")
		var all sync.WaitGroup
		var mu sync.Mutex
		var refusals []string
		bags := make([]shop.CartID, 6)
		for i := range bags {
			bags[i] = w.Bag(1, shoe)
		}
		for _, bag := range bags { // at once, so that none sees the others' holds unless it waits
			all.Go(func() {
				if _, err := here.Place(t.Context(), bag); err != nil {
					mu.Lock()
					defer mu.Unlock()
					refusals = append(refusals, shop.MessageOf(err))
				}
			})
		}
		all.Wait()
		if got := w.Level(shoe); got.Held != 3 || len(refusals) != 3 {
			t.Fatalf("%d are held, %q", got.Held, refusals)
		}
		for _, said := range refusals {
			if !strings.Contains(said, "Tern Racer in 9 / D") || !strings.Contains(said, "at most 3") {
				t.Errorf("the shopper reads %q", said)
			}
		}
		if _, err := w.Checkout.From("198.51.100.1").Place(t.Context(), w.Bag(2, shoe)); err != nil {
			t.Errorf("another visitor is kept out: %v", err)
		}
		if got := w.Count("SELECT count(*) FROM order_visitors WHERE visitor LIKE '%192.0.2%'"); got != 0 {
			t.Error("the address itself is kept")
		}
	})
}

func TestAPaidOrReleasedCheckoutCountsNoMore(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 4)
		here := w.Checkout.From("192.0.2.1")
		bag := w.Bag(2, shoe)
		first, err := here.Place(t.Context(), bag)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := here.Place(t.Context(), bag); err != nil || again != first {
			t.Fatalf("pressing twice: %+v %v", again, err)
		}
		other := w.Bag(1, shoe)
		if _, err := here.Place(t.Context(), other); shop.KindOf(err) != shop.KindConflict || err == nil {
			t.Fatalf("beside it: %v", err)
		}
		if _, err := here.Release(t.Context(), first.OrderToken); err != nil {
			t.Fatal(err)
		}
		if _, err := here.Place(t.Context(), other); err != nil {
			t.Errorf("after it was given up: %v", err)
		}
	})
}

// Behind a proxy that nobody has named all visitors have its address. They
// must not be taken for one.
func TestAnAddressThatTellsNothingCapsNothing(t *testing.T) {
	w := checkouttest.New(t, database.SQLite)
	for _, network := range []string{"127.0.0.1", "::1", "10.0.0.7", "192.168.1.1", "fd00::/64", "fe80::/64", "", "@"} {
		shoe := w.Shoe("Tern Racer", 14_000, 3)
		for range 3 {
			if _, err := w.Checkout.From(network).Place(t.Context(), w.Bag(1, shoe)); err != nil {
				t.Errorf("from %q: %v", network, err)
			}
		}
	}
	shoe := w.Shoe("Tern Racer", 14_000, 3)
	for i := range 3 {
		if _, err := w.Checkout.From("2001:db8::/64").Place(t.Context(), w.Bag(1, shoe)); (err != nil) != (i == 2) {
			t.Errorf("checkout %d from a public network: %v", i+1, err)
		}
	}
}

func TestOneBagIsNotPlacedForEver(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 500, 400)
		if _, err := w.Checkout.From("127.0.0.1").Place(t.Context(), w.Bag(shop.HoldPieces+1, shoe)); err == nil || !strings.Contains(shop.MessageOf(err), "At most 200 pieces") {
			t.Errorf("201 pieces: %v", err)
		}
		bag := w.Bag(1, shoe)
		w.Tx(func(ctx context.Context, tx *database.Tx) error {
			for range shop.HoldAgain.Most {
				if allowed, err := tx.Ask(ctx, shop.AskSubject("placed", fmt.Sprint(bag)), shop.HoldAgain); err != nil || !allowed {
					t.Errorf("%v %v", allowed, err)
				}
			}
			return nil
		})
		if _, err := w.Checkout.From("127.0.0.1").Place(t.Context(), bag); shop.KindOf(err) != shop.KindConflict || err == nil {
			t.Errorf("once too often: %v", err)
		}
		w.Place(bag) // the shop's own
	})
}
