package stock_test

import (
	"context"
	"errors"
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"

	"github.com/google/go-cmp/cmp"
)

var cause = stock.Cause{Kind: "order", ID: 77}

func want(v shop.Variant, n int64) stock.Want {
	return stock.Want{Variant: v.ID, Title: "Tern in 9 / D", Quantity: n}
}

// run runs a transaction and returns its error.
func run(w *checkouttest.World, fn func(ctx context.Context, tx *database.Tx) error) error {
	return w.DB.Transact(context.Background(), fn)
}

func hold(w *checkouttest.World, c stock.Cause, wants ...stock.Want) error {
	return run(w, func(ctx context.Context, tx *database.Tx) error { return stock.Hold(ctx, tx, c, wants) })
}

func level(t *testing.T, w *checkouttest.World, v shop.Variant, onHand, held int64) {
	t.Helper()
	if got := w.Level(v); got.OnHand != onHand || got.Held != held {
		t.Errorf("on hand %d, held %d; want %d and %d", got.OnHand, got.Held, onHand, held)
	}
}

func TestAHoldIsAllOrNothingAndSaysWhatIsShort(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		a, b, c := w.Shoe("Tern", 100, 3), w.Shoe("Swift", 100, 1), w.Shoe("Egret", 100, 0)
		wants := []stock.Want{want(a, 3), want(b, 2), want(c, 1)}
		wants[1].Title, wants[2].Title = "Swift in 9 / D", "Egret in 9 / D"
		err := hold(w, cause, wants...)
		const says = "Only 1 of Swift in 9 / D can be had now; your bag has 2. Egret in 9 / D has just sold out."
		if shop.KindOf(err) != shop.KindConflict || shop.MessageOf(err) != says {
			t.Errorf("%v", err)
		}
		level(t, w, a, 3, 0)
		if n := w.Count("SELECT count(*) FROM stock_holds"); n != 0 {
			t.Errorf("%d holds are left", n)
		}
		if err := hold(w, cause, want(a, 3), want(b, 1)); err != nil {
			t.Fatal(err)
		}
		level(t, w, a, 3, 3)
		level(t, w, b, 1, 1)
	})
}

func TestACauseHoldsAVariantOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		a := w.Shoe("Tern", 100, 3)
		if err := hold(w, cause, want(a, 1)); err != nil {
			t.Fatal(err)
		}
		if err := hold(w, cause, want(a, 1)); !errors.Is(err, shop.ErrExists) {
			t.Errorf("%v", err)
		}
		level(t, w, a, 3, 1)
	})
}

func TestWhatIsHeldEndsOnce(t *testing.T) {
	type end func(context.Context, *database.Tx, stock.Cause) error
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		tests := []struct {
			name          string
			first, second end
			onHand        int64
			moved         int
		}{
			{"sold twice", stock.Sell, stock.Sell, 1, 1},
			{"released twice", stock.Release, stock.Release, 3, 0},
			{"sold, then released", stock.Sell, stock.Release, 1, 1},
			{"released, then sold", stock.Release, stock.Sell, 3, 0},
		}
		for i, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				a := w.Shoe("Tern", 100, 3)
				c := stock.Cause{Kind: "order", ID: int64(i + 1)}
				if err := hold(w, c, want(a, 2)); err != nil {
					t.Fatal(err)
				}
				for _, fn := range []end{tt.first, tt.second} {
					if err := run(w, func(ctx context.Context, tx *database.Tx) error { return fn(ctx, tx, c) }); err != nil {
						t.Fatal(err)
					}
				}
				level(t, w, a, tt.onHand, 0)
				if n := w.Count("SELECT count(*) FROM stock_movements WHERE variant_id = ? AND step = 'sold'", a.ID); n != tt.moved {
					t.Errorf("%d movements", n)
				}
			})
		}
	})
}

func TestRetakingIsAllOrNothing(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		a, b := w.Shoe("Tern", 100, 2), w.Shoe("Swift", 100, 1)
		if err := hold(w, stock.Cause{Kind: "order", ID: 1}, want(b, 1)); err != nil {
			t.Fatal(err)
		}
		retake := func(wants ...stock.Want) (got bool) {
			w.Tx(func(ctx context.Context, tx *database.Tx) (err error) {
				got, err = stock.Retake(ctx, tx, cause, wants)
				return err
			})
			return got
		}
		if retake(want(a, 1), want(b, 1)) {
			t.Error("took what another holds")
		}
		level(t, w, a, 2, 0)
		beyond := want(b, 2)
		beyond.Beyond = true
		if !retake(want(a, 2), beyond) {
			t.Error("could not take what is there")
		}
		level(t, w, a, 0, 0)
		level(t, w, b, -1, 1)
	})
}

func TestCountsTellPagesThatTheyChanged(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		a := w.Shoe("Tern", 100, 3)
		before := w.Count("SELECT count(*) FROM changes WHERE kind = 'product'")
		if err := hold(w, cause, want(a, 1)); err != nil {
			t.Fatal(err)
		}
		w.Tx(func(ctx context.Context, tx *database.Tx) error { return stock.Sell(ctx, tx, cause) })
		if n := w.Count("SELECT count(*) FROM changes WHERE kind = 'product'") - before; n != 2 {
			t.Errorf("%d changes", n)
		}
	})
}

func TestWantsAddUpByVariantInOrder(t *testing.T) {
	lines := []shop.OrderLine{
		{VariantID: 9, Title: "Swift", Quantity: 1, Tracked: true},
		{VariantID: 3, Title: "Tern", VariantTitle: "9 / D", Quantity: 2, Tracked: true},
		{VariantID: 4, Title: "Plan", Quantity: 5},
		{VariantID: 9, Title: "Swift", Quantity: 2, Tracked: true},
	}
	want := []stock.Want{
		{Variant: 3, Title: "Tern in 9 / D", Quantity: 2},
		{Variant: 9, Title: "Swift", Quantity: 3, Beyond: true},
	}
	if diff := cmp.Diff(want, stock.Wants(lines, map[shop.VariantID]bool{9: true})); diff != "" {
		t.Error(diff)
	}
}
