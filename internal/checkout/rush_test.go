package checkout_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// The last five pairs, wanted by many at once: 60 in ordinary runs, 200 in
// long ones.
func TestTheLastPairsAreSoldOnceEach(t *testing.T) {
	buyers := 60
	if os.Getenv("LONGRUN_TEST_LONG") == "1" {
		buyers = 200
	}
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 5)
		bags := make([]shop.CartID, buyers)
		for i := range bags {
			bags[i] = w.Bag(1, shoe)
		}
		begun := time.Now()
		placements, refusals := rush(t, w, bags)
		t.Logf("%d buyers in %s", buyers, time.Since(begun).Round(time.Millisecond))
		if len(placements) != 5 || len(refusals) != buyers-5 {
			t.Fatalf("%d orders, %d refusals", len(placements), len(refusals))
		}
		for _, r := range refusals {
			if shop.KindOf(r) != shop.KindConflict || !strings.Contains(shop.MessageOf(r), "Tern Racer in 9 / D") {
				t.Fatalf("a refusal says %v", r)
			}
		}
		for _, p := range placements {
			w.Pays(p)
		}
		w.Work()
		if got := w.Level(shoe); got.OnHand != 0 || got.Held != 0 {
			t.Errorf("after paying: %+v", got)
		}
		if n := w.Count("SELECT count(*) FROM orders WHERE state = 'paid' AND number BETWEEN 1001 AND 1005"); n != 5 {
			t.Errorf("%d orders are paid, with consecutive numbers", n)
		}
		if n := w.Count("SELECT count(*) FROM orders"); n != 5 {
			t.Errorf("the refused left %d orders", n-5)
		}
	})
}

// rush presses Checkout for all bags at the same moment.
func rush(t *testing.T, w *checkouttest.World, bags []shop.CartID) (placements []checkout.Placement, refusals []error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	gate := make(chan struct{})
	for _, bag := range bags {
		all.Go(func() {
			<-gate
			p, err := w.Checkout.Place(t.Context(), bag)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				refusals = append(refusals, err)
			} else {
				placements = append(placements, p)
			}
		})
	}
	close(gate)
	all.Wait()
	return placements, refusals
}

// T32: the button is pressed twice and the page loaded again.
func TestPressingTwiceGivesOneOrder(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 5)
		bag := w.Bag(2, shoe)
		placements, refusals := rush(t, w, []shop.CartID{bag, bag, bag, bag})
		for _, r := range refusals { // "press again" is an answer, too
			if shop.KindOf(r) != shop.KindUnavailable {
				t.Errorf("refused: %v", r)
			}
		}
		placements = append(placements, w.Place(bag), w.Place(bag))
		for _, p := range placements {
			if p != placements[0] {
				t.Errorf("sent to %+v and to %+v", placements[0], p)
			}
		}
		if n := w.Count("SELECT count(*) FROM orders"); n != 1 {
			t.Errorf("%d orders", n)
		}
		if n := len(w.StripeSessions()); n != 1 {
			t.Errorf("%d sessions at Stripe", n)
		}
		if got := w.Level(shoe); got.Held != 2 {
			t.Errorf("held %d", got.Held)
		}
	})
}

func TestANewThresholdHoldsFromTheNextOrderOn(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		w.Tx(func(ctx context.Context, tx *database.Tx) error {
			s, err := tx.Settings(ctx)
			if err != nil {
				return err
			}
			s.FreeShippingOver = 5_000
			_, err = tx.AddSettings(ctx, s, shop.ByCommand)
			return err
		})
		for price, shipping := range map[shop.Cents]shop.Cents{5_000: 800, 5_001: 0} {
			p := w.Place(w.Bag(1, w.Shoe("Tern Racer", price, 1)))
			if order := w.Order(p); order.Shipping != shipping || w.StripeSessions()[0].AmountTotal != int64(price+shipping) {
				t.Errorf("%s: shipping %s, Stripe asks for %d", price, order.Shipping, w.StripeSessions()[0].AmountTotal)
			}
		}
	})
}

// T29: at the threshold one pays, a cent above it one does not.
func TestFreeShippingBeginsOneCentAboveTheThreshold(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		for _, tt := range []struct {
			price, shipping shop.Cents
		}{{9_999, 800}, {10_000, 800}, {10_001, 0}} {
			t.Run(fmt.Sprint(int64(tt.price)), func(t *testing.T) {
				p := w.Place(w.Bag(1, w.Shoe("Tern Racer", tt.price, 1)))
				order, session := w.Order(p), w.StripeSessions()[0]
				if order.Shipping != tt.shipping || order.Total != tt.price+tt.shipping {
					t.Errorf("the order has shipping %s, total %s", order.Shipping, order.Total)
				}
				if session.ID != w.Session(p) || session.AmountTotal != int64(tt.price+tt.shipping) {
					t.Errorf("Stripe asks for %d", session.AmountTotal)
				}
				w.Pays(p, "state", "OR")
				w.Work()
				if paid := w.Order(p); paid.State != shop.OrderPaid || paid.GrandTotal() != order.Total {
					t.Errorf("%s %s", paid.State, paid.GrandTotal())
				}
			})
		}
	})
}
