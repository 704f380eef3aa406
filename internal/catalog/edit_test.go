package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

const editor = "staff 7"

// shoe is a shoe in sizes 9 and 10, widths D and 2E, as a form sends a new one.
func shoe(title string) shop.Product {
	p := shop.Product{
		Title: title, Status: shop.ProductActive, Published: true, Vendor: "Hollow",
		Options: []shop.ProductOption{{Name: "Size"}, {Name: "Width"}},
		Tags:    []shop.ProductTag{{Tag: "road"}},
	}
	for i, size := range []string{"9 D", "9 2E", "10 D", "10 2E"} {
		a, b, _ := strings.Cut(size, " ")
		p.Variants = append(p.Variants, shop.Variant{
			Option1: a, Option2: b, SKU: fmt.Sprintf("%s-%d", shop.MakeHandle(title), i), Price: 12_000,
			Tracked: true, Policy: shop.PolicyDeny, RequiresShipping: true, Taxable: true, Stock: shop.StockLevel{OnHand: int64(i)},
		})
	}
	return p
}

func newShoe(t testing.TB, c *catalog.Catalog, title string) shop.Product {
	t.Helper()
	p, err := c.Save(context.Background(), editor, catalog.Edit{Product: shoe(title), Key: "new " + title})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// form is a product's form as it is shown, ready to be changed and sent.
func form(p shop.Product, key string) catalog.Edit {
	e := catalog.Edit{ID: p.ID, Version: p.Version, Product: p, Key: key, Redirect: true, Seen: map[shop.VariantID]int64{}}
	e.Product.Variants = slices.Clone(p.Variants)
	for _, v := range p.Variants {
		e.Seen[v.ID] = v.Stock.OnHand
	}
	return e
}

func save(t testing.TB, c *catalog.Catalog, e catalog.Edit) shop.Product {
	t.Helper()
	p, err := c.Save(context.Background(), editor, e)
	if err != nil {
		t.Fatalf("%v %v", err, fieldsOf(err))
	}
	return p
}

func fieldsOf(err error) map[string]string {
	var e *shop.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// sound is what every test ends with: nothing in the shop contradicts itself.
func sound(t testing.TB, db *database.DB) {
	t.Helper()
	violations, _, err := upkeep.New(db, nil).Verify(context.Background())
	if err != nil || len(violations) > 0 {
		t.Errorf("the shop is not sound: %+v, %v", violations, err)
	}
}

func TestAProductIsSavedWhole(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		if p.ID == 0 || p.Handle != "ridge" || p.Version != 1 || len(p.Variants) != 4 || p.Variants[3].Stock.OnHand != 3 || p.PriceLow != 12_000 {
			t.Fatalf("it is made as %+v", p)
		}
		e := form(p, "1")
		before := shop.Cents(15_000)
		e.Product.Title, e.Product.Description, e.Product.OrderLimit = " Ridge 2 ", `<p onclick="x">Light.</p><script>alert(1)</script>`, 2
		e.Product.Tags = []shop.ProductTag{{Tag: "wide"}, {Tag: " trail "}, {Tag: "wide"}}
		e.Product.Variants[0].Price, e.Product.Variants[0].CompareAt, e.Product.Variants[0].Barcode = 9_900, &before, "4006381333931"
		e.Product.Variants[1].Stock.OnHand = 11
		e.Product.Variants = append(e.Product.Variants, shop.Variant{Option1: "11", Option2: "D", Price: 12_000, Tracked: true, Stock: shop.StockLevel{OnHand: 4}})
		got := save(t, c, e)
		if got.Title != "Ridge 2" || got.Description != "<p>Light.</p>" || got.Version != 2 || got.PriceLow != 9_900 || got.Handle != "ridge" {
			t.Errorf("it is %+v", got)
		}
		if got.Tags[0].Tag != "trail" || len(got.Tags) != 2 || got.Variants[1].Stock.OnHand != 11 || got.Variants[4].Stock.OnHand != 4 {
			t.Errorf("its tags and counts are %+v", got)
		}
		if diff := cmp.Diff(product(t, db, "ridge"), got); diff != "" {
			t.Errorf("what is stored is not what is returned (-stored +returned):\n%s", diff)
		}
		again := save(t, c, form(got, "2"))
		if again.Version != 2 {
			t.Error("saving without a change is a change")
		}
		sound(t, db)
	})
}

