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

// cartChangeLink is GET /cart/change?line=1&quantity=0, the link that takes a
// line out. It acts only when followed from the shop's own pages, so that no
// other site can empty a bag by showing a picture.
func (s *Storefront) cartChangeLink(c echo.Context) error {
	var b changeBody
	query := c.QueryParams()
	b.fromForm(query)
	change, err := b.change()
	if err != nil || change.Quantity == nil {
		return shop.NotFound("This link changes nothing in your bag.")
	}
	if !s.kit.SameOrigin(c) {
		heading := "Change your bag?"
		if *change.Quantity == 0 {
			heading = "Take this out of your bag?"
		}
		return s.confirm(c, heading, "/cart/change", fieldsOf(query, "line", "id", "quantity"))
	}
	err = s.cart.Change(c.Request().Context(), s.kit.BagToken(c), change)
	if *change.Quantity == 0 && shop.MessageOf(err) == cart.NoLine {
		err = nil // it is out already: the link was pressed twice
	}
	return s.afterChange(c, nil, "", err)
}

// cartLink is GET /cart/{variant}:{quantity},…, a bag to go. It replaces what
// is in the bag, under the same rule as cartChangeLink.
func (s *Storefront) cartLink(c echo.Context) error {
	items, err := linkItems(c.Param("link"))
	if err != nil {
		return err
	}
	if s.kit.SameOrigin(c) {
		return s.fillFromLink(c, items, c.QueryParams())
	}
	fields := fieldsOf(c.QueryParams(), "note", "discount")
	for name, value := range pairs(c.QueryParams(), "attributes") {
		fields = append(fields, Field{Name: "attributes[" + name + "]", Value: value})
	}
	return s.confirm(c, "Put these in your bag?", "/cart/"+c.Param("link"), fields)
}

// cartLinkPost is the button of that page.
func (s *Storefront) cartLinkPost(c echo.Context) error {
	items, err := linkItems(c.Param("link"))
	if err != nil {
		return err
	}
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	return s.fillFromLink(c, items, form)
}

// fillFromLink makes the bag what a link says and shows it: paying is a button
// that the shopper presses.
func (s *Storefront) fillFromLink(c echo.Context, items []cart.Item, said url.Values) error {
	attributes := pairs(said, "attributes")
	added, err := s.cart.Replace(c.Request().Context(), s.kit.BagToken(c), items, optional(said, "note"), attributes)
	if added.Token != "" {
		s.kit.SetBagToken(c, added.Token)
	}
	if shop.IsNotFound(err) {
		return s.unknownAdd(err)
	}
	if code := said.Get("discount"); code != "" && err == nil {
		// After the things are in: a code that does not work keeps nobody from them.
		_, err = s.cart.Update(c.Request().Context(), added.Token, cart.Update{Discount: &code})
		if err != nil {
			return s.refuseBag(c, url.Values{"discount": {code}}, err)
		}
	}
	return s.afterChange(c, nil, added.Token, err)
}

// linkItems reads "4711:2,4712:1". What is no such list is no address of ours.
func linkItems(link string) ([]cart.Item, error) {
	nothing := shop.NotFound("There is nothing at this address.")
	parts := strings.Split(link, ",")
	if len(parts) > shop.MaxLines {
		return nil, nothing
	}
	var items []cart.Item
	for _, part := range parts {
		id, quantity, _ := strings.Cut(part, ":")
		variant, err := web.ParseID(id)
		if err != nil {
			return nil, nothing
		}
		n, err := web.ParseQuantity(quantity)
		if err != nil {
			return nil, nothing
		}
		items = append(items, cart.Item{Variant: shop.VariantID(variant), Quantity: n})
	}
	return items, nil
}

// confirm shows one button for what a link from elsewhere would have done.
func (s *Storefront) confirm(c echo.Context, heading, action string, fields []Field) error {
	page, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	page.Title, page.NoIndex = heading, true
	return s.kit.Render(c, http.StatusOK, "storefront/confirm", &ConfirmPage{
		Page: page, Heading: heading, Text: "A link brought you here. Nothing has changed yet.",
		Action: action, Fields: fields, Button: "Yes, change my bag",
	})
}

func fieldsOf(values url.Values, names ...string) []Field {
	var fields []Field
	for _, name := range names {
		if values.Has(name) {
			fields = append(fields, Field{Name: name, Value: values.Get(name)})
		}
	}
	return fields
}
