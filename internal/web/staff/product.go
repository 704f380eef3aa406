package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/media"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// productFields is how many fields the form of a product may have.
const productFields = 20_000

// productEntries is how much of the audit log a product's page shows.
const productEntries = 20

func (s *Staff) product(c echo.Context, in database.SignedIn) error {
	stored, err := s.askedProduct(c)
	if err != nil {
		return err
	}
	p, err := s.productPage(c, in, &stored)
	if err != nil {
		return err
	}
	p.Typed["redirect"] = yes
	return s.showProduct(c, http.StatusOK, p, &stored)
}

// askedProduct is the product that a request's address names.
func (s *Staff) askedProduct(c echo.Context) (shop.Product, error) {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return shop.Product{}, shop.NotFound("There is no such product.")
	}
	return s.reader.ProductForStaff(c.Request().Context(), shop.ProductID(id))
}

// productPage is the page of a stored product, or of a new one without an id,
// as nobody has touched it yet.
func (s *Staff) productPage(c echo.Context, in database.SignedIn, stored *shop.Product) (*ProductPage, error) {
	title := stored.Title
	if stored.ID == 0 {
		title = "New product"
	}
	base, err := s.page(c, &in, title)
	if err != nil {
		return nil, err
	}
	base.Path = productsAt
	p := &ProductPage{
		Page: base, New: stored.ID == 0, ID: stored.ID, Version: stored.Version, Key: rand.Text(), Action: productURL(stored.ID),
		MayEdit: in.Staff.May(shop.CanEditCatalog), MayCount: in.Staff.May(shop.CanMoveStock), MayDrop: in.Staff.May(shop.CanDropProducts),
		Typed: typedOf(stored, base.zoneOrUTC()), Zone: base.zoneOrUTC().String(), Changed: stored.UpdatedAt, Host: s.host(),
	}
	p.Base = p.Typed.pack()
	return p, s.around(c.Request().Context(), p, stored)
}

func (s *Staff) host() string {
	u, err := url.Parse(s.kit.BaseURL())
	if err != nil {
		return ""
	}
	return u.Host
}

func productURL(id shop.ProductID) string {
	if id == 0 {
		return productsAt + "/new"
	}
	return fmt.Sprintf("%s/%d", productsAt, id)
}

// around reads what stands beside the form: words to choose from, the other
// colours, and what was done to the product.
func (s *Staff) around(ctx context.Context, p *ProductPage, stored *shop.Product) error {
	words, err := s.reader.ProductWords(ctx)
	if err != nil {
		return err
	}
	p.Words = ProductWords{Vendors: words.Vendors, Types: words.Types, Tags: words.Tags}
	if p.New {
		return nil
	}
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	if stored.Visible(now) {
		p.Storefront = "/products/" + stored.Handle
	}
	family, err := s.reader.Family(ctx, stored.Family)
	if err != nil {
		return err
	}
	for i := range family {
		if other := &family[i]; other.ID != stored.ID {
			p.Family = append(p.Family, web.MenuItem{Title: orElse(other.Colour, other.Title), URL: productURL(other.ID)})
		}
	}
	var sizes []shop.VariantID
	for i := range stored.Variants {
		sizes = append(sizes, stored.Variants[i].ID)
	}
	if p.waits, err = s.reader.WaitCounts(ctx, sizes); err != nil {
		return err
	}
	p.Entries, err = s.auditLines(ctx, database.AuditSearch{ThingKind: "product", ThingID: fmt.Sprint(stored.ID), Limit: productEntries})
	return err
}

// showProduct answers with the page of the form as it is typed now.
func (s *Staff) showProduct(c echo.Context, status int, p *ProductPage, stored *shop.Product) error {
	if !p.New {
		p.showSheets(stored)
	}
	for i := range stored.Options {
		p.Options = append(p.Options, p.F(fmt.Sprintf("option.%d", i+1), fmt.Sprintf("Option %d", i+1)))
	}
	for i := range stored.Images {
		p.Images = append(p.Images, s.imageLine(p, stored, &stored.Images[i], i+1))
	}
	p.listProblems(stored)
	return s.kit.RenderStaff(c, status, "staff/product", p)
}

func (s *Staff) imageLine(p *ProductPage, stored *shop.Product, image *shop.ProductImage, n int) ImageLine {
	line := ImageLine{
		Name: fmt.Sprintf("Picture %d", n), URL: s.kit.Asset("img/stand-in.svg"), Width: 96, Height: 72,
		Alt:      p.F(imageField(image.ID, "alt"), fmt.Sprintf("Picture %d shows", n)),
		Position: p.F(imageField(image.ID, "position"), "Its place"),
		Remove:   p.F(imageField(image.ID, "remove"), "Take it out"),
	}
	if image.Picture != nil {
		line.URL, line.Width, line.Height = thumbnail(image.Picture)
	}
	return line
}

// thumbnail is the smallest rendition of a picture, as large as a list shows
// it.
func thumbnail(p *shop.Picture) (address string, width, height int) {
	const side = 96
	list := media.Renditions(*p)
	if len(list) == 0 || p.Width == 0 {
		return "", side, side
	}
	return list[0].Path, side, max(1, side*p.Height/p.Width)
}

// listProblems lists what is wrong in the order of the page, each with a link
// to its field.
func (p *ProductPage) listProblems(stored *shop.Product) {
	names := make([]string, 0, len(p.Fields))
	for name := range p.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		p.Problems = append(p.Problems, Problem{ID: idOf(name), Label: labelOf(stored, name), Text: p.Fields[name]})
	}
}
