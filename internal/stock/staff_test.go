package stock_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
	"longrun/internal/upkeep"
)

const ada = "staff:1"

// keeps is a cause that no order stands behind.
var keeps = stock.Cause{Kind: "test", ID: 77}

func p(n int64) *int64 { return &n }

// coded puts a shoe on sale with codes of its own.
func coded(w *checkouttest.World, title, sku, barcode string, onHand int64, change ...func(*shop.Variant)) shop.Variant {
	v := shop.Variant{
		Position: 1, Option1: "9", Option2: "D", SKU: sku, Barcode: barcode, Price: 100, WeightUnit: "g",
		Tracked: true, Policy: shop.PolicyDeny, RequiresShipping: true, Stock: shop.StockLevel{OnHand: onHand},
	}
	for _, c := range change {
		c(&v)
	}
	return w.Sell(shop.Product{
		Title: title, Status: shop.ProductActive, Published: true,
		Options: []shop.ProductOption{{Position: 1, Name: "Size"}, {Position: 2, Name: "Width"}}, Variants: []shop.Variant{v},
	})
}

// sound fails the test unless everything is as it must always be.
func sound(t *testing.T, w *checkouttest.World) {
	t.Helper()
	flaws, _, err := upkeep.New(w.DB, nil).Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range flaws {
		t.Errorf("verify: %v", f)
	}
}

// refused fails the test unless an error is of a kind and says something.
func refused(t *testing.T, err error, kind shop.Kind, says string) {
	t.Helper()
	if err == nil || shop.KindOf(err) != kind || !strings.Contains(shop.MessageOf(err), says) {
		t.Errorf("%v, want a refusal of kind %d with %q", err, kind, says)
	}
}

func TestAnAdjustmentMovesOnceAndSaysWhy(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s, v := stock.New(w.DB), w.Shoe("Tern", 100, 5)
		a := stock.Adjustment{Variant: v.ID, Delta: p(-2), Reason: shop.ReasonDamaged, Note: " ripped \n box ", Key: rand.Text()}
		changes := w.Count("SELECT count(*) FROM changes WHERE kind = 'product'")
		for range 2 { // the second press does nothing
			if err := s.Adjust(t.Context(), ada, a); err != nil {
				t.Fatal(err)
			}
		}
		level(t, w, v, 3, 0)
		if n := w.Count("SELECT count(*) FROM changes WHERE kind = 'product'") - changes; n != 1 {
			t.Errorf("%d changes told to pages", n)
		}
		if n := w.Count("SELECT count(*) FROM stock_movements WHERE note = 'damaged: ripped box' AND who = 'staff:1' AND cause_kind = 'adjustment' AND delta = -2"); n != 1 {
			t.Errorf("%d movements", n)
		}
		lines, err := w.DB.Audit(t.Context(), database.AuditSearch{ThingKind: "variant", ThingID: fmt.Sprint(v.ID), Limit: 9})
		if err != nil || len(lines) != 1 || *lines[0].Details != `{"before":5,"after":3,"note":"damaged: ripped box"}` || lines[0].Who != ada {
			t.Errorf("%+v %v", lines, err)
		}
		a.Delta = p(-1)
		refused(t, s.Adjust(t.Context(), ada, a), shop.KindConflict, "sent before, with something else")
		level(t, w, v, 3, 0)
		sound(t, w)
	})
}

func TestANewCountIsADifferenceToWhatWasSeen(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s, v := stock.New(w.DB), w.Shoe("Tern", 100, 5)
		w.Tx(func(ctx context.Context, tx *database.Tx) error {
			if err := stock.Hold(ctx, tx, cause, []stock.Want{want(v, 1)}); err != nil {
				return err
			}
			return stock.Sell(ctx, tx, cause)
		})
		err := s.Adjust(t.Context(), ada, stock.Adjustment{Variant: v.ID, NewCount: p(7), Seen: 5, Reason: shop.ReasonFound, Key: rand.Text()})
		if err != nil {
			t.Fatal(err)
		}
		level(t, w, v, 6, 0) // two more than the one that was sold in between has left
	})
}

