package storefront

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/web"
)

// bagRoutes are the bag, its forms, and the Ajax API in Shopify's shapes. The
// forms' addresses answer programs as well, with and without .js.
func (s *Storefront) bagRoutes(e *echo.Echo) {
	web.Get(e, "/cart", s.bag)
	e.POST("/cart", s.postBag)
	for _, suffix := range []string{"", ".js"} {
		e.POST("/cart/add"+suffix, s.cartAdd)
		e.POST("/cart/update"+suffix, s.cartUpdate)
		e.POST("/cart/change"+suffix, s.cartChange)
		e.POST("/cart/clear"+suffix, s.cartClear)
	}

	// Links that change the bag: they are on the list of GETs that may write,
	// and act only when followed from the shop's own pages.
	e.GET("/cart/change", s.cartChangeLink)
	e.GET("/cart/:link", s.cartLink)
	e.POST("/cart/:link", s.cartLinkPost)
	e.GET("/discount/:code", s.discountLink)
	e.POST("/discount/:code", s.discountLinkPost)

	web.Get(e, "/cart.js", s.ajaxCart)
	web.Get(e, "/cart.json", s.ajaxCart)
	web.Get(e, "/products.json", s.ajaxProducts)
	web.Get(e, "/collections/:collection/products.json", s.ajaxProducts)
	e.Use(s.productSuffixes)
}

// productSuffixes tells /products/{handle}.js and .json from the page, which
// the router cannot: a parameter takes its whole part of the path.
func (s *Storefront) productSuffixes(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Path() == "/products/:handle" && c.Request().Method != echo.POST {
			if handle, shape := productSuffix(c.Param("handle")); shape != nil {
				return s.kit.Admit(c, func() error { return s.ajaxProduct(c, handle, shape) })
			}
		}
		return next(c)
	}
}
