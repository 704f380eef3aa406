package catalog_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/media"
	"longrun/internal/testneed"
)

// open is a catalog on a database, with a folder of its own for pictures.
func open(t testing.TB, db *database.DB) *catalog.Catalog {
	t.Helper()
	store, err := media.NewStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return catalog.New(db, store, media.NewLoopbackFetcher())
}

func importing(t testing.TB, c *catalog.Catalog, file []byte, dry bool) catalog.Report {
	t.Helper()
	report, err := c.Import(context.Background(), bytes.NewReader(file), catalog.ImportOptions{DryRun: dry, Who: "command"})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// realFile is a file of the folder of real exports, which stands beside the
// project on some machines only.
func realFile(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", name))
	if err != nil {
		testneed.Missing(t, "the real export ../shared/data/"+name)
	}
	return content
}

func TestRealExports(t *testing.T) {
	tests := []struct {
		name, file                 string
		products, variants, images int
	}{
		{"apparel", "shopify-partners-apparel.csv", 20, 22, 20},
		{"home and garden", "shopify-partners-home-and-garden.csv", 20, 21, 21},
		{"jewellery", "shopify-partners-jewelery.csv", 20, 23, 41},
		{"packt", "shopify-packt-product-data.csv", 20, 21, 21},
		{"furniture", "shopify-real-furniture-2026-metafields.csv", 56, 207, 245},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := realFile(t, tt.file)
			databasetest.Each(t, func(t *testing.T, db *database.DB) {
				c := open(t, db)
				dry, first := importing(t, c, file, true), importing(t, c, file, false)
				made := [3]int{first.Products.Made, first.Variants.Made, first.Images.Made}
				if diff := cmp.Diff([3]int{tt.products, tt.variants, tt.images}, made); diff != "" {
					t.Errorf("made (-want +got):\n%s\n%v", diff, first.Refused)
				}
				dry.DryRun = false
				if diff := cmp.Diff(dry, first); diff != "" {
					t.Errorf("the dry run said something else (-dry +real):\n%s", diff)
				}
				sameAgain(t, c, db, file)
				sameAgain(t, c, db, exported(t, c))
			})
		})
	}
}

func exported(t testing.TB, c *catalog.Catalog) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := c.Export(context.Background(), &b, catalog.ExportOptions{BaseURL: "https://shop.example"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sameAgain imports a file that should change nothing.
func sameAgain(t testing.TB, c *catalog.Catalog, db *database.DB, file []byte) {
	t.Helper()
	ctx := context.Background()
	last, err := db.LastChange(ctx)
	if err != nil {
		t.Fatal(err)
	}
	products, _ := db.ProductsAfter(ctx, 0, 1_000)
	report := importing(t, c, file, false)
	if p, v, i := report.Products, report.Variants, report.Images; p.Left != p.Total() || v.Left != v.Total() || i.Left != i.Total() || report.Moved != 0 {
		t.Errorf("the second import did something: %+v", report)
	}
	if now, _ := db.LastChange(ctx); now != last {
		t.Errorf("the second import wrote %d change rows", now-last)
	}
	again, _ := db.ProductsAfter(ctx, 0, 1_000)
	if diff := cmp.Diff(products, again); diff != "" {
		t.Errorf("the second import changed rows:\n%s", diff)
	}
}