func TestAWrongAdjustmentChangesNothing(t *testing.T) {
	w := checkouttest.New(t, database.SQLite)
	s, v := stock.New(w.DB), w.Shoe("Tern", 100, 5)
	plan := coded(w, "Plan", "PLAN", "", 0, func(v *shop.Variant) { v.Tracked = false })
	if err := hold(w, keeps, want(v, 2)); err != nil {
		t.Fatal(err)
	}
	good := stock.Adjustment{Variant: v.ID, Delta: p(-1), Reason: shop.ReasonLost, Key: rand.Text()}
	tests := []struct {
		name   string
		change func(*stock.Adjustment)
		kind   shop.Kind
		says   string
	}{
		{"more than is free", func(a *stock.Adjustment) { a.Delta = p(-4) }, shop.KindConflict, "5 on hand, and 2 held for somebody who is paying. At most 3 can go."},
		{"a new count below what is held", func(a *stock.Adjustment) { a.Delta, a.NewCount, a.Seen = nil, p(1), 5 }, shop.KindConflict, "At most 3 can go."},
		{"nothing", func(a *stock.Adjustment) { a.Delta = nil }, shop.KindInvalid, "Write the change"},
		{"no change", func(a *stock.Adjustment) { a.Delta = p(0) }, shop.KindInvalid, "how many more or fewer"},
		{"both", func(a *stock.Adjustment) { a.NewCount = p(9) }, shop.KindInvalid, "not both"},
		{"the count there is", func(a *stock.Adjustment) { a.Delta, a.NewCount, a.Seen = nil, p(5), 5 }, shop.KindInvalid, "on hand already"},
		{"a count below nothing", func(a *stock.Adjustment) { a.Delta, a.NewCount = nil, p(-1) }, shop.KindInvalid, "from 0 to"},
		{"a seen count from nowhere", func(a *stock.Adjustment) { a.Delta, a.NewCount, a.Seen = nil, p(9), 1<<62 }, shop.KindInvalid, "from 0 to"},
		{"more than a line may have", func(a *stock.Adjustment) { a.Delta = p(100_001) }, shop.KindInvalid, "how many more or fewer"},
		{"an unknown reason", func(a *stock.Adjustment) { a.Reason = "magic" }, shop.KindInvalid, "Choose a reason"},
		{"other without a note", func(a *stock.Adjustment) { a.Reason = shop.ReasonOther }, shop.KindInvalid, "Say in the note"},
		{"a note too long", func(a *stock.Adjustment) { a.Note = strings.Repeat("x", 451) }, shop.KindInvalid, "too long"},
		{"a note that is no text", func(a *stock.Adjustment) { a.Note = "bell\a" }, shop.KindInvalid, "plain text"},
		{"no key", func(a *stock.Adjustment) { a.Key = "" }, shop.KindInvalid, "not whole"},
		{"a key from elsewhere", func(a *stock.Adjustment) { a.Key = "1; DROP TABLE orders; --" }, shop.KindInvalid, "not whole"},
		{"a size that is not there", func(a *stock.Adjustment) { a.Variant = 999 }, shop.KindNotFound, "no such size"},
		{"a size that is not counted", func(a *stock.Adjustment) { a.Variant = plan.ID }, shop.KindInvalid, "not counted"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := good
			tt.change(&a)
			refused(t, s.Adjust(t.Context(), ada, a), tt.kind, tt.says)
			level(t, w, v, 5, 2)
		})
	}
	if n := w.Count("SELECT count(*) FROM stock_movements WHERE who = 'staff:1'"); n != 0 {
		t.Errorf("%d movements", n)
	}
	sound(t, w)
}

