package storefront

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// refuseAdd shows the product's page again, with the choice and the quantity
// as they were made and the reason.
func (s *Storefront) refuseAdd(c echo.Context, b *addBody, cause error) error {
	var e *shop.Error
	if !errors.As(cause, &e) || e.Kind != shop.KindInvalid {
		return s.unknownAdd(cause)
	}
	sentence := e.Message
	if said := e.Fields["quantity"]; said != "" {
		sentence = said
	}
	id, err := web.ParseID(b.ID.written)
	if err != nil || !b.single() {
		return s.showBag(c, http.StatusUnprocessableEntity, sentence)
	}
	product, variant, err := s.productOf(c.Request().Context(), shop.VariantID(id))
	if err != nil {
		return s.unknownAdd(err)
	}
	if chosen := product.VariantByOptions(s.values(&product, variant, b.options)); chosen != nil {
		variant = chosen
	}
	page, _, err := s.productPage(c, &product, idText(variant.ID))
	if err != nil {
		return err
	}
	page.Error, page.Quantity, page.NoIndex = sentence, b.quantity, true
	for i := range page.Options {
		check(&page.Options[i], b.options)
	}
	return s.kit.Render(c, http.StatusUnprocessableEntity, "storefront/product", page)
}

// check marks the value that was chosen, also where it makes no variant.
func check(group *OptionGroup, chosen map[string]string) {
	value, ok := chosen[group.Name]
	for i := range group.Values {
		if ok {
			group.Values[i].Checked = group.Values[i].Value == value
		}
	}
}

// unknownAdd puts Shopify's "Cannot find variant" into a shopper's words.
func (s *Storefront) unknownAdd(err error) error {
	switch {
	case shop.IsNotFound(err):
		return shop.NotFound("This shoe is not sold here any more.")
	case shop.MessageOf(err) == noItem:
		return shop.Errorf(shop.KindMalformed, "Nothing was chosen. Please go back, choose a size and press the button again.")
	}
	return err
}
