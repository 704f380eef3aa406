package storefront

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/cart"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// changeBody is the JSON of a change: one line, by its place, its key or its
// variant's id.
type changeBody struct {
	Line       number           `json:"line"`
	ID         number           `json:"id"`
	Quantity   number           `json:"quantity"`
	Properties *map[string]text `json:"properties"`
	Sections   names            `json:"sections"`
}

func (b *changeBody) fromForm(form url.Values) {
	b.Line = number{form.Get("line"), form.Has("line")}
	b.ID = number{form.Get("id"), form.Has("id")}
	b.Quantity = number{form.Get("quantity"), form.Has("quantity")}
	if found := pairs(form, "properties"); len(found) > 0 {
		values := map[string]text{}
		for name, value := range found {
			values[name] = text(value)
		}
		b.Properties = &values
	}
	b.Sections = formSections(form)
}

// change reads what was sent. A line is meant before an id, as at Shopify.
func (b *changeBody) change() (cart.Change, error) {
	var change cart.Change
	noLine := shop.Errorf(shop.KindMalformed, cart.NoLine)
	switch {
	case b.Line.given:
		n, err := web.ParseQuantity(b.Line.written)
		if err != nil || n == 0 {
			return change, noLine
		}
		change.Line = n
	case strings.Contains(b.ID.written, ":"):
		change.Key = b.ID.written
	default:
		id, err := web.ParseID(b.ID.written)
		if err != nil {
			return change, noLine
		}
		change.Variant = shop.VariantID(id)
	}
	if b.Quantity.given {
		n, err := web.ParseQuantity(b.Quantity.written)
		if err != nil {
			return change, err
		}
		change.Quantity = &n
	}
	if b.Properties != nil {
		values := plainTexts(*b.Properties)
		change.Properties = &values
	}
	return change, nil
}

// cartChange changes one line.
func (s *Storefront) cartChange(c echo.Context) error {
	var b changeBody
	form, err := readBody(c, &b)
	if err != nil {
		return err
	}
	if form != nil {
		b.fromForm(form)
	}
	change, err := b.change()
	if err == nil {
		err = s.cart.Change(c.Request().Context(), s.kit.BagToken(c), change)
	}
	return s.afterChange(c, b.Sections, s.kit.BagToken(c), err)
}

// afterChange answers every change of the bag but an add: with the cart's JSON,
// or with the bag's page.
func (s *Storefront) afterChange(c echo.Context, sections names, token string, err error) error {
	switch {
	case asksJSON(c) && err != nil:
		return refuseJSON(c, err)
	case asksJSON(c):
		return s.answerCart(c, token, sections)
	case shop.MessageOf(err) == cart.NoLine:
		return s.showBag(c, http.StatusUnprocessableEntity, "This line is no longer in your bag.")
	case err != nil:
		return s.refuseBag(c, url.Values{}, err)
	}
	return c.Redirect(http.StatusSeeOther, "/cart")
}
