package payment

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// DisputeResult is what Stripe says of a dispute.
type DisputeResult struct {
	ID         string // dp_…
	Charge     string
	Origin     Origin
	Amount     shop.Cents
	Currency   string
	Reason     string
	State      shop.DisputeState
	Refundable bool
	DueAt      *shop.Instant // nil for one that cannot be answered
	Withdrawn  shop.Cents    // what it has of the shop's money now
	Fee        shop.Cents
	Movements  int           // of money so far; they only grow
	Answered   bool          // evidence was handed to the bank
	Held       shop.Evidence // what Stripe keeps of it
	LiveMode   bool
	CreatedAt  shop.Instant
}

// disputeID is what the id of a dispute looks like. An empty one would make
// stripe-go ask for the list.
var disputeID = regexp.MustCompile(`^(dp|du)_[A-Za-z0-9]{1,200}$`)

// Dispute is what Stripe says of a dispute now. Errors: KindNotFound for an id
// Stripe does not know, KindUnavailable.
func (c *Client) Dispute(ctx context.Context, id string) (DisputeResult, error) {
	if !disputeID.MatchString(id) {
		return DisputeResult{}, shop.NotFound("There is no such dispute.")
	}
	p := &stripe.DisputeParams{}
	p.Context = ctx
	p.AddExpand("payment_intent")
	d, err := c.api.Disputes.Get(id, p)
	if r := refusal(err); r != nil && r.Status == 404 {
		return DisputeResult{}, &shop.Error{Kind: shop.KindNotFound, Message: "There is no such dispute.", Err: r}
	}
	if err == nil && d.ID != id {
		err = fmt.Errorf("asked for %s and was given %q", id, d.ID)
	}
	if err != nil {
		return DisputeResult{}, c.read(err, "read a dispute")
	}
	return disputeOf(d), nil
}

// DisputesSince calls each for every dispute opened since an instant, newest
// first, until each returns an error.
func (c *Client) DisputesSince(ctx context.Context, since shop.Instant, each func(DisputeResult) error) error {
	p := &stripe.DisputeListParams{CreatedRange: &stripe.RangeQueryParams{GreaterThanOrEqual: since.Unix()}}
	p.Context = ctx
	p.Limit = stripe.Int64(100)
	p.AddExpand("data.payment_intent")
	list := c.api.Disputes.List(p)
	for list.Next() {
		if err := each(disputeOf(list.Dispute())); err != nil {
			return err
		}
	}
	return c.read(list.Err(), "list disputes")
}

// DisputeAnswer is all that is sent to answer a dispute.
type DisputeAnswer struct {
	ID       string
	Evidence shop.Evidence
	Held     shop.Evidence // what Stripe keeps so far
	Submit   bool          // hand it to the bank, which happens once; else it is only kept
	Key      string        // idempotency key
}

// AnswerDispute keeps evidence at Stripe, in the place of what was kept before,
// or hands it to the bank. Errors: *Refusal, or shop.ErrUnknown.
func (c *Client) AnswerDispute(ctx context.Context, a DisputeAnswer) (DisputeResult, error) {
	e, held := a.Evidence, a.Held
	p := &stripe.DisputeParams{
		Submit: stripe.Bool(a.Submit),
		Evidence: &stripe.DisputeEvidenceParams{
			ProductDescription: part(e.Product, held.Product), CustomerName: part(e.Name, held.Name), CustomerEmailAddress: part(e.Email, held.Email),
			ShippingAddress: part(e.Address, held.Address), ShippingCarrier: part(e.Carrier, held.Carrier), ShippingTrackingNumber: part(e.Tracking, held.Tracking),
			ShippingDate: part(e.ShippedOn, held.ShippedOn), RefundPolicyDisclosure: part(e.RefundPolicy, held.RefundPolicy),
			RefundRefusalExplanation: part(e.RefundRefusal, held.RefundRefusal), UncategorizedText: part(e.Text, held.Text),
		},
	}
	p.Context = ctx
	p.AddExpand("payment_intent")
	p.SetIdempotencyKey(a.Key)
	d, err := c.api.Disputes.Update(a.ID, p)
	if err != nil {
		return DisputeResult{}, c.write(err, "answer a dispute")
	}
	return disputeOf(d), nil
}

// part is a part of the evidence as it is sent. Stripe takes no empty one, so
// one that was kept there and is empty now says so.
func part(text, held string) *string {
	switch {
	case text != "":
		return &text
	case held != "":
		return stripe.String("(left empty)")
	}
	return nil
}

func disputeOf(d *stripe.Dispute) DisputeResult {
	result := DisputeResult{
		ID: d.ID, Amount: shop.Cents(d.Amount), Currency: string(d.Currency), Reason: string(d.Reason),
		State: shop.DisputeState(d.Status), Refundable: d.IsChargeRefundable, Movements: len(d.BalanceTransactions),
		LiveMode: d.Livemode, CreatedAt: shop.At(time.Unix(d.Created, 0)),
	}
	if d.Charge != nil {
		result.Charge = d.Charge.ID
	}
	if pi := d.PaymentIntent; pi != nil {
		result.Origin = Origin{Intent: pi.ID, Reference: pi.Metadata[metaReference]}
	}
	if e := d.EvidenceDetails; e != nil {
		result.Answered = e.SubmissionCount > 0
		if e.DueBy > 0 {
			by := shop.At(time.Unix(e.DueBy, 0))
			result.DueAt = &by
		}
	}
	if e := d.Evidence; e != nil {
		result.Held = shop.Evidence{
			Product: e.ProductDescription, Name: e.CustomerName, Email: e.CustomerEmailAddress, Address: e.ShippingAddress,
			Carrier: e.ShippingCarrier, Tracking: e.ShippingTrackingNumber, ShippedOn: e.ShippingDate,
			RefundPolicy: e.RefundPolicyDisclosure, RefundRefusal: e.RefundRefusalExplanation, Text: e.UncategorizedText,
		}
	}
	for _, t := range d.BalanceTransactions {
		result.Withdrawn -= shop.Cents(t.Amount)
		result.Fee += shop.Cents(t.Fee)
	}
	result.Withdrawn = max(0, result.Withdrawn)
	return result
}