func TestTwoPeopleNeverOverwriteEachOther(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		mine, theirs := form(p, "mine"), form(p, "theirs")
		theirs.Product.Title = "Theirs"
		save(t, c, theirs)
		mine.Product.Variants[0].Price = 11_000
		_, err := c.Save(t.Context(), editor, mine)
		var clash *catalog.Clash
		if !errors.As(err, &clash) || shop.KindOf(err) != shop.KindConflict || clash.Current.Title != "Theirs" || clash.Current.Version != 2 {
			t.Fatalf("it gives %v", err)
		}
		if got := product(t, db, "ridge"); got.Title != "Theirs" || got.Variants[0].Price != 12_000 {
			t.Errorf("it is %+v", got)
		}
		mine.Version = clash.Current.Version
		if got := save(t, c, mine); got.Title != "Ridge" || got.Variants[0].Price != 11_000 {
			t.Errorf("on purpose it is %+v", got)
		}
	})
}

func TestManyAtOnceEndWithOneWinner(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		results := make(chan error)
		for i := range 8 {
			go func() {
				e := form(p, fmt.Sprint(i))
				e.Product.Title = fmt.Sprint("Ridge by ", i)
				e.Product.Variants[0].Stock.OnHand += 5
				_, err := c.Save(context.Background(), editor, e)
				results <- err
			}()
		}
		won := 0
		for range 8 {
			var clash *catalog.Clash
			switch err := <-results; {
			case err == nil:
				won++
			case !errors.As(err, &clash):
				t.Error(err)
			}
		}
		if got := product(t, db, "ridge"); won != 1 || got.Version != 2 || got.Variants[0].Stock.OnHand != 5 {
			t.Errorf("%d have won, and it is version %d with %d", won, got.Version, got.Variants[0].Stock.OnHand)
		}
		sound(t, db)
	})
}

func TestTheSameFormTwiceActsOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		if again := newShoe(t, c, "Ridge"); again.ID != p.ID {
			t.Errorf("the form of a new product makes two: %d and %d", p.ID, again.ID)
		}
		e := form(p, "1")
		e.Product.Variants[0].Stock.OnHand = 6
		first, second := save(t, c, e), save(t, c, e)
		if first.Version != second.Version || second.Variants[0].Stock.OnHand != 6 {
			t.Errorf("twice it is %+v", second.Variants[0].Stock)
		}
		e.Product.Title = "Changed after Back"
		var clash *catalog.Clash
		if _, err := c.Save(t.Context(), editor, e); !errors.As(err, &clash) {
			t.Errorf("an old form with something else in it gives %v", err)
		}
		sound(t, db)
	})
}

func TestASaleWhileTheFormWasOpenIsNotUndone(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		e := form(p, "1")
		sell(t, db, p.Variants[3], 2, "1")
		e.Product.Variants[3].Stock.OnHand = 13 // ten more than the three seen
		e.Product.Title = "Ridge 2"
		got := save(t, c, e)
		if n := got.Variants[3].Stock.OnHand; n != 11 {
			t.Errorf("there are %d, 3 - 2 + 10 were expected", n)
		}
		e = form(got, "2")
		sell(t, db, p.Variants[3], 1, "2")
		e.Product.Title = "Ridge 3"
		if n := save(t, c, e).Variants[3].Stock.OnHand; n != 10 {
			t.Errorf("an untouched count is set to %d", n)
		}
		sound(t, db)
	})
}

