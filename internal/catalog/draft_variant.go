package catalog

import (
	"slices"
	"strings"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

var weightUnits = []string{"g", "kg", "oz", "lb"}

// overwrite takes the columns of one variant from its row.
func (d *draft) overwrite(row formats.ProductRow, v *shop.Variant) {
	d.text(row, formats.SKU, &v.SKU)
	d.text(row, formats.Barcode, &v.Barcode)
	d.text(row, formats.TaxCode, &v.TaxCode)
	d.price(row, formats.Price, &v.Price)
	d.maybePrice(row, formats.CompareAt, &v.CompareAt)
	d.maybePrice(row, formats.Cost, &v.Cost)
	d.grams(row, &v.Grams)
	d.yes(row, formats.Taxable, &v.Taxable)
	d.yes(row, formats.RequiresShipping, &v.RequiresShipping)
	if unit := strings.ToLower(row.Text(formats.WeightUnit)); slices.Contains(weightUnits, unit) {
		v.WeightUnit = unit
	} else if unit != "" {
		d.fault(row.Line, "%s is %q, not g, kg, oz or lb", formats.WeightUnit, unit)
	}
	if tracker, ok := row.Cell(formats.Tracker); ok {
		v.Tracked = tracker != ""
	}
	d.policy(row, v)
	d.stock(row, v)
	d.variantImage(row, v)
	d.variantFields(row, v)
}

// policy takes deny or continue, or yes and no under the column's new name.
func (d *draft) policy(row formats.ProductRow, v *shop.Variant) {
	switch text := row.Text(formats.Policy); strings.ToLower(text) {
	case "":
	case "deny", "false", "no", "0":
		v.Policy = shop.PolicyDeny
	case "continue", "true", "yes", "1":
		v.Policy = shop.PolicyContinue
	default:
		d.fault(row.Line, "%s is %q, neither deny nor continue", formats.Policy, text)
	}
}

// stock sets what shall be on hand of a variant that is counted.
func (d *draft) stock(row formats.ProductRow, v *shop.Variant) {
	n, given := d.count(row)
	if !v.Tracked {
		return
	}
	if given && n < 0 && v.Policy == shop.PolicyDeny {
		d.note(row.Line, "the count %d becomes 0, since the variant is not sold beyond its count", n)
		n = 0
	}
	if given {
		v.Stock.OnHand = n
	}
	if v.Policy == shop.PolicyDeny && v.Stock.Free() < 0 {
		d.fault(row.Line, "%d pieces are held for shoppers who are paying, so the count cannot be %d",
			v.Stock.Held, v.Stock.OnHand)
	}
}

// variantImage points the variant at the image it names; images has read them
// all by now.
func (d *draft) variantImage(row formats.ProductRow, v *shop.Variant) {
	_, present := row.Cell(formats.VariantImage)
	source, given := d.source(row, formats.VariantImage)
	if present && !given {
		v.ImageSource, v.ImageID = "", nil
	}
	if !given {
		return
	}
	image := d.imageOf(source)
	if image == nil || v.ImageID != nil && *v.ImageID == image.ID {
		return
	}
	v.ImageSource, v.ImageID = image.SourceURL, nil
	if image.ID != 0 {
		id := image.ID
		v.ImageID = &id
	}
}

// variantFields keeps the columns that the shop does not read. "manual" is
// what nearly every shop has as its fulfilment service and is not kept.
func (d *draft) variantFields(row formats.ProductRow, v *shop.Variant) {
	set := func(name, value string) {
		v.Fields = setVariantField(v.Fields, shop.VariantField{VariantID: v.ID, Name: name, Value: value})
	}
	if service, ok := row.Cell(formats.Fulfillment); ok {
		if service == "manual" {
			service = ""
		}
		set(string(formats.Fulfillment), service)
	}
	for _, extra := range row.Extras() {
		if extra.OfVariant {
			set(extra.Name, extra.Value)
		}
	}
}
