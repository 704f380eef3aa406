package storefront

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
)

// oldAddresses leads from an address of a product or a collection that is not
// used any more to the one that is, for good. It asks only where there is
// nothing, so that what exists never pays for it. Browsers ask again each
// time: an address that was given up may be taken up again.
func (s *Storefront) oldAddresses(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		method := c.Request().Method
		if !shop.IsNotFound(err) || method != http.MethodGet && method != http.MethodHead || c.Response().Committed {
			return err
		}
		target, lost := "", error(nil)
		for _, old := range oldPaths(c) {
			lost = s.kit.Admit(c, func() (err error) {
				target, err = s.reader.RedirectFor(c.Request().Context(), old.path)
				return err
			})
			if lost != nil {
				return lost
			}
			if target != "" {
				return movedTo(c, target+old.rest)
			}
		}
		return err
	}
}

// oldPath is a path to look for, and what follows it at its new place.
type oldPath struct{ path, rest string }

// oldPaths are what may have moved of a request's address.
func oldPaths(c echo.Context) []oldPath {
	product, collection := c.Param("handle"), "/collections/"+c.Param("collection")
	switch c.Path() {
	case "/products/:handle":
		handle := strings.TrimSuffix(strings.TrimSuffix(product, ".json"), ".js")
		return []oldPath{{"/products/" + handle, strings.TrimPrefix(product, handle)}}
	case "/collections/:collection":
		return []oldPath{{collection, ""}}
	case "/collections/:collection/products.json":
		return []oldPath{{collection, "/products.json"}}
	case "/collections/:collection/products/:handle":
		return []oldPath{{"/products/" + product, ""}, {collection, "/products/" + product}}
	}
	return nil
}

// movedTo leads to an address with the query of this one.
func movedTo(c echo.Context, target string) error {
	if query := c.Request().URL.RawQuery; query != "" && !strings.Contains(target, "?") {
		target += "?" + query
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
	return c.Redirect(http.StatusMovedPermanently, target)
}