func TestEveryWrongCellIsNamed(t *testing.T) {
	type edit = func(e *catalog.Edit)
	compare := shop.Cents(-1)
	tests := []struct {
		name   string
		change edit
		want   string // the inputs that are named, in order
	}{
		{"no title", func(e *catalog.Edit) { e.Product.Title = " \t" }, "title"},
		{"a title too long", func(e *catalog.Edit) { e.Product.Title = strings.Repeat("ä", 256) }, "title"},
		{"the title ends where it may", func(e *catalog.Edit) { e.Product.Title = strings.Repeat("ä", 255) }, ""},
		{"characters that nobody sees", func(e *catalog.Edit) { e.Product.Vendor = "a\x00b" }, "vendor"},
		{"a status that is none", func(e *catalog.Edit) { e.Product.Status = "live" }, "status"},
		{"a limit below zero", func(e *catalog.Edit) { e.Product.OrderLimit = -1 }, "order_limit"},
		{"a month that is none", func(e *catalog.Edit) { e.Product.Released = "2026-13" }, "released"},
		{"four options", func(e *catalog.Edit) { e.Product.Options = make([]shop.ProductOption, 4) },
			"options options.0.name options.1.name options.2.name options.3.name variants.0.option3 variants.1.option3 variants.2.option3 variants.3.option3"},
		{"two options of one name", func(e *catalog.Edit) { e.Product.Options[1].Name = "SIZE" }, "options.1.name"},
		{"no variant", func(e *catalog.Edit) { e.Product.Variants = nil }, "variants"},
		{"prices and counts", func(e *catalog.Edit) {
			v := e.Product.Variants
			v[0].Price, v[1].Price, v[2].CompareAt, v[3].Cost = -1, shop.MaxCents+1, &compare, &compare
			v[0].Stock.OnHand, v[1].Stock.OnHand = -1, 1_000_000
		}, "variants.0.on_hand variants.0.price variants.1.on_hand variants.1.price variants.2.compare_at variants.3.cost"},
		{"twins", func(e *catalog.Edit) {
			v := e.Product.Variants
			v[1].Option2, v[2].SKU, v[2].Barcode, v[3].Barcode = "D", v[0].SKU, "12", "12"
		}, "variants.1.option1 variants.2.sku variants.3.barcode"},
		{"a size without its width", func(e *catalog.Edit) { e.Product.Variants[3].Option2 = "" }, "variants.3.option2"},
		{"another product's SKU and barcode", func(e *catalog.Edit) {
			e.Product.Variants[1].SKU, e.Product.Variants[2].Barcode = "other-1", "99"
		}, "variants.1.sku variants.2.barcode"},
		{"another product's address", func(e *catalog.Edit) { e.Product.Handle = "Other" }, "handle"},
		{"another product's variant", func(e *catalog.Edit) { e.Product.Variants[0].ID = 1 }, "variants.0"},
		{"a variant sent twice", func(e *catalog.Edit) { e.Product.Variants[1].ID = e.Product.Variants[0].ID }, "variants.1"},
		{"a picture that is not there", func(e *catalog.Edit) { e.Product.Images = []shop.ProductImage{{ID: 5}} }, "images.0"},
		{"what is no picture", func(e *catalog.Edit) { e.Uploads = []catalog.Upload{{File: []byte("GIF")}} }, "uploads.0"},
		{"a form without its key", func(e *catalog.Edit) { e.Key = "" }, "key"},
		{"what could not be read is named with the rest", func(e *catalog.Edit) {
			e.Faults = map[string]string{"variants.2.price": "“１２” is not an amount."}
			e.Product.Variants[0].SKU = "other-1"
		}, "variants.0.sku variants.2.price"},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		other := newShoe(t, c, "Other")
		e := form(other, "barcode")
		e.Product.Variants[0].Barcode = "99"
		save(t, c, e)
		p := newShoe(t, c, "Ridge")
		last, _ := db.LastChange(t.Context())
		for i, tt := range tests {
			e := form(p, fmt.Sprint("try ", i))
			e.Product.Options = slices.Clone(e.Product.Options)
			tt.change(&e)
			_, err := c.Save(t.Context(), editor, e)
			if tt.want == "" {
				if err != nil {
					t.Errorf("%s: %v", tt.name, err)
				}
				p = product(t, db, "ridge")
				last, _ = db.LastChange(t.Context())
				continue
			}
			got := strings.Join(slices.Sorted(maps.Keys(fieldsOf(err))), " ")
			if shop.KindOf(err) != shop.KindInvalid || got != tt.want {
				t.Errorf("%s: names %s: %v %v", tt.name, got, err, fieldsOf(err))
			}
		}
		if now, _ := db.LastChange(t.Context()); now != last {
			t.Error("something was written")
		}
		sound(t, db)
	})
}

