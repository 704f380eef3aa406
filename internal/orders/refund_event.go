package orders

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/payment"
	"longrun/internal/shop"
)

// refundEvent brings the refunds of the payment up to date that an event about
// a refund or a charge tells of. KindNotFound for a payment that is not ours.
func (o *Orders) refundEvent(ctx context.Context, objectID string) error {
	a, err := o.attemptOfObject(ctx, objectID)
	if err != nil {
		return err
	}
	return o.sync(ctx, a)
}

// attemptOfObject finds the payment in our rows, or asks Stripe whose it is.
// One that the shop has not heard yet to be paid is settled first: otherwise
// money would go back of which nobody knows that it came.
func (o *Orders) attemptOfObject(ctx context.Context, id string) (shop.PaymentAttempt, error) {
	if refund, err := o.db.RefundByStripeID(ctx, id); err == nil {
		return o.db.Attempt(ctx, refund.AttemptID)
	}
	if a, err := o.db.AttemptByCharge(ctx, id); err == nil || !shop.IsNotFound(err) {
		return a, err
	}
	origin, err := o.pay.OriginOf(ctx, id)
	if err != nil {
		return shop.PaymentAttempt{}, err
	}
	return o.attemptOfOrigin(ctx, origin)
}

func (o *Orders) attemptOfOrigin(ctx context.Context, origin payment.Origin) (shop.PaymentAttempt, error) {
	a, err := o.db.AttemptByIntent(ctx, origin.Intent)
	if err == nil || !shop.IsNotFound(err) {
		return a, err
	}
	a, err = o.db.AttemptByReference(ctx, origin.Reference)
	if err != nil {
		return a, err
	}
	if a.SessionID == nil {
		return a, shop.Unavailable(fmt.Errorf("attempt %d was given back before its session is known", a.ID), "The payment is not known yet.")
	}
	if _, err := o.Settle(ctx, *a.SessionID); err != nil {
		return a, err
	}
	if a, err = o.db.Attempt(ctx, a.ID); err == nil && a.PaymentIntent == "" { // it does not fit the order and is for staff
		return a, shop.NotFound("There is no such payment.")
	}
	return a, err
}

// SweepRefunds compares every refund that Stripe says was made since an
// instant with the shop's, and writes down what was missed.
func (o *Orders) SweepRefunds(ctx context.Context, since shop.Instant) error {
	var errs []error
	err := o.pay.RefundsSince(ctx, since, func(r payment.RefundResult) error {
		a, err := o.db.AttemptByIntent(ctx, r.Intent)
		if err == nil {
			err = o.learn(ctx, a, r)
		}
		if err != nil && !shop.IsNotFound(err) { // the others are looked at all the same
			errs = append(errs, fmt.Errorf("refund %s: %w", r.ID, err))
		}
		return ctx.Err()
	})
	return errors.Join(append(errs, err)...)
}