func TestWhatMayBeOversoldIsAdjustedBelowNothing(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		v := coded(w, "Tern", "T", "", 1, func(v *shop.Variant) { v.Policy = shop.PolicyContinue })
		err := stock.New(w.DB).Adjust(t.Context(), ada, stock.Adjustment{Variant: v.ID, Delta: p(-3), Reason: shop.ReasonCorrection, Key: rand.Text()})
		if err != nil {
			t.Fatal(err)
		}
		level(t, w, v, -2, 0)
		sound(t, w)
	})
}

func typed(t *testing.T, text string, least int64) []shop.TypedLine {
	t.Helper()
	lines, err := shop.ParseStockLines(text, least)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestADeliveryIsAllOrNothingAndOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s := stock.New(w.DB)
		a, b := coded(w, "Tern", "T-9D", "4006381333931", 5), coded(w, "Swift", "S-9D", "036000291452", 0)
		_, err := s.Receive(t.Context(), ada, stock.Delivery{Lines: typed(t, "T-9D\t3\nNONE\t1\n111\t2", 1), Key: rand.Text()})
		var lines *shop.LinesError
		if !asLines(err, &lines) {
			t.Fatalf("%v", err)
		}
		faults := []shop.LineFault{{Line: 2, Message: `No size has the SKU or barcode "NONE".`}, {Line: 3, Message: `No size has the SKU or barcode "111".`}}
		if diff := cmp.Diff(faults, lines.Faults); diff != "" {
			t.Error(diff)
		}
		level(t, w, a, 5, 0)
		// By SKU in small letters, by barcode with and without the zero before it.
		d := stock.Delivery{Reference: "Slip 77", Key: rand.Text(), Lines: typed(t, "t-9d\t3\n4006381333931\n36000291452 4\n0036000291452,1", 1)}
		for n := range 2 {
			got, err := s.Receive(t.Context(), ada, d)
			if err != nil || got.Repeated != (n == 1) || !got.AddedUp || len(got.Lines) != 2 {
				t.Fatalf("%+v %v", got, err)
			}
		}
		level(t, w, a, 9, 0)
		level(t, w, b, 5, 0)
		d.Lines[0].Quantity = 4
		_, err = s.Receive(t.Context(), ada, d)
		refused(t, err, shop.KindConflict, "sent before")
		if n := w.Count("SELECT count(*) FROM stock_movements WHERE cause_kind = 'delivery' AND note = 'Slip 77'"); n != 2 {
			t.Errorf("%d movements", n)
		}
		sound(t, w)
	})
}

// asLines is errors.As for one kind of error.
func asLines(err error, to **shop.LinesError) bool {
	e, ok := err.(*shop.LinesError)
	*to = e
	return ok
}

func TestACodeOnTwoSizesIsNeverGuessed(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s := stock.New(w.DB)
		a, b := coded(w, "Tern", "T", "400638", 5), coded(w, "Swift", "S", "400638", 5)
		_, err := s.Receive(t.Context(), ada, stock.Delivery{Lines: typed(t, "400638", 1), Key: rand.Text()})
		if err == nil || !strings.Contains(fmt.Sprint(err.(*shop.LinesError).Faults), `"400638" is on 2 sizes, such as Tern, 9 / D and Swift, 9 / D.`) {
			t.Errorf("%v", err)
		}
		key := rand.Text()
		asked, err := s.SellInStore(t.Context(), ada, stock.Sale{Code: " 400638 ", Key: key})
		if err != nil || len(asked.Choices) != 2 {
			t.Fatalf("%+v %v", asked, err)
		}
		level(t, w, a, 5, 0)
		if _, err := s.SellInStore(t.Context(), ada, stock.Sale{Code: "400638", Variant: b.ID, Key: key}); err != nil {
			t.Fatal(err)
		}
		level(t, w, a, 5, 0)
		level(t, w, b, 4, 0)
		_, err = s.SellInStore(t.Context(), ada, stock.Sale{Code: "T", Variant: b.ID, Key: rand.Text()})
		refused(t, err, shop.KindInvalid, `No size has the SKU or barcode "T".`)
	})
}

