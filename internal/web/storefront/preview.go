package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
)

// Preview answers with the page of a product that shoppers need not see yet,
// for whoever has been let in already. Nobody keeps it and no search engine
// reads it. Its button adds nothing to a bag before the product is on sale.
func (s *Storefront) Preview(c echo.Context, p *shop.Product) error {
	page, _, err := s.productPage(c, p, c.QueryParam("variant"))
	if err != nil {
		return err
	}
	page.NoIndex = true
	if page.TestBar = "This is a preview, as shoppers will see it."; p.Status != shop.ProductActive {
		page.TestBar = "This is a preview. The product is " + string(p.Status) + ": shoppers do not see it."
	}
	return s.kit.Render(c, http.StatusOK, "storefront/product", page)
}
