package formats

import (
	"strings"

	"longrun/internal/shop"
)

// head is the first line of a product file.
type head struct {
	names  []string       // columnName of each cell
	place  map[Column]int // of the columns that the shop reads
	extras []int          // places of the columns that are only kept
}

func newHead(cells []string, line int) (*head, error) {
	h := &head{place: map[Column]int{}}
	seen := map[string]bool{}
	for i, cell := range cells {
		name := columnName(unguard(cell))
		h.names = append(h.names, name)
		column, isKnown := known[normal(name)]
		key := normal(name)
		if isKnown {
			key = string(column)
		}
		switch {
		case name == "":
			continue
		case seen[key]:
			return nil, shop.Invalid("line %d names the column %q twice", line, name)
		case isKnown:
			h.place[column] = i
		default:
			h.extras = append(h.extras, i)
		}
		seen[key] = true
	}
	_, hasHandle := h.place[Handle]
	_, hasTitle := h.place[Title]
	if !hasHandle && !hasTitle {
		return nil, shop.Invalid("line %d names neither a Handle nor a Title column, so this is no product file", line)
	}
	return h, nil
}

// ProductRow is one row of a product file.
type ProductRow struct {
	Line  int // of its first cell, from 1
	head  *head
	cells []string
}

// Extra is a cell of a column that the shop does not read and only keeps.
type Extra struct {
	Name      string // a metafield's key, else the header
	Value     string // trimmed; "" takes a kept value away
	OfVariant bool
}

// Cell is the text in a column, and whether the row has the column at all: a
// line that ends early says nothing about the columns it does not reach. The
// text is trimmed of spaces of any kind. In columns of one line each run of
// spaces, no-break ones too, is one space.
func (row ProductRow) Cell(c Column) (text string, present bool) {
	i, ok := row.head.place[c]
	if !ok || i >= len(row.cells) {
		return "", false
	}
	text = strings.TrimSpace(row.cells[i])
	if c != Body && c != SEODescription && c != FitNote {
		text = strings.Join(strings.Fields(text), " ")
	}
	return unguard(text), true
}

// Text is the text of Cell, "" also where the column is absent.
func (row ProductRow) Text(c Column) string {
	text, _ := row.Cell(c)
	return text
}

// Extras are the cells of the columns that are only kept, blank ones too.
func (row ProductRow) Extras() []Extra {
	var extras []Extra
	for _, i := range row.head.extras {
		if i < len(row.cells) {
			name := row.head.names[i]
			extras = append(extras, Extra{
				Name: name, Value: unguard(strings.TrimSpace(row.cells[i])), OfVariant: ofVariant(name),
			})
		}
	}
	return extras
}

// IsVariant says whether the row describes a variant: it gives an option's
// value, a price or a SKU.
func (row ProductRow) IsVariant() bool {
	for _, c := range []Column{Option1Value, Option2Value, Option3Value, Price, SKU} {
		if row.Text(c) != "" {
			return true
		}
	}
	return false
}
