package web

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
)

// The cookies of shoppers who sign in: a session, and while a mail is on its
// way the browser that asked for it. Their prefix binds them to this host.
func (k *Kit) accountCookie() string { return k.hostCookie("account") }
func (k *Kit) askerCookie() string   { return k.hostCookie("signin") }

func (k *Kit) hostCookie(name string) string {
	if k.https() {
		return "__Host-" + name
	}
	return name
}

// AccountToken is the token of the browser's session in an account, "" without
// one.
func (k *Kit) AccountToken(c echo.Context) string { return k.readCookie(c, k.accountCookie()) }

// SetAccountToken gives the browser the cookie of a session, which lasts as
// long as an unused session does; "" takes it away.
func (k *Kit) SetAccountToken(c echo.Context, token string) {
	k.writeCookie(c, k.accountCookie(), token, shop.AccountIdle)
}

// AskerToken is the token of a browser that has asked for a mail to sign in
// with, "" without one.
func (k *Kit) AskerToken(c echo.Context) string { return k.readCookie(c, k.askerCookie()) }

// SetAskerToken gives the browser that asks its cookie; "" takes it away.
func (k *Kit) SetAskerToken(c echo.Context, token string) {
	k.writeCookie(c, k.askerCookie(), token, shop.AccountMailLife)
}

// ClearBagToken takes the cookie of the bag away.
func (k *Kit) ClearBagToken(c echo.Context) { k.writeCookie(c, k.bagCookie(), "", 0) }

// readCookie is a token in a cookie, "" for what none of ours can be.
func (k *Kit) readCookie(c echo.Context, name string) string {
	cookie, err := c.Cookie(name)
	if err != nil || !staffToken.MatchString(cookie.Value) {
		return ""
	}
	return cookie.Value
}

func (k *Kit) writeCookie(c echo.Context, name, token string, life time.Duration) {
	cookie := &http.Cookie{
		Name: name, Value: token, Path: "/", MaxAge: int(life / time.Second),
		Secure: k.https(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	c.SetCookie(cookie)
}
