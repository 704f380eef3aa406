package catalog_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/cart"
	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/orders"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// order places an order for one piece of a variant, which holds it.
func order(t testing.TB, db *database.DB, v shop.Variant, cart shop.CartID) shop.OrderID {
	t.Helper()
	var id shop.OrderID
	err := db.Transact(context.Background(), func(ctx context.Context, tx *database.Tx) error {
		o := shop.Order{
			CartID: cart, CartDigest: "d", Currency: "usd", SettingsVersion: 1, ZoneCode: "us", Subtotal: v.Price, Total: v.Price,
			Lines: []shop.OrderLine{{Position: 1, ProductID: v.ProductID, VariantID: v.ID, Title: "Ridge", VariantTitle: v.Title(),
				Price: v.Price, Quantity: 1, Amount: v.Price, Ships: true, Tracked: v.Tracked}},
		}
		request := func(*shop.Order, string) shop.SessionRequest { return shop.SessionRequest{} }
		placed, err := orders.Place(ctx, tx, orders.Draft{Order: o, Wants: stock.Wants(o.Lines, nil), Request: request})
		id = placed.Order.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// without is a form with the variants at some places taken out.
func without(p shop.Product, key string, places ...int) catalog.Edit {
	e := form(p, key)
	e.Product.Variants = nil
	for i, v := range p.Variants {
		if !slices.Contains(places, i) {
			e.Product.Variants = append(e.Product.Variants, v)
		}
	}
	e.Sure = true
	return e
}

func TestASizeThatWasNeverOrderedGoes(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		shopper := cart.New(db)
		added, err := shopper.Add(t.Context(), "", []cart.Item{{Variant: p.Variants[3].ID, Quantity: 1}})
		if err != nil {
			t.Fatal(err)
		}
		if got := save(t, c, without(p, "1", 0, 3)); len(got.Variants) != 2 || got.Variants[0].Position != 1 {
			t.Errorf("it has %+v", got.Variants)
		}
		bag, err := shopper.View(t.Context(), added.Token)
		if err != nil || len(bag.Lines) != 1 || bag.Lines[0].Problem != "Ridge in 10 / 2E is not sold any more. Please take it out of your bag." {
			t.Errorf("the bag is %+v, %v", bag.Lines, err)
		}
		if len(bag.Changes) > 0 || !bag.Blocked() {
			t.Errorf("the bag says %v", bag.Changes)
		}
		if err := shopper.Clear(t.Context(), added.Token); err != nil {
			t.Error(err)
		}
		sound(t, db)
	})
}

func TestASizeThatWasOrderedStays(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		sell(t, db, p.Variants[1], 1, "9")
		id := order(t, db, p.Variants[2], 1)
		order(t, db, p.Variants[3], 2)
		if err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return stock.Release(ctx, tx, stock.ForOrder(id))
		}); err != nil {
			t.Fatal(err)
		}
		_, err := c.Save(t.Context(), editor, without(p, "1", 0, 1, 2, 3))
		want := map[string]string{
			"variants": "A product needs at least one size.",
			fmt.Sprintf("removed.%d", p.Variants[1].ID): "Size 9 / 2E was sold before, so it cannot be removed; set its count to 0 to stop selling it.",
			fmt.Sprintf("removed.%d", p.Variants[2].ID): "Size 10 / D is part of 1 order, so it cannot be removed; set its count to 0 to stop selling it.",
			fmt.Sprintf("removed.%d", p.Variants[3].ID): "Size 10 / 2E is being paid for right now, so it cannot be removed; set its count to 0 to stop selling it.",
		}
		if diff := cmp.Diff(want, fieldsOf(err)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func TestACountStaysAboveWhatIsHeld(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		order(t, db, p.Variants[3], 1)
		e := form(p, "1")
		e.Product.Variants[3].Stock.OnHand, e.Product.Variants[2].Stock.OnHand = 0, 0
		_, err := c.Save(t.Context(), editor, e)
		want := map[string]string{"variants.3.on_hand": "1 of Size 10 / 2E are being paid for right now, of 3 on hand; the count can go down by 2."}
		if diff := cmp.Diff(want, fieldsOf(err)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		e.Product.Variants[3].Stock.OnHand = 1
		if got := save(t, c, e); got.Variants[3].Stock.Free() != 0 {
			t.Errorf("it has %+v", got.Variants[3].Stock)
		}
	})
}

