package storefront

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/cart"
	"longrun/internal/web"
)

// updateBody is the JSON of an update.
type updateBody struct {
	Updates    updates         `json:"updates"`
	Note       *text           `json:"note"`
	Discount   *text           `json:"discount"` // "" takes the code off
	Attributes map[string]text `json:"attributes"`
	Sections   names           `json:"sections"`
}

// updates are quantities by line, as a list, or by variant id or key.
type updates struct {
	byLine []number
	byKey  map[string]number
}

// UnmarshalJSON reads a list or an object.
func (u *updates) UnmarshalJSON(b []byte) error {
	switch b = bytes.TrimSpace(b); {
	case string(b) == "null":
		return nil
	case b[0] == '[':
		return json.Unmarshal(b, &u.byLine)
	case b[0] == '{':
		return json.Unmarshal(b, &u.byKey)
	}
	return errors.New("updates are a list or an object")
}

func (b *updateBody) update() (cart.Update, error) {
	u := cart.Update{Note: (*string)(b.Note), Discount: (*string)(b.Discount), Attributes: plainTexts(b.Attributes)}
	for _, n := range b.Updates.byLine {
		quantity, err := web.ParseQuantity(n.written)
		if err != nil {
			return u, err
		}
		u.Quantities = append(u.Quantities, quantity)
	}
	for key, n := range b.Updates.byKey {
		quantity, err := web.ParseQuantity(n.written)
		if err != nil {
			return u, err
		}
		if u.ByKey == nil {
			u.ByKey = map[string]int{}
		}
		u.ByKey[key] = quantity
	}
	return u, nil
}

// cartUpdate changes several things at once.
func (s *Storefront) cartUpdate(c echo.Context) error {
	var b updateBody
	form, err := readBody(c, &b)
	if err != nil {
		return err
	}
	var u cart.Update
	if form != nil {
		b.Sections = formSections(form)
		u, err = formUpdate(form)
	} else {
		u, err = b.update()
	}
	var updated cart.Updated
	if err == nil {
		updated, err = s.cart.Update(c.Request().Context(), s.kit.BagToken(c), u)
	}
	if updated.Token != "" {
		s.kit.SetBagToken(c, updated.Token)
	}
	return s.afterChange(c, b.Sections, updated.Token, err)
}

// cartClear takes everything out.
func (s *Storefront) cartClear(c echo.Context) error {
	var b struct {
		Sections names `json:"sections"`
	}
	form, err := readBody(c, &b)
	if err != nil {
		return err
	}
	if form != nil {
		b.Sections = formSections(form)
	}
	token := s.kit.BagToken(c)
	return s.afterChange(c, b.Sections, token, s.cart.Clear(c.Request().Context(), token))
}

func formSections(form url.Values) names {
	if sections := form.Get("sections"); sections != "" {
		return strings.Split(sections, ",")
	}
	return nil
}
