package catalog

import (
	"reflect"
	"slices"

	"longrun/internal/shop"
)

// work is what must be written to turn a draft's before into its after. The
// numbers are places in after.
type work struct {
	product       bool // its own columns
	options       bool
	tags          bool
	fields        bool
	newImages     int   // at the end of the images
	images        []int // changed
	newVariants   []int
	variants      []int // changed, in columns, fields or count
	columns       []int // changed in columns
	variantFields []int
	opened        []int // counted for the first time
	moves         []int // counted differently
}

func (w work) none() bool { return reflect.ValueOf(w).IsZero() }

// workOf compares a draft's before and after. A new product is all work.
func workOf(d *draft) work {
	var w work
	if d.before == nil {
		w.product, w.newImages = true, len(d.after.Images)
		for i := range d.after.Variants {
			w.newVariants = append(w.newVariants, i)
		}
		return w
	}
	b, a := d.before, &d.after
	w.product = !reflect.DeepEqual(bareProduct(*b), bareProduct(*a))
	w.options = !slices.Equal(b.Options, a.Options)
	w.tags = !slices.Equal(b.Tags, a.Tags)
	w.fields = !slices.Equal(b.Fields, a.Fields)
	for i := range a.Images {
		switch {
		case i >= len(b.Images):
			w.newImages++
		case a.Images[i].Position != b.Images[i].Position || a.Images[i].Alt != b.Images[i].Alt:
			w.images = append(w.images, i)
		}
	}
	for i := range a.Variants {
		if i >= len(b.Variants) {
			w.newVariants = append(w.newVariants, i)
			continue
		}
		w.variant(i, &b.Variants[i], &a.Variants[i])
	}
	return w
}

func (w *work) variant(i int, b, a *shop.Variant) {
	columns := !reflect.DeepEqual(bareVariant(*b), bareVariant(*a))
	fields := !slices.Equal(b.Fields, a.Fields)
	opened := a.Tracked && b.Stock.VariantID == 0
	moved := a.Tracked && !opened && a.Stock.OnHand != b.Stock.OnHand
	for _, change := range []struct {
		is   bool
		list *[]int
	}{
		{columns, &w.columns}, {fields, &w.variantFields}, {opened, &w.opened}, {moved, &w.moves},
		{columns || fields || opened || moved, &w.variants},
	} {
		if change.is {
			*change.list = append(*change.list, i)
		}
	}
}

// bareProduct is a product's own columns that an import may change.
func bareProduct(p shop.Product) shop.Product {
	p.Options, p.Variants, p.Images, p.Tags, p.Fields = nil, nil, nil, nil, nil
	p.PriceLow = 0
	return p
}

func bareVariant(v shop.Variant) shop.Variant {
	v.Stock, v.Fields = shop.StockLevel{}, nil
	return v
}
