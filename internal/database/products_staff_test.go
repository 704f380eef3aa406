package database_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestStaffFindProducts(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		kept := func(handle string, change func(p *shop.Product)) shop.Product {
			p := shoe(handle, 12_000, 13_000)
			change(&p)
			return p
		}
		var ids []shop.ProductID
		for _, p := range []shop.Product{
			kept("ridge", func(p *shop.Product) { p.Title, p.Vendor, p.Type = "Ridge 50%_off", "Hollow", "Shoes" }),
			kept("elan", func(p *shop.Product) { p.Title, p.Vendor, p.Status = "Élan", "Hollow", shop.ProductDraft }),
			kept("sock", func(p *shop.Product) {
				p.Title, p.Type, p.Status, p.Tags = `C:\sock`, "Socks", shop.ProductArchived, nil
			}),
			kept("empty", func(p *shop.Product) {
				p.Title, p.Vendor, p.Tags = "Empty", "Tarn", []shop.ProductTag{{Tag: "wide"}}
				for i := range p.Variants {
					p.Variants[i].Tracked, p.Variants[i].Stock, p.Variants[i].SKU, p.Variants[i].Barcode = true, shop.StockLevel{}, fmt.Sprintf("EM%%-%d", i), "400638"
				}
			}),
		} {
			ids = append(ids, insertProducts(t, db, p)[0].ID)
		}
		collection := makeCollection(t, db, ids[1:2])
		tests := []struct {
			name string
			q    database.ProductSearch
			want string
		}{
			{"all, the newest change first", database.ProductSearch{}, "empty sock elan ridge"},
			{"a tab", database.ProductSearch{Tab: "draft"}, "elan"},
			{"a vendor", database.ProductSearch{Vendor: "Hollow"}, "elan ridge"},
			{"a type", database.ProductSearch{Type: "Socks"}, "sock"},
			{"a tag", database.ProductSearch{Tag: "wide"}, "empty"},
			{"a collection", database.ProductSearch{Collection: &collection}, "elan"},
			{"words anywhere in any case", database.ProductSearch{Text: "hOLL iDge"}, "ridge"},
			{"every word counts", database.ProductSearch{Text: "hollow tarn"}, ""},
			{"letters with marks", database.ProductSearch{Text: "élan"}, "elan"},
			{"a percent sign is one", database.ProductSearch{Text: "50%_"}, "ridge"},
			{"and stands for nothing else", database.ProductSearch{Text: "5%f"}, ""},
			{"nor does an underscore", database.ProductSearch{Text: "50__off"}, ""},
			{"a backslash", database.ProductSearch{Text: `c:\s`}, "sock"},
			{"the beginning of an SKU", database.ProductSearch{Text: "em%-1"}, "empty"},
			{"the beginning of a barcode", database.ProductSearch{Text: "40063"}, "empty"},
			{"not the middle of one", database.ProductSearch{Text: "0638"}, ""},
			{"what no database would look for", database.ProductSearch{Text: "ri\x00d\xffge"}, "ridge"},
			{"out of stock", database.ProductSearch{Stock: "out"}, "empty"},
			{"few left", database.ProductSearch{Stock: "low", Tab: "active"}, "empty ridge"},
			{"SQL", database.ProductSearch{Text: "' OR 1=1 --", Vendor: "'"}, ""},
		}
		for _, tt := range tests {
			rows, next, err := db.SearchProducts(t.Context(), tt.q)
			var got []string
			for _, row := range rows {
				got = append(got, row.Handle)
			}
			if strings.Join(got, " ") != tt.want || next != nil || err != nil {
				t.Errorf("%s: %v, next %v, %v", tt.name, got, next, err)
			}
		}
	})
}

func TestTheListOfProductsIsPaged(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		var made []shop.Product
		for i := range 7 { // together, so that they are as new as each other
			made = append(made, shoe(fmt.Sprint("shoe-", i), 12_000, 9_000))
		}
		made = insertProducts(t, db, made...)
		var got []shop.ProductID
		q := database.ProductSearch{Limit: 3}
		for pages := 1; ; pages++ {
			rows, next, err := db.SearchProducts(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				got = append(got, row.ID)
				p := made[row.ID-made[0].ID]
				if row.Variants != 2 || row.PriceLow != 9_000 || row.PriceHigh != 12_000 || row.Picture == nil != (len(p.Images) == 0) {
					t.Errorf("the row is %+v", row)
				}
			}
			if next == nil {
				if pages != 3 {
					t.Errorf("there are %d pages", pages)
				}
				break
			}
			q.After = next
		}
		var want []shop.ProductID
		for _, p := range slices.Backward(made) {
			want = append(want, p.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestTabsAndWords(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		if words, err := db.ProductWords(t.Context()); err != nil || len(words.Vendors)+len(words.Types)+len(words.Tags) != 0 {
			t.Errorf("an empty shop has %+v, %v", words, err)
		}
		a, b, c := shoe("a", 1), shoe("b", 1), shoe("c", 1)
		a.Vendor, b.Vendor, c.Vendor, c.Status = "Zephyr", "Alp", "Alp", shop.ProductDraft
		a.Tags, b.Tags, c.Tags = []shop.ProductTag{{Tag: "road"}, {Tag: "b"}}, []shop.ProductTag{{Tag: "road"}}, nil
		a.Type, b.Type, c.Type = "Shoes", "Shoes", ""
		insertProducts(t, db, a, b, c)
		words, err := db.ProductWords(t.Context())
		want := database.ProductWords{Vendors: []string{"Alp", "Zephyr"}, Types: []string{"Shoes"}, Tags: []string{"b", "road"}}
		if diff := cmp.Diff(want, words); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		tabs, err := db.ProductTabs(t.Context())
		wantTabs := []database.TabCount{{Tab: "", N: 3}, {Tab: "active", N: 2}, {Tab: "draft", N: 1}, {}}
		wantTabs[3].Tab = "archived"
		if diff := cmp.Diff(wantTabs, tabs); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}
