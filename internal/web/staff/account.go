package staff

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// AccountPage is one's own account.
type AccountPage struct {
	Page
	Email      string
	SecondStep bool
	CodesLeft  int64
	Sessions   []SessionLine
	Others     bool // whether there are other sessions than this one
}

// SessionLine is one of one's sessions.
type SessionLine struct {
	ID      shop.StaffSessionID
	Browser string
	Network string
	Began   shop.Instant
	Seen    shop.Instant
	This    bool
}

func (s *Staff) account(c echo.Context, in database.SignedIn) error { return s.showAccount(c, in, nil) }

func (s *Staff) showAccount(c echo.Context, in database.SignedIn, refusal error) error {
	p, err := s.page(c, &in, "My account")
	if err != nil {
		return err
	}
	p.Path = "/staff/account"
	shown := &AccountPage{Page: p, Email: in.Staff.Email, SecondStep: in.Staff.HasSecondStep()}
	ctx := c.Request().Context()
	if shown.CodesLeft, err = s.reader.RecoveryCodesLeft(ctx, in.Staff.ID); err != nil {
		return err
	}
	sessions, err := s.reader.StaffSessions(ctx, in.Staff.ID, in.Now)
	if err != nil {
		return err
	}
	for _, one := range sessions {
		this := one.ID == in.Session.ID
		shown.Others = shown.Others || !this
		shown.Sessions = append(shown.Sessions, SessionLine{
			ID: one.ID, Browser: browser(one.Agent), Network: one.Network, Began: one.CreatedAt, Seen: one.SeenAt, This: this,
		})
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/account", shown)
}

// browser is what a browser calls itself, in words that its owner knows.
func browser(agent string) string {
	switch name := shop.BrowserName(agent); {
	case name != "":
		return name
	case agent == "":
		return "A program without a name"
	}
	return agent
}

func (s *Staff) changePassword(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	if err := same(form.Get("password"), form.Get("again")); err != nil {
		return s.showAccount(c, in, err)
	}
	entry, err := s.access.ChangePassword(c.Request().Context(), in, form.Get("current"), form.Get("password"), visitor(c))
	if shop.IsNotFound(err) {
		return s.toSignIn(c)
	}
	if err != nil {
		return s.showAccount(c, in, err)
	}
	s.kit.SetStaffToken(c, entry.Token)
	return c.Redirect(http.StatusSeeOther, "/staff/account?done=password")
}

// endSession ends one of one's own sessions, or all others.
func (s *Staff) endSession(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	id, done := int64(0), "sessions"
	if text := form.Get("session"); text != "others" {
		if id, err = strconv.ParseInt(text, 10, 64); err != nil || id <= 0 {
			return shop.Errorf(shop.KindMalformed, "This is not a session.")
		}
		done = "session"
	}
	if err := s.access.EndSession(c.Request().Context(), in, shop.StaffSessionID(id)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/staff/account?done="+done)
}
