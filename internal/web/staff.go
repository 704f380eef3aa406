package web

import (
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"
)

// RenderStaff answers with a page of the staff area, which nobody keeps and
// which has nothing of a shopper on it. It is complete before the first byte
// leaves.
func (k *Kit) RenderStaff(c echo.Context, status int, name string, page any) error {
	html, err := k.execute(name, page)
	if err != nil {
		return err
	}
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return k.personal(c, status, html)
}

var staffToken = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// staffCookie is the cookie's name, with the prefix that binds it to this
// host where that can be.
func (k *Kit) staffCookie() string {
	if k.https() {
		return "__Host-staff"
	}
	return "staff"
}

// StaffToken is the token of the browser's staff session, "" without one.
func (k *Kit) StaffToken(c echo.Context) string {
	cookie, err := c.Cookie(k.staffCookie())
	if err != nil || !staffToken.MatchString(cookie.Value) {
		return ""
	}
	return cookie.Value
}

// SetStaffToken gives the browser the cookie of a staff session, until it is
// closed; "" takes it away. The session itself ends by its own limits.
func (k *Kit) SetStaffToken(c echo.Context, token string) {
	cookie := &http.Cookie{
		Name: k.staffCookie(), Value: token, Path: "/", Secure: k.https(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	c.SetCookie(cookie)
}

// AddressOf is whom limits count: an IPv4 address, or the network of an IPv6
// one.
func AddressOf(c echo.Context) string { return addressOf(c) }
