package database_test

import (
	"fmt"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// BenchmarkLists reads pages of a shop of 1,000 products with 10 variants.
func BenchmarkLists(b *testing.B) {
	db := databasetest.Open(b, database.SQLite)
	var ids []shop.ProductID
	for range 10 {
		var products []shop.Product
		for range 100 {
			p := shoe(fmt.Sprintf("shoe-%d", len(ids)+len(products)), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
			p.Description = strings.Repeat("<p>A light shoe for long days.</p>", 20)
			p.Images = []shop.ProductImage{{Position: 1}, {Position: 2}, {Position: 3}}
			p.Tags = []shop.ProductTag{{Tag: "road"}, {Tag: "wide"}}
			products = append(products, p)
		}
		for _, p := range insertProducts(b, db, products...) {
			ids = append(ids, p.ID)
		}
	}
	all := makeCollection(b, db, ids)
	for _, sort := range shop.SortOrders() {
		for name, q := range map[string]database.ListQuery{
			"all":            {Sort: sort},
			"all/page=30":    {Sort: sort, Page: 30},
			"collection":     {Sort: sort, Collection: &all},
			"collection/p30": {Sort: sort, Collection: &all, Page: 30},
		} {
			b.Run(name+"/"+sort, func(b *testing.B) {
				for b.Loop() {
					if cards, _, err := db.ProductCards(b.Context(), q); err != nil || len(cards) != 24 {
						b.Fatal(len(cards), err)
					}
				}
			})
		}
	}
	b.Run("product", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.ProductByHandle(b.Context(), "shoe-500"); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("products.json of 250", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.ProductJSONPage(b.Context(), nil, 250, 1); err != nil {
				b.Fatal(err)
			}
		}
	})
}
