package staff

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// SecondStepPage sets up the second step, or renews what belongs to it.
type SecondStepPage struct {
	Page
	Has       bool // there is one already
	Needed    bool // this shop wants everybody to have one
	Secret    string
	QR        string // address of the picture
	CodesLeft int64
}

func (s *Staff) secondStep(c echo.Context, in database.SignedIn) error { return s.showStep(c, in, nil) }

func (s *Staff) showStep(c echo.Context, in database.SignedIn, refusal error) error {
	p, err := s.page(c, &in, "Second step")
	if err != nil {
		return err
	}
	p.Path = "/staff/account"
	shown := &SecondStepPage{Page: p, Has: in.Staff.HasSecondStep(), Needed: s.access.SecondStep(), QR: "/staff/account/second-step/qr.png"}
	if shown.CodesLeft, err = s.reader.RecoveryCodesLeft(c.Request().Context(), in.Staff.ID); err != nil {
		return err
	}
	candidate, err := s.access.Candidate(in)
	if err != nil {
		return err
	}
	shown.Secret = candidate.Secret
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/secondstep", shown)
}

func (s *Staff) qr(c echo.Context, in database.SignedIn) error {
	candidate, err := s.access.Candidate(in)
	if err != nil {
		return err
	}
	png, err := candidate.QR()
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/png", png)
}

// CodesPage shows new recovery codes, this once.
type CodesPage struct {
	Page
	Codes []string
}

// setUp answers with the recovery codes themselves and not with a redirect,
// since nobody can be shown them again.
func (s *Staff) setUp(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	entry, codes, err := s.access.SetUp(c.Request().Context(), in, form.Get("code"))
	if shop.IsNotFound(err) {
		return s.toSignIn(c)
	}
	if err != nil {
		return s.showStep(c, in, err)
	}
	s.kit.SetStaffToken(c, entry.Token)
	return s.showCodes(c, in, codes)
}

func (s *Staff) newCodes(c echo.Context, in database.SignedIn) error {
	codes, err := s.access.NewRecoveryCodes(c.Request().Context(), in)
	if err != nil {
		return s.showStep(c, in, err)
	}
	return s.showCodes(c, in, codes)
}

func (s *Staff) showCodes(c echo.Context, in database.SignedIn, codes []string) error {
	p, err := s.page(c, &in, "Recovery codes")
	if err != nil {
		return err
	}
	p.Path = "/staff/account"
	return s.kit.RenderStaff(c, http.StatusOK, "staff/codes", &CodesPage{p, codes})
}

func (s *Staff) removeStep(c echo.Context, in database.SignedIn) error {
	entry, err := s.access.RemoveSecondStep(c.Request().Context(), in)
	if shop.IsNotFound(err) {
		return s.toSignIn(c)
	}
	if err != nil {
		return err
	}
	s.kit.SetStaffToken(c, entry.Token)
	return c.Redirect(http.StatusSeeOther, "/staff/account?done=removed")
}

// ConfirmPage asks for the password again.
type ConfirmPage struct {
	Page
	Next string
}

func (s *Staff) confirmPage(c echo.Context, in database.SignedIn) error {
	return s.showConfirm(c, in, c.QueryParam("next"), nil)
}

func (s *Staff) showConfirm(c echo.Context, in database.SignedIn, next string, refusal error) error {
	p, err := s.page(c, &in, "Your password, please")
	if err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = p.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/confirm", &ConfirmPage{p, back(next)})
}

func (s *Staff) confirm(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	if err := s.access.Confirm(c.Request().Context(), in, form.Get("current"), visitor(c)); err != nil {
		return s.showConfirm(c, in, form.Get("next"), err)
	}
	return c.Redirect(http.StatusSeeOther, back(form.Get("next")))
}
