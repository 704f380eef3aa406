package storefront

import (
	"html/template"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// product is a product's page. A variant may be asked for by its id, as in
// Shopify's links; one that is not this product's shows the product itself.
func (s *Storefront) product(c echo.Context) (web.View, error) {
	ctx := c.Request().Context()
	p, err := s.reader.ProductByHandle(ctx, c.Param("handle"))
	if err != nil {
		return web.View{}, err
	}
	asked := c.QueryParam("variant")
	page, shown, err := s.productPage(c, &p, asked)
	if err != nil {
		return web.View{}, err
	}
	view, err := s.view(ctx, "storefront/product", page, shown)
	view.Shown.Once = asked != "" && asked != idText(page.VariantID)
	return view, err
}

// productPage is the page of a product with a variant chosen, "" for the
// first that can be bought, and the products that it shows.
func (s *Storefront) productPage(c echo.Context, p *shop.Product, asked string) (*ProductPage, []shop.ProductID, error) {
	ctx := c.Request().Context()
	base, err := s.kit.Page(c)
	if err != nil {
		return nil, nil, err
	}
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return nil, nil, err
	}
	now, err := s.reader.Now(ctx)
	if err != nil {
		return nil, nil, err
	}
	family, err := s.reader.Family(ctx, p.Family)
	if err != nil {
		return nil, nil, err
	}
	crumbs, err := s.productCrumbs(c, p)
	if err != nil {
		return nil, nil, err
	}
	page := &ProductPage{
		Page: base, ID: p.ID, Heading: bareTitle(p), Vendor: p.Vendor, Colour: p.Colour,
		Text: template.HTML(p.Description), SoldOut: !p.Available(), NotYet: notYet(p, now, settings),
		Facts: facts(p.ShoeFacts), FitNote: p.FitNote, Quantity: "1", AddURL: "/cart/add",
	}
	page.Crumbs = crumbs
	s.showVariant(page, p, chosenVariant(p, asked), settings)
	if p.OnSale(now) {
		page.Wait = waitForm(p, chosenVariant(p, asked))
	}
	s.showPictures(page, p)
	s.showFamily(page, p, family)
	s.describeProduct(page, p, settings)
	return page, append(idsOf(family), p.ID), nil
}

func (s *Storefront) productCrumbs(c echo.Context, p *shop.Product) ([]web.Crumb, error) {
	crumbs := []web.Crumb{{Title: "Home", URL: "/"}}
	if handle := c.Param("collection"); handle != "" {
		collection, _, err := s.collectionOf(c.Request().Context(), handle)
		if err != nil {
			return nil, err
		}
		crumbs = append(crumbs, web.Crumb{Title: collection.Title, URL: "/collections/" + handle})
	}
	return append(crumbs, web.Crumb{Title: p.Title}), nil
}

// chosenVariant is the one asked for, else the first that can be bought; nil
// of a product without variants.
func chosenVariant(p *shop.Product, asked string) *shop.Variant {
	if id, err := web.ParseID(asked); err == nil {
		if v := p.Variant(shop.VariantID(id)); v != nil {
			return v
		}
	}
	return p.FirstAvailable()
}

func (s *Storefront) showVariant(page *ProductPage, p *shop.Product, v *shop.Variant, settings shop.Settings) {
	page.Low, page.High = p.PriceRange()
	page.PriceVaries = page.Low != page.High
	if v == nil {
		page.SoldOut = true
		return
	}
	page.VariantID, page.Price, page.CompareAt = v.ID, v.Price, reduced(v)
	page.Chosen, page.ChosenOut = v.PublicTitle(), !v.Available()
	page.StockNote, page.ShippingNote = shop.StockNote(v, 0), shippingNote(v, p.GiftCard, settings)
	page.Options = optionGroups(p, v)
}

func (s *Storefront) showPictures(page *ProductPage, p *shop.Product) {
	for i := range p.Images {
		page.Images = append(page.Images, s.productImage(p, &p.Images[i], sizesProduct))
	}
	if len(page.Images) == 0 {
		page.Images = []Image{s.firstPicture(p, sizesProduct)}
		return
	}
	if p.Images[0].Picture != nil {
		page.OGImage = s.kit.BaseURL() + page.Images[0].URL
	}
}

func (s *Storefront) showFamily(page *ProductPage, p *shop.Product, family []shop.Product) {
	if len(family) < 2 {
		return
	}
	for i := range family {
		other := &family[i]
		page.OtherColours = append(page.OtherColours, ColourLink{
			Title: other.Colour, URL: "/products/" + other.Handle, Image: s.firstPicture(other, sizesSmall),
			Current: other.ID == p.ID, SoldOut: !other.Available(),
		})
	}
}

func (s *Storefront) describeProduct(page *ProductPage, p *shop.Product, settings shop.Settings) {
	page.Title, page.Description = p.SEOTitle, p.SEOText
	if page.Title == "" {
		page.Title = p.Title
	}
	if page.Description == "" {
		page.Description = short(plain(p.Description), 160)
	}
	page.Canonical = s.abs("/products/" + p.Handle)
	var images []string
	for i := range p.Images {
		if p.Images[i].Picture != nil {
			images = append(images, s.kit.BaseURL()+page.Images[i].URL)
		}
	}
	page.JSONLD = scripts(s.productData(p, images, settings), s.breadcrumbs(page.Crumbs), s.organization(&page.Page))
}

func idText(id shop.VariantID) string { return strconv.FormatInt(int64(id), 10) }

func keys(set map[string]bool) []string {
	var list []string
	for key := range set {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}
