package storefront

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// typedBag is the bag's form as a shopper filled it in.
type typedBag struct {
	form url.Values
	code string // why its discount code was refused
}

// lay puts what was typed over what the bag has.
func (t *typedBag) lay(page *BagPage) {
	if t == nil {
		return
	}
	for i, typed := range t.form["updates[]"] {
		if i < len(page.Lines) {
			page.Lines[i].Quantity = typed
		}
	}
	if note := optional(t.form, "note"); note != nil {
		page.Note = *note
	}
	if note := optional(t.form, "gift_note"); note != nil {
		page.GiftNote = *note
	}
	page.Code.Typed = t.form.Get("discount")
	if t.code != "" {
		page.Code = BagCode{Typed: page.Code.Typed, Problem: t.code}
	}
	for i := range page.Zones {
		if t.form.Has("ship_to") {
			page.Zones[i].Checked = page.Zones[i].Code == t.form.Get("ship_to")
		}
	}
}

// postBag is the bag's form: its Update and its Check out button.
func (s *Storefront) postBag(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	u, err := formUpdate(form)
	if err != nil {
		return s.refuseBag(c, form, err)
	}
	// The page's empty field means nothing: another window may have a code.
	if strings.TrimSpace(form.Get("discount")) == "" {
		u.Discount = nil
	}
	if form.Has("remove_code") {
		u.Discount = new(string)
	}
	updated, err := s.cart.Update(c.Request().Context(), s.kit.BagToken(c), u)
	if updated.Token != "" {
		s.kit.SetBagToken(c, updated.Token)
	}
	switch {
	case err != nil:
		return s.refuseBag(c, form, err)
	case form.Has("checkout") && !updated.Stale:
		return s.beginCheckout(c)
	}
	// With something new to say, the shopper reads it before paying.
	return c.Redirect(http.StatusSeeOther, "/cart")
}

// refuseBag shows the bag again. After a shortage the bag has what there was
// and shows that; otherwise nothing was changed and the form is as typed.
func (s *Storefront) refuseBag(c echo.Context, form url.Values, err error) error {
	var e *shop.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Kind {
	case shop.KindInvalid, shop.KindConflict:
	case shop.KindNotFound:
		return s.renderBag(c, http.StatusUnprocessableEntity, "One of these is not sold here any more.", nil)
	default:
		return err
	}
	if said := e.Fields["quantity"]; said != "" {
		return s.renderBag(c, http.StatusUnprocessableEntity, said, nil)
	}
	if e.Kind == shop.KindConflict { // the lines are others than those that were typed for
		form.Del("updates[]")
	}
	return s.renderBag(c, http.StatusUnprocessableEntity, e.Message, &typedBag{form, e.Fields["discount"]})
}
