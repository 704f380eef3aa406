package storefront

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// productJSON is GET /products/{handle}.js; money is in cents.
type productJSON struct {
	ID                   shop.ProductID `json:"id"`
	Title                string         `json:"title"`
	Handle               string         `json:"handle"`
	Description          string         `json:"description"`
	PublishedAt          shop.Instant   `json:"published_at"`
	CreatedAt            shop.Instant   `json:"created_at"`
	Vendor               string         `json:"vendor"`
	Type                 string         `json:"type"`
	Tags                 []string       `json:"tags"`
	Price                shop.Cents     `json:"price"`
	PriceMin             shop.Cents     `json:"price_min"`
	PriceMax             shop.Cents     `json:"price_max"`
	Available            bool           `json:"available"`
	PriceVaries          bool           `json:"price_varies"`
	CompareAtPrice       *shop.Cents    `json:"compare_at_price"`
	CompareAtPriceMin    shop.Cents     `json:"compare_at_price_min"`
	CompareAtPriceMax    shop.Cents     `json:"compare_at_price_max"`
	CompareAtPriceVaries bool           `json:"compare_at_price_varies"`
	Variants             []variantJSON  `json:"variants"`
	Images               []string       `json:"images"`
	FeaturedImage        *string        `json:"featured_image"`
	Options              []optionJSON   `json:"options"`
	URL                  string         `json:"url"`
	Media                []mediaJSON    `json:"media"`
	RequiresSellingPlan  bool           `json:"requires_selling_plan"`
	SellingPlanGroups    []struct{}     `json:"selling_plan_groups"`
}

// variantJSON is a variant in it.
type variantJSON struct {
	ID                  shop.VariantID    `json:"id"`
	Title               string            `json:"title"`
	Option1             *string           `json:"option1"`
	Option2             *string           `json:"option2"`
	Option3             *string           `json:"option3"`
	SKU                 string            `json:"sku"`
	RequiresShipping    bool              `json:"requires_shipping"`
	Taxable             bool              `json:"taxable"`
	FeaturedImage       *productImageJSON `json:"featured_image"`
	Available           bool              `json:"available"`
	Name                string            `json:"name"`
	PublicTitle         *string           `json:"public_title"`
	Options             []string          `json:"options"`
	Price               shop.Cents        `json:"price"`
	Weight              int64             `json:"weight"` // grams
	CompareAtPrice      *shop.Cents       `json:"compare_at_price"`
	InventoryManagement *string           `json:"inventory_management"`
	Barcode             string            `json:"barcode"`
}

type optionJSON struct {
	Name     string   `json:"name"`
	Position int      `json:"position"`
	Values   []string `json:"values"`
}

type mediaJSON struct {
	Alt         string       `json:"alt"`
	ID          shop.ImageID `json:"id"`
	Position    int          `json:"position"`
	AspectRatio float64      `json:"aspect_ratio"`
	Height      int          `json:"height"`
	MediaType   string       `json:"media_type"`
	Src         string       `json:"src"`
	Width       int          `json:"width"`
}

// maxProductVariants is how many variants Shopify's .js answers have.
const maxProductVariants = 250

// productSuffix takes a suffix that asks for JSON off a handle, and says which
// shape it asks for.
func productSuffix(name string) (handle string, shape func(*Storefront, *shop.Product) any) {
	if handle, ok := strings.CutSuffix(name, ".js"); ok {
		return handle, func(s *Storefront, p *shop.Product) any { return s.productJSON(p) }
	}
	if handle, ok := strings.CutSuffix(name, ".json"); ok {
		return handle, func(s *Storefront, p *shop.Product) any {
			return map[string]exportedProductJSON{"product": s.exportedProductJSON(p)}
		}
	}
	return name, nil
}

func (s *Storefront) ajaxProduct(c echo.Context, handle string, shape func(*Storefront, *shop.Product) any) error {
	p, err := s.reader.ProductByHandle(c.Request().Context(), handle)
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, shape(s, &p))
}

