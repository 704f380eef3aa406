package payment

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// Endpoint is an address to which Stripe sends events.
type Endpoint struct {
	ID         string
	URL        string
	APIVersion string   // "" for the account's own, which may be any
	Events     []string // types, "*" for most of them
	Enabled    bool
	Secret     string // told once, when it is made
}

// Right says whether an endpoint hears what the shop wants, and of all of it
// in the version that the shop speaks.
func (e Endpoint) Right() bool {
	have, want := slices.Sorted(slices.Values(e.Events)), slices.Sorted(slices.Values(EventTypes))
	return e.Enabled && e.APIVersion == APIVersion && slices.Equal(have, want)
}

// Mode says whether the key moves real money, as Stripe has it. Errors:
// *shop.Error with a sentence that says what is wrong with the key or the
// address.
func (c *Client) Mode(ctx context.Context) (live bool, err error) {
	p := &stripe.BalanceParams{}
	p.Context = ctx
	b, err := c.api.Balance.Get(p)
	if err != nil {
		return false, explain(err, "read the balance")
	}
	return b.Livemode, nil
}

// Endpoints are all of the account's, newest first. Errors as Mode's.
func (c *Client) Endpoints(ctx context.Context) ([]Endpoint, error) {
	p := &stripe.WebhookEndpointListParams{}
	p.Context = ctx
	p.Limit = stripe.Int64(100)
	var all []Endpoint
	list := c.api.WebhookEndpoints.List(p)
	for list.Next() {
		all = append(all, endpointOf(list.WebhookEndpoint()))
	}
	if err := list.Err(); err != nil {
		return nil, explain(err, "list the webhook endpoints")
	}
	return all, nil
}

// CreateEndpoint makes an endpoint that is Right, with its secret. Errors as
// Mode's.
func (c *Client) CreateEndpoint(ctx context.Context, url, key string) (Endpoint, error) {
	p := &stripe.WebhookEndpointParams{
		URL: stripe.String(url), APIVersion: stripe.String(APIVersion), EnabledEvents: stripe.StringSlice(EventTypes),
		Description: stripe.String("The shop, made by longrun stripe setup"),
	}
	p.Context = ctx
	p.SetIdempotencyKey(key)
	e, err := c.api.WebhookEndpoints.New(p)
	if err != nil {
		return Endpoint{}, explain(err, "make a webhook endpoint")
	}
	return endpointOf(e), nil
}

// CorrectEndpoint has an endpoint hear what the shop wants and switches it on.
// Its version cannot be changed. Errors as Mode's.
func (c *Client) CorrectEndpoint(ctx context.Context, id string) (Endpoint, error) {
	p := &stripe.WebhookEndpointParams{EnabledEvents: stripe.StringSlice(EventTypes), Disabled: stripe.Bool(false)}
	p.Context = ctx
	e, err := c.api.WebhookEndpoints.Update(id, p)
	if err != nil {
		return Endpoint{}, explain(err, "change a webhook endpoint")
	}
	return endpointOf(e), nil
}

func endpointOf(e *stripe.WebhookEndpoint) Endpoint {
	return Endpoint{ID: e.ID, URL: e.URL, APIVersion: e.APIVersion, Events: e.EnabledEvents, Enabled: e.Status == "enabled", Secret: e.Secret}
}

// TaxMissing is what Stripe Tax still has to be told before it can work taxes
// out, empty when it can. Errors as Mode's.
func (c *Client) TaxMissing(ctx context.Context) ([]string, error) {
	p := &stripe.TaxSettingsParams{}
	p.Context = ctx
	s, err := c.api.TaxSettings.Get(p)
	if err != nil {
		return nil, explain(err, "read the tax settings")
	}
	if s.Status == stripe.TaxSettingsStatusActive {
		return nil, nil
	}
	if d := s.StatusDetails; d != nil && d.Pending != nil && len(d.Pending.MissingFields) > 0 {
		return d.Pending.MissingFields, nil
	}
	return []string{"status"}, nil
}

// explain puts a failure into a sentence for whoever sets the shop up. What
// Stripe says names no shopper here.
func explain(err error, what string) error {
	var e *stripe.Error
	if !errors.As(err, &e) {
		return shop.Unavailable(fmt.Errorf("%s: %w", what, err), "Stripe cannot be reached. Look at the network, and at STRIPE_API_URL if it is set.")
	}
	wrong := func(kind shop.Kind, format string, args ...any) error {
		said := shop.Errorf(kind, format, args...)
		said.Err = fmt.Errorf("%s: %w", what, err)
		return said
	}
	switch e.HTTPStatusCode {
	case http.StatusUnauthorized:
		return wrong(shop.KindForbidden, "Stripe does not know this key. Look at STRIPE_SECRET_KEY.")
	case http.StatusForbidden:
		return wrong(shop.KindForbidden, "This key may not %s. Give it the permission at Stripe, or use another one here. Stripe says: %s", what, e.Msg)
	case http.StatusTooManyRequests:
		return wrong(shop.KindTooMany, "Stripe is asked too much just now. Run this again in a minute.")
	}
	if e.HTTPStatusCode >= 500 {
		return wrong(shop.KindInternal, "Stripe cannot answer just now. Run this again in a minute.")
	}
	return wrong(shop.KindInvalid, "Stripe will not %s. It says: %s", what, e.Msg)
}
