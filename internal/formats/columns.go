package formats

import (
	"regexp"
	"strings"
)

// Column is a column of a product file that the shop reads, under its old
// name or, for shoe facts, the key of its metafield.
type Column string

// The columns of a product file.
const (
	Handle           Column = "Handle"
	Title            Column = "Title"
	Body             Column = "Body (HTML)"
	Vendor           Column = "Vendor"
	Category         Column = "Product Category"
	Type             Column = "Type"
	Tags             Column = "Tags"
	Published        Column = "Published"
	Option1Name      Column = "Option1 Name"
	Option1Value     Column = "Option1 Value"
	Option2Name      Column = "Option2 Name"
	Option2Value     Column = "Option2 Value"
	Option3Name      Column = "Option3 Name"
	Option3Value     Column = "Option3 Value"
	SKU              Column = "Variant SKU"
	Grams            Column = "Variant Grams"
	Tracker          Column = "Variant Inventory Tracker"
	Quantity         Column = "Variant Inventory Qty"
	Policy           Column = "Variant Inventory Policy"
	Fulfillment      Column = "Variant Fulfillment Service"
	Price            Column = "Variant Price"
	CompareAt        Column = "Variant Compare At Price"
	RequiresShipping Column = "Variant Requires Shipping"
	Taxable          Column = "Variant Taxable"
	Barcode          Column = "Variant Barcode"
	ImageSrc         Column = "Image Src"
	ImagePosition    Column = "Image Position"
	ImageAlt         Column = "Image Alt Text"
	GiftCard         Column = "Gift Card"
	SEOTitle         Column = "SEO Title"
	SEODescription   Column = "SEO Description"
	VariantImage     Column = "Variant Image"
	WeightUnit       Column = "Variant Weight Unit"
	TaxCode          Column = "Variant Tax Code"
	Cost             Column = "Cost per item"
	Status           Column = "Status"

	Family      Column = "product.metafields.longrun.family"
	Colour      Column = "product.metafields.longrun.colour"
	PublishAt   Column = "product.metafields.longrun.publish_at"
	OnSaleAt    Column = "product.metafields.longrun.on_sale_at"
	OrderLimit  Column = "product.metafields.longrun.order_limit"
	Gender      Column = "product.metafields.longrun.gender"
	Surface     Column = "product.metafields.longrun.surface"
	Support     Column = "product.metafields.longrun.support"
	Cushioning  Column = "product.metafields.longrun.cushioning"
	DropMM      Column = "product.metafields.longrun.drop_mm"
	HeelMM      Column = "product.metafields.longrun.heel_mm"
	ForefootMM  Column = "product.metafields.longrun.forefoot_mm"
	WeightGrams Column = "product.metafields.longrun.weight_grams"
	Released    Column = "product.metafields.longrun.released"
	FitNote     Column = "product.metafields.longrun.fit_note"
)

// The columns in the order in which they are written. The kept columns of
// imported files stand between the two.
var (
	firstColumns = []Column{
		Handle, Title, Body, Vendor, Category, Type, Tags, Published,
		Option1Name, Option1Value, Option2Name, Option2Value, Option3Name, Option3Value,
		SKU, Grams, Tracker, Quantity, Policy, Fulfillment, Price, CompareAt, RequiresShipping, Taxable, Barcode,
		ImageSrc, ImagePosition, ImageAlt, GiftCard, SEOTitle, SEODescription,
		Family, Colour, PublishAt, OnSaleAt, OrderLimit, Gender, Surface, Support, Cushioning,
		DropMM, HeelMM, ForefootMM, WeightGrams, Released, FitNote,
	}
	lastColumns = []Column{VariantImage, WeightUnit, TaxCode, Cost, Status}
)

// newNames are the names that Shopify's newer template gives the columns
// whose old names differ in more than case.
var newNames = map[string]Column{
	"url handle": Handle, "description": Body, "published on online store": Published,
	"sku": SKU, "barcode": Barcode, "price": Price, "compare-at price": CompareAt,
	"charge tax": Taxable, "tax code": TaxCode, "inventory tracker": Tracker, "inventory quantity": Quantity,
	"continue selling when out of stock": Policy, "weight value (grams)": Grams,
	"weight unit for display": WeightUnit, "requires shipping": RequiresShipping,
	"fulfillment service": Fulfillment, "product image url": ImageSrc, "variant image url": VariantImage,
	"standard product type": Category, "custom product type": Type,
}

// known finds a column by its normalised name.
var known = func() map[string]Column {
	table := map[string]Column{}
	for _, list := range [][]Column{firstColumns, lastColumns} {
		for _, c := range list {
			table[normal(string(c))] = c
		}
	}
	for name, c := range newNames {
		table[name] = c
	}
	return table
}()

// normal is a header as names are compared: spaces trimmed and single, case
// folded.
func normal(header string) string {
	return strings.ToLower(strings.Join(strings.Fields(header), " "))
}

var metafield = regexp.MustCompile(`\(\s*((?:product|variant)\.metafields\.[^()\s]+)\s*\)$`)

// columnName is what a header stands for: a metafield's key, since its label
// is in the shop's language, else the header itself.
func columnName(header string) string {
	header = strings.TrimSpace(header)
	if m := metafield.FindStringSubmatch(header); m != nil {
		return m[1]
	}
	return header
}

// header is the name under which a column is written.
func header(name string) string {
	if !strings.Contains(name, ".metafields.") {
		return name
	}
	label := strings.NewReplacer("_", " ", "-", " ").Replace(name[strings.LastIndexByte(name, '.')+1:])
	if label == "" {
		return "(" + name + ")"
	}
	return strings.ToUpper(label[:1]) + label[1:] + " (" + name + ")"
}

// ofVariant says whether a kept column belongs to the variant of its row and
// not to the product.
func ofVariant(name string) bool {
	name = normal(name)
	for _, prefix := range []string{
		"variant", "unit price", "google shopping /", "included /", "price /", "compare at price /", "compare-at price /",
	} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
