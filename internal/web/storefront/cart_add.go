package storefront

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"longrun/internal/cart"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// wantedItem is one thing to put in, as sent.
type wantedItem struct {
	ID         number          `json:"id"`
	Quantity   number          `json:"quantity"`
	Properties map[string]text `json:"properties"`
}

// addBody is the JSON of an add: one thing, or items.
type addBody struct {
	wantedItem
	Items    []wantedItem `json:"items"`
	Sections names        `json:"sections"`

	options  map[string]string // of the product form, by name
	returnTo string
	quantity string // as typed
}

func (b *addBody) single() bool { return b.Items == nil }

func (b *addBody) fromForm(form url.Values) {
	b.Items = formItems(form)
	b.options = pairs(form, "options")
	b.returnTo = form.Get("return_to")
	b.Sections = formSections(form)
	b.ID = number{form.Get("id"), form.Has("id")}
	b.Quantity = number{form.Get("quantity"), form.Has("quantity")}
	b.quantity = b.Quantity.written
	b.Properties = map[string]text{}
	for name, value := range pairs(form, "properties") {
		b.Properties[name] = text(value)
	}
}

// cartAdd puts things into the bag: the product form's address, and
// /cart/add.js.
func (s *Storefront) cartAdd(c echo.Context) error {
	var b addBody
	form, err := readBody(c, &b)
	if err != nil {
		return err
	}
	if form != nil {
		b.fromForm(form)
	}
	added, err := s.add(c.Request().Context(), s.kit.BagToken(c), &b)
	if added.Token != "" {
		s.kit.SetBagToken(c, added.Token)
	}
	switch {
	case asksJSON(c):
		return s.answerAdd(c, &b, added, err)
	case err != nil:
		return s.refuseAdd(c, &b, err)
	}
	return c.Redirect(http.StatusSeeOther, safePath(b.returnTo, "/cart"))
}

// noItem is what programs are told, in Shopify's words, when they name nothing
// to add; a shopper gets the shop's own.
const noItem = "Required parameter missing or invalid: items"

func (s *Storefront) add(ctx context.Context, token string, b *addBody) (cart.Added, error) {
	sent := b.Items
	if b.single() {
		if !b.ID.given {
			return cart.Added{}, shop.Errorf(shop.KindMalformed, noItem)
		}
		sent = []wantedItem{b.wantedItem}
	}
	items := make([]cart.Item, 0, min(len(sent), shop.MaxLines+1))
	for _, w := range sent[:min(len(sent), shop.MaxLines+1)] {
		item, err := w.item()
		if err != nil {
			return cart.Added{}, err
		}
		items = append(items, item)
	}
	if b.single() && len(b.options) > 0 {
		chosen, err := s.chosen(ctx, items[0].Variant, b.options)
		if err != nil {
			return cart.Added{}, err
		}
		items[0].Variant = chosen
	}
	return s.cart.Add(ctx, token, items)
}

func (w wantedItem) item() (cart.Item, error) {
	id, err := web.ParseID(w.ID.written)
	if err != nil {
		return cart.Item{}, shop.NotFound("Cannot find variant")
	}
	quantity := 1
	if w.Quantity.given {
		if quantity, err = web.ParseQuantity(w.Quantity.written); err != nil {
			return cart.Item{}, shop.Invalid("The quantity must be a whole number from 1 to %d.", shop.MaxQuantity)
		}
	}
	return cart.Item{Variant: shop.VariantID(id), Quantity: quantity, Properties: plainTexts(w.Properties)}, nil
}

// chosen is the variant that a product form's options mean. The form's id only
// says which product; an option the form leaves out is as that variant has it.
func (s *Storefront) chosen(ctx context.Context, id shop.VariantID, options map[string]string) (shop.VariantID, error) {
	product, variant, err := s.productOf(ctx, id)
	if err != nil {
		return 0, err
	}
	values := s.values(&product, variant, options)
	if v := product.VariantByOptions(values); v != nil {
		return v.ID, nil
	}
	return 0, shop.Invalid("%s is not made in %s.", product.Title, choiceTitle(values))
}

// values are a variant's option values with those that were chosen laid over.
func (s *Storefront) values(p *shop.Product, v *shop.Variant, options map[string]string) []string {
	values := slices.Clone(v.Options(len(p.Options)))
	for i, option := range p.Options {
		if value, ok := options[option.Name]; ok && i < len(values) {
			values[i] = value
		}
	}
	return values
}

// productOf is a visible product with all its variants, and the variant of an
// id among them.
func (s *Storefront) productOf(ctx context.Context, id shop.VariantID) (shop.Product, *shop.Variant, error) {
	found, err := s.reader.VariantsByIDs(ctx, []shop.VariantID{id})
	if err != nil {
		return shop.Product{}, nil, err
	}
	one, ok := found[id]
	if !ok {
		return one, nil, shop.NotFound("Cannot find variant")
	}
	product, err := s.reader.ProductByHandle(ctx, one.Handle)
	if err != nil {
		return product, nil, err
	}
	variant := product.Variant(id)
	if variant == nil {
		return product, nil, shop.NotFound("Cannot find variant")
	}
	return product, variant, nil
}

func choiceTitle(values []string) string {
	v := shop.Variant{}
	for i, p := range []*string{&v.Option1, &v.Option2, &v.Option3} {
		if i < len(values) {
			*p = values[i]
		}
	}
	return v.Title()
}
