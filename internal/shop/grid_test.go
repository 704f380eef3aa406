package shop_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func sized(titles ...[3]string) *shop.Product {
	p := &shop.Product{}
	for _, t := range titles {
		p.Variants = append(p.Variants, shop.Variant{Option1: t[0], Option2: t[1], Option3: t[2]})
	}
	return p
}

func TestVariantsStandInATable(t *testing.T) {
	tests := []struct {
		name string
		p    *shop.Product
		want shop.Grid
	}{
		{"sizes and widths, one missing", sized([3]string{"9", "D"}, [3]string{"9", "2E"}, [3]string{"10", "D"}),
			shop.Grid{Rows: []string{"9", "10"}, Columns: []string{"D", "2E"}, Cells: [][]int{{0, 1}, {2, -1}}}},
		{"sizes alone", sized([3]string{"9"}, [3]string{"10"}),
			shop.Grid{Rows: []string{"9", "10"}, Columns: []string{""}, Cells: [][]int{{0}, {1}}}},
		{"three options", sized([3]string{"9", "D", "Red"}, [3]string{"9", "D", "Blue"}),
			shop.Grid{Rows: []string{"9"}, Columns: []string{"D / Red", "D / Blue"}, Cells: [][]int{{0, 1}}}},
		{"twins show the first", sized([3]string{"9", "D"}, [3]string{"9", "D"}),
			shop.Grid{Rows: []string{"9"}, Columns: []string{"D"}, Cells: [][]int{{0}}}},
		{"nothing", &shop.Product{}, shop.Grid{Cells: [][]int{}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, shop.GridOf(tt.p)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	var apart [][3]string
	for i := range 2_048 {
		apart = append(apart, [3]string{fmt.Sprint(i), fmt.Sprint(-i)})
	}
	if g := shop.GridOf(sized(apart...)); len(g.Columns) != 1 || len(g.Rows) != 2_048 || g.Rows[5] != "5 / -5" || g.Cells[5][0] != 5 {
		t.Errorf("2,048 variants that share nothing are %d by %d", len(g.Rows), len(g.Columns))
	}
}

func FuzzGridOf(f *testing.F) {
	f.Add("9", "D", "9", "2E", "10", "D")
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g string) {
		p := sized([3]string{a, b}, [3]string{c, d}, [3]string{e, g})
		grid, seen := shop.GridOf(p), 0
		for r := range grid.Cells {
			for k, i := range grid.Cells[r] {
				if i < 0 {
					continue
				}
				if seen++; p.Variants[i].Option1 != grid.Rows[r] || p.Variants[i].Option2 != grid.Columns[k] {
					t.Fatalf("%d stands at %q, %q", i, grid.Rows[r], grid.Columns[k])
				}
			}
		}
		if seen == 0 || seen > 3 {
			t.Fatalf("%d variants stand in it", seen)
		}
	})
}
