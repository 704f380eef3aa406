package shop

import "strings"

// Grid is a product's variants as a table: its sizes down, its widths across.
type Grid struct {
	Rows    []string // values of option 1
	Columns []string // values of the other options, joined as in titles; one column "" where there is none
	Cells   [][]int  // by row and column the index of the variant, -1 where there is none
}

// GridOf lays out a product's variants, rows and columns in the order in which
// their values come first. Variants of which hardly two share a row stand in
// one column, by their titles.
func GridOf(p *Product) Grid {
	var g Grid
	rows, columns := map[string]int{}, map[string]int{}
	for i := range p.Variants {
		v := &p.Variants[i]
		place(rows, &g.Rows, v.Option1)
		place(columns, &g.Columns, across(v))
	}
	if len(g.Rows)*len(g.Columns) > maxGridCells {
		return listOf(p)
	}
	g.Cells = make([][]int, len(g.Rows))
	for r := range g.Cells {
		g.Cells[r] = make([]int, len(g.Columns))
		for c := range g.Cells[r] {
			g.Cells[r][c] = -1
		}
	}
	for i := range p.Variants {
		v := &p.Variants[i]
		cell := &g.Cells[rows[v.Option1]][columns[across(v)]]
		if *cell < 0 {
			*cell = i
		}
	}
	return g
}

// maxGridCells keeps a product whose variants share nothing from becoming a
// table of millions of empty cells.
const maxGridCells = 10_000

func listOf(p *Product) Grid {
	g := Grid{Columns: []string{""}}
	for i := range p.Variants {
		g.Rows, g.Cells = append(g.Rows, p.Variants[i].Title()), append(g.Cells, []int{i})
	}
	return g
}

// across is what a variant's column is called.
func across(v *Variant) string {
	if v.Option3 == "" {
		return v.Option2
	}
	return strings.Join([]string{v.Option2, v.Option3}, " / ")
}

func place(at map[string]int, list *[]string, value string) {
	if _, known := at[value]; !known {
		at[value] = len(*list)
		*list = append(*list, value)
	}
}
