package staff

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// Page is what every page of the staff area has.
type Page struct {
	Title      string
	ShopName   string
	TestBar    string // in staging and development
	Stylesheet string
	Script     string
	Icon       string
	Path       string // of this request, to mark the menu
	Me         string // who is signed in, "" for nobody
	MyRole     shop.StaffRole
	Menu       []web.MenuItem    // the work of every day
	House      []web.MenuItem    // the rest
	Notice     string            // what staff must not forget, on every page
	Done       string            // what has just been done
	Error      string            // why a form was refused
	Fields     map[string]string // the same by field
	zone       *time.Location
}

// page is the base of a page; in is nil for those who are not signed in.
func (s *Staff) page(c echo.Context, in *database.SignedIn, title string) (Page, error) {
	settings, err := s.reader.Settings(c.Request().Context())
	if err != nil {
		return Page{}, err
	}
	p := s.bare(c, settings, title)
	if in == nil {
		return p, nil
	}
	if s.taxOff {
		p.Notice = taxNotice(settings.TaxOffReason)
	}
	p.Me, p.MyRole = in.Staff.Name, in.Staff.Role
	p.Menu, p.House = shownTo(in.Staff, menu), shownTo(in.Staff, house)
	return p, nil
}

// bare is the base of a page as everybody sees it.
func (s *Staff) bare(c echo.Context, settings shop.Settings, title string) Page {
	p := Page{
		Title: title, ShopName: settings.ShopName, Stylesheet: s.kit.Asset("css/staff.css"), Script: s.kit.Asset("js/staff.js"), Icon: s.kit.Asset("img/icon.svg"),
		Path: c.Request().URL.Path, Done: done(c.QueryParam("done")), zone: settings.Location(),
	}
	if s.kit.Environment() != web.Production {
		p.TestBar = "Test shop"
	}
	return p
}

// When is an instant as staff read it, in the shop's time zone.
func (p Page) When(at shop.Instant) string { return at.In(p.zoneOrUTC()).Format("Jan 2, 2006 15:04") }

// Stamp is an instant as machines read it.
func (p Page) Stamp(at shop.Instant) string { return at.Format(time.RFC3339) }

func (p Page) zoneOrUTC() *time.Location {
	if p.zone == nil {
		return time.UTC
	}
	return p.zone
}

// refuse puts a refusal on the page and gives its status. Errors that are
// not for a form come back.
func (p *Page) refuse(err error) (int, error) {
	var e *shop.Error
	if !errors.As(err, &e) {
		return 0, err
	}
	switch e.Kind {
	case shop.KindInvalid, shop.KindConflict, shop.KindTooMany:
		p.Error, p.Fields = e.Message, e.Fields
		return web.StatusOf(err), nil
	}
	return 0, err
}

// refused answers who is signed in and may not.
func (s *Staff) refused(c echo.Context, in database.SignedIn) error {
	p, err := s.page(c, &in, "Not for you")
	if err != nil {
		return err
	}
	return s.kit.RenderStaff(c, http.StatusForbidden, "staff/refused", &p)
}
