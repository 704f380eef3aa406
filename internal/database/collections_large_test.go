package database_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// numbers is the beginning of a statement that has the numbers from 1 to n.
const numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "

// largeCatalog makes products with long descriptions and 45 variants each, and
// 40 collections, of which the first has 5,000 products.
func largeCatalog(t *testing.T, db *database.DB, products int) {
	t.Helper()
	seed := insertProducts(t, db, shoe("seed", 100))[0].ID
	prose := strings.Repeat("<p>A light shoe for long days.</p>", 40)
	var columns, variants []string
	for _, c := range []struct {
		table string
		list  *[]string
		own   map[string]string
	}{
		{"products", &columns, map[string]string{"id": "1000 + i", "handle": "'maker-shoe-' || CAST(i AS TEXT)", "title": "'Maker ' || CASE WHEN i % 7 = 0 THEN 'Tern' ELSE 'Kite' END || ' Shoe ' || CAST(i AS TEXT)", "description": "'" + prose + "'"}},
		{"variants", &variants, map[string]string{"id": "1000 + n.i * 64 + m.i", "product_id": "1000 + n.i", "option1": "CAST(m.i AS TEXT)", "sku": "'SKU-' || CAST(n.i AS TEXT) || '-' || CAST(m.i AS TEXT)"}},
	} {
		for _, column := range columnNames(t, db, c.table) {
			if own := c.own[column]; own != "" {
				*c.list = append(*c.list, own)
			} else {
				*c.list = append(*c.list, "s."+column)
			}
		}
	}
	for from := 0; from < products; from += 1000 {
		for _, statement := range []string{
			"INSERT INTO products (%[3]s) SELECT %[4]s FROM n, products s WHERE s.id = %[7]d",
			"INSERT INTO variants (%[5]s) SELECT %[6]s FROM n, m, variants s WHERE s.product_id = %[7]d",
		} {
			statement = fmt.Sprintf("WITH RECURSIVE n (i) AS (SELECT %[1]d UNION ALL SELECT i + 1 FROM n WHERE i < %[2]d), m (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM m WHERE i < 45) "+statement,
				from+1, from+1000, strings.Join(columnNames(t, db, "products"), ", "), strings.Join(columns, ", "),
				strings.Join(columnNames(t, db, "variants"), ", "), strings.Join(variants, ", "), seed)
			transact(t, db, func(ctx context.Context, tx *database.Tx) error { return database.Exec(ctx, tx, statement) })
		}
	}
	for i := range 40 {
		size := 500
		if i == 0 {
			size = 5000
		}
		c := shop.Collection{Handle: fmt.Sprintf("c%d", i), Title: fmt.Sprintf("Collection %d", i), Position: i + 1}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			if err := tx.InsertCollection(ctx, &c); err != nil {
				return err
			}
			return database.Exec(ctx, tx, fmt.Sprintf(numbers+"INSERT INTO collection_products (collection_id, product_id, position) SELECT %d, 1000 + i, i FROM n", size, c.ID))
		})
	}
	analyse(t, db)
}

// columnNames are the columns of a table.
func columnNames(t *testing.T, db *database.DB, table string) []string {
	t.Helper()
	var names []string
	for _, c := range columnsOf(t, db) {
		if c.Relation == table {
			names = append(names, c.Name)
		}
	}
	return names
}

// analyse does what the engines do by themselves in time.
func analyse(t *testing.T, db *database.DB) {
	t.Helper()
	writer, _ := db.Pools()
	statement := map[database.Kind]string{database.SQLite: "ANALYZE", database.Postgres: "VACUUM ANALYZE products, collection_products, collections"}[db.Kind()]
	if _, err := writer.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// TestPagesOfCollectionsAreFastInALargeShop asks what the pages of staff ask
// of 20,000 products with 900,000 variants.
func TestPagesOfCollectionsAreFastInALargeShop(t *testing.T) {
	if os.Getenv("LONGRUN_TEST_LONG") != "1" {
		t.Skip("LONGRUN_TEST_LONG=1 measures a large shop")
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		largeCatalog(t, db, 20_000)
		list, err := db.AllCollections(t.Context())
		if err != nil || len(list) != 40 || list[0].Products != 5000 {
			t.Fatalf("%d collections, %v", len(list), err)
		}
		id := list[0].ID
		asks := map[string]func() (int, error){
			"all collections": func() (int, error) { l, err := db.AllCollections(t.Context()); return len(l), err },
			"the first products": func() (int, error) {
				l, err := db.CollectionMembers(t.Context(), id, 1, 51)
				return len(l), err
			},
			"the last products": func() (int, error) {
				l, err := db.CollectionMembers(t.Context(), id, 4950, 51)
				return len(l), err
			},
			"a common word":   candidates(t, db, id, "shoe"),
			"two words":       candidates(t, db, id, "tern 77"),
			"nothing":         candidates(t, db, id, "heron"),
			"an SKU":          candidates(t, db, id, "SKU-4999-7"),
			"a handle":        candidates(t, db, id, "maker-shoe-4999"),
			"how many it has": func() (int, error) { return db.CollectionSize(t.Context(), id) },
		}
		for name, ask := range asks {
			var times []time.Duration
			for range 9 {
				began := time.Now()
				n, err := ask()
				if err != nil || n == 0 && name != "nothing" {
					t.Fatalf("%s: %d, %v", name, n, err)
				}
				times = append(times, time.Since(began))
			}
			slices.Sort(times)
			t.Logf("%s: %v", name, times[4].Round(10*time.Microsecond))
			if times[4] > 50*time.Millisecond {
				t.Errorf("%s takes %v at the median", name, times[4])
			}
		}
		order, err := db.CollectionOrder(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		var ids []shop.ProductID
		for _, row := range order {
			ids = append(ids, row.ProductID)
		}
		began := time.Now()
		setProducts(t, db, id, shop.Rearrange(ids, map[shop.ProductID]int{ids[len(ids)-1]: 1})...)
		t.Logf("the last of 5,000 to the front: %v", time.Since(began).Round(time.Millisecond))
	})
}

func candidates(t *testing.T, db *database.DB, id shop.CollectionID, text string) func() (int, error) {
	return func() (int, error) {
		l, err := db.CollectionCandidates(t.Context(), id, text, 21)
		return len(l), err
	}
}