func TestASentenceNamesTheOtherProduct(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		newShoe(t, c, "Other Shoe")
		p := newShoe(t, c, "Ridge")
		e := form(p, "1")
		e.Product.Variants[0].SKU, e.Product.Variants[1].SKU, e.Product.Handle = "other-shoe-3", "ridge-0", "other-shoe"
		_, err := c.Save(t.Context(), editor, e)
		want := map[string]string{
			"variants.0.sku": `"other-shoe-3" is the SKU of Other Shoe, 10 / 2E.`,
			"handle":         "Another product has the address other-shoe. other-shoe-2 is free.",
		}
		if diff := cmp.Diff(want, fieldsOf(err)); diff != "" || shop.MessageOf(err) != "1 field and 1 cell are not right." {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func TestTenThousandCellsAreRefusedQuickly(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := shoe("Ridge")
		p.Variants = nil
		for i := range 2_048 {
			p.Variants = append(p.Variants, shop.Variant{Option1: fmt.Sprint(i), Option2: "D", SKU: "same", Barcode: "same", Price: -1, Stock: shop.StockLevel{OnHand: -1}})
		}
		_, err := c.Save(t.Context(), editor, catalog.Edit{Product: p, Key: "1"})
		if n := len(fieldsOf(err)); n != 4*2_048-2 {
			t.Errorf("%d cells are named: %v", n, err)
		}
		for i := range p.Variants {
			v := &p.Variants[i]
			v.SKU, v.Barcode, v.Price, v.Tracked, v.Stock.OnHand = fmt.Sprint("S-", i), "", 12_000, true, 1
		}
		made := save(t, c, catalog.Edit{Product: p, Key: "2"})
		e := form(made, "3")
		for i := range e.Product.Variants {
			e.Product.Variants[i].Price, e.Product.Variants[i].Stock.OnHand = 11_000, 5
		}
		start := time.Now()
		if got := save(t, c, e); got.Variants[2_047].Stock.OnHand != 5 || time.Since(start) > 8*time.Second {
			t.Errorf("2,048 sizes have %d after %v", got.Variants[2_047].Stock.OnHand, time.Since(start))
		}
		t.Logf("2,048 sizes are changed in %v", time.Since(start))
		p.Variants = append(p.Variants, shop.Variant{Option1: "one more", Option2: "D"})
		if _, err = c.Save(t.Context(), editor, catalog.Edit{Product: p, Key: "1"}); fieldsOf(err)["variants"] == "" {
			t.Errorf("2,049 sizes give %v", err)
		}
	})
}

func TestTheFormOfANewProductSentManyTimesAtOnceMakesOne(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		type result struct {
			id  shop.ProductID
			err error
		}
		results := make(chan result)
		for range 6 {
			go func() {
				p, err := c.Save(context.Background(), editor, catalog.Edit{Product: shoe("Ridge"), Key: "1"})
				results <- result{p.ID, err}
			}()
		}
		ids := map[shop.ProductID]bool{}
		for range 6 {
			r := <-results
			if ids[r.id] = true; r.err != nil {
				t.Errorf("%v %v", r.err, fieldsOf(r.err))
			}
		}
		if n, err := db.ProductCount(t.Context(), 9); n != 1 || len(ids) != 1 || err != nil {
			t.Errorf("there are %d products, and they were told of %v, %v", n, ids, err)
		}
		sound(t, db)
	})
}
