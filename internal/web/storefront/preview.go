package storefront

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
)

// Preview answers with a product as its page will be, whatever its state, and
// with nothing to buy. Nobody keeps the page. Who may see it is for the caller
// to know.
func (s *Storefront) Preview(c echo.Context, p *shop.Product) error {
	page, _, err := s.productPage(c, p, c.QueryParam("variant"))
	if err != nil {
		return err
	}
	now, err := s.reader.Now(c.Request().Context())
	if err != nil {
		return err
	}
	page.TestBar = "Preview: not visible to shoppers."
	if p.Visible(now) {
		page.TestBar = "Preview: shoppers see this page, too."
	}
	page.NotYet = "This is a preview. Nothing can be bought here."
	page.NoIndex, page.Canonical, page.JSONLD, page.Wait = true, "", nil, nil
	for _, group := range page.Options {
		for i := range group.Values {
			v := &group.Values[i]
			if _, query, has := strings.Cut(v.URL, "?"); has {
				v.URL = c.Request().URL.Path + "?" + query
			}
		}
	}
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return s.kit.Render(c, http.StatusOK, "storefront/product", page)
}
