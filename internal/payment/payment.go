// Package payment is the shop's only way to Stripe: it opens, reads and closes
// Checkout sessions, gives money back, and reads webhooks. It speaks the words
// of package shop and knows nothing of orders' rows.
//
// No call moves anything twice: each carries the idempotency key that its
// caller stored first. An answer that is not a plain yes or a plain no wraps
// shop.ErrUnknown, and is asked again later with the same key.
package payment

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"
)

// Limits of one call: each try, and how often it is tried again.
const (
	tryTime = 10 * time.Second
	retries = 1
)

// stripeHost is where Stripe's own payment page is.
const stripeHost = "checkout.stripe.com"

// Options says which Stripe account to speak to, or which simulator.
type Options struct {
	// APIURL is where the API is; empty means Stripe's own.
	APIURL string
	// Key is the secret or restricted key.
	Key string
	// WebhookSecrets sign events; the first signs now, the others did before.
	WebhookSecrets []string
	// LiveMode says that Key moves real money; objects of the other mode are
	// refused.
	LiveMode bool
	// CheckoutHosts are further hosts (host or host:port) shoppers may be sent
	// to: a custom checkout domain, or the simulator's.
	CheckoutHosts []string
	// Log receives one line per failed call, without bodies; nil means
	// slog.Default.
	Log *slog.Logger
}

// Client speaks to one Stripe account. Its methods may be called at the same
// time.
type Client struct {
	api     *client.API
	secrets []string
	live    bool
	hosts   []string
	log     *slog.Logger
}

// New makes a client with connections of its own; it calls nobody yet.
func New(o Options) *Client {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	config := &stripe.BackendConfig{
		EnableTelemetry:   stripe.Bool(false),
		HTTPClient:        &http.Client{Timeout: tryTime, CheckRedirect: noRedirects, Transport: transport()},
		LeveledLogger:     &stripe.LeveledLogger{Level: stripe.LevelNull},
		MaxNetworkRetries: stripe.Int64(retries),
	}
	if o.APIURL != "" {
		config.URL = stripe.String(o.APIURL)
	}
	backend := stripe.GetBackendWithConfig(stripe.APIBackend, config)
	c := &Client{
		api: &client.API{}, live: o.LiveMode, log: o.Log,
		hosts: append([]string{stripeHost}, o.CheckoutHosts...),
	}
	c.api.Init(o.Key, &stripe.Backends{API: backend, Connect: backend, Uploads: backend})
	for _, s := range o.WebhookSecrets {
		if s = strings.TrimSpace(s); s != "" {
			c.secrets = append(c.secrets, s)
		}
	}
	return c
}

// transport keeps enough connections open for a rush: the default would
// close all but two after each call.
func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64
	return t
}

// noRedirects keeps the secret key from following a redirect elsewhere.
func noRedirects(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// LiveMode says whether this client moves real money.
func (c *Client) LiveMode() bool { return c.live }

// Check asks Stripe for the balance, which any usable key may read: an error
// means that the key or the address is wrong, or that Stripe is out of reach.
func (c *Client) Check(ctx context.Context) error {
	p := &stripe.BalanceParams{}
	p.Context = ctx
	_, err := c.api.Balance.Get(p)
	return c.read(err, "read the balance")
}

// mayRedirect says whether shoppers may be sent to a payment page's address.
func (c *Client) mayRedirect(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || !slices.Contains(c.hosts, u.Host) {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && u.Host != stripeHost
}
