package web

import (
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"
)

// bagAge is how long a browser keeps the bag's cookie, in seconds: 60 days.
const bagAge = 60 * 24 * 60 * 60

var bagToken = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// bagCookie is the cookie's name. The prefix makes browsers refuse one that
// a sister domain or plain HTTP has set.
func (k *Kit) bagCookie() string {
	if k.https() {
		return "__Host-bag"
	}
	return "bag"
}

// BagToken is the token in the visitor's bag cookie, "" without a cookie or
// with one that no bag of ours can have.
func (k *Kit) BagToken(c echo.Context) string {
	cookie, err := c.Cookie(k.bagCookie())
	if err != nil || !bagToken.MatchString(cookie.Value) {
		return ""
	}
	return cookie.Value
}

// SetBagToken gives the visitor the cookie of a bag. It is called with the
// first item and never before: a visitor who only looks gets no cookie.
func (k *Kit) SetBagToken(c echo.Context, token string) {
	c.SetCookie(&http.Cookie{
		Name: k.bagCookie(), Value: token, Path: "/", MaxAge: bagAge,
		Secure: k.https(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}
