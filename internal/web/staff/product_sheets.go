package staff

import (
	"fmt"
	"strconv"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Sheet is one table of sizes down and widths across.
type Sheet struct {
	Key, Title string
	Corner     string
	Columns    []string
	Rows       []SheetRow
	Open       bool
	Paste      Field // where a block from a spreadsheet goes
	Wide       bool  // its cells hold more than a number
}

// SheetRow is a size.
type SheetRow struct {
	Head  string
	Cells []Cell
}

// Cell is a field of a sheet.
type Cell struct {
	Field
	Held    int64  // of the count, for shoppers who are paying
	Waiting string // "2 wait", beside the count; "" for nobody
	Missing bool   // this combination is not made
}

// sheetKinds are the tables in their order.
var sheetKinds = []struct {
	field, title, mode string
	open, wide         bool
}{
	{fieldPrice, "Price", "decimal", true, false},
	{fieldCount, "On hand", "numeric", true, false},
	{fieldCompare, "Compare-at price", "decimal", false, false},
	{fieldSKU, "SKU", "text", false, true},
	{fieldBarcode, "Barcode", "numeric", false, true},
}

func sheetTitle(field string) string {
	for _, k := range sheetKinds {
		if k.field == field {
			return k.title
		}
	}
	return field
}

// showSheets lays the tables out.
func (p *ProductPage) showSheets(stored *shop.Product) {
	grid := shop.GridOf(stored)
	p.Hidden = map[string]string{}
	for i, row := range grid.Rows {
		p.Hidden["row."+strconv.Itoa(i)] = row
	}
	for i, column := range grid.Columns {
		p.Hidden["col."+strconv.Itoa(i)] = column
	}
	for _, kind := range sheetKinds {
		s := Sheet{Key: kind.field, Title: kind.title, Columns: grid.Columns, Open: kind.open, Wide: kind.wide, Corner: corner(stored), Paste: p.F("paste."+kind.field, "Paste from a spreadsheet: "+kind.title)}
		for r := range grid.Rows {
			row := SheetRow{Head: sizeHead(grid.Rows[r])}
			for c := range grid.Columns {
				cell := p.cell(stored, &grid, kind.field, r, c)
				cell.Mode = kind.mode
				s.Open = s.Open || cell.Bad != "" || cell.Was != ""
				row.Cells = append(row.Cells, cell)
			}
			s.Rows = append(s.Rows, row)
		}
		s.Open = s.Open || s.Paste.Bad != ""
		p.Sheets = append(p.Sheets, s)
	}
	for i := range stored.Variants {
		v := &stored.Variants[i]
		p.Removable = append(p.Removable, p.F(variantField(variantKey(v.ID), "remove"), v.Title()))
	}
}

func (p *ProductPage) cell(stored *shop.Product, grid *shop.Grid, field string, r, c int) Cell {
	at := placeName(stored, grid, r, c)
	n := grid.Cells[r][c]
	if n < 0 {
		f := p.F(variantField(fmt.Sprintf("n%dx%d", r, c), field), sheetTitle(field)+", "+at+", not made yet")
		f.Off = len(stored.Options) > 2 || field == fieldCount && !p.MayCount
		return Cell{Field: f, Missing: true}
	}
	v := &stored.Variants[n]
	cell := Cell{Field: p.F(variantField(variantKey(v.ID), field), sheetTitle(field)+", "+at)}
	if field == fieldCount {
		cell.Held, cell.Waiting = v.Stock.Held, shop.Waiting(p.waits[v.ID], database.MostWaits)
		cell.Off = !p.MayCount || !v.Tracked && p.Typed["all.tracked"] != "yes"
	}
	return cell
}

// placeName names a cell as people do: "size 9, width D".
func placeName(p *shop.Product, grid *shop.Grid, r, c int) string {
	first, second := "size", "width"
	if len(p.Options) > 0 {
		first = lower(p.Options[0].Name)
	}
	if len(p.Options) > 1 {
		second = lower(p.Options[1].Name)
	}
	if p.HasOnlyDefaultVariant() {
		return "the only one"
	}
	if grid.Columns[c] == "" {
		return first + " " + grid.Rows[r]
	}
	return first + " " + grid.Rows[r] + ", " + second + " " + grid.Columns[c]
}

func corner(p *shop.Product) string {
	if len(p.Options) == 0 {
		return "All"
	}
	return p.Options[0].Name
}

func sizeHead(value string) string {
	if value == shop.DefaultTitle {
		return "One size"
	}
	return value
}
