package catalog

import (
	"cmp"
	"slices"
	"strings"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

const targetGender = "product.metafields.shopify.target-gender"

// product takes the columns of the product itself from its first row.
func (d *draft) product(row formats.ProductRow) {
	p := &d.after
	if title := row.Text(formats.Title); title != "" {
		p.Title = title
	}
	if body, ok := row.Cell(formats.Body); ok {
		p.Description = Sanitise(body)
	}
	d.text(row, formats.Vendor, &p.Vendor)
	d.text(row, formats.Category, &p.Category)
	d.text(row, formats.Type, &p.Type)
	d.text(row, formats.SEOTitle, &p.SEOTitle)
	d.text(row, formats.SEODescription, &p.SEOText)
	d.text(row, formats.Family, &p.Family)
	d.text(row, formats.Colour, &p.Colour)
	d.yes(row, formats.Published, &p.Published)
	d.yes(row, formats.GiftCard, &p.GiftCard)
	d.moment(row, formats.PublishAt, &p.PublishAt)
	d.moment(row, formats.OnSaleAt, &p.OnSaleAt)
	d.fact(row, formats.OrderLimit, 0, shop.MaxQuantity, &p.OrderLimit)
	d.status(row)
	if tags, ok := row.Cell(formats.Tags); ok {
		p.Tags = tagsOf(p.ID, tags)
	}
	for _, extra := range row.Extras() {
		if !extra.OfVariant {
			p.Fields = setProductField(p.Fields, shop.ProductField{ProductID: p.ID, Name: extra.Name, Value: extra.Value})
		}
	}
	d.facts(row)
}

func (d *draft) status(row formats.ProductRow) {
	text := row.Text(formats.Status)
	switch status := shop.ProductStatus(strings.ToLower(text)); status {
	case "":
	case shop.ProductActive, shop.ProductDraft, shop.ProductArchived:
		d.after.Status = status
	case "unlisted":
		d.after.Status = shop.ProductDraft
		d.note(row.Line, "the status unlisted becomes draft")
	default:
		d.fault(row.Line, "Status is %q, not active, draft or archived", text)
	}
}

// facts takes what runners compare, from our own columns, and the gender also
// from Shopify's standard metafield.
func (d *draft) facts(row formats.ProductRow) {
	f := &d.after.ShoeFacts
	for _, extra := range row.Extras() {
		if extra.Name == targetGender && extra.Value != "" {
			f.Gender = genderOf(extra.Value)
		}
	}
	d.text(row, formats.Gender, &f.Gender)
	d.text(row, formats.Surface, &f.Surface)
	d.text(row, formats.Support, &f.Support)
	d.text(row, formats.Cushioning, &f.Cushioning)
	d.text(row, formats.FitNote, &f.FitNote)
	d.fact(row, formats.DropMM, -20, 40, &f.DropMM)
	d.fact(row, formats.HeelMM, 0, 100, &f.HeelMM)
	d.fact(row, formats.ForefootMM, 0, 100, &f.ForefootMM)
	d.fact(row, formats.WeightGrams, 0, 5_000, &f.WeightGrams)
	if text, ok := row.Cell(formats.Released); ok {
		month, err := shop.ParseMonth(text)
		if err != nil && text != "" {
			d.fault(row.Line, "%s: %s", formats.Released, shop.MessageOf(err))
		}
		f.Released = month
	}
}

// genderOf reads Shopify's "female", "male", "unisex" and lists of them.
func genderOf(value string) string {
	var found []string
	for _, word := range strings.Split(strings.ToLower(value), ";") {
		switch strings.TrimSpace(word) {
		case "female", "women":
			found = append(found, "women")
		case "male", "men":
			found = append(found, "men")
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return "unisex"
}

func tagsOf(id shop.ProductID, list string) []shop.ProductTag {
	var tags []shop.ProductTag
	for _, tag := range strings.Split(list, ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			tags = append(tags, shop.ProductTag{ProductID: id, Tag: tag})
		}
	}
	slices.SortFunc(tags, func(a, b shop.ProductTag) int { return cmp.Compare(a.Tag, b.Tag) })
	return slices.Compact(tags)
}

// setProductField sets or, with a blank value, drops a kept column. Names are
// the same in any case; the fields stay in the order of their names.
func setProductField(fields []shop.ProductField, f shop.ProductField) []shop.ProductField {
	fields = slices.DeleteFunc(fields, func(g shop.ProductField) bool {
		return strings.EqualFold(g.Name, f.Name)
	})
	if f.Value != "" {
		fields = append(fields, f)
	}
	slices.SortFunc(fields, func(a, b shop.ProductField) int { return cmp.Compare(a.Name, b.Name) })
	return fields
}

func setVariantField(fields []shop.VariantField, f shop.VariantField) []shop.VariantField {
	fields = slices.DeleteFunc(fields, func(g shop.VariantField) bool {
		return strings.EqualFold(g.Name, f.Name)
	})
	if f.Value != "" {
		fields = append(fields, f)
	}
	slices.SortFunc(fields, func(a, b shop.VariantField) int { return cmp.Compare(a.Name, b.Name) })
	return fields
}
