package staff

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// InvitationPage lets the holder of a link choose a password. Its address is
// a secret.
type InvitationPage struct {
	Page
	Name   string
	Email  string
	Action string
}

func (s *Staff) invitationPage(c echo.Context) error { return s.showInvitation(c, nil) }

func (s *Staff) showInvitation(c echo.Context, refusal error) error {
	web.KeepAddress(c, true)
	who, err := s.access.Invitee(c.Request().Context(), c.Param("token"))
	if shop.IsNotFound(err) {
		return s.linkOver(c, err)
	}
	if err != nil {
		return err
	}
	p, err := s.page(c, nil, "Choose a password")
	if err != nil {
		return err
	}
	shown := &InvitationPage{Page: p, Name: who.Name, Email: who.Email, Action: c.Request().URL.Path}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/invitation", shown)
}

func (s *Staff) linkOver(c echo.Context, over error) error {
	p, err := s.page(c, nil, "This link is over")
	if err != nil {
		return err
	}
	p.Error = shop.MessageOf(over)
	return s.kit.RenderStaff(c, http.StatusNotFound, "staff/linkover", &p)
}

// accept sets the password. The two entries of it must be the same.
func (s *Staff) accept(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	if err := same(form.Get("password"), form.Get("again")); err != nil {
		return s.showInvitation(c, err)
	}
	_, err = s.access.Accept(c.Request().Context(), c.Param("token"), form.Get("password"))
	if shop.IsNotFound(err) {
		return s.linkOver(c, err)
	}
	if err != nil {
		return s.showInvitation(c, err)
	}
	s.kit.SetStaffToken(c, "")
	return c.Redirect(http.StatusSeeOther, "/staff/sign-in?done=welcome")
}

// same refuses a password that was typed in two ways.
func same(password, again string) error {
	if password == again {
		return nil
	}
	e := shop.Invalid("The two passwords are not the same.")
	e.Fields = map[string]string{"again": e.Message}
	return e
}
