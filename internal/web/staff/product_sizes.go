package staff

import (
	"slices"
	"strings"

	"longrun/internal/shop"
)

// sizes makes the variants of the sizes and widths typed, as far as the
// product has them not: "5-15 by 0.5" and "D, 2E" are 42 variants with one
// price and one count.
func (r *reading) sizes(maySetCounts bool) {
	sizes, widths := r.list("sizes"), r.list("widths")
	p := &r.product
	alone := len(p.Variants) == 0 || p.HasOnlyDefaultVariant()
	if sizes == nil && widths == nil && len(p.Variants) > 0 {
		return
	}
	if !alone && r.wrongDepth(widths) {
		return
	}
	like := r.like(maySetCounts)
	switch {
	case alone && sizes == nil && widths != nil:
		r.bad["sizes"] = "Write the sizes that these widths are made in."
		return
	case alone && sizes == nil:
		like.Option1 = shop.DefaultTitle
		r.keep("", r.named(like, "", ""))
		return
	case alone:
		r.begin(sizes, widths)
	}
	grid := shop.GridOf(p)
	if sizes == nil {
		sizes = grid.Rows
	}
	if widths == nil {
		widths = grid.Columns
	}
	if len(widths) == 0 {
		widths = []string{""}
	}
	for _, size := range sizes {
		for _, width := range widths {
			if !slices.ContainsFunc(p.Variants, func(v shop.Variant) bool { return v.Option1 == size && v.Option2 == width }) {
				r.keep("", r.named(like, size, width))
			}
		}
	}
}

// begin gives a product its first sizes. One that was sold without any keeps
// its one variant, as the first size.
func (r *reading) begin(sizes, widths []string) {
	p := &r.product
	p.Options = []shop.ProductOption{{ProductID: p.ID, Position: 1, Name: "Size"}}
	if widths != nil {
		p.Options = append(p.Options, shop.ProductOption{ProductID: p.ID, Position: 2, Name: "Width"})
	}
	if len(p.Variants) == 1 {
		p.Variants[0].Option1 = sizes[0]
		if widths != nil {
			p.Variants[0].Option2 = widths[0]
		}
	}
}

// wrongDepth says that there would be widths for some sizes only.
func (r *reading) wrongDepth(widths []string) bool {
	switch n := len(r.product.Options); {
	case n > 2:
		r.bad["sizes"] = "A product with three options gets new sizes by import."
	case n == 1 && widths != nil:
		r.bad["widths"] = "This product has sizes without widths. Make another product for the wide ones."
	default:
		return false
	}
	return true
}

// list are the values typed into a field, nil for none or what is wrong.
func (r *reading) list(name string) []string {
	if strings.TrimSpace(r.typed[name]) == "" {
		return nil
	}
	values, err := shop.ExpandSizes(r.typed[name])
	if err != nil {
		r.bad[name] = shop.MessageOf(err)
		return nil
	}
	return values
}

// like is a new variant with the price and the count typed for all new ones.
// Beside others the price may be theirs.
func (r *reading) like(maySetCounts bool) shop.Variant {
	v := r.fresh()
	r.track(&v)
	low, high := r.product.PriceRange()
	switch blank := strings.TrimSpace(r.typed["price"]) == ""; {
	case !blank:
		v.Price = r.amount("price")
	case len(r.product.Variants) > 0 && low == high:
		v.Price = low
	default:
		r.bad["price"] = "Write a price, such as 129.00."
	}
	if strings.TrimSpace(r.typed["compare"]) != "" {
		before := r.amount("compare")
		v.CompareAt = &before
	}
	if maySetCounts && v.Tracked && strings.TrimSpace(r.typed["count"]) != "" {
		v.Stock.OnHand = r.count("count")
	}
	return v
}

// named is a variant of a size and width, with an SKU if they have a stem.
func (r *reading) named(v shop.Variant, size, width string) shop.Variant {
	if size != "" {
		v.Option1, v.Option2 = size, width
	}
	if stem := strings.TrimSpace(r.typed["sku_stem"]); stem != "" {
		v.SKU = strings.ReplaceAll(strings.Trim(strings.Join([]string{stem, size, width}, "-"), "-"), " ", "-")
	}
	return v
}
