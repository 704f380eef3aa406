package payment

import (
	"context"
	"regexp"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// Origin says of which payment something is that an event told of.
type Origin struct {
	Intent    string
	Reference string // of our attempt, "" for a payment that is not ours
}

// OriginOf finds the payment that a refund, a charge or a warning of fraud belongs to. KindNotFound
// for an id Stripe does not know and for one that has no payment.
func (c *Client) OriginOf(ctx context.Context, id string) (Origin, error) {
	var intent *stripe.PaymentIntent
	var err error
	switch {
	case refundID.MatchString(id):
		p := &stripe.RefundParams{}
		p.Context = ctx
		p.AddExpand("payment_intent")
		var r *stripe.Refund
		if r, err = c.api.Refunds.Get(id, p); err == nil {
			intent = r.PaymentIntent
		}
	case chargeID.MatchString(id):
		p := &stripe.ChargeParams{}
		p.Context = ctx
		p.AddExpand("payment_intent")
		var r *stripe.Charge
		if r, err = c.api.Charges.Get(id, p); err == nil {
			intent = r.PaymentIntent
		}
	case warningID.MatchString(id):
		p := &stripe.RadarEarlyFraudWarningParams{}
		p.Context = ctx
		p.AddExpand("payment_intent")
		var r *stripe.RadarEarlyFraudWarning
		if r, err = c.api.RadarEarlyFraudWarnings.Get(id, p); err == nil {
			intent = r.PaymentIntent
		}
	}
	if r := refusal(err); r != nil && r.Status == 404 || err == nil && intent == nil {
		return Origin{}, shop.NotFound("There is no such payment.")
	}
	if err != nil {
		return Origin{}, c.read(err, "read whose payment it is")
	}
	return Origin{Intent: intent.ID, Reference: intent.Metadata[metaReference]}, nil
}

// What the ids of refunds, charges and warnings look like. An empty one would make
// stripe-go ask for the list.
var (
	refundID = regexp.MustCompile(`^(re|pyr)_[A-Za-z0-9]{1,200}$`)
	chargeID = regexp.MustCompile(`^(ch|py)_[A-Za-z0-9]{1,200}$`)

	warningID = regexp.MustCompile(`^issfr_[A-Za-z0-9]{1,200}$`)
)
