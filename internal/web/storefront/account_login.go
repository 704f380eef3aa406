package storefront

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/accounts"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// LoginPage asks for the address of e-mail to sign in with.
type LoginPage struct {
	web.Page
	Done     string // what was done before, in a sentence
	Error    string
	Fields   map[string]string
	Email    string // as typed
	ReturnTo string
}

func (s *Storefront) loginPage(c echo.Context) error {
	_, err := s.reader.AccountByToken(c.Request().Context(), s.kit.AccountToken(c))
	if err == nil {
		return c.Redirect(http.StatusSeeOther, shop.AccountReturn(c.QueryParam("return_to")))
	}
	if !shop.IsNotFound(err) {
		return err
	}
	return s.showLogin(c, LoginPage{ReturnTo: shop.AccountReturn(c.QueryParam("return_to"))}, nil)
}

func (s *Storefront) showLogin(c echo.Context, page LoginPage, refusal error) error {
	base, err := s.accountPage(c, "Sign in")
	if err != nil {
		return err
	}
	page.Page = base
	if c.QueryParam("done") == "signedout" && refusal == nil {
		page.Done = "You are signed out. Your bag waits for you in your account."
	}
	var status int
	page.Error, page.Fields, status = refused(refusal)
	return s.kit.Render(c, status, "storefront/account_login", &page)
}

// accountPage is the base of an account's page.
func (s *Storefront) accountPage(c echo.Context, title string) (web.Page, error) {
	base, err := s.kit.Page(c)
	base.Title, base.NoIndex = title, true
	base.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Your account", URL: accountURL}, {Title: title}}
	if title == "Your account" || title == "Sign in" {
		base.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: title}}
	}
	return base, err
}

// refused is what a page says of a refusal, and its status; nothing and 200
// without one.
func refused(err error) (sentence string, fields map[string]string, status int) {
	var e *shop.Error
	if !errors.As(err, &e) {
		return "", nil, http.StatusOK
	}
	return e.Message, e.Fields, web.StatusOf(err)
}

// shows says whether a refusal is one to show on the form itself.
func shows(err error) bool {
	switch shop.KindOf(err) {
	case shop.KindInvalid, shop.KindTooMany, shop.KindConflict:
		return true
	}
	return false
}

// login answers every address alike: a mail is on its way.
func (s *Storefront) login(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	asked := accounts.Asked{Email: form.Get("email"), ReturnTo: form.Get("return_to"), Visitor: s.browserOf(c)}
	browser, err := s.accounts.Ask(c.Request().Context(), asked)
	if err != nil && shows(err) {
		return s.showLogin(c, LoginPage{Email: asked.Email, ReturnTo: shop.AccountReturn(asked.ReturnTo)}, err)
	}
	if err != nil {
		return err
	}
	s.kit.SetAskerToken(c, browser)
	return c.Redirect(http.StatusSeeOther, codeURL)
}

// LoginCodePage asks for the code in the mail.
type LoginCodePage struct {
	web.Page
	Email  string // where the mail went
	Error  string
	Fields map[string]string
	Code   string // as typed
}

func (s *Storefront) codePage(c echo.Context) error { return s.showCode(c, "", nil) }

// showCode shows the page to the browser that asked for the mail, and the
// sign-in page to any other.
func (s *Storefront) showCode(c echo.Context, typed string, refusal error) error {
	wish, err := s.reader.SignInByBrowser(c.Request().Context(), s.kit.AskerToken(c))
	if shop.IsNotFound(err) {
		return c.Redirect(http.StatusSeeOther, loginURL)
	}
	if err != nil {
		return err
	}
	base, err := s.accountPage(c, "Look in your mail")
	if err != nil {
		return err
	}
	base.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Sign in", URL: loginURL}, {Title: base.Title}}
	page := &LoginCodePage{Page: base, Email: wish.Email, Code: typed}
	var status int
	page.Error, page.Fields, status = refused(refusal)
	return s.kit.Render(c, status, "storefront/account_code", page)
}

func (s *Storefront) enterCode(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	entry, err := s.accounts.EnterCode(c.Request().Context(), s.kit.AskerToken(c), form.Get("code"), s.browserOf(c))
	switch {
	case shop.IsNotFound(err):
		return s.overLogin(c, err)
	case err != nil && shows(err):
		return s.showCode(c, form.Get("code"), err)
	case err != nil:
		return err
	}
	return s.enter(c, entry)
}

// overLogin is the sign-in page for whoever came with something that is over.
func (s *Storefront) overLogin(c echo.Context, err error) error {
	return s.showLogin(c, LoginPage{ReturnTo: accountURL}, err)
}

// LoginLinkPage has the button that signs in: whatever merely opens the link
// changes nothing.
type LoginLinkPage struct {
	web.Page
	Email  string // whose mail the link came in
	Action string
	Other  string // the address that is signed in here by now, "" for none
}

func (s *Storefront) loginLinkPage(c echo.Context) error {
	web.KeepAddress(c, true)
	ctx := c.Request().Context()
	wish, err := s.reader.SignInByLink(ctx, c.Param("token"))
	if err != nil && !shop.IsNotFound(err) {
		return err
	}
	now, nowErr := s.reader.Now(ctx)
	if nowErr != nil {
		return nowErr
	}
	if err != nil || !wish.Good(now) {
		return s.overLogin(c, shop.NotFound(accounts.LinkOver))
	}
	base, err := s.accountPage(c, "Sign in")
	if err != nil {
		return err
	}
	page := &LoginLinkPage{Page: base, Email: wish.Email, Action: loginURL + "/" + url.PathEscape(c.Param("token"))}
	if in, err := s.reader.AccountByToken(ctx, s.kit.AccountToken(c)); err == nil && in.Account.Email != wish.Email {
		page.Other = in.Account.Email
	}
	return s.kit.Render(c, http.StatusOK, "storefront/account_link", page)
}

func (s *Storefront) useLoginLink(c echo.Context) error {
	web.KeepAddress(c, true)
	entry, err := s.accounts.UseLink(c.Request().Context(), c.Param("token"), s.browserOf(c))
	if shop.IsNotFound(err) {
		return s.overLogin(c, err)
	}
	if err != nil {
		return err
	}
	return s.enter(c, entry)
}

// enter gives the browser its session and the account's bag.
func (s *Storefront) enter(c echo.Context, entry accounts.Entry) error {
	s.kit.SetAccountToken(c, entry.Token)
	s.kit.SetBagToken(c, entry.BagToken)
	s.kit.SetAskerToken(c, "")
	if entry.BagSays {
		return c.Redirect(http.StatusSeeOther, "/cart")
	}
	return c.Redirect(http.StatusSeeOther, entry.ReturnTo)
}

// logout ends the browser's session, if it has one. The bag goes with it: it
// is the account's.
func (s *Storefront) logout(c echo.Context) error {
	if token := s.kit.AccountToken(c); token != "" {
		if err := s.accounts.SignOut(c.Request().Context(), token); err != nil {
			return err
		}
		s.kit.SetAccountToken(c, "")
		s.kit.ClearBagToken(c)
	}
	c.Response().Header().Set("Clear-Site-Data", `"cache"`)
	return c.Redirect(http.StatusSeeOther, loginURL+"?done=signedout")
}
