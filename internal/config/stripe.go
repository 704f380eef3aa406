package config

import (
	"net/url"
	"strings"
)

func isLive(key string) bool {
	return strings.HasPrefix(key, "sk_live_") || strings.HasPrefix(key, "rk_live_")
}

func isTest(key string) bool {
	return strings.HasPrefix(key, "sk_test_") || strings.HasPrefix(key, "rk_test_")
}

func (r *reader) readStripe(c *Config) {
	s := &c.Stripe
	s.Key, s.APIURL = r.get("STRIPE_SECRET_KEY"), strings.TrimSuffix(r.get("STRIPE_API_URL"), "/")
	s.WebhookSecrets = r.list("STRIPE_WEBHOOK_SECRET")
	if r.development() && s.Key == "" {
		s.Simulated = s.APIURL == ""
		s.Key = devStripeKey
		if len(s.WebhookSecrets) == 0 {
			s.WebhookSecrets = []string{devWebhookSecret}
		}
	}
	r.checkKey(c)
	r.checkAPIURL(c)
	r.checkWebhookSecrets(s.WebhookSecrets)
	if tax := r.needed("STRIPE_TAX", "on"); tax != "" {
		s.Tax = r.flag("STRIPE_TAX", tax, "on", "off")
	}
}

func (r *reader) checkKey(c *Config) {
	key := c.Stripe.Key
	switch {
	case key == "":
		r.fault("STRIPE_SECRET_KEY is not set")
	case key == devStripeKey && !r.development():
		r.fault("STRIPE_SECRET_KEY is the simulator's")
	case c.Environment == Production && !isLive(key):
		r.fault("STRIPE_SECRET_KEY is not a live key; production needs sk_live_… or rk_live_…")
	case c.Environment != Production && !isTest(key):
		r.fault("STRIPE_SECRET_KEY is not a test key; %s needs sk_test_… or rk_test_…", c.Environment)
	}
}

func (r *reader) checkAPIURL(c *Config) {
	if c.Stripe.APIURL == "" {
		return
	}
	u, err := url.Parse(c.Stripe.APIURL)
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https"):
		r.fault("STRIPE_API_URL is %q; it must be an address such as http://127.0.0.1:8081", c.Stripe.APIURL)
	case isLive(c.Stripe.Key):
		r.fault("STRIPE_API_URL is set with a live key")
	case c.Environment == Production:
		r.fault("STRIPE_API_URL is set; production pays through Stripe itself")
	}
}

// checkWebhookSecrets refuses what would let anybody sign: stripe-go verifies
// an event against an empty secret without a word.
func (r *reader) checkWebhookSecrets(secrets []string) {
	if len(secrets) == 0 {
		r.fault("STRIPE_WEBHOOK_SECRET is not set")
	}
	for _, s := range secrets {
		switch {
		case len(s) < len("whsec_")+16 || !strings.HasPrefix(s, "whsec_"):
			r.fault("STRIPE_WEBHOOK_SECRET does not look like whsec_…")
		case s == devWebhookSecret && !r.development():
			r.fault("STRIPE_WEBHOOK_SECRET is the one of development, which everybody knows")
		}
	}
}
