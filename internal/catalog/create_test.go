package catalog_test

import (
	"fmt"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestCreate(t *testing.T) {
	tests := []struct {
		name    string
		product shop.Product
		want    shop.Kind
	}{
		{"a title and a variant are enough", shop.Product{Title: " Wool Sock ", Variants: []shop.Variant{{Price: 1_800}}}, -1},
		{"no title", shop.Product{Handle: "a", Variants: []shop.Variant{{}}}, shop.KindInvalid},
		{"no variant", shop.Product{Title: "A"}, shop.KindInvalid},
		{"a handle that is none", shop.Product{Handle: "A b", Title: "A", Variants: []shop.Variant{{}}}, shop.KindInvalid},
		{"four options", shop.Product{Title: "A", Options: make([]shop.ProductOption, 4), Variants: []shop.Variant{{}}}, shop.KindInvalid},
		{"a handle that is taken", shop.Product{Handle: "taken", Title: "A", Variants: []shop.Variant{{}}}, shop.KindConflict},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		taken := &shop.Product{Handle: "taken", Title: "Taken", Status: shop.ProductActive, Variants: []shop.Variant{{}}}
		if err := c.Create(t.Context(), "demo", taken); err != nil {
			t.Fatal(err)
		}
		for _, tt := range tests {
			p := tt.product
			p.Status = shop.ProductActive
			err := c.Create(t.Context(), "demo", &p)
			if tt.want >= 0 {
				if shop.KindOf(err) != tt.want || p.ID != 0 {
					t.Errorf("%s: %v", tt.name, err)
				}
				continue
			}
			if err != nil || p.ID == 0 || p.Handle != "wool-sock" || p.Title != "Wool Sock" || p.Variants[0].Option1 != shop.DefaultTitle {
				t.Errorf("%s: %+v, %v", tt.name, p, err)
			}
		}
	})
}

func TestCreateCollection(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		product := &shop.Product{Title: "A", Status: shop.ProductActive, Published: true, Variants: []shop.Variant{{}}}
		if err := c.Create(t.Context(), "demo", product); err != nil {
			t.Fatal(err)
		}
		made := shop.Collection{Title: "Trail & Road", Published: true, SortOrder: "?", Description: "<script>x</script>a"}
		if err := c.CreateCollection(t.Context(), "demo", &made, []shop.ProductID{product.ID}); err != nil {
			t.Fatal(err)
		}
		if made.ID == 0 || made.Handle != "trail-road" || made.SortOrder != shop.SortManual || made.Description != "a" {
			t.Errorf("it is %+v", made)
		}
		for name, tt := range map[string]struct {
			handle string
			want   shop.Kind
		}{"taken": {"trail-road", shop.KindConflict}, "all": {"all", shop.KindInvalid}, "invalid": {"A b", shop.KindInvalid}} {
			again := shop.Collection{Title: "x", Handle: tt.handle}
			if err := c.CreateCollection(t.Context(), "demo", &again, nil); shop.KindOf(err) != tt.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		cards, _, err := db.ProductCards(t.Context(), database.ListQuery{Collection: &made.ID})
		if err != nil || len(cards) != 1 {
			t.Errorf("it has %d products, %v", len(cards), err)
		}
	})
}

// demoSized are 30 products of 30 variants.
func demoSized() []*shop.Product {
	var products []*shop.Product
	for i := range 30 {
		p := &shop.Product{
			Title: fmt.Sprintf("Shoe %d", i), Status: shop.ProductActive, Published: true,
			Options: []shop.ProductOption{{Name: "Size"}}, Tags: []shop.ProductTag{{Tag: "road"}},
		}
		for j := range 30 {
			p.Variants = append(p.Variants, shop.Variant{Option1: fmt.Sprint(j), Price: 12_000, Tracked: true, Stock: shop.StockLevel{OnHand: 4}})
		}
		products = append(products, p)
	}
	return products
}

func TestTheDemoShopIsMadeQuickly(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	start := time.Now()
	if err := open(t, db).Create(t.Context(), "demo", demoSized()...); err != nil {
		t.Fatal(err)
	}
	t.Logf("30 products with 900 variants in %v", time.Since(start))
	if took := time.Since(start); took > 10*time.Second { // a loaded machine, not a rule
		t.Errorf("it took %v", took)
	}
}
