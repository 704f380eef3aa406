package catalog_test

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"time"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

// largeFile has products of 10 variants and 3 images.
func largeFile(products int) []byte {
	var b bytes.Buffer
	b.WriteString("Handle,Title,Body (HTML),Tags,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Image Src,Image Position\n")
	for i := range products {
		for j := range 10 {
			image := ","
			if j < 3 {
				image = fmt.Sprintf("https://pictures.example/%d-%d.jpg,%d", i, j, j+1)
			}
			if j == 0 {
				fmt.Fprintf(&b, "shoe-%d,Shoe %d,<p>A light shoe for long days.</p>,\"road, wide\",Size,%d,S-%d-%d,shopify,4,120.00,%s\n", i, i, j, i, j, image)
			} else {
				fmt.Fprintf(&b, "shoe-%d,,,,,%d,S-%d-%d,shopify,4,120.00,%s\n", i, j, i, j, image)
			}
		}
	}
	return b.Bytes()
}

// TestALargeImportWritesInShortTransactions measures; LONGRUN_TEST_LONG=1
// makes it large.
func TestALargeImportWritesInShortTransactions(t *testing.T) {
	products := 60
	if os.Getenv("LONGRUN_TEST_LONG") == "1" {
		products = 2_000
	}
	file := largeFile(products)
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		start := time.Now()
		last, slowest := start, time.Duration(0)
		report, err := c.Import(t.Context(), bytes.NewReader(file), catalog.ImportOptions{Who: "command", Progress: func(stage string, _, _ int) {
			if stage == "written" {
				slowest = max(slowest, time.Since(last))
			}
			last = time.Now()
		}})
		if err != nil || report.Products.Made != products || report.Images.Made != 3*products {
			t.Fatalf("the report is %+v, %v", report, err)
		}
		first := time.Since(start)
		start = time.Now()
		importing(t, c, file, false)
		t.Logf("%d products in %v, the slowest batch %v; again, without work, in %v", products, first, slowest, time.Since(start))
		if slowest > 5*time.Second {
			t.Errorf("a batch took %v", slowest)
		}
	})
}
