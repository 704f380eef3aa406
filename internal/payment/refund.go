package payment

import (
	"context"
	"strconv"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// RefundRequest is all that is sent to give money back.
type RefundRequest struct {
	RefundID shop.RefundID
	OrderID  shop.OrderID
	Intent   string // the payment it takes from
	Amount   shop.Cents
	Key      string // idempotency key
}

// RefundResult is what Stripe says of a refund.
type RefundResult struct {
	ID       string        // re_…
	Intent   string        // the payment it takes from
	RefundID shop.RefundID // ours, 0 for one made elsewhere
	Amount   shop.Cents
	Status   string // pending, succeeded, failed, canceled, requires_action
	Failure  string // why it failed, as staff read it
}

// State is the refund's state in the shop's words.
func (r RefundResult) State() shop.RefundState {
	switch r.Status {
	case "succeeded":
		return shop.RefundSucceeded
	case "failed", "canceled":
		return shop.RefundFailed
	}
	return shop.RefundPending
}

// Refund gives money back. The same request under the same key happens once.
// It never says "fraudulent", which would put the card on a block list.
// Errors: *Refusal, or shop.ErrUnknown.
func (c *Client) Refund(ctx context.Context, r RefundRequest) (RefundResult, error) {
	p := &stripe.RefundParams{
		PaymentIntent: stripe.String(r.Intent),
		Amount:        stripe.Int64(int64(r.Amount)),
		Metadata: map[string]string{
			metaRefund: strconv.FormatInt(int64(r.RefundID), 10),
			metaOrder:  strconv.FormatInt(int64(r.OrderID), 10),
		},
	}
	p.Context = ctx
	p.SetIdempotencyKey(r.Key)
	got, err := c.api.Refunds.New(p)
	if err != nil {
		return RefundResult{}, c.write(err, "refund a payment")
	}
	return refundOf(got), nil
}

// RefundsOf are all refunds of a payment, also those made elsewhere.
func (c *Client) RefundsOf(ctx context.Context, intent string) ([]RefundResult, error) {
	if intent == "" {
		return nil, shop.NotFound("There is no such payment.")
	}
	p := &stripe.RefundListParams{PaymentIntent: stripe.String(intent)}
	p.Context = ctx
	p.Limit = stripe.Int64(100)
	var all []RefundResult
	list := c.api.Refunds.List(p)
	for list.Next() {
		all = append(all, refundOf(list.Refund()))
	}
	return all, c.read(list.Err(), "list refunds")
}

// RefundsSince calls each for every refund made since an instant, newest
// first, also for those made elsewhere, until each returns an error.
func (c *Client) RefundsSince(ctx context.Context, since shop.Instant, each func(RefundResult) error) error {
	p := &stripe.RefundListParams{CreatedRange: &stripe.RangeQueryParams{GreaterThanOrEqual: since.Unix()}}
	p.Context = ctx
	p.Limit = stripe.Int64(100)
	list := c.api.Refunds.List(p)
	for list.Next() {
		if err := each(refundOf(list.Refund())); err != nil {
			return err
		}
	}
	return c.read(list.Err(), "list refunds")
}

func refundOf(r *stripe.Refund) RefundResult {
	result := RefundResult{
		ID: r.ID, RefundID: shop.RefundID(idIn(r.Metadata, metaRefund)),
		Amount: shop.Cents(r.Amount), Status: string(r.Status),
	}
	if r.PaymentIntent != nil {
		result.Intent = r.PaymentIntent.ID
	}
	if result.State() == shop.RefundFailed {
		result.Failure = failureText(string(r.FailureReason), result.Status)
	}
	return result
}
