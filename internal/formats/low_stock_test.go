package formats_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

func TestALowStockFileIsNoProgram(t *testing.T) {
	var b strings.Builder
	err := formats.WriteLowStock(&b, []shop.StockLine{
		{ProductTitle: "Tern, \"Ember\"", Option1: "9", Option2: "D", SKU: "-1+2", Barcode: "@x", OnHand: 3, Held: 1},
		{ProductTitle: "=cmd", Option1: shop.DefaultTitle, SKU: "\tx", OnHand: -2},
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%q %v", rows, err)
	}
	for i, want := range []string{"Product|Size|SKU|Barcode|On hand|Held|Free", "Tern, \"Ember\"|9 / D|'-1+2|'@x|3|1|2", "'=cmd||'\tx||-2|0|-2"} {
		if got := strings.Join(rows[i], "|"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
