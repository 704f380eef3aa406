package storefront

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// listedProductJSON is a product in /products.json; money is in decimals.
type listedProductJSON struct {
	ID          shop.ProductID      `json:"id"`
	Title       string              `json:"title"`
	Handle      string              `json:"handle"`
	BodyHTML    string              `json:"body_html"`
	PublishedAt shop.Instant        `json:"published_at"`
	CreatedAt   shop.Instant        `json:"created_at"`
	UpdatedAt   shop.Instant        `json:"updated_at"`
	Vendor      string              `json:"vendor"`
	ProductType string              `json:"product_type"`
	Tags        []string            `json:"tags"`
	Variants    []listedVariantJSON `json:"variants"`
	Images      []productImageJSON  `json:"images"`
	Options     []optionJSON        `json:"options"`
}

// exportedProductJSON is /products/{handle}.json: the same with the tags in
// one string and the first picture by itself.
type exportedProductJSON struct {
	listedProductJSON
	Tags  string            `json:"tags"`
	Image *productImageJSON `json:"image"`
}

type listedVariantJSON struct {
	ID               shop.VariantID    `json:"id"`
	Title            string            `json:"title"`
	Option1          *string           `json:"option1"`
	Option2          *string           `json:"option2"`
	Option3          *string           `json:"option3"`
	SKU              string            `json:"sku"`
	RequiresShipping bool              `json:"requires_shipping"`
	Taxable          bool              `json:"taxable"`
	FeaturedImage    *productImageJSON `json:"featured_image"`
	Available        bool              `json:"available"`
	Price            string            `json:"price"`
	Grams            int64             `json:"grams"`
	CompareAtPrice   *string           `json:"compare_at_price"`
	Position         int               `json:"position"`
	ProductID        shop.ProductID    `json:"product_id"`
	CreatedAt        shop.Instant      `json:"created_at"`
	UpdatedAt        shop.Instant      `json:"updated_at"`
}

// productImageJSON is a picture of a product. The shop keeps no times of a
// picture's own and gives the product's.
type productImageJSON struct {
	ID         shop.ImageID     `json:"id"`
	ProductID  shop.ProductID   `json:"product_id"`
	Position   int              `json:"position"`
	CreatedAt  shop.Instant     `json:"created_at"`
	UpdatedAt  shop.Instant     `json:"updated_at"`
	Alt        string           `json:"alt"`
	Width      int              `json:"width"`
	Height     int              `json:"height"`
	Src        string           `json:"src"`
	VariantIDs []shop.VariantID `json:"variant_ids"`
}

// The number of products in one answer.
const (
	usualProducts = 30
	mostProducts  = 250
)

// ajaxProducts is /products.json, whole or of a collection. Beyond the end the
// list is empty, by which readers know that they have everything.
func (s *Storefront) ajaxProducts(c echo.Context) error {
	ctx := c.Request().Context()
	var collection *shop.CollectionID
	if handle := c.Param("collection"); handle != "" {
		var err error
		if _, collection, err = s.collectionOf(ctx, handle); err != nil {
			return err
		}
	}
	limit := clamp(c.QueryParam("limit"), usualProducts, mostProducts)
	products, err := s.reader.ProductJSONPage(ctx, collection, limit, pageNumber(c.QueryParam("page")))
	if err != nil {
		return err
	}
	list := make([]listedProductJSON, len(products))
	for i := range products {
		list[i] = s.listedProductJSON(&products[i])
	}
	return web.JSON(c, http.StatusOK, map[string][]listedProductJSON{"products": list})
}

// clamp reads a number from 1 to most; what is no such number is usual.
func clamp(asked string, usual, most int) int {
	n, err := strconv.Atoi(asked)
	if err != nil || n < 1 {
		return usual
	}
	return min(n, most)
}

func (s *Storefront) listedProductJSON(p *shop.Product) listedProductJSON {
	answer := listedProductJSON{
		ID: p.ID, Title: p.Title, Handle: p.Handle, BodyHTML: p.Description,
		PublishedAt: publishedAt(p), CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
		Vendor: p.Vendor, ProductType: p.Type, Tags: tags(p),
		Variants: []listedVariantJSON{}, Images: []productImageJSON{}, Options: optionsJSON(p),
	}
	for i := range p.Variants {
		answer.Variants = append(answer.Variants, s.listedVariantJSON(p, &p.Variants[i]))
	}
	for i := range p.Images {
		answer.Images = append(answer.Images, s.productImageJSON(p, &p.Images[i]))
	}
	return answer
}

func (s *Storefront) exportedProductJSON(p *shop.Product) exportedProductJSON {
	answer := exportedProductJSON{listedProductJSON: s.listedProductJSON(p), Tags: joinTags(p)}
	if len(answer.Images) > 0 {
		answer.Image = &answer.Images[0]
	}
	return answer
}

func (s *Storefront) listedVariantJSON(p *shop.Product, v *shop.Variant) listedVariantJSON {
	answer := listedVariantJSON{
		ID: v.ID, Title: v.Title(), Option1: orNull(v.Option1), Option2: orNull(v.Option2), Option3: orNull(v.Option3),
		SKU: v.SKU, RequiresShipping: v.RequiresShipping, Taxable: v.Taxable, FeaturedImage: s.variantImage(p, v),
		Available: v.Available(), Price: v.Price.Decimal(), Grams: v.Grams, Position: v.Position,
		ProductID: p.ID, CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt,
	}
	if v.CompareAt != nil {
		answer.CompareAtPrice = orNull(v.CompareAt.Decimal())
	}
	return answer
}

// variantImage is the picture that is a variant's own, nil without one.
func (s *Storefront) variantImage(p *shop.Product, v *shop.Variant) *productImageJSON {
	for i := range p.Images {
		if v.ImageID != nil && p.Images[i].ID == *v.ImageID {
			image := s.productImageJSON(p, &p.Images[i])
			return &image
		}
	}
	return nil
}

func (s *Storefront) productImageJSON(p *shop.Product, i *shop.ProductImage) productImageJSON {
	image := s.productImage(p, i, "")
	answer := productImageJSON{
		ID: i.ID, ProductID: p.ID, Position: i.Position, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt,
		Alt: image.Alt, Width: image.Width, Height: image.Height, Src: s.kit.BaseURL() + image.URL,
		VariantIDs: []shop.VariantID{},
	}
	for _, v := range p.Variants {
		if v.ImageID != nil && *v.ImageID == i.ID {
			answer.VariantIDs = append(answer.VariantIDs, v.ID)
		}
	}
	return answer
}

func joinTags(p *shop.Product) string { return strings.Join(tags(p), ", ") }
