package staff

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"longrun/internal/shop"
)

// images keeps those that are not taken out, in the order of the places
// typed.
func (r *reading) images(stored []shop.ProductImage) {
	type placed struct {
		image shop.ProductImage
		at    int
	}
	var kept []placed
	for i, image := range stored {
		if r.typed[imageField(image.ID, "remove")] == yes {
			continue
		}
		if name := imageField(image.ID, "alt"); r.changed(name) {
			image.Alt = strings.TrimSpace(r.typed[name])
		}
		at := 2 * (i + 1)
		if name := imageField(image.ID, "position"); r.changed(name) {
			n, ok := whole(r.typed[name])
			if !ok || n < 1 || n > 250 {
				r.bad[name] = "Write a place from 1 to 250."
			}
			at = 2*n + 1 // behind the one that has this place now
			if n <= i {
				at = 2*n - 1 // or before it
			}
		}
		kept = append(kept, placed{image, at})
	}
	slices.SortStableFunc(kept, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	for _, k := range kept {
		r.product.Images = append(r.product.Images, k.image)
	}
	for i := range r.product.Images {
		r.product.Images[i].Position = i + 1
	}
}

func (r *reading) variants(stored []shop.Variant, maySetCounts bool) {
	for _, v := range stored {
		key := variantKey(v.ID)
		if r.typed[variantField(key, "remove")] == yes {
			continue
		}
		r.track(&v)
		r.cells(key, &v, maySetCounts)
		r.keep(key, v)
	}
}

// added are the combinations that got a price in the tables, and those of the
// sizes and widths typed.
func (r *reading) added(maySetCounts bool) {
	var cells [][2]int
	for _, name := range r.typed.under("v.n") {
		key, field, _ := strings.Cut(strings.TrimPrefix(name, "v."), ".")
		row, column, ok := newCell(key)
		_, named := r.typed["row."+strconv.Itoa(row)]
		if ok && named && field == fieldPrice && strings.TrimSpace(r.typed[name]) != "" {
			cells = append(cells, [2]int{row, column})
		}
	}
	slices.SortFunc(cells, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, c := range cells {
		key := fmt.Sprintf("n%dx%d", c[0], c[1])
		v := r.fresh()
		v.Option1, v.Option2 = r.typed["row."+strconv.Itoa(c[0])], r.typed["col."+strconv.Itoa(c[1])]
		r.track(&v)
		r.cells(key, &v, maySetCounts)
		r.keep(key, v)
	}
	r.sizes(maySetCounts)
}

// newCell reads the key of a combination that is not made yet.
func newCell(key string) (row, column int, ok bool) {
	n, err := fmt.Sscanf(key, "n%dx%d", &row, &column)
	return row, column, err == nil && n == 2 && key == fmt.Sprintf("n%dx%d", row, column)
}

func (r *reading) keep(key string, v shop.Variant) {
	v.Position = len(r.product.Variants) + 1
	r.product.Variants = append(r.product.Variants, v)
	r.keys = append(r.keys, key)
}

// fresh is a variant with what the product's others have.
func (r *reading) fresh() shop.Variant {
	v := shop.Variant{Tracked: true, Policy: shop.PolicyDeny, Taxable: true, RequiresShipping: true, WeightUnit: "g"}
	if len(r.product.Variants) > 0 {
		like := r.product.Variants[0]
		v.Tracked, v.Policy, v.Taxable, v.RequiresShipping = like.Tracked, like.Policy, like.Taxable, like.RequiresShipping
		v.Grams, v.WeightUnit, v.TaxCode, v.Cost = like.Grams, like.WeightUnit, like.TaxCode, like.Cost
	}
	v.ProductID = r.product.ID
	v.Stock.Place = shop.PlaceShop
	return v
}

// cells takes a variant's cells of the tables.
func (r *reading) cells(key string, v *shop.Variant, maySetCounts bool) {
	for field, to := range map[string]*string{fieldSKU: &v.SKU, fieldBarcode: &v.Barcode} {
		if name := variantField(key, field); r.changed(name) {
			*to = strings.TrimSpace(r.typed[name])
		}
	}
	if name := variantField(key, fieldPrice); r.changed(name) {
		v.Price = r.amount(name)
	}
	if name := variantField(key, fieldCompare); r.changed(name) {
		v.CompareAt = nil
		if strings.TrimSpace(r.typed[name]) != "" {
			before := r.amount(name)
			v.CompareAt = &before
		}
	}
	name := variantField(key, fieldCount)
	if !maySetCounts || !v.Tracked || !r.changed(name) {
		return
	}
	if strings.TrimSpace(r.typed[name]) == "" && v.ID == 0 {
		return
	}
	v.Stock.OnHand = r.count(name)
}

func (r *reading) amount(name string) shop.Cents {
	cents, err := shop.ParsePrice(r.typed[name])
	if err != nil {
		r.bad[name] = shop.MessageOf(err)
	}
	return cents
}

func (r *reading) count(name string) int64 {
	n, err := shop.ParseCount(r.typed[name])
	if err != nil {
		r.bad[name] = shop.MessageOf(err)
	}
	return n
}

func (r *reading) track(v *shop.Variant) {
	if r.changed("all.tracked") && r.typed["all.tracked"] != "" {
		v.Tracked = r.typed["all.tracked"] == "yes"
	}
}

// all takes what is said of all sizes at once; blank says nothing.
func (r *reading) all() {
	said := func(name string) (string, bool) {
		text := strings.TrimSpace(r.typed[name])
		return text, r.changed(name) && (text != "" || name == "all.tax_code")
	}
	weight, weighed := said("all.weight")
	grams, ok := whole(weight)
	if weighed && (!ok || grams < 0 || grams > 1_000_000) {
		r.bad["all.weight"] = "Write grams as a whole number from 0 to 1000000."
	}
	code, coded := said("all.tax_code")
	taxable, taxed := said("all.taxable")
	ships, shipped := said("all.shipping")
	policy, decided := said("all.policy")
	for i := range r.product.Variants {
		v := &r.product.Variants[i]
		if weighed {
			v.Grams = int64(grams)
		}
		if coded {
			v.TaxCode = code
		}
		if taxed {
			v.Taxable = taxable == "yes"
		}
		if shipped {
			v.RequiresShipping = ships == "yes"
		}
		if decided {
			v.Policy = shop.StockPolicy(policy)
		}
	}
}
