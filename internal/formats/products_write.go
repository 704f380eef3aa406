package formats

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"longrun/internal/shop"
)

// ProductWriter writes a product file under the old column names.
type ProductWriter struct {
	csv     *csv.Writer
	columns []string // known columns, then kept ones, then known ones again
	source  func(shop.ProductImage) string
}

// NewProductWriter writes the first line of a product file. Kept are the
// names of the kept columns; those that differ in case or spaces only are one
// column. Source tells an image's address.
func NewProductWriter(w io.Writer, kept []string, source func(shop.ProductImage) string) (*ProductWriter, error) {
	p := &ProductWriter{csv: csv.NewWriter(w), source: source}
	seen := map[string]bool{}
	add := func(name string) {
		if key := normal(name); key != "" && !seen[key] {
			seen[key] = true
			p.columns = append(p.columns, name)
		}
	}
	for _, c := range firstColumns {
		add(string(c))
	}
	for _, c := range lastColumns { // hold their place against kept ones
		seen[normal(string(c))] = true
	}
	for _, name := range kept {
		add(name)
	}
	for _, c := range lastColumns {
		p.columns = append(p.columns, string(c))
	}
	names := make([]string, len(p.columns))
	for i, c := range p.columns {
		names[i] = guard(header(c))
	}
	return p, p.csv.Write(names)
}

// Write writes a product: one row for each variant, and the images beside
// them, with rows of their own when there are more images than variants.
func (p *ProductWriter) Write(product shop.Product) error {
	rows := max(len(product.Variants), len(product.Images), 1)
	for i := range rows {
		row := cells{string(Handle): product.Handle}
		if i == 0 {
			row.product(&product)
		}
		if i < len(product.Variants) {
			row.variant(&product, &product.Variants[i], p.source)
		}
		if i < len(product.Images) {
			image := product.Images[i]
			row[string(ImageSrc)] = guard(p.source(image))
			row[string(ImagePosition)] = strconv.Itoa(image.Position)
			row[string(ImageAlt)] = guard(image.Alt)
		}
		if err := p.csv.Write(row.in(p.columns)); err != nil {
			return err
		}
	}
	return nil
}

// Flush hands everything on and returns the first error there was.
func (p *ProductWriter) Flush() error {
	p.csv.Flush()
	return p.csv.Error()
}

// cells are the cells of one row by column, kept ones by normal name.
type cells map[string]string

func (c cells) in(columns []string) []string {
	row := make([]string, len(columns))
	for i, name := range columns {
		text, ok := c[name]
		if !ok {
			text = c[normal(name)]
		}
		row[i] = text
	}
	return row
}

func (c cells) set(column Column, text string) { c[string(column)] = guard(text) }

func (c cells) product(p *shop.Product) {
	var tags []string
	for _, t := range p.Tags {
		tags = append(tags, t.Tag)
	}
	for column, text := range map[Column]string{
		Title: p.Title, Body: p.Description, Vendor: p.Vendor, Category: p.Category, Type: p.Type,
		Tags: strings.Join(tags, ", "), SEOTitle: p.SEOTitle, SEODescription: p.SEOText,
		Published: strconv.FormatBool(p.Published), GiftCard: strconv.FormatBool(p.GiftCard), Status: string(p.Status),
		Family: p.Family, Colour: p.Colour, PublishAt: instant(p.PublishAt), OnSaleAt: instant(p.OnSaleAt),
		OrderLimit: number(p.OrderLimit), Gender: p.Gender, Surface: p.Surface, Support: p.Support,
		Cushioning: p.Cushioning, HeelMM: number(p.HeelMM), ForefootMM: number(p.ForefootMM),
		WeightGrams: number(p.WeightGrams), Released: string(p.Released), FitNote: p.FitNote,
	} {
		c.set(column, text)
	}
	c[string(DropMM)] = number(p.DropMM) // a spike's may be negative
	for i, column := range []Column{Option1Name, Option2Name, Option3Name} {
		if i < len(p.Options) {
			c.set(column, p.Options[i].Name)
		}
	}
	if len(p.Options) == 0 && p.HasOnlyDefaultVariant() {
		c.set(Option1Name, "Title")
	}
	for _, f := range p.Fields {
		c[normal(f.Name)] = guard(f.Value)
	}
}

func (c cells) variant(p *shop.Product, v *shop.Variant, source func(shop.ProductImage) string) {
	for column, text := range map[Column]string{
		Option1Value: v.Option1, Option2Value: v.Option2, Option3Value: v.Option3,
		SKU: v.SKU, Barcode: v.Barcode, Policy: string(v.Policy), TaxCode: v.TaxCode, WeightUnit: v.WeightUnit,
		Grams: strconv.FormatInt(v.Grams, 10), Price: v.Price.Decimal(), CompareAt: cents(v.CompareAt), Cost: cents(v.Cost),
		Taxable: strconv.FormatBool(v.Taxable), RequiresShipping: strconv.FormatBool(v.RequiresShipping),
		Fulfillment: "manual", VariantImage: variantImage(p, v, source),
	} {
		c.set(column, text)
	}
	if v.Tracked {
		c.set(Tracker, "shopify")
		c[string(Quantity)] = strconv.FormatInt(v.Stock.OnHand, 10)
	}
	for _, f := range v.Fields {
		if normal(f.Name) == normal(string(Fulfillment)) {
			c.set(Fulfillment, f.Value)
		}
		c[normal(f.Name)] = guard(f.Value)
	}
}

func variantImage(p *shop.Product, v *shop.Variant, source func(shop.ProductImage) string) string {
	if v.ImageSource != "" || v.ImageID == nil {
		return v.ImageSource
	}
	for _, image := range p.Images {
		if image.ID == *v.ImageID {
			return source(image)
		}
	}
	return ""
}

func instant(i *shop.Instant) string {
	if i == nil {
		return ""
	}
	return i.UTC().Format(time.RFC3339Nano)
}

// number is an unknown number's blank cell, or the number.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func cents(c *shop.Cents) string {
	if c == nil {
		return ""
	}
	return c.Decimal()
}