func TestWhatIsOversoldDoesNotStopAtNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		e := form(newShoe(t, c, "Ridge"), "1")
		e.Product.Variants[1].Policy = shop.PolicyContinue
		p := save(t, c, e)
		if err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			m := shop.StockMovement{VariantID: p.Variants[1].ID, Delta: -3, CauseKind: "adjustment", CauseID: "x", Step: "adjusted", Who: editor}
			_, ok, err := tx.MoveStock(ctx, &m)
			if !ok {
				t.Error("it was not oversold")
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for _, counted := range []bool{true, false} { // changed alone, and while its count begins to count again
			e = form(product(t, db, "ridge"), fmt.Sprint("2 ", counted))
			if !counted {
				e.Product.Variants[1].Tracked = false
				e = form(save(t, c, e), "3")
				e.Product.Variants[1].Tracked = true
			}
			e.Product.Variants[1].Policy = shop.PolicyDeny
			_, err := c.Save(t.Context(), editor, e)
			want := map[string]string{"variants.1.policy": "Size 9 / 2E has -2 on hand and 0 of them being paid for. Set its count right before it stops at nothing."}
			if diff := cmp.Diff(want, fieldsOf(err)); diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		}
		sound(t, db)
	})
}

func TestSlipsAreAskedAbout(t *testing.T) {
	higher, same := shop.Cents(13_000), shop.Cents(12_000)
	tests := []struct {
		name   string
		change func(e *catalog.Edit)
		want   []string
	}{
		{"nothing unusual", func(e *catalog.Edit) { e.Product.Variants[0].Price, e.Product.Variants[0].CompareAt = 1_201, &higher }, nil},
		{"a price of nothing", func(e *catalog.Edit) { e.Product.Variants[0].Price = 0 }, []string{"Size 9 / D would cost nothing instead of $120.00."}},
		{"a tenth of the price", func(e *catalog.Edit) { e.Product.Variants[0].Price, e.Product.Variants[2].Price = 1_200, 1_200 },
			[]string{"Sizes 9 / D, 10 / D would cost $12.00 instead of $120.00."}},
		{"no saving", func(e *catalog.Edit) { e.Product.Variants[0].CompareAt = &same },
			[]string{"Size 9 / D would cost $120.00 and is said to have cost $120.00 before, which is not more."}},
		{"pairs that would be lost", func(e *catalog.Edit) { e.Product.Variants = e.Product.Variants[:2] },
			[]string{"Size 10 / D would be removed though 2 are on hand.", "Size 10 / 2E would be removed though 3 are on hand."}},
		{"a new size for nothing", func(e *catalog.Edit) {
			e.Product.Variants = append(e.Product.Variants, shop.Variant{Option1: "11", Option2: "D"})
		}, []string{"Size 11 / D would cost nothing."}},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		for i, tt := range tests {
			p := newShoe(t, c, fmt.Sprint("Ridge ", i))
			e := form(p, tt.name)
			tt.change(&e)
			_, err := c.Save(t.Context(), editor, e)
			var unsure *catalog.Unsure
			if errors.As(err, &unsure) != (tt.want != nil) {
				t.Errorf("%s: %v", tt.name, err)
				continue
			}
			if unsure == nil {
				continue
			}
			if diff := cmp.Diff(tt.want, unsure.Warnings); diff != "" || shop.KindOf(err) != shop.KindConflict {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
			if got := product(t, db, p.Handle); got.Version != 1 {
				t.Errorf("%s: it is saved", tt.name)
			}
			e.Sure = true
			if got := save(t, c, e); got.Version != 2 {
				t.Errorf("%s: on purpose it is not saved", tt.name)
			}
		}
		sound(t, db)
	})
}

