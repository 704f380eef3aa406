package storefront

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/accounts"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// The pages of accounts, at Shopify's addresses where it has such.
const (
	accountURL   = "/account"
	loginURL     = "/account/login"
	codeURL      = "/account/login/code"
	addressesURL = "/account/addresses"
	emailURL     = "/account/email"
)

// accountRoutes are shoppers' accounts. What has no own is for those who are
// not signed in yet.
func (s *Storefront) accountRoutes(e *echo.Echo) {
	web.Get(e, loginURL, s.loginPage)
	e.POST(loginURL, s.login)
	web.Get(e, codeURL, s.codePage)
	e.POST(codeURL, s.enterCode)
	web.Get(e, "/account/login/:token", s.loginLinkPage)
	e.POST("/account/login/:token", s.useLoginLink)
	e.POST("/account/logout", s.logout)

	web.Get(e, accountURL, s.own(s.account))
	e.POST("/account/name", s.own(s.accountName))
	e.POST("/account/sessions", s.own(s.endAccountSession))

	web.Get(e, addressesURL, s.own(s.addresses))
	e.POST(addressesURL, s.own(s.addAddress))
	web.Get(e, "/account/addresses/new", s.own(s.newAddress))
	web.Get(e, "/account/addresses/:ref", s.own(s.address))
	e.POST("/account/addresses/:ref", s.own(s.changeAddress))
	e.POST("/account/addresses/:ref/delete", s.own(s.deleteAddress))
	e.POST("/account/addresses/:ref/default", s.own(s.defaultAddress))

	web.Get(e, emailURL, s.own(s.emailPage))
	e.POST(emailURL, s.own(s.askEmail))
	web.Get(e, "/account/email/:token", s.own(s.emailLinkPage))
	e.POST("/account/email/:token", s.own(s.confirmEmail))

	// Shopify's other addresses, which old mails and bookmarks have.
	for old, now := range map[string]string{"/account/register": loginURL, "/account/logout": accountURL, "/account/orders/:token": accountURL} {
		web.Get(e, old, func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, now) })
	}
}

// ownHandler answers a shopper who is signed in.
type ownHandler func(c echo.Context, in database.AccountIn) error

// own lets those through who are signed in, and leads others to the sign-in
// page and back.
func (s *Storefront) own(do ownHandler) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderCacheControl, "private, no-store")
		in, err := s.reader.AccountByToken(c.Request().Context(), s.kit.AccountToken(c))
		if shop.IsNotFound(err) {
			return s.toLogin(c)
		}
		if err != nil {
			return err
		}
		if err := s.touch(c, in); err != nil {
			return err
		}
		return do(c, in)
	}
}

// touch notes that the session is used, and has the browser keep its cookies
// for as long again.
func (s *Storefront) touch(c echo.Context, in database.AccountIn) error {
	touched, err := s.sessions.TouchAccount(c.Request().Context(), in)
	if err != nil || !touched {
		return err
	}
	s.kit.SetAccountToken(c, s.kit.AccountToken(c))
	if bag := s.kit.BagToken(c); bag != "" {
		s.kit.SetBagToken(c, bag)
	}
	return nil
}

// keepSignedIn notes that a session is used where nothing else asks for it: a
// shopper who only ever buys stays signed in, too.
func (s *Storefront) keepSignedIn(c echo.Context) error {
	token := s.kit.AccountToken(c)
	if token == "" {
		return nil
	}
	in, err := s.reader.AccountByToken(c.Request().Context(), token)
	if shop.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.touch(c, in)
}

// toLogin leads to the sign-in page, and back after a page was asked for.
func (s *Storefront) toLogin(c echo.Context) error {
	to := loginURL
	if r := c.Request(); r.Method != http.MethodPost && shop.AccountReturn(r.URL.Path) != accountURL {
		to += "?return_to=" + url.QueryEscape(r.URL.Path)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// browserOf is the browser that sends a request.
func (s *Storefront) browserOf(c echo.Context) accounts.Visitor {
	return accounts.Visitor{
		Network: web.AddressOf(c), Agent: c.Request().UserAgent(), Bag: s.kit.BagToken(c), Session: s.kit.AccountToken(c),
	}
}
