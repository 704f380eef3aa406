package storefront

import (
	"net/url"

	"longrun/internal/accounts"
	"longrun/internal/cart"
	"longrun/internal/checkout"
	"longrun/internal/contact"
	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/privacy"
	"longrun/internal/waiting"
	"longrun/internal/web"
)

// Options are what the storefront stands on.
type Options struct {
	Kit      *web.Kit
	Reader   database.Reader
	Cart     *cart.Service
	Checkout *checkout.Checkout
	Orders   *orders.Orders
	// PayHosts are the hosts (with port, if any) beyond Stripe's own on which
	// payment pages may be: a custom domain's, or the simulator's.
	PayHosts []string
	Contact  *contact.Service
	Waiting  *waiting.Service
	Privacy  *privacy.Service
	Accounts *accounts.Service
	Sessions *database.Sessions // keeps shoppers' sessions going
	TaxOff   bool               // taxes are not worked out, so the bag does not speak of them
}

// stripeHost is where Stripe's own payment pages are.
const stripeHost = "checkout.stripe.com"

// Storefront is the shoppers' door.
type Storefront struct {
	kit      *web.Kit
	reader   database.Reader
	cart     *cart.Service
	checkout *checkout.Checkout
	orders   *orders.Orders
	contact  *contact.Service
	waiting  *waiting.Service
	privacy  *privacy.Service
	accounts *accounts.Service
	sessions *database.Sessions
	payHosts []string
	taxOff   bool
}

// New makes it.
func New(o Options) *Storefront {
	return &Storefront{
		kit: o.Kit, reader: o.Reader, cart: o.Cart, checkout: o.Checkout, orders: o.Orders, contact: o.Contact, privacy: o.Privacy, waiting: o.Waiting,
		accounts: o.Accounts, sessions: o.Sessions,
		payHosts: append([]string{stripeHost}, o.PayHosts...), taxOff: o.TaxOff,
	}
}

// abs is the whole address of a path of the shop.
func (s *Storefront) abs(path string) string {
	return s.kit.BaseURL() + (&url.URL{Path: path}).EscapedPath()
}
