package storefront

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/web"
)

// Routes are all addresses of the storefront.
func (s *Storefront) Routes(e *echo.Echo) {
	e.Use(s.oldAddresses)

	// Pages that are the same for everyone, kept until what they show changes.
	s.kit.Cached(e, "/", s.home)
	s.kit.Cached(e, "/collections", s.collections)
	s.kit.Cached(e, "/collections/:collection", s.collection, "sort_by", "page")
	s.kit.Cached(e, "/collections/:collection/products/:handle", s.product, "variant")
	s.kit.Cached(e, "/products/:handle", s.product, "variant")

	s.bagRoutes(e) // the bag, its forms, and the Ajax API

	// The way to the payment page and back. The success page settles what
	// Stripe itself says: it is on the list of GETs that may write.
	e.POST("/checkout", s.beginCheckout)
	web.Get(e, "/checkout/success/:token", s.success)
	web.Get(e, "/checkout/cancelled/:token", s.cancelled)
	e.POST("/checkout/release/:token", s.release)
	web.Get(e, "/orders/:token", s.order)
	web.Get(e, "/orders/:token/invoice", s.invoice)
	s.findRoutes(e) // an order's link by its number and e-mail address

	s.accountRoutes(e) // signing in by mail, and what an account has
	s.contactRoutes(e) // writing to the shop
	s.waitingRoutes(e) // hearing when a size is back
	s.privacyRoutes(e) // one's own data
}
