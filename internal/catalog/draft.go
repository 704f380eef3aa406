package catalog

import (
	"fmt"
	"slices"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

// draft is what a record of a file makes of a product.
type draft struct {
	line   int
	handle string
	before *shop.Product // nil when it is new
	after  shop.Product
	faults []Remark // any of them refuses the product
	notes  []Remark
	kept   int // counts that the same file has moved before
}

// draftOf applies a record to the product that has its handle, nil for none.
// It is a function of the two and touches nothing else.
func draftOf(record formats.ProductRecord, handle string, before *shop.Product) *draft {
	d := &draft{line: record.Line, handle: handle, before: before}
	if before != nil {
		d.after = clone(*before)
	} else {
		d.after = shop.Product{Handle: handle, Status: shop.ProductActive, Published: true}
	}
	d.product(record.Rows[0])
	d.images(record.Rows)
	d.variants(record.Rows)
	d.check()
	return d
}

// fault refuses the product with a sentence about a line.
func (d *draft) fault(line int, format string, args ...any) {
	d.faults = append(d.faults, Remark{Line: line, Handle: d.handle, Message: fmt.Sprintf(format, args...)})
}

// note tells something about a line that refuses nothing.
func (d *draft) note(line int, format string, args ...any) {
	d.notes = append(d.notes, Remark{Line: line, Handle: d.handle, Message: fmt.Sprintf(format, args...)})
}

// check looks at the product as a whole.
func (d *draft) check() {
	p := &d.after
	if p.Title == "" {
		d.fault(d.line, "the product has no title")
	}
	if len([]rune(p.Title)) > 255 {
		d.fault(d.line, "the title has more than 255 characters")
	}
	if len(p.Variants) > 2_048 {
		d.fault(d.line, "the product has %d variants, more than 2,048", len(p.Variants))
	}
	if len(p.Images) > 250 {
		d.fault(d.line, "the product has %d images, more than 250", len(p.Images))
	}
}

// clone copies a product with everything that hangs on it.
func clone(p shop.Product) shop.Product {
	p.Options = slices.Clone(p.Options)
	p.Variants = slices.Clone(p.Variants)
	p.Images = slices.Clone(p.Images)
	p.Tags = slices.Clone(p.Tags)
	p.Fields = slices.Clone(p.Fields)
	for i := range p.Variants {
		p.Variants[i].Fields = slices.Clone(p.Variants[i].Fields)
	}
	return p
}
