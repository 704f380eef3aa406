package database

import (
	"context"

	"longrun/internal/shop"
)

// RefundUnitsOfOrder are what all refunds of an order give back by unit, also
// those that failed.
func (r Reader) RefundUnitsOfOrder(ctx context.Context, order shop.OrderID) ([]shop.RefundUnit, error) {
	var units []shop.RefundUnit
	err := r.raw(ctx, &units, `SELECT u.* FROM refunds r JOIN refund_units u ON u.refund_id = r.id
		WHERE r.order_id = ? ORDER BY u.unit_id, u.refund_id`, order)
	return units, err
}

// Given is what refunds that have not failed give back of an order's payment.
// The order's lock keeps it from changing.
func (r Reader) Given(ctx context.Context, order shop.OrderID) (shop.Given, error) {
	var given shop.Given
	err := r.raw(ctx, &given.Units, `SELECT u.* FROM refunds r JOIN refund_units u ON u.refund_id = r.id
		WHERE r.order_id = ? AND u.live ORDER BY u.unit_id`, order)
	if err != nil {
		return given, err
	}
	var sums struct{ Shipping, ShippingTax int64 }
	err = r.raw(ctx, &sums, `SELECT CAST(coalesce(sum(shipping), 0) AS bigint) AS shipping,
			CAST(coalesce(sum(shipping_tax), 0) AS bigint) AS shipping_tax
		FROM refunds WHERE order_id = ? AND state <> 'failed'`, order)
	if err != nil {
		return given, err
	}
	given.Shipping, given.ShippingTax = shop.Cents(sums.Shipping), shop.Cents(sums.ShippingTax)
	if given.Dispute, err = r.blockingDispute(ctx, order); err != nil {
		return given, err
	}
	given.Left, err = r.Refundable(ctx, order)
	return given, err
}

// Refundable is what was received for an order by Stripe less what was given
// back or is about to be, and less what banks hold of it in disputes. Payments that came too late and went back whole are
// not in it.
func (r Reader) Refundable(ctx context.Context, order shop.OrderID) (shop.Cents, error) {
	var left int64
	err := r.raw(ctx, &left, `SELECT CAST(
		coalesce((SELECT sum(t.amount) FROM order_tenders t WHERE t.order_id = @order AND t.kind = @kind), 0)
		- coalesce((SELECT sum(r.amount) FROM refunds r JOIN payment_attempts a ON a.id = r.attempt_id
			WHERE r.order_id = @order AND r.state <> 'failed' AND a.state = 'paid'), 0)
		- coalesce((SELECT sum(d.withdrawn) FROM disputes d JOIN payment_attempts a ON a.id = d.attempt_id
			WHERE d.order_id = @order AND a.state = 'paid'), 0) AS bigint)`,
		map[string]any{"order": order, "kind": shop.TenderStripe})
	return shop.Cents(left), err
}

// GivenOfAttempt is what refunds that have not failed give back of one
// payment.
func (r Reader) GivenOfAttempt(ctx context.Context, attempt shop.AttemptID) (shop.Cents, error) {
	var sum int64
	err := r.raw(ctx, &sum, `SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM refunds
		WHERE attempt_id = ? AND state <> 'failed'`, attempt)
	return shop.Cents(sum), err
}

// RefundByKey is the refund that was recorded under an idempotency key.
func (r Reader) RefundByKey(ctx context.Context, key string) (shop.Refund, error) {
	return r.refundWhere(ctx, "idempotency_key = ?", key)
}

// RefundAgainOf is the refund that was made in the place of a failed one.
func (r Reader) RefundAgainOf(ctx context.Context, failed shop.RefundID) (shop.Refund, error) {
	return r.refundWhere(ctx, "again_of = ?", failed)
}

// PaidAttempt is the payment by which an order was paid. KindNotFound for one
// that cost nothing.
func (r Reader) PaidAttempt(ctx context.Context, order shop.OrderID) (shop.PaymentAttempt, error) {
	return r.attemptWhere(ctx, "order_id = ? AND state = 'paid'", order)
}

// RecordRefund records the decision to give money of a locked order back, with
// what goes back by unit, before Stripe is asked; its id is filled in.
// shop.ErrExists says that the key was used, that a unit was given back
// before, or that the failed refund in whose place it is has another already;
// on PostgreSQL the transaction can then only be rolled back.
func (tx *Tx) RecordRefund(ctx context.Context, refund *shop.Refund, units []shop.RefundUnit, who string) error {
	isNew, err := tx.insertRefundBy(ctx, refund, who)
	if err != nil {
		return err
	}
	if !isNew {
		return shop.ErrExists
	}
	if len(units) == 0 {
		return nil
	}
	for i := range units {
		units[i].RefundID, units[i].Live = refund.ID, true
	}
	return tx.insert(ctx, units)
}
