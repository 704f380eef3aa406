package staff

import (
	"fmt"
	"slices"
	"strings"

	"longrun/internal/shop"
)

// PasteChange is a cell that a paste would change.
type PasteChange struct{ ID, Place, From, To string }

// pasting puts a block from a spreadsheet into a sheet.
type pasting struct {
	product  *shop.Product
	grid     shop.Grid
	field    string
	typed    typed
	changes  []PasteChange
	wrong    []string
	put      map[string]string // by field
	position map[string]bool
}

// mostWrong is how many wrong cells are named.
const mostWrong = 50

// paste reads the block typed for a sheet. It changes the form only if
// nothing is wrong with any cell.
func (t typed) paste(p *shop.Product, field string) (changes []PasteChange, err error) {
	block, err := shop.ParseSheet(t["paste."+field])
	if err == nil && len(block) == 0 {
		err = shop.Invalid("There is nothing in it.")
	}
	w := &pasting{product: p, grid: shop.GridOf(p), field: field, typed: t, put: map[string]string{}, position: map[string]bool{}}
	if err == nil {
		w.block(trimmed(block))
		err = w.err()
	}
	if err != nil {
		e := shop.Invalid("Nothing is changed. %s", shop.MessageOf(err))
		e.Fields = map[string]string{"paste." + field: shop.MessageOf(err)}
		return nil, e
	}
	for name, text := range w.put {
		t[name] = text
	}
	delete(t, "paste."+field)
	return w.changes, nil
}

func (w *pasting) err() error {
	if len(w.wrong) == 0 {
		return nil
	}
	more := ""
	if n := len(w.wrong) - mostWrong; n > 0 {
		more = fmt.Sprintf(" And %d more.", n)
	}
	return shop.Invalid("%s%s", strings.Join(w.wrong[:min(len(w.wrong), mostWrong)], " "), more)
}

func (w *pasting) fault(format string, args ...any) {
	w.wrong = append(w.wrong, fmt.Sprintf(format, args...))
}

