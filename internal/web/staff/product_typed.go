package staff

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"longrun/internal/shop"
)

// typed is a product as its form has it: the text of every field by its name.
// What people typed is kept as it is, so that no refusal loses any of it.
type typed map[string]string

// The names of the fields of variants are v.ID.FIELD; of a combination that
// is not made yet v.nROWxCOLUMN.FIELD, with its values in row.ROW and
// col.COLUMN. Those of images are image.ID.FIELD.
const (
	fieldPrice   = "price"
	fieldCount   = "count"
	fieldCompare = "compare"
	fieldSKU     = "sku"
	fieldBarcode = "barcode"
)

// yes is the value of a box that is ticked.
const yes = "1"

// localTime is how a browser's field for a time writes one.
const localTime = "2006-01-02T15:04"

func variantField(key, field string) string { return "v." + key + "." + field }

func variantKey(id shop.VariantID) string { return strconv.FormatInt(int64(id), 10) }

func imageField(id shop.ImageID, field string) string { return fmt.Sprintf("image.%d.%s", id, field) }

// typedOf is the form of a product before anybody types.
func typedOf(p *shop.Product, zone *time.Location) typed {
	t := typed{
		"title": p.Title, "handle": p.Handle, "description": p.Description, "vendor": p.Vendor, "type": p.Type,
		"tags": tagText(p.Tags), "status": string(p.Status), "published": box(p.Published), "family": p.Family, "colour": p.Colour,
		"seo_title": p.SEOTitle, "seo_text": p.SEOText, "publish_at": momentText(p.PublishAt, zone), "on_sale_at": momentText(p.OnSaleAt, zone),
		"order_limit": numberText(p.OrderLimit), "gender": p.Gender, "surface": p.Surface, "support": p.Support,
		"cushioning": p.Cushioning, "drop": numberText(p.DropMM), "heel": numberText(p.HeelMM), "forefoot": numberText(p.ForefootMM),
		"shoe_weight": numberText(p.WeightGrams), "released": string(p.Released), "fit_note": p.FitNote,
	}
	for i, o := range p.Options {
		t[fmt.Sprintf("option.%d", i+1)] = o.Name
	}
	for i := range p.Images {
		t[imageField(p.Images[i].ID, "alt")] = p.Images[i].Alt
		t[imageField(p.Images[i].ID, "position")] = strconv.Itoa(i + 1)
	}
	for i := range p.Variants {
		t.variant(&p.Variants[i])
	}
	for _, c := range common {
		t[c.name] = c.of(p)
	}
	return t
}

func (t typed) variant(v *shop.Variant) {
	key := variantKey(v.ID)
	t[variantField(key, fieldPrice)] = v.Price.Decimal()
	t[variantField(key, fieldSKU)] = v.SKU
	t[variantField(key, fieldBarcode)] = v.Barcode
	t[variantField(key, fieldCompare)] = ""
	if v.CompareAt != nil {
		t[variantField(key, fieldCompare)] = v.CompareAt.Decimal()
	}
	t[variantField(key, fieldCount)] = ""
	if v.Tracked {
		t[variantField(key, fieldCount)] = strconv.FormatInt(v.Stock.OnHand, 10)
	}
}

// typedFrom is what a browser sent.
func typedFrom(form url.Values) typed {
	t := typed{}
	for name := range form {
		t[name] = strings.ReplaceAll(form.Get(name), "\r\n", "\n")
	}
	return t
}

// under are the names with a beginning, such as all of one variant.
func (t typed) under(prefix string) []string {
	var names []string
	for name := range t {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names
}

// pack writes the form as it was shown into one field of itself: what
// somebody changed is what differs from it.
func (t typed) pack() string {
	text, err := json.Marshal(t)
	if err != nil {
		return "{}"
	}
	return string(text)
}

// unpack reads it back; a form without it counts as not changed since.
func unpack(text string, otherwise typed) typed {
	var t typed
	if json.Unmarshal([]byte(text), &t) != nil || t == nil {
		return otherwise
	}
	return t
}

// common are what all sizes of a product have alike, most of the time. Where
// they differ the field is blank, and blank changes nothing.
var common = []struct {
	name string
	of   func(p *shop.Product) string
}{
	{"all.weight", alike(func(v *shop.Variant) string { return strconv.FormatInt(v.Grams, 10) })},
	{"all.tax_code", alike(func(v *shop.Variant) string { return v.TaxCode })},
	{"all.taxable", alike(func(v *shop.Variant) string { return word(v.Taxable) })},
	{"all.shipping", alike(func(v *shop.Variant) string { return word(v.RequiresShipping) })},
	{"all.tracked", alike(func(v *shop.Variant) string { return word(v.Tracked) })},
	{"all.policy", alike(func(v *shop.Variant) string { return string(v.Policy) })},
}

func alike(of func(*shop.Variant) string) func(*shop.Product) string {
	return func(p *shop.Product) string {
		for i := range p.Variants {
			if of(&p.Variants[i]) != of(&p.Variants[0]) {
				return ""
			}
		}
		if len(p.Variants) == 0 {
			return ""
		}
		return of(&p.Variants[0])
	}
}

func word(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func box(is bool) string {
	if is {
		return yes
	}
	return ""
}

func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func momentText(at *shop.Instant, zone *time.Location) string {
	if at == nil {
		return ""
	}
	return at.In(zone).Format(localTime)
}

func tagText(tags []shop.ProductTag) string {
	var list []string
	for _, t := range tags {
		list = append(list, t.Tag)
	}
	return strings.Join(list, ", ")
}
