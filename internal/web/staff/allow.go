package staff

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/access"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// handler answers somebody who is signed in and allowed to ask.
type handler func(c echo.Context, in database.SignedIn) error

// allow lets those through who may do something. Who is not signed in is led
// to the sign-in page and back; who may not gets 403. Everything is looked up
// for each request, so that a change of role holds from the next one on.
func (s *Staff) allow(action shop.Action, do handler) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderCacheControl, "private, no-store")
		ctx := c.Request().Context()
		in, err := s.reader.SessionByToken(ctx, s.kit.StaffToken(c))
		switch {
		case shop.IsNotFound(err):
			return s.toSignIn(c)
		case err != nil:
			return err
		case in.Session.Stage != shop.SessionFull:
			return c.Redirect(http.StatusSeeOther, "/staff/sign-in/code")
		case !in.Staff.May(action):
			s.kit.Log().Warn("staff refused", "who", in.Staff.Actor(), "route", c.Path(), "action", string(action))
			return s.refused(c, in)
		case s.access.SecondStep() && !in.Staff.HasSecondStep() && action != shop.CanOwnAccount:
			return c.Redirect(http.StatusSeeOther, "/staff/account/second-step")
		}
		if err := s.sessions.Touch(ctx, in); err != nil {
			return err
		}
		return do(c, in)
	}
}

// fresh asks for the password first if it was not given lately, and leads
// back to a page, whose :id is this request's.
func (s *Staff) fresh(page string, do handler) handler {
	return func(c echo.Context, in database.SignedIn) error {
		if in.Session.Confirmed(in.Now) {
			return do(c, in)
		}
		back := strings.Replace(page, ":id", url.PathEscape(c.Param("id")), 1)
		return c.Redirect(http.StatusSeeOther, "/staff/confirm?next="+url.QueryEscape(back))
	}
}

func (s *Staff) toSignIn(c echo.Context) error {
	to := "/staff/sign-in"
	if r := c.Request(); r.Method == http.MethodGet && r.URL.Path != start {
		to += "?next=" + url.QueryEscape(r.URL.Path)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// start is the first page.
const start = "/staff"

// back is where a next parameter leads: a page of the staff area and nowhere
// else.
func back(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || strings.ContainsAny(next, "\\\r\n\t") ||
		u.Path != start && !strings.HasPrefix(u.Path, start+"/") || strings.Contains(u.Path, "..") || strings.Contains(u.Path, "//") {
		return start
	}
	return u.EscapedPath()
}

// visitor is where a request comes from.
func visitor(c echo.Context) access.Visitor {
	return access.Visitor{Network: web.AddressOf(c), Agent: c.Request().UserAgent()}
}
