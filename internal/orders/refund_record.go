package orders

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// decision is money of a locked order that goes back.
type decision struct {
	order   *shop.Order
	plan    shop.RefundPlan
	cause   string
	reason  string
	key     string // under which Stripe is asked
	who     string
	againOf *shop.Refund // the failed one in whose place it is, nil for none
}

// record writes a decision down and has a job carry it out. What has been
// given back otherwise to the last cent is at its end at once. The caller has
// worked the plan out under the order's lock; the indexes and the sum are
// looked at again all the same.
func record(ctx context.Context, tx *database.Tx, d decision) (shop.Refund, error) {
	refund := shop.Refund{
		OrderID: d.order.ID, Amount: d.plan.Amount(), Shipping: d.plan.Shipping, ShippingTax: d.plan.ShippingTax,
		Goodwill: d.plan.Goodwill, GivenBefore: d.plan.GivenBefore, Cause: d.cause, Reason: d.reason, IdempotencyKey: d.key,
	}
	if d.againOf != nil {
		refund.AgainOf, refund.AttemptID = &d.againOf.ID, d.againOf.AttemptID
	} else {
		paid, err := tx.PaidAttempt(ctx, d.order.ID)
		if err != nil {
			return refund, fmt.Errorf("finding the payment of order %d: %w", d.order.ID, err)
		}
		refund.AttemptID = paid.ID
	}
	err := tx.RecordRefund(ctx, &refund, slices.Clone(d.plan.Units), d.who)
	if errors.Is(err, shop.ErrExists) {
		return refund, shop.Conflict("This has been given back before. Please look again.")
	}
	if err != nil {
		return refund, fmt.Errorf("recording a refund of order %d: %w", d.order.ID, err)
	}
	if refund.Amount == 0 {
		return refund, tx.MoveRefund(ctx, &refund, shop.RefundSucceeded, "", "")
	}
	left, err := tx.Refundable(ctx, d.order.ID)
	if err != nil {
		return refund, err
	}
	if left < 0 && d.cause != shop.RefundLate { // whose payment is not in what was received for the order
		return refund, shop.Conflict("More would go back than was received.")
	}
	return refund, enqueueRefund(ctx, tx, refund.ID)
}

// orderAndGiven is an order and what has gone back of it.
func (o *Orders) orderAndGiven(ctx context.Context, id shop.OrderID) (shop.Order, shop.Given, error) {
	order, err := o.db.OrderByID(ctx, id)
	if err != nil {
		return order, shop.Given{}, err
	}
	given, err := o.db.Given(ctx, id)
	return order, given, err
}

// asExpected refuses to give back another sum than was shown.
func asExpected(plan shop.RefundPlan, expected shop.Cents) error {
	if got := plan.Amount(); got != expected {
		return shop.Conflict("The order has changed: %s would go back, not %s. Please look again.", got, expected)
	}
	return nil
}