func (s *Storefront) productJSON(p *shop.Product) productJSON {
	low, high := p.PriceRange()
	answer := productJSON{
		ID: p.ID, Title: p.Title, Handle: p.Handle, Description: p.Description,
		PublishedAt: publishedAt(p), CreatedAt: p.CreatedAt, Vendor: p.Vendor, Type: p.Type, Tags: tags(p),
		Price: low, PriceMin: low, PriceMax: high, PriceVaries: low != high, Available: p.Available(),
		Variants: []variantJSON{}, Images: []string{}, Options: optionsJSON(p), URL: "/products/" + p.Handle,
		Media: []mediaJSON{}, SellingPlanGroups: []struct{}{},
	}
	answer.compare(p)
	for i := range p.Variants[:min(len(p.Variants), maxProductVariants)] {
		answer.Variants = append(answer.Variants, s.variantJSON(p, &p.Variants[i]))
	}
	for i := range p.Images {
		image := s.productImage(p, &p.Images[i], "")
		src := s.schemeless(image)
		answer.Images = append(answer.Images, src)
		answer.Media = append(answer.Media, mediaJSON{
			Alt: image.Alt, ID: p.Images[i].ID, Position: i + 1, AspectRatio: ratio(image),
			Height: image.Height, Width: image.Width, MediaType: "image", Src: src,
		})
	}
	if len(answer.Images) > 0 {
		answer.FeaturedImage = &answer.Images[0]
	}
	return answer
}

// compare fills in what the variants cost before, 0 where none did.
func (j *productJSON) compare(p *shop.Product) {
	first := true
	for i := range p.Variants {
		before := shop.Cents(0)
		if p.Variants[i].CompareAt != nil {
			before = *p.Variants[i].CompareAt
		}
		if first || before < j.CompareAtPriceMin {
			j.CompareAtPriceMin = before
		}
		j.CompareAtPriceMax = max(j.CompareAtPriceMax, before)
		first = false
	}
	j.CompareAtPriceVaries = j.CompareAtPriceMin != j.CompareAtPriceMax
	if j.CompareAtPriceMin > 0 {
		j.CompareAtPrice = &j.CompareAtPriceMin
	}
}

func (s *Storefront) variantJSON(p *shop.Product, v *shop.Variant) variantJSON {
	answer := variantJSON{
		ID: v.ID, Title: v.Title(), Option1: orNull(v.Option1), Option2: orNull(v.Option2), Option3: orNull(v.Option3),
		SKU: v.SKU, RequiresShipping: v.RequiresShipping, Taxable: v.Taxable, FeaturedImage: s.variantImage(p, v),
		Available: v.Available(), Name: nameOf(p, v), PublicTitle: orNull(v.PublicTitle()), Options: v.Options(len(p.Options)),
		Price: v.Price, Weight: v.Grams, CompareAtPrice: v.CompareAt, Barcode: v.Barcode,
	}
	if v.Tracked {
		answer.InventoryManagement = orNull("shopify")
	}
	return answer
}

// schemeless is a picture's address as .js answers have it: "//host/path".
func (s *Storefront) schemeless(image Image) string {
	_, rest, _ := strings.Cut(s.kit.BaseURL()+image.URL, ":")
	return rest
}

func publishedAt(p *shop.Product) shop.Instant {
	if p.PublishAt != nil {
		return *p.PublishAt
	}
	return p.CreatedAt
}

func tags(p *shop.Product) []string {
	list := make([]string, len(p.Tags))
	for i, t := range p.Tags {
		list[i] = t.Tag
	}
	return list
}

func optionsJSON(p *shop.Product) []optionJSON {
	var list []optionJSON
	for i := range max(len(p.Options), 1) {
		list = append(list, optionJSON{optionName(p, i), i + 1, p.OptionValues(i + 1)})
	}
	return list
}
