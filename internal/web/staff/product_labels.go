package staff

import (
	"fmt"
	"strconv"
	"strings"

	"longrun/internal/shop"
)

// labels are what the fields of a product are called.
var labels = map[string]string{
	"title": "Title", "handle": "Address", "description": "Description", "vendor": "Vendor", "type": "Type", "tags": "Tags",
	"status": "Status", "published": "In the online shop", "family": "Family", "colour": "Colour", "seo_title": "Title for search engines",
	"seo_text": "Text for search engines", "publish_at": "Shown from", "on_sale_at": "On sale from", "order_limit": "Pairs per order",
	"gender": "For", "surface": "Surface", "support": "Support", "cushioning": "Cushioning", "drop": "Drop", "heel": "Heel", "forefoot": "Forefoot",
	"shoe_weight": "Weight of a shoe", "released": "Released", "fit_note": "How it fits",
	"all.weight": "Shipping weight", "all.tax_code": "Tax code", "all.taxable": "Taxed", "all.shipping": "Needs shipping", "all.tracked": "Counted",
	"all.policy": "When sold out", "sizes": "Sizes", "widths": "Widths", "price": "Price of all", "count": "Count of each", "compare": "Compare-at price",
	"sku_stem": "SKU begins with", "pictures": "New pictures",
}

// labelOf is what a field of a product's form is called.
func labelOf(p *shop.Product, name string) string {
	if label := labels[name]; label != "" {
		return label
	}
	parts := strings.SplitN(name, ".", 3)
	switch {
	case parts[0] == "option" && len(parts) == 2:
		return "Name of option " + parts[1]
	case parts[0] == "paste" && len(parts) == 2:
		return "Pasted into " + sheetTitle(parts[1])
	case parts[0] == "image" && len(parts) == 3:
		return "A picture's " + parts[2]
	case parts[0] == "v" && len(parts) == 3:
		return cellLabel(p, parts[1], parts[2])
	}
	return name
}

func cellLabel(p *shop.Product, key, field string) string {
	grid := shop.GridOf(p)
	if r, c, ok := newCell(key); ok && r < len(grid.Rows) && c < len(grid.Columns) {
		return sheetTitle(field) + ", " + placeName(p, &grid, r, c)
	}
	id, err := strconv.ParseInt(key, 10, 64)
	for r := range grid.Rows {
		for c, n := range grid.Cells[r] {
			if err == nil && n >= 0 && p.Variants[n].ID == shop.VariantID(id) {
				if field == "remove" {
					return "Removing " + placeName(p, &grid, r, c)
				}
				return sheetTitle(field) + ", " + placeName(p, &grid, r, c)
			}
		}
	}
	return "A cell"
}

// formNames turns the names that work gives its inputs into the form's.
func formNames(fields map[string]string, p *shop.Product, keys []string) map[string]string {
	named := map[string]string{}
	for name, sentence := range fields {
		named[formName(name, p, keys)] = sentence
	}
	return named
}

var workNames = map[string]string{
	"drop_mm": "drop", "heel_mm": "heel", "forefoot_mm": "forefoot", "weight_grams": "shoe_weight", "variants": "sizes", "options": "sizes",
	"compare_at": fieldCompare, "on_hand": fieldCount, "grams": "all.weight", "weight_unit": "all.weight", "tax_code": "all.tax_code", "policy": "all.policy",
}

func formName(name string, p *shop.Product, keys []string) string {
	parts := strings.SplitN(name, ".", 3)
	n := -1
	if len(parts) > 1 {
		if at, ok := whole(parts[1]); ok {
			n = at
		}
	}
	switch {
	case parts[0] == "variants" && n >= 0 && n < len(keys):
		column := fieldPrice
		if len(parts) == 3 {
			column = orElse(workNames[parts[2]], parts[2])
		}
		return cellName(keys[n], column)
	case parts[0] == "removed" && n > 0:
		return variantField(parts[1], "remove")
	case parts[0] == "uploads" || name == "images":
		return "pictures"
	case parts[0] == "options" && n >= 0:
		return fmt.Sprintf("option.%d", n+1)
	case parts[0] == "images" && n >= 0 && n < len(p.Images):
		return imageField(p.Images[n].ID, "alt")
	}
	return orElse(workNames[name], name)
}

// cellName is the field of a variant's column. Those made of the sizes typed
// have one field for all.
func cellName(key, column string) string {
	switch {
	case strings.HasPrefix(column, "all."):
		return column
	case strings.HasPrefix(column, "option") && strings.HasPrefix(key, "n"):
		return variantField(key, fieldPrice)
	case strings.HasPrefix(column, "option"):
		return "sizes"
	case key == "" && (column == fieldSKU || column == fieldBarcode):
		return "sku_stem"
	case key == "":
		return column
	}
	return variantField(key, column)
}
