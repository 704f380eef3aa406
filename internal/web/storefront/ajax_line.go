package storefront

import (
	"strings"

	"longrun/internal/shop"
)

// lineJSON is a line of the cart.
type lineJSON struct {
	ID                      shop.VariantID    `json:"id"`
	Properties              map[string]string `json:"properties"`
	Quantity                int               `json:"quantity"`
	VariantID               shop.VariantID    `json:"variant_id"`
	Key                     string            `json:"key"`
	Title                   string            `json:"title"`
	Price                   shop.Cents        `json:"price"`
	OriginalPrice           shop.Cents        `json:"original_price"`
	PresentmentPrice        shop.Cents        `json:"presentment_price"`
	DiscountedPrice         shop.Cents        `json:"discounted_price"`
	LinePrice               shop.Cents        `json:"line_price"`
	OriginalLinePrice       shop.Cents        `json:"original_line_price"`
	TotalDiscount           shop.Cents        `json:"total_discount"`
	Discounts               []lineOffJSON     `json:"discounts"`
	SKU                     string            `json:"sku"`
	Grams                   int64             `json:"grams"`
	Vendor                  string            `json:"vendor"`
	Taxable                 bool              `json:"taxable"`
	ProductID               shop.ProductID    `json:"product_id"`
	HasOnlyDefaultVariant   bool              `json:"product_has_only_default_variant"`
	GiftCard                bool              `json:"gift_card"`
	FinalPrice              shop.Cents        `json:"final_price"`
	FinalLinePrice          shop.Cents        `json:"final_line_price"`
	URL                     string            `json:"url"`
	FeaturedImage           imageJSON         `json:"featured_image"`
	Image                   string            `json:"image"`
	Handle                  string            `json:"handle"`
	RequiresShipping        bool              `json:"requires_shipping"`
	ProductType             string            `json:"product_type"`
	ProductTitle            string            `json:"product_title"`
	ProductDescription      string            `json:"product_description"`
	VariantTitle            *string           `json:"variant_title"`
	VariantOptions          []string          `json:"variant_options"`
	OptionsWithValues       []optionValueJSON `json:"options_with_values"`
	LineDiscountAllocations []allocationJSON  `json:"line_level_discount_allocations"`
	LineLevelTotalDiscount  shop.Cents        `json:"line_level_total_discount"`
	QuantityRule            quantityRuleJSON  `json:"quantity_rule"`
	HasComponents           bool              `json:"has_components"`
}

type imageJSON struct {
	AspectRatio float64 `json:"aspect_ratio"`
	Alt         string  `json:"alt"`
	Height      int     `json:"height"`
	URL         string  `json:"url"`
	Width       int     `json:"width"`
}

type optionValueJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type quantityRuleJSON struct {
	Min       int  `json:"min"`
	Max       *int `json:"max"`
	Increment int  `json:"increment"`
}

func (s *Storefront) lineJSON(bag *shop.Bag, l *shop.BagLine) lineJSON {
	p, v := &l.Product, &l.Variant
	image := s.lineImage(l)
	line := lineJSON{
		ID: v.ID, VariantID: v.ID, ProductID: p.ID, Key: l.Line.Key(), Quantity: l.Line.Quantity,
		Properties: map[string]string{}, Title: nameOf(p, v),
		Price: v.Price, OriginalPrice: v.Price, PresentmentPrice: v.Price, DiscountedPrice: v.Price, FinalPrice: v.Price,
		LinePrice: l.Amount, OriginalLinePrice: l.Amount, FinalLinePrice: l.Amount,
		Discounts: []lineOffJSON{}, LineDiscountAllocations: []allocationJSON{},
		SKU: v.SKU, Grams: v.Grams, Vendor: p.Vendor, Taxable: v.Taxable, GiftCard: p.GiftCard,
		HasOnlyDefaultVariant: v.PublicTitle() == "", RequiresShipping: v.RequiresShipping,
		URL: variantURL(l), FeaturedImage: s.imageJSON(image), Image: s.kit.BaseURL() + image.URL, Handle: p.Handle,
		ProductType: p.Type, ProductTitle: p.Title, ProductDescription: plain(p.Description),
		VariantTitle: orNull(v.PublicTitle()), VariantOptions: v.Options(len(p.Options)),
		OptionsWithValues: []optionValueJSON{}, QuantityRule: quantityRuleJSON{Min: 1, Increment: 1},
	}
	for _, property := range l.Line.Properties {
		line.Properties[property.Name] = property.Value
	}
	for i, value := range line.VariantOptions {
		line.OptionsWithValues = append(line.OptionsWithValues, optionValueJSON{optionName(p, i), value})
	}
	if p.OrderLimit > 0 {
		line.QuantityRule.Max = &p.OrderLimit
	}
	if l.Off > 0 && bag.Code.Products != nil {
		line.reduce(bag, l)
	}
	return line
}

func (s *Storefront) imageJSON(image Image) imageJSON {
	return imageJSON{
		AspectRatio: ratio(image), Alt: image.Alt, Height: image.Height, Width: image.Width, URL: s.kit.BaseURL() + image.URL,
	}
}

// ratio is width by height with three decimals, as Shopify gives it.
func ratio(image Image) float64 {
	if image.Height == 0 {
		return 1
	}
	return float64((image.Width*1000+image.Height/2)/image.Height) / 1000
}

// nameOf is "Product - Variant", the product alone where there is no choice.
func nameOf(p *shop.Product, v *shop.Variant) string {
	if title := v.PublicTitle(); title != "" {
		return p.Title + " - " + title
	}
	return p.Title
}

// optionName is the name of the option at an index from 0. A product without
// options has one called Title in Shopify's JSON.
func optionName(p *shop.Product, index int) string {
	if index < len(p.Options) {
		return p.Options[index].Name
	}
	return "Title"
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func currencyCode(s shop.Settings) string { return strings.ToUpper(s.Currency) }
