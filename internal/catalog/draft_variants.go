package catalog

import (
	"strings"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

var (
	optionNames  = [3]formats.Column{formats.Option1Name, formats.Option2Name, formats.Option3Name}
	optionValues = [3]formats.Column{formats.Option1Value, formats.Option2Value, formats.Option3Value}
)

// variants takes the options' names and the variants of all rows. A product
// that has none afterwards gets the one that stands for itself.
func (d *draft) variants(rows []formats.ProductRow) {
	if !d.options(rows) {
		return
	}
	lines := map[[3]string]formats.ProductRow{}
	for i, row := range rows {
		values, ok := d.values(row, i == 0)
		if !ok {
			continue
		}
		if first, again := lines[values]; again {
			d.fault(row.Line, "the variant %s stands in line %d already", titleOf(values), first.Line)
			continue
		}
		lines[values] = row
		d.variant(row, values)
	}
	if len(d.after.Variants) == 0 {
		d.variant(rows[0], [3]string{shop.DefaultTitle})
	}
}

// options takes the options' names and says whether variants can be read.
func (d *draft) options(rows []formats.ProductRow) bool {
	p := &d.after
	names, given := optionsIn(rows)
	switch {
	case given == 0 && len(p.Options) > 0 && rows[0].Text(formats.Option1Value) == shop.DefaultTitle:
		d.fault(d.line, "the product has options and the file gives none; an import does not change their number")
		return false
	case given == 0 || given == len(p.Options):
	case d.before != nil && len(p.Options) > 0:
		d.fault(d.line, "the product has %d options and the file gives %d; an import does not change their number",
			len(p.Options), given)
		return false
	case d.before != nil && len(p.Variants) > 0: // the default variant becomes the first that is listed
		p.Variants[0].Option1, p.Variants[0].Option2, p.Variants[0].Option3 = firstValues(rows)
	}
	if d.reordered(names) {
		return false
	}
	for i := range given {
		if i == len(p.Options) {
			p.Options = append(p.Options, shop.ProductOption{ProductID: p.ID, Position: i + 1})
		}
		if names[i] != "" {
			p.Options[i].Name = names[i]
		}
		if p.Options[i].Name == "" {
			d.fault(d.line, "option %d has values but no name", i+1)
			return false
		}
	}
	return true
}

// reordered refuses names that the product has in other places: taken for new
// names they would turn each variant into another one.
func (d *draft) reordered(names [3]string) bool {
	for i, name := range names {
		for j, o := range d.after.Options {
			if i != j && name != "" && strings.EqualFold(name, o.Name) {
				d.fault(d.line, "%s is option %d in the file and option %d of the product", name, i+1, j+1)
				return true
			}
		}
	}
	return false
}

// optionsIn reads how many options the rows speak of, and their names, which
// stand in the first row. "Title" with nothing but "Default Title" is none.
func optionsIn(rows []formats.ProductRow) (names [3]string, n int) {
	onlyDefault := true
	for i := range optionNames {
		names[i] = rows[0].Text(optionNames[i])
		for _, row := range rows {
			value := row.Text(optionValues[i])
			if value != "" {
				n = i + 1
				onlyDefault = onlyDefault && i == 0 && value == shop.DefaultTitle
			}
		}
	}
	if onlyDefault && (names[0] == "" || strings.EqualFold(names[0], "title")) {
		return names, 0
	}
	return names, n
}

func firstValues(rows []formats.ProductRow) (o1, o2, o3 string) {
	for _, row := range rows {
		if row.IsVariant() {
			return row.Text(optionValues[0]), row.Text(optionValues[1]), row.Text(optionValues[2])
		}
	}
	return shop.DefaultTitle, "", ""
}

// values are the option values of a row's variant; not ok when the row has
// none.
func (d *draft) values(row formats.ProductRow, first bool) (values [3]string, ok bool) {
	n := len(d.after.Options)
	if n == 0 {
		values[0] = shop.DefaultTitle
		return values, first || row.IsVariant()
	}
	if !row.IsVariant() {
		return values, false
	}
	for i := range n {
		values[i] = row.Text(optionValues[i])
		if values[i] == "" {
			d.fault(row.Line, "the variant has no %s", d.after.Options[i].Name)
			return values, false
		}
	}
	return values, true
}

// variant makes or overwrites the variant with these option values.
func (d *draft) variant(row formats.ProductRow, values [3]string) {
	p := &d.after
	for i := range p.Variants {
		v := &p.Variants[i]
		if [3]string{v.Option1, v.Option2, v.Option3} == values {
			d.overwrite(row, v)
			return
		}
	}
	last := 0
	for i := range p.Variants {
		last = max(last, p.Variants[i].Position)
	}
	p.Variants = append(p.Variants, shop.Variant{
		ProductID: p.ID, Position: last + 1, Option1: values[0], Option2: values[1], Option3: values[2],
		WeightUnit: "g", Policy: shop.PolicyDeny, Taxable: true, RequiresShipping: true,
	})
	if row.Text(formats.Price) == "" {
		d.note(row.Line, "the variant %s has no price and costs %s until it gets one", titleOf(values), shop.Cents(0))
	}
	d.overwrite(row, &p.Variants[len(p.Variants)-1])
}

func titleOf(values [3]string) string {
	v := shop.Variant{Option1: values[0], Option2: values[1], Option3: values[2]}
	return v.Title()
}