// trimmed takes blanks off cells and off the ends of rows, and blank rows out.
func trimmed(block [][]string) [][]string {
	var rows [][]string
	for _, row := range block {
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

func (w *pasting) block(rows [][]string) {
	switch {
	case len(rows) == 0:
		w.fault("There is nothing in it.")
	case len(rows) == 1 && len(rows[0]) == 1:
		w.everywhere(rows[0][0])
	case w.bySKU(rows):
	default:
		w.table(rows)
	}
}

// everywhere puts a single value into every cell, which is right for prices
// and counts and never for what names a variant.
func (w *pasting) everywhere(text string) {
	if w.field == fieldSKU || w.field == fieldBarcode {
		w.fault("One value cannot be the %s of every size.", sheetTitle(w.field))
		return
	}
	for r := range w.grid.Rows {
		for c := range w.grid.Columns {
			if w.grid.Cells[r][c] >= 0 {
				w.set(r, c, text)
			}
		}
	}
}

// bySKU takes two columns whose first is of SKUs, with a line of names above
// them or not.
func (w *pasting) bySKU(rows [][]string) bool {
	places := map[string][2]int{}
	for r := range w.grid.Rows {
		for c, n := range w.grid.Cells[r] {
			if n >= 0 && w.product.Variants[n].SKU != "" {
				places[lower(w.product.Variants[n].SKU)] = [2]int{r, c}
			}
		}
	}
	known := func(row []string) bool { _, ok := places[lower(row[0])]; return ok }
	if w.field == fieldSKU || !slices.ContainsFunc(rows, known) || slices.ContainsFunc(rows, func(row []string) bool { return len(row) > 2 }) {
		return false
	}
	if !known(rows[0]) && lower(rows[0][0]) == "sku" {
		rows = rows[1:]
	}
	for _, row := range rows {
		switch at, ok := places[lower(row[0])]; {
		case !ok:
			w.fault("This product has no SKU %q.", row[0])
		case len(row) == 2:
			w.set(at[0], at[1], row[1])
		}
	}
	return true
}

// table takes a block as it lies, with the names of widths above it and of
// sizes before it or not.
func (w *pasting) table(rows [][]string) {
	columns, rows := w.columns(rows)
	if columns == nil {
		return
	}
	named := len(rows) > 0 && widest(rows) == len(columns)+1
	if !named && len(rows) != len(w.grid.Rows) {
		w.fault("The block has %s and the table %d. Copy the column of sizes too, or as many rows as the table has.", several(len(rows), "one row", "rows"), len(w.grid.Rows))
		return
	}
	for i, row := range rows {
		r := i
		if named {
			if r = indexOf(w.grid.Rows, row[0]); r < 0 {
				w.fault("There is no %s %q.", lower(corner(w.product)), row[0])
				continue
			}
			row = row[1:]
		}
		for j, text := range row {
			if j >= len(columns) {
				w.fault("Row %d has more cells than the table has columns.", i+1)
				break
			}
			if text != "" {
				w.set(r, columns[j], text)
			}
		}
	}
}

// columns finds which column of the table each of the block's stands for, and
// takes their names off the block; nil where it cannot be known.
func (w *pasting) columns(rows [][]string) ([]int, [][]string) {
	all := make([]int, len(w.grid.Columns))
	for c := range all {
		all[c] = c
	}
	head := rows[0]
	isName := func(text string) bool { return text != "" && indexOf(w.grid.Columns, text) >= 0 }
	if !slices.ContainsFunc(head, isName) {
		if n := widest(rows); n > len(all)+1 {
			w.fault("The block has %d columns and the table %d.", n, len(all))
			return nil, nil
		}
		if lower(head[0]) == lower(corner(w.product)) || len(rows) == len(w.grid.Rows)+1 && w.isTitle(head) { // names of something else
			rows = rows[1:]
		}
		return all, rows
	}
	if !isName(head[0]) {
		head = head[1:]
	}
	var columns []int
	for _, name := range head {
		c := indexOf(w.grid.Columns, name)
		if c < 0 {
			w.fault("There is no column %q.", name)
		}
		columns = append(columns, c)
	}
	if len(w.wrong) > 0 {
		return nil, nil
	}
	return columns, rows[1:]
}

// isTitle says whether a row of a sheet of numbers has none.
func (w *pasting) isTitle(row []string) bool {
	return w.field != fieldSKU && w.field != fieldBarcode && !slices.ContainsFunc(row, func(text string) bool {
		_, err := w.value(text)
		return err == nil
	})
}

// set puts a value into a cell.
func (w *pasting) set(r, c int, text string) {
	place := placeName(w.product, &w.grid, r, c)
	key := fmt.Sprintf("n%dx%d", r, c)
	if n := w.grid.Cells[r][c]; n >= 0 {
		key = variantKey(w.product.Variants[n].ID)
	}
	name := variantField(key, w.field)
	if w.position[name] {
		w.fault("%s comes twice.", capital(place))
		return
	}
	w.position[name] = true
	value, err := w.value(text)
	if err != nil {
		w.fault("%s: %s", capital(place), shop.MessageOf(err))
		return
	}
	if from := w.typed[name]; from != value {
		w.put[name] = value
		w.changes = append(w.changes, PasteChange{ID: idOf(name), Place: place, From: from, To: value})
	}
}

// value is a text as the sheet's cells write it.
func (w *pasting) value(text string) (string, error) {
	switch w.field {
	case fieldPrice, fieldCompare:
		cents, err := shop.ParsePrice(text)
		return cents.Decimal(), err
	case fieldCount:
		n, err := shop.ParseCount(text)
		return fmt.Sprint(n), err
	}
	return text, nil
}

func widest(rows [][]string) int {
	n := 0
	for _, row := range rows {
		n = max(n, len(row))
	}
	return n
}

func indexOf(list []string, text string) int {
	return slices.IndexFunc(list, func(s string) bool { return lower(s) == lower(text) })
}

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
