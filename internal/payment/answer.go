package payment

import (
	"strconv"
	"time"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// sessionOf puts Stripe's session into the shop's words. Every part that
// Stripe may leave null is looked at before it is used.
func sessionOf(s *stripe.CheckoutSession) shop.Session {
	out := shop.Session{
		ID: s.ID, URL: s.URL,
		Status: string(s.Status), PaymentStatus: string(s.PaymentStatus),
		Currency:  string(s.Currency),
		Subtotal:  shop.Cents(s.AmountSubtotal),
		Total:     shop.Cents(s.AmountTotal),
		ExpiresAt: shop.At(time.Unix(s.ExpiresAt, 0)),
		LiveMode:  s.Livemode,
		OrderID:   shop.OrderID(idIn(s.Metadata, metaOrder)),
		AttemptID: shop.AttemptID(idIn(s.Metadata, metaAttempt)),
		Reference: s.Metadata[metaReference], Environment: s.Metadata[metaEnv],
		Contact: contactOf(s),
	}
	if d := s.TotalDetails; d != nil {
		out.Discount, out.Shipping, out.Tax = shop.Cents(d.AmountDiscount), shop.Cents(d.AmountShipping), shop.Cents(d.AmountTax)
	}
	if c := s.ShippingCost; c != nil {
		out.ShippingTax = shop.Cents(c.AmountTax)
	}
	if pi := s.PaymentIntent; pi != nil {
		out.PaymentIntent, out.IntentStatus = pi.ID, string(pi.Status)
		cardOf(pi.LatestCharge, &out)
	}
	return out
}

func cardOf(ch *stripe.Charge, out *shop.Session) {
	if ch == nil {
		return
	}
	out.ChargeID = ch.ID
	if d := ch.PaymentMethodDetails; d != nil && d.Card != nil {
		out.CardBrand, out.CardLast4 = string(d.Card.Brand), d.Card.Last4
	}
}

func contactOf(s *stripe.CheckoutSession) shop.OrderContact {
	var c shop.OrderContact
	if d := s.CustomerDetails; d != nil {
		c.Email, c.Name, c.Phone = d.Email, d.Name, d.Phone
		addressOf(d.Address, &c)
	}
	if d := s.ShippingDetails; d != nil {
		c.ShipName = d.Name
		addressOf(d.Address, &c)
	}
	return c
}

func addressOf(a *stripe.Address, c *shop.OrderContact) {
	if a == nil {
		return
	}
	c.Line1, c.Line2, c.City = a.Line1, a.Line2, a.City
	c.State, c.PostalCode, c.Country = a.State, a.PostalCode, a.Country
}

// idIn reads one of the shop's ids, 0 when it is missing or not one.
func idIn(metadata map[string]string, name string) int64 {
	n, err := strconv.ParseInt(metadata[name], 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