func TestACountKeepsWhatWasSoldInBetween(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s := stock.New(w.DB)
		a, b := w.Shoe("Tern", 100, 5), w.Shoe("Swift", 100, 2)
		in := stock.Counting{Lines: []stock.Counted{{a.ID, 3, 5}, {b.ID, 2, 2}}, Note: "Shelf 4", Key: rand.Text()}
		if _, err := s.SellInStore(t.Context(), ada, stock.Sale{Code: "T-9D", Key: rand.Text()}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Count(t.Context(), ada, in); err != nil {
				t.Fatal(err)
			}
		}
		level(t, w, a, 2, 0)
		level(t, w, b, 2, 0)
		if n := w.Count("SELECT count(*) FROM stock_movements WHERE cause_kind = 'count'"); n != 2 {
			t.Errorf("%d movements: a size that was right is counted, too", n)
		}
		if err := hold(w, keeps, want(a, 2)); err != nil {
			t.Fatal(err)
		}
		err := s.Count(t.Context(), ada, stock.Counting{Lines: []stock.Counted{{b.ID, 9, 2}, {a.ID, 1, 2}}, Key: rand.Text()})
		if err == nil || shop.KindOf(err) != shop.KindConflict || !strings.Contains(fmt.Sprint(err.(*shop.LinesError).Faults), "2 Tern, 9 / D: 2 on hand, and 2 held") {
			t.Errorf("%v", err)
		}
		level(t, w, b, 2, 0)
		for says, lines := range map[string][]stock.Counted{
			"twice": {{a.ID, 1, 1}, {a.ID, 1, 1}}, "from 0 to": {{a.ID, -1, 1}}, "no such size": {{999, 1, 1}},
		} {
			err := s.Count(t.Context(), ada, stock.Counting{Lines: lines, Key: rand.Text()})
			if err == nil || !strings.Contains(fmt.Sprint(err.(*shop.LinesError).Faults), says) {
				t.Errorf("%v, want %q", err, says)
			}
		}
		refused(t, s.Count(t.Context(), ada, stock.Counting{Key: rand.Text()}), shop.KindInvalid, "at least one")
		refused(t, s.Count(t.Context(), ada, stock.Counting{Lines: make([]stock.Counted, 151), Key: rand.Text()}), shop.KindInvalid, "at most 150")
		sound(t, w)
	})
}

func TestASaleInStoreIsOneMovementAndIsUndoneOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s, v := stock.New(w.DB), coded(w, "Tern", "T", "4006381333931", 2)
		key := rand.Text()
		sold, err := s.SellInStore(t.Context(), ada, stock.Sale{Code: "4006381333931", Key: key})
		if err != nil || sold.Repeated || sold.Movement.Delta != -1 || sold.Movement.ID == 0 {
			t.Fatalf("%+v %v", sold, err)
		}
		again, err := s.SellInStore(t.Context(), ada, stock.Sale{Code: "4006381333931", Key: key})
		if err != nil || !again.Repeated || again.Movement.ID != sold.Movement.ID {
			t.Errorf("%+v %v", again, err)
		}
		level(t, w, v, 1, 0)
		_, err = s.Undo(t.Context(), "staff:2", sold.Movement.ID)
		refused(t, err, shop.KindConflict, "Only your own sale")
		for range 2 {
			if _, err := s.Undo(t.Context(), ada, sold.Movement.ID); err != nil {
				t.Fatal(err)
			}
		}
		level(t, w, v, 2, 0)
		opening := int64(w.Count("SELECT min(id) FROM stock_movements"))
		_, err = s.Undo(t.Context(), ada, opening)
		refused(t, err, shop.KindConflict, "Only your own sale")
		_, err = s.Undo(t.Context(), ada, 99_999)
		refused(t, err, shop.KindNotFound, "no such movement")
		if err := hold(w, keeps, want(v, 2)); err != nil {
			t.Fatal(err)
		}
		_, err = s.SellInStore(t.Context(), ada, stock.Sale{Code: "T", Key: rand.Text()})
		refused(t, err, shop.KindConflict, "2 on hand, and 2 held for somebody who is paying")
		for _, code := range []string{"", " ", "a\nb", strings.Repeat("1", 101), "nothing"} {
			_, err = s.SellInStore(t.Context(), ada, stock.Sale{Code: code, Key: rand.Text()})
			refused(t, err, shop.KindInvalid, "")
		}
		sound(t, w)
	})
}

