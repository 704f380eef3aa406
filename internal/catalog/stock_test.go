package catalog_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func counted(quantity string) []byte {
	return []byte("Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy\na,A,5,shopify," + quantity + "\n")
}

// sell takes pieces out of the shop as an order does, or puts them back.
func sell(t testing.TB, db *database.DB, v shop.Variant, n int64, cause string) {
	t.Helper()
	err := db.Transact(context.Background(), func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.CorrectStock(ctx, shop.StockMovement{
			VariantID: v.ID, Delta: -n, CauseKind: "order", CauseID: cause, Step: "sold", Who: shop.ByShopper,
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOneFileCountsAVariantOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		importing(t, c, counted("5,deny"), false)
		v := product(t, db, "a").Variants[0]
		sell(t, db, v, 1, "1")
		report := importing(t, c, counted("5,deny"), false)
		if got := product(t, db, "a").Variants[0].Stock.OnHand; got != 4 || report.Kept != 1 || report.Moved != 0 || report.Products.Left != 1 {
			t.Errorf("the same file again leaves %d and reports %+v", got, report)
		}
		report = importing(t, c, counted("9,deny"), false)
		if got := product(t, db, "a").Variants[0].Stock.OnHand; got != 9 || report.Moved != 1 {
			t.Errorf("another file leaves %d and reports %+v", got, report)
		}
		sell(t, db, v, 2, "2")
		importing(t, c, counted("9,deny"), false)
		if got := product(t, db, "a").Variants[0].Stock.OnHand; got != 7 {
			t.Errorf("the other file again leaves %d", got)
		}
	})
}

func TestCounts(t *testing.T) {
	tests := []struct {
		name, file string
		want       int64
		tracked    bool
		note       string
	}{
		{"a count", string(counted("5,deny")), 5, true, ""},
		{"a count with a decimal part of zeros", string(counted("5.0,deny")), 5, true, ""},
		{"below zero is none where nothing is sold beyond", string(counted("-2,deny")), 0, true, "the count -2 becomes 0"},
		{"below zero is kept where it is", string(counted("-2,continue")), -2, true, ""},
		{"a blank count of a new variant is none", string(counted(",deny")), 0, true, ""},
		{"no quantity column", "Handle,Title,Variant Price,Variant Inventory Tracker\na,A,5,shopify\n", 0, true, ""},
		{"a count without a tracker is no count", "Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\na,A,5,,1\n", 0, false, ""},
		{"no price is told", "Handle,Title\na,A\n", 0, false, "has no price and costs $0.00"},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		for i, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				handle := fmt.Sprintf("a-%d", i)
				file := []byte(strings.Replace(tt.file, "\na,", "\n"+handle+",", 1))
				report := importing(t, c, file, false)
				v := product(t, db, handle).Variants[0]
				if v.Stock.OnHand != tt.want || v.Tracked != tt.tracked || (v.Stock.VariantID != 0) != tt.tracked {
					t.Errorf("the variant is %+v", v)
				}
				if (len(report.Notes) == 1) != (tt.note != "") || len(report.Notes) == 1 && !strings.Contains(report.Notes[0].Message, tt.note) {
					t.Errorf("the notes are %+v", report.Notes)
				}
				sameAgain(t, c, db, file)
			})
		}
	})
}

func TestACountLeavesWhatIsHeldAlone(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		importing(t, c, counted("5,deny"), false)
		v := product(t, db, "a").Variants[0]
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.HoldStock(ctx, v.ID, 3, false)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		importing(t, c, counted("4,deny"), false)
		if s := product(t, db, "a").Variants[0].Stock; s.OnHand != 4 || s.Held != 3 {
			t.Errorf("the stock is %+v", s)
		}
		report := importing(t, c, counted("2,deny"), false)
		if s := product(t, db, "a").Variants[0].Stock; s.OnHand != 4 || len(report.Refused) != 1 ||
			!strings.Contains(report.Refused[0].Message, "3 pieces are held") {
			t.Errorf("the stock is %+v, the report %+v", s, report)
		}
		importing(t, c, counted("2,continue"), false)
		if s := product(t, db, "a").Variants[0].Stock; s.OnHand != 2 || s.Held != 3 {
			t.Errorf("with policy continue the stock is %+v", s)
		}
		report = importing(t, c, counted(",deny"), false)
		if report.Products.Refused != 1 {
			t.Errorf("policy deny with more held than there are: %+v", report)
		}
	})
}

func TestAVariantIsCountedFromTheFileThatSaysSo(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		importing(t, c, []byte("Handle,Title,Variant Price\na,A,5\n"), false)
		report := importing(t, c, counted("5,deny"), false)
		if v := product(t, db, "a").Variants[0]; !v.Tracked || v.Stock.OnHand != 5 || report.Moved != 1 || report.Variants.Changed != 1 {
			t.Errorf("the variant is %+v, the report %+v", v, report)
		}
	})
}

// TestWhatStandsInTheWayOfABatch: someone holds pieces after the file was
// checked. The product is refused and its neighbours are written.
func TestWhatStandsInTheWayOfABatchRefusesOneProduct(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		importing(t, c, counted("5,deny"), false)
		v := product(t, db, "a").Variants[0]
		held := false
		file := strings.NewReader(string(counted("1,deny")) + "b,B,5,shopify,1,deny\n")
		report, err := c.Import(t.Context(), file, catalog.ImportOptions{Who: "command", Progress: func(stage string, _, _ int) {
			if stage == "checked" && !held {
				held = true
				_ = db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
					_, err := tx.HoldStock(ctx, v.ID, 3, false)
					return err
				})
			}
		}})
		if err != nil || report.Products != (catalog.Count{Made: 1, Refused: 1}) {
			t.Errorf("the report is %+v, %v", report, err)
		}
		if s := product(t, db, "a").Variants[0].Stock; s.OnHand != 5 || s.Held != 3 {
			t.Errorf("the stock is %+v", s)
		}
	})
}
