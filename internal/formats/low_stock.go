package formats

import (
	"encoding/csv"
	"fmt"
	"io"

	"longrun/internal/shop"
)

// WriteLowStock writes sizes with their stock as CSV, with a heading. Texts that
// a spreadsheet would run are marked with an apostrophe.
func WriteLowStock(w io.Writer, lines []shop.StockLine) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"Product", "Size", "SKU", "Barcode", "On hand", "Held", "Free"}); err != nil {
		return err
	}
	for _, l := range lines {
		err := out.Write([]string{guard(l.ProductTitle), guard(l.Size()), guard(l.SKU), guard(l.Barcode),
			fmt.Sprint(l.OnHand), fmt.Sprint(l.Held), fmt.Sprint(l.Free())})
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
