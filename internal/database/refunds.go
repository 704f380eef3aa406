package database

import (
	"context"

	"longrun/internal/shop"
)

const noRefund = "There is no such refund."

// Refund is money given back, or about to be.
func (r Reader) Refund(ctx context.Context, id shop.RefundID) (shop.Refund, error) {
	return r.refundWhere(ctx, "id = ?", id)
}

func (r Reader) refundWhere(ctx context.Context, condition string, arg any) (shop.Refund, error) {
	var refund shop.Refund
	err := r.take(ctx, &refund, noRefund, "SELECT * FROM refunds WHERE "+condition, arg)
	return refund, err
}

// RefundsOfOrder are an order's refunds, oldest first.
func (r Reader) RefundsOfOrder(ctx context.Context, order shop.OrderID) ([]shop.Refund, error) {
	var refunds []shop.Refund
	err := r.raw(ctx, &refunds, "SELECT * FROM refunds WHERE order_id = ? ORDER BY id", order)
	return refunds, err
}

// RefundByStripeID is the refund that Stripe knows by an id.
func (r Reader) RefundByStripeID(ctx context.Context, id string) (shop.Refund, error) {
	if id == "" {
		return shop.Refund{}, shop.NotFound(noRefund)
	}
	return r.refundWhere(ctx, "stripe_id = ?", id)
}

// RefundsOpen are up to limit refunds after one that are not at their end,
// oldest first.
func (r Reader) RefundsOpen(ctx context.Context, after shop.RefundID, limit int) ([]shop.Refund, error) {
	var refunds []shop.Refund
	err := r.raw(ctx, &refunds, `SELECT * FROM refunds WHERE state IN ('recorded', 'pending') AND id > ?
		ORDER BY id LIMIT ?`, after, limit)
	return refunds, err
}

// InsertRefund records the decision to give money back, before Stripe is
// asked, and says whether it is new: a payment is given back whole once.
func (tx *Tx) InsertRefund(ctx context.Context, refund *shop.Refund) (isNew bool, err error) {
	return tx.insertRefundBy(ctx, refund, shop.ByJob)
}

// InsertForeignRefund writes down a refund that was made at Stripe, as
// recorded, and says whether it is new. MoveRefund then takes it to its state.
func (tx *Tx) InsertForeignRefund(ctx context.Context, refund *shop.Refund) (isNew bool, err error) {
	refund.Cause, refund.Goodwill, refund.IdempotencyKey = shop.RefundDashboard, refund.Amount, "stripe-"+*refund.StripeID
	return tx.insertRefundBy(ctx, refund, shop.ByStripe)
}

func (tx *Tx) insertRefundBy(ctx context.Context, refund *shop.Refund, who string) (isNew bool, err error) {
	refund.State, refund.CreatedAt = shop.RefundRecorded, tx.now
	isNew, err = tx.insertOnce(ctx, refund)
	if err != nil || !isNew {
		return isNew, err
	}
	return true, tx.AddStep(ctx, shop.Step{
		ThingKind: "refund", ThingID: int64(refund.ID), ToState: string(refund.State), Cause: refund.Cause, Who: who,
	})
}

// LockRefund is Refund with the row locked until the end.
func (tx *Tx) LockRefund(ctx context.Context, id shop.RefundID) (shop.Refund, error) {
	return tx.refundWhere(ctx, "id = ?"+tx.lock(), id)
}

// MoveRefund takes a locked refund to another state, if the move is allowed,
// with the id Stripe knows it by ("" if it never came to that) and what went
// wrong ("" for nothing), and writes the step.
func (tx *Tx) MoveRefund(ctx context.Context, refund *shop.Refund, to shop.RefundState, stripeID, failure string) error {
	from, who := refund.State, shop.ByStripe
	if err := shop.RefundMoves.Check(from, to); err != nil {
		return err
	}
	if refund.Amount == 0 {
		who = shop.ByJob // Stripe has no part in it
	}
	if stripeID != "" {
		refund.StripeID = &stripeID
	}
	if to != shop.RefundPending {
		now := tx.now
		refund.EndedAt = &now
	}
	moved, err := one(tx.exec(ctx, `UPDATE refunds SET state = ?, stripe_id = ?, last_error = ?, ended_at = ?
		WHERE id = ? AND state = ?`, to, refund.StripeID, failure, refund.EndedAt, refund.ID, from))
	if err != nil || !moved {
		return lost(err, "refund")
	}
	refund.State, refund.LastError = to, failure
	if to == shop.RefundFailed {
		if _, err := tx.exec(ctx, "UPDATE refund_units SET live = ? WHERE refund_id = ?", false, refund.ID); err != nil {
			return err
		}
	}
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "refund", ThingID: int64(refund.ID), FromState: string(from), ToState: string(to), Cause: failure, Who: who,
	})
}