func TestSizesMayTradePlaces(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		e := form(p, "1")
		v := e.Product.Variants
		v[0].Option2, v[1].Option2 = v[1].Option2, v[0].Option2
		slices.Reverse(v)
		got := save(t, c, e)
		if got.Variants[2].Title() != "9 / D" || got.Variants[2].ID != p.Variants[1].ID || got.Variants[0].ID != p.Variants[3].ID {
			t.Errorf("they are %+v", got.Variants)
		}
		e = form(got, "2")
		e.Product.Options = e.Product.Options[:1]
		for i := range e.Product.Variants {
			e.Product.Variants[i].Option1, e.Product.Variants[i].Option2 = fmt.Sprint(i+9), ""
		}
		if got = save(t, c, e); len(got.Options) != 1 || got.Variants[0].Title() != "9" {
			t.Errorf("with one option they are %+v", got.Variants)
		}
		sound(t, db)
	})
}

func TestPicturesAreKeptInTheirOrder(t *testing.T) {
	var one, other bytes.Buffer
	_ = png.Encode(&one, image.NewGray(image.Rect(0, 0, 40, 30)))
	_ = png.Encode(&other, image.NewGray(image.Rect(0, 0, 30, 30)))
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		e := catalog.Edit{Product: shoe("Ridge"), Key: "1", Uploads: []catalog.Upload{{Alt: "From the side", File: one.Bytes()}}}
		p := save(t, c, e)
		e = form(p, "2")
		e.Uploads = []catalog.Upload{{Alt: "The sole", File: other.Bytes()}}
		p = save(t, c, e)
		if len(p.Images) != 2 || p.Images[0].Picture.Width != 40 || p.Images[1].Alt != "The sole" || p.Images[1].Picture == nil {
			t.Fatalf("it has %+v", p.Images)
		}
		e = form(p, "3")
		e.Product.Images = []shop.ProductImage{{ID: p.Images[1].ID, Alt: "<b>sole</b>"}}
		p = save(t, c, e)
		if len(p.Images) != 1 || p.Images[0].Position != 1 || p.Images[0].Alt != "<b>sole</b>" || p.Images[0].Picture.Width != 30 {
			t.Errorf("it has %+v", p.Images)
		}
	})
}

func TestWhatFilesKeepStays(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		importing(t, c, []byte("Handle,Title,Variant Price,Google Shopping / MPN,Custom\nridge,Ridge,120,=1,<b>\n"), false)
		before := product(t, db, "ridge")
		e := form(before, "1")
		e.Product.Title, e.Product.Fields = "=cmd|' /C calc'!A0", nil
		e.Product.Variants[0].Fields = nil
		got := save(t, c, e)
		if got.Title != "=cmd|' /C calc'!A0" || len(got.Fields)+len(got.Variants[0].Fields) != 2 {
			t.Errorf("it is %+v", got)
		}
		if file := string(exported(t, c)); !strings.Contains(file, "'=cmd|") {
			t.Errorf("the export says %s", file)
		}
	})
}

func TestTheLogSaysWhatChanged(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		e := form(p, "1")
		e.Product.Title, e.Product.Variants[0].Price = "Ridge 2", 9_900
		save(t, c, e)
		lines, err := db.Audit(t.Context(), database.AuditSearch{ThingKind: "product", ThingID: fmt.Sprint(p.ID), Limit: 9})
		if err != nil || len(lines) != 2 || lines[0].Who != editor || lines[0].Action != "product.save" || lines[1].Action != "product.create" {
			t.Fatalf("the log has %+v, %v", lines, err)
		}
		const want = `"before":{"9 / D: price":"$120.00","title":"Ridge"},"after":{"9 / D: price":"$99.00","title":"Ridge 2"}}`
		if !strings.HasSuffix(*lines[0].Details, want) {
			t.Errorf("it says %s", *lines[0].Details)
		}
	})
}
