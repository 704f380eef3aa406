package database

import (
	"context"

	"longrun/internal/shop"
)

// RefundUnitsOfOrder are what all refunds of an order give back by unit.
func (r Reader) RefundUnitsOfOrder(ctx context.Context, order shop.OrderID) ([]shop.RefundUnit, error) {
	var units []shop.RefundUnit
	err := r.raw(ctx, &units, `SELECT u.* FROM refunds r JOIN refund_units u ON u.refund_id = r.id
		WHERE r.order_id = ? ORDER BY u.unit_id`, order)
	return units, err
}

// RefundByKey is the refund that was recorded under an idempotency key.
func (r Reader) RefundByKey(ctx context.Context, key string) (shop.Refund, error) {
	var refund shop.Refund
	err := r.take(ctx, &refund, noRefund, "SELECT * FROM refunds WHERE idempotency_key = ?", key)
	return refund, err
}

// PaidAttempt is the payment by which an order was paid. KindNotFound for one
// that cost nothing.
func (r Reader) PaidAttempt(ctx context.Context, order shop.OrderID) (shop.PaymentAttempt, error) {
	return r.attemptWhere(ctx, "order_id = ? AND state = 'paid'", order)
}

// Refundable is what was received for an order by Stripe less what was given
// back or is about to be. Payments that came too late and went back whole are
// not in it.
func (r Reader) Refundable(ctx context.Context, order shop.OrderID) (shop.Cents, error) {
	var left int64
	err := r.raw(ctx, &left, `SELECT CAST(
		coalesce((SELECT sum(t.amount) FROM order_tenders t WHERE t.order_id = @order AND t.kind = @kind), 0)
		- coalesce((SELECT sum(r.amount) FROM refunds r JOIN payment_attempts a ON a.id = r.attempt_id
			WHERE r.order_id = @order AND r.state <> 'failed' AND a.state = 'paid'), 0) AS bigint)`,
		map[string]any{"order": order, "kind": shop.TenderStripe})
	return shop.Cents(left), err
}

// RecordRefund records the decision to give back what was paid for units of a
// locked order, before Stripe is asked. shop.ErrExists says that the key was
// used or that a unit was refunded before.
func (tx *Tx) RecordRefund(ctx context.Context, refund *shop.Refund, units []shop.RefundUnit, who string) error {
	isNew, err := tx.insertRefundBy(ctx, refund, who)
	if err != nil {
		return err
	}
	if !isNew {
		return shop.ErrExists
	}
	for i := range units {
		units[i].RefundID = refund.ID
	}
	return tx.insert(ctx, units)
}

// PutBackStock adds pieces to what is on hand in the shop, once for the
// movement's cause and step. A variant that the shop does not count any more
// is left alone. The caller has locked nothing after it in the house's order.
func (tx *Tx) PutBackStock(ctx context.Context, m shop.StockMovement) error {
	m.Place = shop.PlaceShop
	levels, err := tx.LockStock(ctx, []shop.VariantID{m.VariantID})
	if err != nil {
		return err
	}
	if _, counted := levels[m.VariantID]; !counted {
		return nil
	}
	isNew, err := tx.InsertMovement(ctx, m)
	if err != nil || !isNew {
		return err
	}
	_, err = tx.exec(ctx, "UPDATE stock_levels SET on_hand = on_hand + ? WHERE variant_id = ? AND place = ?", m.Delta, m.VariantID, m.Place)
	return err
}
