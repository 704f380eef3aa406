package checkout

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// WebhookPath is where the shop takes Stripe's events.
const WebhookPath = "/webhooks/stripe"

// Setup is how things stand at Stripe after SetUp.
type Setup struct {
	Live     bool   // the key moves real money
	URL      string // of the endpoint
	Endpoint string // its id, "" if there is none
	Version  string // in which it speaks
	Did      string // "made", "corrected", "" when it was right
	Secret   string // of a new endpoint; it is told only now
	Notes    []string
	Problems []string // what keeps the shop from being paid or from working out taxes
}

// SetUp sees to it that Stripe tells the shop of what happens: it finds the
// endpoint of this address and corrects it, or makes it. It also looks at the
// key and, where the shop has Stripe work out taxes, at the tax settings, and
// says what is wrong with them. Called again it changes nothing. who is told
// to the audit log. Errors: *shop.Error with a sentence for whoever sets the
// shop up.
func (c *Checkout) SetUp(ctx context.Context, who string) (Setup, error) {
	s := Setup{URL: c.o.BaseURL + WebhookPath}
	var err error
	if s.Live, err = c.pay.Mode(ctx); err != nil {
		return s, err
	}
	if s.Live != c.pay.LiveMode() {
		return s, shop.Invalid("STRIPE_SECRET_KEY looks like a %s key, and Stripe says that it is a %s one.", modeWord(c.pay.LiveMode()), modeWord(s.Live))
	}
	if err := c.setUpEndpoint(ctx, who, &s); err != nil {
		return s, err
	}
	return s, c.lookAtTax(ctx, &s)
}

func modeWord(live bool) string {
	if live {
		return "live"
	}
	return "test"
}

func (c *Checkout) setUpEndpoint(ctx context.Context, who string, s *Setup) error {
	all, err := c.pay.Endpoints(ctx)
	if err != nil {
		return err
	}
	var found *payment.Endpoint
	for i := range all {
		e := &all[i]
		switch {
		case e.URL != s.URL:
		case e.APIVersion == payment.APIVersion && found == nil:
			found = e
		case e.APIVersion == payment.APIVersion:
			s.Notes = append(s.Notes, fmt.Sprintf("%s is a second endpoint for the same address. Delete it at Stripe; each event comes twice.", e.ID))
		default:
			s.Notes = append(s.Notes, fmt.Sprintf("%s sends events here in the version %s. Once the new secret is in place, delete it at Stripe.", e.ID, versionWord(e.APIVersion)))
		}
	}
	if found != nil && found.Right() {
		s.Endpoint, s.Version = found.ID, found.APIVersion
		return nil
	}
	e, err := c.mend(ctx, found, s)
	if err != nil {
		return err
	}
	s.Endpoint, s.Version, s.Secret = e.ID, e.APIVersion, e.Secret
	if !e.Right() {
		s.Problems = append(s.Problems, fmt.Sprintf("The endpoint %s is not as it was asked for: it speaks %s and hears %d types of events.", e.ID, versionWord(e.APIVersion), len(e.Events)))
	}
	return c.noteSetup(ctx, who, *s)
}

// mend corrects the endpoint that was found, or makes one. Each making is a
// wish of its own: an answer under an old key would name an endpoint that may
// have been deleted since. Cut off, the next run finds what was made.
func (c *Checkout) mend(ctx context.Context, found *payment.Endpoint, s *Setup) (payment.Endpoint, error) {
	if found != nil {
		s.Did = "corrected"
		return c.pay.CorrectEndpoint(ctx, found.ID)
	}
	s.Did = "made"
	return c.pay.CreateEndpoint(ctx, s.URL, "we-"+rand.Text())
}

func versionWord(v string) string {
	if v == "" {
		return "of the account"
	}
	return v
}

// noteSetup writes a change at Stripe into the audit log, without its secret.
func (c *Checkout) noteSetup(ctx context.Context, who string, s Setup) error {
	details, err := json.Marshal(map[string]string{"url": s.URL, "did": s.Did, "version": s.Version})
	if err != nil {
		return err
	}
	return c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		tx.Audit(shop.AuditEntry{Who: who, Action: "stripe.setup", ThingKind: "webhook_endpoint", ThingID: s.Endpoint, Details: string(details)})
		return nil
	})
}

// lookAtTax says what Stripe Tax lacks where the shop relies on it.
func (c *Checkout) lookAtTax(ctx context.Context, s *Setup) error {
	if !c.o.Tax {
		s.Notes = append(s.Notes, "STRIPE_TAX is off, so the tax settings at Stripe were not looked at.")
		return nil
	}
	missing, err := c.pay.TaxMissing(ctx)
	if err != nil {
		return err
	}
	for _, field := range missing {
		s.Problems = append(s.Problems, fmt.Sprintf("Stripe Tax is not active: %q is missing in its settings. Until then every checkout fails.", field))
	}
	return nil
}
