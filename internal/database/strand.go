package database

import (
	"context"
	"strings"
)

// strand is a way through a table in the order of a list: the rows that meet
// one condition, along an index that has them in that order. A list with
// several conditions follows the thinnest of its strands and looks at the rest
// of them row by row.
type strand struct {
	index     string // that SQLite must use, since it has no statistics
	condition string
	args      []any
	arms      []strand // where the condition has several values: each of them, which the index has in order
}

// mostWalked is how many rows of a strand are looked at for one page.
const mostWalked = 2_500

// along is a table as it is read by an index.
func (r Reader) along(table, index string) string {
	if r.kind == SQLite && index != "" {
		return table + " INDEXED BY " + index
	}
	return table
}

// thinnest puts the strand with the fewest rows first, counted as far as they
// would be walked.
func (r Reader) thinnest(ctx context.Context, table string, strands []strand) error {
	if len(strands) < 2 {
		return nil
	}
	var counts []string
	var args []any
	for _, s := range strands {
		counts = append(counts, "SELECT count(*) AS n FROM (SELECT 1 FROM "+r.along(table, s.index)+" WHERE "+s.condition+" LIMIT ?) c")
		args = append(append(args, s.args...), mostWalked)
	}
	var rows []int
	err := r.raw(ctx, &rows, strings.Join(counts, " UNION ALL "), args...)
	for i, n := range rows {
		if n < rows[0] {
			rows[0], rows[i] = n, rows[0]
			strands[0], strands[i] = strands[i], strands[0]
		}
	}
	return err
}

// joined is what all strands but some want of a row.
func joined(strands []strand) (string, []any) {
	condition, args := "1 = 1", []any{}
	for _, s := range strands {
		condition, args = condition+" AND "+s.condition, append(args, s.args...)
	}
	return condition, args
}
