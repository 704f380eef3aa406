package web

import (
	"strings"

	"github.com/labstack/echo/v4"
)

// contentPolicy lets a page use the shop's own files and nothing else. Forms
// may also lead to the payment page: browsers that check the redirect after a
// form would stop there otherwise.
func (k *Kit) contentPolicy() string {
	return strings.Join([]string{
		"default-src 'none'",
		"img-src 'self'",
		"style-src 'self'",
		"script-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"form-action " + strings.Join(append([]string{"'self'"}, k.o.PayOrigins...), " "),
		"base-uri 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// harden sets the headers that every answer has.
func (k *Kit) harden(next echo.HandlerFunc) echo.HandlerFunc {
	policy := k.contentPolicy()
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set(echo.HeaderContentSecurityPolicy, policy)
		h.Set(echo.HeaderXContentTypeOptions, "nosniff")
		h.Set(echo.HeaderReferrerPolicy, "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if k.https() {
			h.Set(echo.HeaderStrictTransportSecurity, "max-age=31536000")
		}
		if k.o.Environment != Production {
			h.Set("X-Robots-Tag", "noindex")
		}
		return next(c)
	}
}

// KeepAddress marks an answer whose address is itself a secret: the browser
// names it to nobody, and no search engine keeps it. A page with a form needs
// its origin named, or the same-site check would see none.
func KeepAddress(c echo.Context, hasForm bool) {
	h := c.Response().Header()
	h.Set("X-Robots-Tag", "noindex")
	h.Set(echo.HeaderReferrerPolicy, "no-referrer")
	if hasForm {
		h.Set(echo.HeaderReferrerPolicy, "strict-origin")
	}
}