// TestTheLastPiecesAreEverybodysOnce lets scans, adjustments, deliveries and
// checkouts meet on the same last pieces.
func TestTheLastPiecesAreEverybodysOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s, v := stock.New(w.DB), coded(w, "Tern", "T", "4006381333931", 7)
		var gone, held, came atomic.Int64
		var all sync.WaitGroup
		gate := make(chan struct{})
		for i := range 60 {
			all.Go(func() {
				<-gate
				var err error
				switch i % 4 {
				case 0:
					_, err = s.SellInStore(t.Context(), ada, stock.Sale{Code: "T", Key: rand.Text()})
					tally(err, &gone)
				case 1:
					err = s.Adjust(t.Context(), ada, stock.Adjustment{Variant: v.ID, Delta: p(-1), Reason: shop.ReasonLost, Key: rand.Text()})
					tally(err, &gone)
				case 2:
					err = w.DB.Transact(context.Background(), func(ctx context.Context, tx *database.Tx) error {
						return stock.Hold(ctx, tx, stock.Cause{Kind: "test", ID: int64(i)}, []stock.Want{want(v, 1)})
					})
					tally(err, &held)
				case 3:
					if i > 20 {
						return
					}
					_, err = s.Receive(t.Context(), ada, stock.Delivery{Lines: []shop.TypedLine{{Line: 1, Code: "T", Quantity: 1}}, Key: rand.Text()})
					tally(err, &came)
				}
				if err != nil && shop.KindOf(err) != shop.KindConflict {
					t.Errorf("%v", err)
				}
			})
		}
		close(gate)
		all.Wait()
		// A delivery may come when everybody has asked already.
		if got := gone.Load() + held.Load(); came.Load() != 5 || got < 7 || got > 12 {
			t.Errorf("%d came, %d went, %d are held", came.Load(), gone.Load(), held.Load())
		}
		level(t, w, v, 12-gone.Load(), held.Load())
		sound(t, w)
	})
}

func tally(err error, n *atomic.Int64) {
	if err == nil {
		n.Add(1)
	}
}

func TestAFormPressedByManyAtOnceActsOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s := stock.New(w.DB)
		v, key := coded(w, "Tern", "T", "", 50), rand.Text()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := s.SellInStore(t.Context(), ada, stock.Sale{Code: "T", Key: key}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		level(t, w, v, 49, 0)
		sound(t, w)
	})
}

func TestALargeDeliveryGoesOnWhereItStopped(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		s := stock.New(w.DB)
		product := shop.Product{Title: "Tern", Status: shop.ProductActive, Published: true, Options: []shop.ProductOption{{Position: 1, Name: "Size"}}}
		for i := range 400 {
			product.Variants = append(product.Variants, shop.Variant{Position: i + 1, Option1: fmt.Sprint(i), SKU: fmt.Sprintf("T-%d", i), WeightUnit: "g",
				Tracked: true, Policy: shop.PolicyDeny})
		}
		w.Sell(product)
		var text strings.Builder
		for i := range 400 {
			fmt.Fprintf(&text, "T-%d\t%d\n", i, 1+i%3)
		}
		d := stock.Delivery{Lines: typed(t, text.String(), 1), Key: rand.Text()}
		part := d
		part.Lines = d.Lines[:150]
		for _, d := range []stock.Delivery{part, d, d} {
			if _, err := s.Receive(t.Context(), ada, d); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.Count("SELECT sum(on_hand) FROM stock_levels"); n != 799 {
			t.Errorf("%d pieces", n)
		}
		sound(t, w)
	})
}
