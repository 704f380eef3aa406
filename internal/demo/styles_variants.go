package demo

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// Variant is one size and width of a product. Accessories have a Size only.
type Variant struct {
	Size           string
	Width          string
	SKU            string
	Cents          int64
	CompareAtCents int64 // zero unless on sale
	Grams          int   // the parcel's weight: a pair with its box
	Stock          int   // pieces on hand, from 0 to 14
}

const boxGrams = 320

// Variants returns the sizes and widths of a colourway, by size and then by width, with their stock. The
// stock follows from the SKU alone: the same shop is filled every time.
func (s Style) Variants(c Colourway) []Variant {
	var out []Variant
	for _, size := range Sizes(s.Gender) {
		for _, width := range c.Widths {
			v := Variant{Size: size, Width: width, SKU: s.sku(c, size, width), Cents: s.Cents, Grams: 2*s.WeightGrams + boxGrams}
			if c.SaleCents > 0 {
				v.Cents, v.CompareAtCents = c.SaleCents, s.Cents
			}
			if !slices.Contains(c.SoldOut, size) {
				v.Stock = stockOf(v.SKU)
			}
			out = append(out, v)
		}
	}
	return out
}

// Sizes returns the US sizes in which shoes of a gender are made: halves up to where feet become rare, then
// whole sizes. Unisex shoes are numbered as men's.
func Sizes(gender string) []string {
	switch gender {
	case Women:
		return append(halves(5, 11), "12")
	case Men:
		return append(halves(7, 13), "14", "15")
	}
	return halves(5, 13)
}

func halves(from, to int) []string {
	var out []string
	for half := 2 * from; half <= 2*to; half++ {
		size := strconv.Itoa(half / 2)
		if half%2 == 1 {
			size += ".5"
		}
		out = append(out, size)
	}
	return out
}

// sku is made of maker, style and colour in letters, and of the size in tenths: PEL-MILL-HAR-095-2E.
func (s Style) sku(c Colourway, size, width string) string {
	tenths := strings.ReplaceAll(size, ".", "")
	if !strings.Contains(size, ".") {
		tenths += "0"
	}
	number := strings.Repeat("0", 3-len(tenths)) + tenths
	return strings.Join([]string{letters(s.Maker, 3), letters(s.Title, 4), letters(c.Name, 3), number, width}, "-")
}

func letters(name string, n int) string {
	return strings.ToUpper(strings.ReplaceAll(slug(name), "-", "")[:n])
}

// stockOf leaves about one size in twelve sold out and one in six with a last pair or two.
func stockOf(sku string) int {
	h := fnv.New32a()
	h.Write([]byte(sku))
	n := h.Sum32()
	n ^= n >> 15
	switch at := n % 24; {
	case at < 2:
		return 0
	case at < 6:
		return 1 + int(n>>8%2)
	}
	return 3 + int(n>>8%12)
}
