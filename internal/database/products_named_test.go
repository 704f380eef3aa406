package database_test

import (
	"testing"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestNamesAndSizesOutOfProductsOfAnyStatus(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		var ids []shop.ProductID
		for _, p := range []shop.Product{
			{Handle: "tern", Title: "Tern", Status: shop.ProductDraft, Variants: []shop.Variant{counted("9", 0), counted("10", 3), {Option1: "11"}}},
			{Handle: "kelp", Title: "Kelp", Status: shop.ProductActive, Variants: []shop.Variant{counted("9", 1)}},
		} {
			p.Options = []shop.ProductOption{{Name: "Size"}}
			if err := catalog.New(db, nil, nil).Create(t.Context(), "test", &p); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, p.ID)
		}
		rows, _, err := db.SearchProducts(t.Context(), database.ProductSearch{})
		if err != nil || len(rows) != 2 || rows[0].Out != 0 || rows[1].Out != 1 || rows[1].Variants != 3 {
			t.Errorf("%+v %v", rows, err)
		}
		names, err := db.ProductNames(t.Context(), append(ids, 1<<40))
		if err != nil || len(names) != 2 || names[0].Title != "Kelp" || names[1].Status != shop.ProductDraft {
			t.Errorf("%+v %v", names, err)
		}
		for _, none := range [][]shop.ProductID{nil, {1 << 40}} {
			if names, err := db.ProductNames(t.Context(), none); err != nil || len(names) != 0 {
				t.Errorf("%+v %v", names, err)
			}
		}
	})
}

func counted(size string, n int64) shop.Variant {
	return shop.Variant{Option1: size, Price: 1, Tracked: true, Stock: shop.StockLevel{Place: shop.PlaceShop, OnHand: n}}
}
