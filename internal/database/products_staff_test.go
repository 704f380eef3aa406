package database_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

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

// series counts in SQL from 0.
func series(kind database.Kind, name string, n int) string {
	if kind == database.Postgres {
		return fmt.Sprintf("generate_series(0, %d) AS %s(n)", n-1, name)
	}
	return fmt.Sprintf("(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < %d) SELECT n FROM s) AS %s", n-1, name)
}

// fillShop makes products of 44 sizes each by plain SQL. A third of the sizes
// are sold out, and so is every hundredth product.
func fillShop(t testing.TB, db *database.DB, kind database.Kind, products int) {
	t.Helper()
	no, yes, at := "0", "1", "1700000000000000 + p.n * 1000000"
	if kind == database.Postgres {
		no, yes, at = "false", "true", "timestamptz '2026-01-01' + p.n * interval '1 second'"
	}
	writer, _ := db.Pools()
	conn, err := writer.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if kind == database.Postgres {
		if _, err := conn.ExecContext(t.Context(), "SET statement_timeout = 0"); err != nil {
			t.Fatal(err)
		}
	}
	for _, statement := range []string{
		`INSERT INTO products (id, handle, title, description, vendor, category, type, status, published, seo_title, seo_text, gift_card, family, colour,
			order_limit, gender, surface, support, cushioning, drop_mm, heel_mm, forefoot_mm, weight_grams, released, fit_note, price_low, created_at, updated_at, version)
		SELECT p.n + 1, 'shoe-' || p.n, 'Shoe Number ' || p.n, '` + strings.Repeat("A light shoe for long days. ", 25) + `', 'Vendor ' || (p.n % 40), '', 'Type ' || (p.n % 9),
			CASE p.n % 10 WHEN 0 THEN 'draft' WHEN 1 THEN 'archived' ELSE 'active' END, ` + yes + `, '', '', ` + no + `, '', '', 0, '', '', '', '', 0, 0, 0, 0, '', '', 12000, ` + at + `, ` + at + `, 1
		FROM ` + series(kind, "p", products),
		`INSERT INTO product_tags (product_id, tag) SELECT p.n + 1, 'tag ' || ((p.n + k.n) % 60) FROM ` + series(kind, "p", products) + `, ` + series(kind, "k", 3),
		`INSERT INTO variants (id, product_id, position, option1, option2, option3, sku, barcode, price, grams, weight_unit, tracked, policy, taxable, tax_code, requires_shipping, image_source, created_at, updated_at)
		SELECT p.n * 44 + k.n + 1, p.n + 1, k.n, 'size ' || (k.n / 2), CASE k.n % 2 WHEN 0 THEN 'D' ELSE '2E' END, '', 'SKU-' || p.n || '-' || k.n, '' || (4000000000 + p.n * 44 + k.n),
			12000, 0, 'g', ` + yes + `, 'deny', ` + yes + `, '', ` + yes + `, '', ` + at + `, ` + at + `
		FROM ` + series(kind, "p", products) + `, ` + series(kind, "k", 44),
		`INSERT INTO stock_levels (variant_id, place, on_hand, held)
		SELECT p.n * 44 + k.n + 1, 'shop', CASE WHEN p.n % 100 = 0 OR (p.n + k.n) % 3 = 0 THEN 0 ELSE 4 + k.n END, 0
		FROM ` + series(kind, "p", products) + `, ` + series(kind, "k", 44),
		"ANALYZE",
	} {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%.80s: %v", statement, err)
		}
	}
}

// TestStaffListsAreQuick measures; LONGRUN_TEST_LONG=1 makes the shop large
// and the limit count.
func TestStaffListsAreQuick(t *testing.T) {
	products, long := 200, os.Getenv("LONGRUN_TEST_LONG") == "1"
	if long {
		products = 20_000
	}
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			db := databasetest.Open(t, kind)
			fillShop(t, db, kind, products)
			rows, _, err := db.SearchProducts(t.Context(), database.ProductSearch{})
			if err != nil || len(rows) != 50 {
				t.Fatal(len(rows), err)
			}
			cursor := rows[49].Cursor()
			for name, q := range map[string]database.ProductSearch{
				"first page": {}, "second page": {After: &cursor}, "drafts": {Tab: "draft"}, "vendor": {Vendor: "Vendor 7"}, "no vendor": {Vendor: "nobody"},
				"vendor and type": {Vendor: "Vendor 7", Type: "Type 3"}, "tag": {Tag: "tag 7"}, "no tag": {Tag: "none"},
				"a word": {Text: "shoe"}, "three words": {Text: "shoe number vendor"}, "a rare word": {Text: "number-123"}, "no word": {Text: "sandal"}, "words and a tab": {Text: "sandal", Tab: "draft"},
				"an SKU": {Text: "sku-123-4"}, "many SKUs": {Text: "SKU-"}, "a barcode": {Text: "4000000123"},
				"out": {Stock: "out"}, "out and active, none": {Stock: "out", Tab: "active"}, "out of a vendor": {Stock: "out", Vendor: "Vendor 7"}, "low": {Stock: "low"}, "out and a word": {Stock: "out", Text: "sandal"}, "low and a word": {Stock: "low", Text: "19"},
			} {
				measure(t, name, long, func() error {
					_, _, err := db.SearchProducts(t.Context(), q)
					return err
				})
			}
			measure(t, "tabs", long, func() error { _, err := db.ProductTabs(t.Context()); return err })
			measure(t, "words", long, func() error { _, err := db.ProductWords(t.Context()); return err })
		})
	}
}

func measure(t *testing.T, name string, counts bool, do func() error) {
	t.Helper()
	var took []time.Duration
	for range 7 {
		start := time.Now()
		if err := do(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	t.Logf("%-20s %6.1f ms", name, float64(took[3].Microseconds())/1000)
	most := 50 * time.Millisecond
	if strings.HasPrefix(name, "out") { // one that finds next to nothing asks every product
		most = 250 * time.Millisecond
	}
	if counts && took[3] > most {
		t.Errorf("%s takes %v at the median", name, took[3])
	}
}
