package staff

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/access"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// SignInPage asks for address and password.
type SignInPage struct {
	Page
	Email string
	Next  string
}

func (s *Staff) signInPage(c echo.Context) error {
	in, err := s.reader.SessionByToken(c.Request().Context(), s.kit.StaffToken(c))
	if err == nil && in.Session.Stage == shop.SessionFull {
		return c.Redirect(http.StatusSeeOther, start)
	}
	return s.showSignIn(c, SignInPage{Next: back(c.QueryParam("next"))}, nil)
}

func (s *Staff) showSignIn(c echo.Context, shown SignInPage, refusal error) error {
	var err error
	if shown.Page, err = s.page(c, nil, "Sign in"); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/signin", &shown)
}

func (s *Staff) signIn(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	from, next := visitor(c), back(form.Get("next"))
	entry, err := s.access.SignIn(c.Request().Context(), form.Get("email"), form.Get("password"), from)
	if err != nil {
		s.logRefusal(c, from, err)
		return s.showSignIn(c, SignInPage{Email: form.Get("email"), Next: next}, err)
	}
	if err := s.take(c, entry); err != nil {
		return err
	}
	if entry.NeedsCode {
		next = "/staff/sign-in/code?next=" + url.QueryEscape(next)
	}
	return c.Redirect(http.StatusSeeOther, next)
}

// logRefusal notes a failed sign-in, without what was typed.
func (s *Staff) logRefusal(c echo.Context, from access.Visitor, err error) {
	if kind := shop.KindOf(err); kind == shop.KindInvalid || kind == shop.KindTooMany {
		s.kit.Log().Info("sign-in refused", "route", c.Path(), "address", from.Network, "limited", kind == shop.KindTooMany)
	}
}

// take gives the browser its new session and ends the one it had.
func (s *Staff) take(c echo.Context, entry access.Entry) error {
	if old := s.kit.StaffToken(c); old != "" {
		if err := s.sessions.End(c.Request().Context(), old); err != nil {
			return err
		}
	}
	s.kit.SetStaffToken(c, entry.Token)
	return nil
}

// CodePage asks for the second step.
type CodePage struct {
	Page
	Next string
}

func (s *Staff) codePage(c echo.Context) error {
	in, err := s.reader.SessionByToken(c.Request().Context(), s.kit.StaffToken(c))
	switch {
	case shop.IsNotFound(err):
		return c.Redirect(http.StatusSeeOther, "/staff/sign-in")
	case err != nil:
		return err
	case in.Session.Stage == shop.SessionFull:
		return c.Redirect(http.StatusSeeOther, start)
	}
	return s.showCode(c, CodePage{Next: back(c.QueryParam("next"))}, nil)
}

func (s *Staff) showCode(c echo.Context, shown CodePage, refusal error) error {
	var err error
	if shown.Page, err = s.page(c, nil, "Second step"); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/code", &shown)
}

func (s *Staff) enterCode(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	ctx, from := c.Request().Context(), visitor(c)
	in, err := s.reader.SessionByToken(ctx, s.kit.StaffToken(c))
	if err != nil && !shop.IsNotFound(err) {
		return err
	}
	if err != nil || in.Session.Stage == shop.SessionFull {
		return c.Redirect(http.StatusSeeOther, "/staff/sign-in")
	}
	entry, err := s.access.EnterCode(ctx, in, form.Get("code"), from)
	switch {
	case shop.IsNotFound(err):
		return c.Redirect(http.StatusSeeOther, "/staff/sign-in")
	case err != nil:
		s.logRefusal(c, from, err)
		return s.showCode(c, CodePage{Next: back(form.Get("next"))}, err)
	}
	s.kit.SetStaffToken(c, entry.Token)
	return c.Redirect(http.StatusSeeOther, back(form.Get("next")))
}

// signOut ends the browser's session, if it has one.
func (s *Staff) signOut(c echo.Context) error {
	if token := s.kit.StaffToken(c); token != "" {
		if err := s.sessions.End(c.Request().Context(), token); err != nil {
			return err
		}
	}
	s.kit.SetStaffToken(c, "")
	c.Response().Header().Set("Clear-Site-Data", `"cache"`)
	return c.Redirect(http.StatusSeeOther, "/staff/sign-in?done=signedout")
}
