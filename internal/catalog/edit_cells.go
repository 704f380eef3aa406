package catalog

import (
	"slices"
	"strconv"
	"strings"

	"longrun/internal/shop"
)

func number(n int) string { return strconv.Itoa(n) }

const (
	badPrice = "A price is an amount from $0.00 to $999,999.99."
	maxGrams = 10_000_000
)

// checkCells looks at every variant by itself and at what no two may share.
func (w *editing) checkCells() {
	p, f := &w.Product, w.faults
	switch {
	case len(p.Variants) == 0:
		f.set("variants", "A product needs at least one size.")
	case len(p.Variants) > maxVariants:
		f.set("variants", "A product has at most %d sizes, and these are %d.", maxVariants, len(p.Variants))
		return
	case len(p.Options) == 0 && len(p.Variants) > 1:
		f.set("options", "Name what these %d sizes differ in, such as Size.", len(p.Variants))
		return
	}
	for i := range p.Variants {
		w.checkCell(i, &p.Variants[i])
	}
	w.checkTwins()
}

func (w *editing) checkCell(i int, v *shop.Variant) {
	f := w.faults
	if v.Price < 0 || v.Price > shop.MaxCents {
		f.cell(i, "price", badPrice)
	}
	for column, amount := range map[string]*shop.Cents{"compare_at": v.CompareAt, "cost": v.Cost} {
		if amount != nil && (*amount < 0 || *amount > shop.MaxCents) {
			f.cell(i, column, badPrice)
		}
	}
	w.checkCount(i, v)
	if v.Grams < 0 || v.Grams > maxGrams {
		f.cell(i, "grams", "A weight is from 0 to %d grams.", maxGrams)
	}
	if !slices.Contains(weightUnits, v.WeightUnit) {
		f.cell(i, "weight_unit", "Choose g, kg, oz or lb.")
	}
	if v.Policy != shop.PolicyDeny && v.Policy != shop.PolicyContinue {
		f.cell(i, "policy", "Choose deny or continue.")
	}
	f.text(cellName(i, "sku"), v.SKU, maxText)
	f.text(cellName(i, "barcode"), v.Barcode, maxText)
	f.text(cellName(i, "tax_code"), v.TaxCode, maxText)
	w.checkOptions(i, v)
}

// checkCount refuses a negative count unless it was there before: where more
// is sold than there is it may have come about.
func (w *editing) checkCount(i int, v *shop.Variant) {
	n := v.Stock.OnHand
	seen, shown := w.Seen[v.ID]
	if n < 0 && !(v.ID != 0 && shown && seen == n) || n > shop.MaxCount {
		w.faults.cell(i, "on_hand", "A count is a number from 0 to %d.", shop.MaxCount)
	}
}

func (w *editing) checkOptions(i int, v *shop.Variant) {
	options := len(w.Product.Options)
	for at := 1; at <= 3; at++ {
		value, column := v.Option(at), "option"+number(at)
		w.faults.text(cellName(i, column), value, shop.MaxOptionValue)
		switch {
		case at > max(options, 1) && value != "":
			w.faults.cell(i, column, "There is no option for %q.", value)
		case at <= options && value == "":
			w.faults.cell(i, column, "This size has no %s.", w.Product.Options[at-1].Name)
		case options > 0 && at == 1 && value == shop.DefaultTitle:
			w.faults.cell(i, column, "%q is what a product without sizes has; choose another.", value)
		}
	}
}

// checkTwins refuses a second variant with the same id, options, SKU or
// barcode within the product.
func (w *editing) checkTwins() {
	ids, options := map[shop.VariantID]int{}, map[string]int{}
	skus, barcodes := map[string]int{}, map[string]int{}
	for i := range w.Product.Variants {
		v := &w.Product.Variants[i]
		if first, twice := ids[v.ID]; twice && v.ID != 0 {
			w.faults.set("variants."+number(i), "This size is sent twice; the other is %s.", w.Product.Variants[first].Title())
		}
		ids[v.ID] = i
		if first, twice := seenBefore(options, strings.Join([]string{v.Option1, v.Option2, v.Option3}, "\x00"), i); twice && !w.faults.has(i, "option1") {
			w.faults.cell(i, "option1", "%s is there twice; the first is in row %d.", w.Product.Variants[first].Title(), first+1)
		}
		if first, twice := seenBefore(skus, v.SKU, i); twice {
			w.faults.cell(i, "sku", "%q is also the SKU of %s.", v.SKU, w.Product.Variants[first].Title())
		}
		if first, twice := seenBefore(barcodes, v.Barcode, i); twice {
			w.faults.cell(i, "barcode", "%q is also the barcode of %s.", v.Barcode, w.Product.Variants[first].Title())
		}
	}
}

// seenBefore says where a value stood before; an empty one is never a twin.
func seenBefore(at map[string]int, value string, i int) (first int, twice bool) {
	if value == "" {
		return 0, false
	}
	if first, twice = at[value]; !twice {
		at[value] = i
	}
	return first, twice
}
