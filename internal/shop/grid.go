package shop

// Grid is a product's variants as a table: sizes down, widths across.
type Grid struct {
	Rows    []string // values of option 1
	Columns []string // values of option 2; one column named "" where there is none
	Cells   [][]int  // by row and column the index of the variant, -1 where there is none
}
