package storefront

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/accounts"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// AccountEmailPage asks for another address, or first for a fresh sign-in.
type AccountEmailPage struct {
	web.Page
	Now    string // the present address
	Fresh  bool   // signed in so lately that the form can be shown
	Asked  bool   // the mail is on its way
	Error  string
	Fields map[string]string
	Email  string // as typed
}

func (s *Storefront) emailPage(c echo.Context, in database.AccountIn) error {
	return s.showEmail(c, in, "", nil)
}

func (s *Storefront) showEmail(c echo.Context, in database.AccountIn, typed string, refusal error) error {
	base, err := s.accountPage(c, "Change your e-mail address")
	if err != nil {
		return err
	}
	page := &AccountEmailPage{Page: base, Now: in.Account.Email, Fresh: in.Session.Fresh(in.Now), Email: typed}
	page.Asked = refusal == nil && c.QueryParam("done") == "asked"
	var status int
	page.Error, page.Fields, status = refused(refusal)
	return s.kit.Render(c, status, "storefront/account_email", page)
}

func (s *Storefront) askEmail(c echo.Context, in database.AccountIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	err = s.accounts.AskEmail(c.Request().Context(), in, form.Get("email"))
	switch {
	case errors.Is(err, accounts.ErrSignInAgain):
		return c.Redirect(http.StatusSeeOther, emailURL)
	case err != nil && shows(err):
		return s.showEmail(c, in, form.Get("email"), err)
	case err != nil:
		return err
	}
	return c.Redirect(http.StatusSeeOther, emailURL+"?done=asked")
}

// AccountEmailLinkPage has the button that makes an address the account's.
type AccountEmailLinkPage struct {
	web.Page
	Now    string
	Email  string // the address that it will be; "" when the link is over
	Action string
	Error  string
}

func (s *Storefront) emailLinkPage(c echo.Context, in database.AccountIn) error {
	web.KeepAddress(c, true)
	change, err := s.reader.EmailChangeByLink(c.Request().Context(), c.Param("token"))
	if shop.IsNotFound(err) || err == nil && (change.AccountID != in.Account.ID || !change.Good(in.Now)) {
		return s.showEmailLink(c, AccountEmailLinkPage{Now: in.Account.Email}, shop.NotFound(accounts.EmailOver))
	}
	if err != nil {
		return err
	}
	return s.showEmailLink(c, AccountEmailLinkPage{
		Now: in.Account.Email, Email: change.Email, Action: emailURL + "/" + url.PathEscape(c.Param("token")),
	}, nil)
}

func (s *Storefront) showEmailLink(c echo.Context, page AccountEmailLinkPage, refusal error) error {
	var err error
	if page.Page, err = s.accountPage(c, "Change your e-mail address"); err != nil {
		return err
	}
	var status int
	page.Error, _, status = refused(refusal)
	return s.kit.Render(c, status, "storefront/account_email_link", &page)
}

func (s *Storefront) confirmEmail(c echo.Context, in database.AccountIn) error {
	web.KeepAddress(c, true)
	err := s.accounts.ConfirmEmail(c.Request().Context(), in, c.Param("token"))
	if err != nil && (shop.IsNotFound(err) || shows(err)) {
		return s.showEmailLink(c, AccountEmailLinkPage{Now: in.Account.Email}, err)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, accountURL+"?done=email")
}
