package storefront

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/privacy"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// privacyURL is where anybody asks what is held of them.
const privacyURL = "/privacy"

// privacyRoutes are for people who want to see, have or lose their data.
func (s *Storefront) privacyRoutes(e *echo.Echo) {
	web.Get(e, privacyURL, s.privacyPage)
	e.POST(privacyURL, s.askPrivacy)
	web.Get(e, "/privacy/:token", s.privacyFile)
	e.POST("/privacy/:token/download", s.downloadPrivacy)
	e.POST("/privacy/:token/erase", s.erasePrivacy)
}

// PrivacyPage says how long what is kept, and asks for an address.
type PrivacyPage struct {
	web.Page
	Asked   bool // it was just asked; whether anything is held is not said
	Erasing bool // an erasure was just asked for
	Error   string
	Fields  map[string]string // what is wrong, by field
	Email   string            // as typed
	Key     string            // of the form
	Kept    []KeptLine
}

// KeptLine is a line of the table of what is kept for how long.
type KeptLine struct{ What, Keep, Then, Why string }

func (s *Storefront) privacyPage(c echo.Context) error { return s.showPrivacy(c, privacy.Asked{}, nil) }

func (s *Storefront) showPrivacy(c echo.Context, a privacy.Asked, refusal error) error {
	base, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	page := &PrivacyPage{Page: base, Email: a.Email, Key: s.reader.NewFormKey(privacy.Form, now)}
	page.Title, page.Canonical = "Your data", s.abs(privacyURL)
	page.Description = "What " + base.ShopName + " keeps of you, for how long and why, and how to see it, have it or have it erased."
	page.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Your data"}}
	page.Asked = refusal == nil && c.QueryParam("asked") == "true"
	page.Erasing = refusal == nil && c.QueryParam("erasing") == "true"
	page.NoIndex = page.NoIndex || page.Asked || page.Erasing
	for _, r := range shop.Retentions() {
		if r.Shopper {
			page.Kept = append(page.Kept, KeptLine{r.What, r.Days(settings.TaxYears), r.Then, r.Why})
		}
	}
	status := http.StatusOK
	var e *shop.Error
	if errors.As(refusal, &e) {
		page.Error, page.Fields, status = e.Message, e.Fields, web.StatusOf(refusal)
	}
	return s.kit.Render(c, status, "storefront/privacy", page)
}

// askPrivacy answers every address alike. A link is mailed if anything is held.
func (s *Storefront) askPrivacy(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	a := privacy.Asked{Email: form.Get("email"), Key: form.Get("key"), Network: web.AddressOf(c)}
	if _, ours := s.reader.FormShown(privacy.Form, a.Key); !ours {
		now, err := s.reader.Now(c.Request().Context())
		if err != nil {
			return err
		}
		a.Key = s.reader.NewFormKey(privacy.Form, now)
	}
	err = s.privacy.Ask(c.Request().Context(), a)
	if kind := shop.KindOf(err); err != nil && (kind == shop.KindInvalid || kind == shop.KindTooMany) {
		return s.showPrivacy(c, a, err)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, privacyURL+"?asked=true")
}

// PrivacyFilePage shows what is held, to who has the link to it.
type PrivacyFilePage struct {
	web.Page
	privacy.File
	Base string // where its forms begin
}

func (s *Storefront) privacyFile(c echo.Context) error {
	web.KeepAddress(c, true)
	ctx, token := c.Request().Context(), c.Param("token")
	email, _, err := privacy.OfLink(ctx, s.reader, token)
	if err != nil {
		return err
	}
	file, err := privacy.Look(ctx, s.reader, email)
	if err != nil {
		return err
	}
	base, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	page := &PrivacyFilePage{Page: base, File: file, Base: privacyURL + "/" + token}
	page.Title, page.NoIndex = "What we hold of you", true
	page.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Your data", URL: privacyURL}, {Title: "What we hold of you"}}
	return s.kit.Render(c, http.StatusOK, "storefront/privacy_file", page)
}

func (s *Storefront) downloadPrivacy(c echo.Context) error {
	web.KeepAddress(c, true)
	return s.privacy.ExportByLink(c.Request().Context(), c.Param("token"), func() io.Writer {
		h := c.Response().Header()
		h.Set(echo.HeaderContentType, "application/zip")
		h.Set(echo.HeaderContentDisposition, `attachment; filename="your-data.zip"`)
		h.Set(echo.HeaderCacheControl, "private, no-store")
		return c.Response()
	})
}

func (s *Storefront) erasePrivacy(c echo.Context) error {
	web.KeepAddress(c, true)
	if err := s.privacy.EraseByLink(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, privacyURL+"?erasing=true")
}
