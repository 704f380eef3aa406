package staff

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"longrun/internal/shop"
)

// sheetOf are the rows of a sheet that was sent, by product and size.
func sheetOf(lines map[shop.VariantID]shop.StockLine, form url.Values) []CountRow {
	rows := make([]CountRow, 0, len(lines))
	for id, l := range lines {
		row := CountRow{StockLine: l, Seen: l.OnHand, Counted: strings.TrimSpace(form.Get(fmt.Sprintf("counted-%d", id)))}
		if seen, err := parseSeen(form.Get(fmt.Sprintf("seen-%d", id))); err == nil {
			row.Seen = seen
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b CountRow) int {
		return cmp.Or(cmp.Compare(a.ProductTitle, b.ProductTitle), cmp.Compare(a.ProductID, b.ProductID),
			cmp.Compare(a.Position, b.Position), cmp.Compare(a.VariantID, b.VariantID))
	})
	return rows
}
