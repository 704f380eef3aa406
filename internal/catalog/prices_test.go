package catalog_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// priced makes a product of some SKUs at $140.00 and reads it as lists do.
func priced(t *testing.T, db *database.DB, c *catalog.Catalog, handle string, skus ...string) []database.PricedVariant {
	t.Helper()
	p := shop.Product{Handle: handle, Title: handle, Status: shop.ProductActive, Published: true, Options: []shop.ProductOption{{Name: "Size"}}}
	for _, sku := range skus {
		p.Variants = append(p.Variants, shop.Variant{Option1: sku, SKU: sku, Price: 14_000})
	}
	if err := c.Create(t.Context(), "test", &p); err != nil {
		t.Fatal(err)
	}
	found, err := db.PricesBySKU(t.Context(), skus)
	if err != nil || len(found) != len(skus) {
		t.Fatalf("%+v %v", found, err)
	}
	return found
}

func pricesOf(t *testing.T, db *database.DB, skus ...string) string {
	t.Helper()
	found, err := db.PricesBySKU(t.Context(), skus)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, v := range found {
		list = append(list, v.Price.String())
	}
	return strings.Join(list, " ")
}

func TestPricesChangeAllOrNone(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := catalog.New(db, nil, nil)
		one, two := priced(t, db, c, "tern", "T-9", "T-10"), priced(t, db, c, "kelp", "K-9")
		change := func(v database.PricedVariant, to shop.Cents) catalog.PriceChange {
			return catalog.PriceChange{Variant: v, To: to}
		}
		stale := one[1]
		stale.Price = 13_000
		tests := []struct {
			name    string
			changes []catalog.PriceChange
			kind    shop.Kind
		}{
			{"nothing to change", nil, shop.KindInvalid},
			{"a price that was another", []catalog.PriceChange{change(two[0], 15_000), change(one[0], 15_000), change(stale, 15_000)}, shop.KindConflict},
			{"a size twice", []catalog.PriceChange{change(one[0], 15_000), change(one[0], 16_000)}, shop.KindInvalid},
			{"below nothing", []catalog.PriceChange{change(one[0], -1)}, shop.KindInvalid},
			{"more than Stripe takes", []catalog.PriceChange{change(one[0], shop.MaxCents+1)}, shop.KindInvalid},
			{"nothing to pay", []catalog.PriceChange{change(one[0], 0)}, shop.KindConflict},
			{"nine tenths off", []catalog.PriceChange{change(one[0], 1_400)}, shop.KindConflict},
			{"a product that is gone", []catalog.PriceChange{change(database.PricedVariant{ID: 1 << 40, ProductID: 1 << 40, SKU: "X", Price: 1}, 2)}, shop.KindNotFound},
		}
		for _, tt := range tests {
			if err := c.SetPrices(t.Context(), "staff:1", tt.changes, false); shop.KindOf(err) != tt.kind || err == nil {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if got := pricesOf(t, db, "T-9", "T-10", "K-9"); got != "$140.00 $140.00 $140.00" {
			t.Fatalf("refused and yet changed: %s", got)
		}
		before, _ := db.AuditHead(t.Context())
		if err := c.SetPrices(t.Context(), "staff:1", []catalog.PriceChange{change(two[0], 16_000), change(one[0], 12_000)}, false); err != nil {
			t.Fatal(err)
		}
		after, _ := db.AuditHead(t.Context())
		p, err := db.ProductForStaff(t.Context(), one[0].ProductID)
		if got := pricesOf(t, db, "T-9", "T-10", "K-9"); got != "$120.00 $140.00 $160.00" || err != nil || p.Version != 2 || p.PriceLow != 12_000 || after.Count != before.Count+2 {
			t.Errorf("%s, version %d, from %s, %d entries", got, p.Version, p.PriceLow, after.Count-before.Count)
		}
		one[1].Price = 14_000
		if err := c.SetPrices(t.Context(), "staff:1", []catalog.PriceChange{change(one[1], 0)}, true); err != nil {
			t.Error(err)
		}
	})
}

func TestOfTwoListsAtOnceOneIsTold(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := catalog.New(db, nil, nil)
		found := append(priced(t, db, c, "tern", "T-9"), priced(t, db, c, "kelp", "K-9")...)
		errs := make([]error, 8)
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() {
				var changes []catalog.PriceChange
				for n := range found {
					changes = append(changes, catalog.PriceChange{Variant: found[(n+i)%2], To: shop.Cents(15_000 + i)})
				}
				errs[i] = c.SetPrices(t.Context(), "staff:1", changes, false)
			})
		}
		group.Wait()
		done := 0
		for _, err := range errs {
			var e *shop.Error
			if err == nil {
				done++
			} else if !errors.As(err, &e) || e.Kind != shop.KindConflict {
				t.Errorf("%v", err)
			}
		}
		if prices := strings.Fields(pricesOf(t, db, "T-9", "K-9")); done != 1 || prices[0] != prices[1] {
			t.Errorf("%d lists were taken, and the prices are %v", done, prices)
		}
	})
}
