package storefront

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/orders"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// findURL is where shoppers without their link look an order up.
const findURL = "/orders/find"

// findRoutes look orders up.
func (s *Storefront) findRoutes(e *echo.Echo) {
	web.Get(e, findURL, s.findPage)
	e.POST(findURL, s.find)
}

// FindPage asks for an order's number and address.
type FindPage struct {
	web.Page
	Asked  bool // it was just asked; whether there is such an order is not said
	Error  string
	Fields map[string]string // what is wrong, by field
	Number string            // as typed
	Email  string            // as typed
	Key    string            // of the form
}

func (s *Storefront) findPage(c echo.Context) error { return s.showFind(c, orders.Asked{}, nil) }

func (s *Storefront) showFind(c echo.Context, a orders.Asked, refusal error) error {
	base, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	now, err := s.reader.Now(c.Request().Context())
	if err != nil {
		return err
	}
	page := &FindPage{Page: base, Number: a.Number, Email: a.Email, Key: s.reader.NewFormKey(orders.FindForm, now)}
	page.Title, page.Canonical = "Find your order", s.abs(findURL)
	page.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Find your order"}}
	page.Asked = refusal == nil && c.QueryParam("asked") == "true"
	page.NoIndex = page.NoIndex || page.Asked
	status := http.StatusOK
	var e *shop.Error
	if errors.As(refusal, &e) {
		page.Error, page.Fields, status = e.Message, e.Fields, web.StatusOf(refusal)
	}
	return s.kit.Render(c, status, "storefront/find", page)
}

// find answers every number and every address alike. A link is mailed if the
// two belong together.
func (s *Storefront) find(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	a := orders.Asked{Number: form.Get("number"), Email: form.Get("email"), Key: form.Get("key"), Network: web.AddressOf(c)}
	if _, ours := s.reader.FormShown(orders.FindForm, a.Key); !ours {
		now, err := s.reader.Now(c.Request().Context())
		if err != nil {
			return err
		}
		a.Key = s.reader.NewFormKey(orders.FindForm, now)
	}
	err = s.orders.AskForLink(c.Request().Context(), a)
	if kind := shop.KindOf(err); err != nil && (kind == shop.KindInvalid || kind == shop.KindTooMany) {
		return s.showFind(c, a, err)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, findURL+"?asked=true")
}
