package catalog_test

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestACopyIsTheOtherColour(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		e := form(p, "1")
		at := shop.At(p.CreatedAt.Time)
		e.Product.Colour, e.Product.PublishAt, e.Product.DropMM, e.Product.Variants[0].Barcode = "Ember", &at, 6, "12"
		p = save(t, c, e)
		got, err := c.Duplicate(t.Context(), editor, p.ID, catalog.DuplicateTo{Title: "Ridge ", Colour: "Fjord"})
		if err != nil {
			t.Fatal(err)
		}
		if got.Handle != "ridge-2" || got.Title != "Ridge" || got.Colour != "Fjord" || got.Status != shop.ProductDraft || got.PublishAt != nil || got.DropMM != 6 ||
			len(got.Tags) != 1 || len(got.Options) != 2 || len(got.Variants) != 4 {
			t.Errorf("it is %+v", got)
		}
		for _, v := range got.Variants {
			if v.SKU+v.Barcode != "" || v.Stock.OnHand != 0 || v.Price != 12_000 || v.ID <= p.Variants[3].ID || v.Tracked && v.Stock.VariantID != v.ID {
				t.Errorf("a size is %+v", v)
			}
		}
		if family := product(t, db, "ridge").Family; family == "" || family != got.Family {
			t.Errorf("their families are %q and %q", family, got.Family)
		}
		third, err := c.Duplicate(t.Context(), editor, p.ID, catalog.DuplicateTo{Title: "Ridge", Handle: "ridge-moss", Colour: "Moss"})
		if err != nil || third.Handle != "ridge-moss" || third.Family != got.Family {
			t.Errorf("the third is %+v, %v", third, err)
		}
		sound(t, db)
	})
}

func TestTheSameFormTwiceMakesOneCopy(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		made := make([]shop.Product, 4)
		var all sync.WaitGroup
		for i := range made {
			all.Go(func() {
				var err error
				if made[i], err = c.Duplicate(t.Context(), editor, p.ID, catalog.DuplicateTo{Title: "Ridge", Colour: "Ember", Key: "one form"}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, m := range made {
			if m.ID != made[0].ID || m.Handle != "ridge-2" {
				t.Errorf("it made %d %s", m.ID, m.Handle)
			}
		}
		again, err := c.Duplicate(t.Context(), editor, p.ID, catalog.DuplicateTo{Title: "Ridge", Colour: "Ember", Key: "another form"})
		if err != nil || again.Handle != "ridge-3" {
			t.Errorf("%s %v", again.Handle, err)
		}
		sound(t, db)
	})
}

func TestACopyIsRefused(t *testing.T) {
	tests := []struct {
		name string
		to   catalog.DuplicateTo
		want string
	}{
		{"no title", catalog.DuplicateTo{Colour: "Fjord"}, "title"},
		{"an address that is taken", catalog.DuplicateTo{Title: "B", Handle: "ridge"}, "handle"},
		{"a title that makes no address", catalog.DuplicateTo{Title: "跑鞋"}, "handle"},
		{"a colour too long", catalog.DuplicateTo{Title: "B", Colour: strings.Repeat("a", 256)}, "colour"},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		p := newShoe(t, c, "Ridge")
		for _, tt := range tests {
			_, err := c.Duplicate(t.Context(), editor, p.ID, tt.to)
			if got := strings.Join(slices.Sorted(maps.Keys(fieldsOf(err))), " "); got != tt.want {
				t.Errorf("%s: %v names %s", tt.name, err, got)
			}
		}
		if _, err := c.Duplicate(t.Context(), editor, 99, catalog.DuplicateTo{Title: "B"}); !shop.IsNotFound(err) {
			t.Errorf("of nothing it gives %v", err)
		}
		if got := product(t, db, "ridge"); got.Version != 1 || got.Family != "" {
			t.Errorf("it is %+v", got)
		}
	})
}
