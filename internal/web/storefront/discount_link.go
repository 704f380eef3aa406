package storefront

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/cart"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// discountLink is GET /discount/{code}?redirect=/path, which gives the bag a
// code. It acts only when followed from the shop's own pages; from anywhere
// else, an address typed in included, it shows a button first.
func (s *Storefront) discountLink(c echo.Context) error {
	code, err := shop.ParseCode(c.Param("code"))
	if err != nil {
		return shop.NotFound("There is nothing at this address.")
	}
	if s.kit.SameOrigin(c) {
		return s.useCode(c, code, c.QueryParam("redirect"))
	}
	page, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	page.Title, page.NoIndex = "Use the discount code "+code+"?", true
	return s.kit.Render(c, http.StatusOK, "storefront/confirm", &ConfirmPage{
		Page: page, Heading: page.Title, Text: "A link brought you here. Nothing has changed yet.",
		Action: "/discount/" + code, Fields: fieldsOf(c.QueryParams(), "redirect"), Button: "Yes, use " + code,
	})
}

// discountLinkPost is the button of that page.
func (s *Storefront) discountLinkPost(c echo.Context) error {
	code, err := shop.ParseCode(c.Param("code"))
	if err != nil {
		return shop.NotFound("There is nothing at this address.")
	}
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	return s.useCode(c, code, form.Get("redirect"))
}

func (s *Storefront) useCode(c echo.Context, code, redirect string) error {
	updated, err := s.cart.Update(c.Request().Context(), s.kit.BagToken(c), cart.Update{Discount: &code})
	if err != nil {
		return s.refuseBag(c, url.Values{"discount": {code}}, err)
	}
	s.kit.SetBagToken(c, updated.Token)
	return c.Redirect(http.StatusSeeOther, safePath(redirect, "/cart"))
}
