package payment

import (
	"context"
	"errors"
	"regexp"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// Stripe's limit of a customer's name, in characters.
const maxCustomerName = 256

// Customer is what the payment page begins with for a shopper whom the shop
// knows.
type Customer struct {
	Email  string
	Name   string
	ShipTo *shop.AccountAddress // nil for none
}

// CreateCustomer makes a customer with nothing but the shop's mark on it, and
// returns its id. The same key makes one. Errors: *Refusal, or
// shop.ErrUnknown.
func (c *Client) CreateCustomer(ctx context.Context, key, environment string) (string, error) {
	p := &stripe.CustomerParams{Metadata: map[string]string{metaReference: key, metaEnv: environment}}
	p.Context = ctx
	p.SetIdempotencyKey("cus-" + key)
	got, err := c.api.Customers.New(p)
	if err != nil {
		return "", c.write(err, "make a customer")
	}
	if !customerID.MatchString(got.ID) {
		return "", c.write(errors.New("the answer is no customer"), "make a customer")
	}
	return got.ID, nil
}

var customerID = regexp.MustCompile(`^cus_[A-Za-z0-9]{1,200}$`)

// UpdateCustomer writes what a customer's payment page begins with. Twice is
// once. KindNotFound for a customer that is not at Stripe any more; other
// errors: *Refusal, or shop.ErrUnknown.
func (c *Client) UpdateCustomer(ctx context.Context, id string, to Customer) error {
	const gone = "There is no such customer."
	if !customerID.MatchString(id) {
		return shop.NotFound(gone)
	}
	p := &stripe.CustomerParams{Email: given(to.Email), Name: given(clip(to.Name, maxCustomerName))}
	if a := to.ShipTo; a != nil {
		p.Shipping = &stripe.CustomerShippingParams{Name: given(clip(a.Name, maxCustomerName)), Address: &stripe.AddressParams{
			Line1: given(a.Line1), Line2: given(a.Line2), City: given(a.City), State: given(a.State),
			PostalCode: given(a.PostalCode), Country: given(a.Country),
		}}
	} else {
		p.AddExtra("shipping", "") // takes an earlier one away
	}
	p.Context = ctx
	_, err := c.api.Customers.Update(id, p)
	if r := refusal(err); r != nil && r.Status == 404 {
		return &shop.Error{Kind: shop.KindNotFound, Message: gone, Err: r}
	}
	return c.write(err, "update a customer")
}

// buyer says whose session it is. The page does not ask for a customer's
// address of e-mail, begins with the rest, and keeps what is changed there.
func buyer(p *stripe.CheckoutSessionParams, r shop.SessionRequest) {
	if r.Customer == "" {
		return
	}
	p.Customer, p.CustomerCreation = stripe.String(r.Customer), nil
	p.CustomerUpdate = &stripe.CheckoutSessionCustomerUpdateParams{Address: stripe.String("auto"), Name: stripe.String("auto")}
	if len(r.Countries) > 0 {
		p.CustomerUpdate.Shipping = stripe.String("auto")
	}
}

// given is a text to send, nil for none: Stripe refuses empty ones.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return stripe.String(s)
}
