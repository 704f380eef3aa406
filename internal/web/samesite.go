package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
)

// exemptions are the addresses that may be POSTed to from other sites. None
// of them reads a cookie, so that a visitor's browser lends them nothing.
// Stripe's servers send neither Origin nor Sec-Fetch-Site and would pass
// anyway; the list says so where it can be read and tested.
var exemptions = map[string]bool{
	"/webhooks/stripe": true,
	// Shopify's newsletter form, which stands on other sites, too. A message to
	// the shop has the same address, and its handler asks FromOurPages itself.
	"/contact": true,
}

// sameSite refuses what another site makes a visitor's browser send. It takes
// the place of tokens in forms, so that pages are the same for everyone.
func (k *Kit) sameSite(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if exemptions[c.Path()] {
			return next(c)
		}
		if err := k.FromOurPages(c); err != nil {
			return err
		}
		return next(c)
	}
}

// FromOurPages is KindForbidden for what another site makes a visitor's
// browser send. Handlers of exempt addresses ask it for what is not exempt.
func (k *Kit) FromOurPages(c echo.Context) error {
	if err := k.crossOrigin.Check(c.Request()); err != nil {
		return &shop.Error{Kind: shop.KindForbidden, Message: headings[http.StatusForbidden].text, Err: err}
	}
	return nil
}

// SameOrigin says whether a GET came from a link on the shop's own pages.
// Addresses that act on a GET, as Shopify's do, act only then; a link from
// anywhere else, and an address typed in, gets a page with a button first.
func (k *Kit) SameOrigin(c echo.Context) bool {
	r := c.Request()
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	from, err := url.Parse(r.Referer())
	return err == nil && from.Scheme == k.base.Scheme && from.Host == k.base.Host
}
