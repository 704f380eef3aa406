package storefront

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/contact"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// contactURL is the page; /contact is where its form, and Shopify's, leads.
const contactURL = "/pages/contact"

// contactRoutes are for writing to the shop.
func (s *Storefront) contactRoutes(e *echo.Echo) {
	web.Get(e, contactURL, s.contactPage)
	e.POST("/contact", s.postContact)
	toPage := func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, contactURL) }
	web.Get(e, "/contact", toPage) // the form's own address, opened again
	web.Get(e, "/policies/contact-information", toPage)
}

// ContactPage is the shop's address, and the form to write to it.
type ContactPage struct {
	web.Page
	Sent   bool // the message has just been sent
	Error  string
	Fields map[string]string // what is wrong, by field
	Name   string            // as typed, like those that follow
	Email  string
	Order  string
	Body   string
	Key    string // of the form
	Most   int    // characters of a message
}

func (s *Storefront) contactPage(c echo.Context) error {
	return s.showContact(c, contact.Typed{Order: c.QueryParam("order")}, nil)
}

// showContact shows the page, with the form as it was filled in if it was
// refused.
func (s *Storefront) showContact(c echo.Context, t contact.Typed, refusal error) error {
	base, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	page := &ContactPage{Page: base, Name: t.Name, Email: t.Email, Order: t.Order, Body: t.Body, Key: t.Key, Most: shop.MaxContactBody}
	page.Title, page.Canonical = "Contact", s.abs(contactURL)
	page.Description = "How to reach " + base.ShopName + ": by mail, by phone, in the shop, or with the form on this page."
	page.Crumbs = []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Contact"}}
	page.Sent = refusal == nil && c.QueryParam("contact_posted") == "true"
	page.NoIndex = page.NoIndex || page.Sent
	status := http.StatusOK
	var e *shop.Error
	if errors.As(refusal, &e) {
		page.Error, page.Fields, status = e.Message, e.Fields, web.StatusOf(refusal)
		page.Title = "Not sent yet"
	}
	if _, ours := s.reader.FormShown(contact.Form, t.Key); !ours {
		now, err := s.reader.Now(c.Request().Context())
		if err != nil {
			return err
		}
		page.Key = s.reader.NewFormKey(contact.Form, now)
	}
	return s.kit.Render(c, status, "storefront/contact", page)
}

// postContact is Shopify's address for messages and for its newsletter form,
// which may stand on other sites. Only messages use what the browser brings.
func (s *Storefront) postContact(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	switch form.Get("form_type") {
	case "contact":
		if err := s.kit.FromOurPages(c); err != nil {
			return err
		}
		return s.sendMessage(c, form)
	case "customer":
		return shop.Invalid("The shop has no newsletter yet, so nobody was subscribed.")
	}
	return shop.Invalid("This form is of a kind that the shop does not know.")
}

func (s *Storefront) sendMessage(c echo.Context, form url.Values) error {
	t := contact.Typed{
		Name: contactField(form, "name"), Email: contactField(form, "email"), Order: contactField(form, "order"),
		Body: contactField(form, "body"), Trap: contactField(form, "website"), Key: form.Get("key"), Network: web.AddressOf(c),
	}
	err := s.contact.Send(c.Request().Context(), t)
	switch shop.KindOf(err) {
	case shop.KindInvalid, shop.KindTooMany:
		if err != nil {
			return s.showContact(c, t, err)
		}
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, contactURL+"?contact_posted=true")
}

// contactField is contact[name] of a form. Themes write names as they show
// them, so their case does not count.
func contactField(form url.Values, name string) string {
	if field := "contact[" + name + "]"; form.Has(field) {
		return form.Get(field)
	}
	for key, value := range pairs(form, "contact") {
		if strings.EqualFold(key, name) {
			return value
		}
	}
	return ""
}
