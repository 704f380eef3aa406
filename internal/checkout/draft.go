package checkout

import (
	"longrun/internal/orders"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// draft copies a bag into the order that it becomes.
func (c *Checkout) draft(b bag) orders.Draft {
	order := shop.Order{
		CartID: b.cart.ID, CartDigest: shop.CartFingerprint(b.cart),
		Currency: b.settings.Currency, SettingsVersion: b.settings.Version, ZoneCode: b.zone.Code,
		Subtotal: b.quote.Subtotal, Discount: b.quote.Discount,
		Shipping: b.quote.Shipping, FreeShips: b.quote.FreeShips, DiscountCode: b.quote.Code, Total: b.quote.Total,
		Note: b.cart.Note, GiftNote: b.cart.GiftNote,
	}
	beyond := map[shop.VariantID]bool{}
	for i, l := range b.lines {
		order.Lines = append(order.Lines, orderLine(l, i+1, b.quote))
		beyond[l.variant.ID] = l.variant.Policy == shop.PolicyContinue
	}
	for _, a := range b.cart.Attributes {
		order.Attributes = append(order.Attributes, shop.OrderAttribute{Name: a.Name, Value: a.Value})
	}
	d := orders.Draft{Order: order, Wants: stock.Wants(order.Lines, beyond)}
	if order.DiscountCode != "" {
		d.Discount = b.code.Discount.ID
	}
	if order.Total > 0 {
		d.Request = func(o *shop.Order, token string) shop.SessionRequest { return c.request(b, o, token) }
	}
	return d
}

func orderLine(l bagLine, position int, q shop.Quote) shop.OrderLine {
	line := shop.OrderLine{
		Position: position, ProductID: l.product.ID, VariantID: l.variant.ID,
		Handle: l.product.Handle, Title: l.product.Title, VariantTitle: l.variant.PublicTitle(),
		Vendor: l.product.Vendor, SKU: l.variant.SKU,
		Price: l.variant.Price, Quantity: l.line.Quantity,
		Amount: q.Lines[position-1], Discount: q.Discounts[position-1],
		Ships: l.variant.RequiresShipping && !l.product.GiftCard, Taxable: l.variant.Taxable, TaxCode: l.variant.TaxCode,
		GiftCard: l.product.GiftCard, Tracked: l.variant.Tracked,
	}
	if picture := l.picture(); picture != nil {
		line.PictureID = &picture.ID
	}
	for i, p := range l.line.Properties {
		line.Properties = append(line.Properties, shop.OrderLineProperty{Position: i + 1, Name: p.Name, Value: p.Value})
	}
	return line
}

// picture is the variant's own, or the product's first that was fetched.
func (l bagLine) picture() *shop.Picture {
	var first *shop.Picture
	for i := range l.product.Images {
		image := &l.product.Images[i]
		if image.Picture == nil {
			continue
		}
		if l.variant.ImageID != nil && image.ID == *l.variant.ImageID {
			return image.Picture
		}
		if first == nil {
			first = image.Picture
		}
	}
	return first
}

// request is what Stripe will be sent, all from the order as it was written.
func (c *Checkout) request(b bag, o *shop.Order, token string) shop.SessionRequest {
	r := shop.SessionRequest{
		CartDigest: o.CartDigest, Environment: c.o.Environment, Currency: o.Currency, Tax: c.o.Tax,
		// Stripe fills in the braces; they must reach it as they are.
		SuccessURL: c.o.BaseURL + "/checkout/success/" + token + "?session_id={CHECKOUT_SESSION_ID}",
		CancelURL:  c.o.BaseURL + "/checkout/cancelled/" + token,
		Message:    "Free returns on all orders.",
		Customer:   c.buyer.customer,
	}
	for i, l := range o.Lines {
		line := shop.SessionLine{
			Position: l.Position, SKU: l.SKU, Name: l.FullTitle(), TaxCode: l.TaxCode, Untaxed: !l.Taxable,
			Price: l.Price, Quantity: l.Quantity,
		}
		if picture := b.lines[i].picture(); picture != nil && c.o.PictureURL != nil {
			line.ImageURL = c.o.PictureURL(*picture)
		}
		r.Lines = append(r.Lines, line)
	}
	if o.Discount > 0 {
		r.Coupon = &shop.SessionCoupon{Code: o.DiscountCode, Amount: o.Discount}
	}
	if b.quote.Ships {
		r.Countries = b.settings.CountriesFor(b.zone)
		r.Shipping = &shop.SessionShipping{Name: shippingName(o), Amount: o.Shipping}
	}
	return r
}

func shippingName(o *shop.Order) string {
	if o.Shipping == 0 {
		return "Free standard shipping"
	}
	return "Standard shipping"
}
