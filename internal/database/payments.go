package database

import (
	"context"
	"time"

	"longrun/internal/shop"
)

const noAttempt = "There is no such payment."

// Attempt is a payment attempt.
func (r Reader) Attempt(ctx context.Context, id shop.AttemptID) (shop.PaymentAttempt, error) {
	return r.attemptWhere(ctx, "id = ?", id)
}

// AttemptBySession is the attempt that a Checkout session belongs to.
func (r Reader) AttemptBySession(ctx context.Context, session string) (shop.PaymentAttempt, error) {
	if session == "" {
		return shop.PaymentAttempt{}, shop.NotFound(noAttempt)
	}
	return r.attemptWhere(ctx, "session_id = ?", session)
}

// AttemptByReference is the attempt that carries a reference in Stripe's
// metadata.
func (r Reader) AttemptByReference(ctx context.Context, reference string) (shop.PaymentAttempt, error) {
	if reference == "" {
		return shop.PaymentAttempt{}, shop.NotFound(noAttempt)
	}
	return r.attemptWhere(ctx, "reference = ?", reference)
}

// AttemptByCharge is the attempt that was paid by a charge.
func (r Reader) AttemptByCharge(ctx context.Context, charge string) (shop.PaymentAttempt, error) {
	if charge == "" {
		return shop.PaymentAttempt{}, shop.NotFound(noAttempt)
	}
	return r.attemptWhere(ctx, "charge_id = ?", charge)
}

// AttemptByIntent is the attempt that was paid by a payment intent.
func (r Reader) AttemptByIntent(ctx context.Context, intent string) (shop.PaymentAttempt, error) {
	if intent == "" {
		return shop.PaymentAttempt{}, shop.NotFound(noAttempt)
	}
	return r.attemptWhere(ctx, "payment_intent = ?", intent)
}

// AttemptOfOrder is an order's newest attempt. KindNotFound for one that
// never went to Stripe.
func (r Reader) AttemptOfOrder(ctx context.Context, order shop.OrderID) (shop.PaymentAttempt, error) {
	return r.attemptWhere(ctx, "order_id = ? ORDER BY id DESC LIMIT 1", order)
}

func (r Reader) attemptWhere(ctx context.Context, condition string, args ...any) (shop.PaymentAttempt, error) {
	var a shop.PaymentAttempt
	err := r.take(ctx, &a, noAttempt, "SELECT * FROM payment_attempts WHERE "+condition, args...)
	return a, err
}

// InsertAttempt writes an attempt before Stripe hears of it; its id is filled
// in. A second live one of an order gives shop.ErrExists.
func (tx *Tx) InsertAttempt(ctx context.Context, a *shop.PaymentAttempt) error {
	a.State, a.CreatedAt = shop.AttemptCreating, tx.now
	return tx.insert(ctx, a)
}

// SetAttemptParams stores what will be sent to Stripe, which names the
// attempt's own id.
func (tx *Tx) SetAttemptParams(ctx context.Context, id shop.AttemptID, params string) error {
	done, err := one(tx.exec(ctx, "UPDATE payment_attempts SET params = ? WHERE id = ? AND state = 'creating'", params, id))
	if err != nil || !done {
		return lost(err, "payment")
	}
	return nil
}

// LockAttempt is Attempt with the row locked until the end.
func (tx *Tx) LockAttempt(ctx context.Context, id shop.AttemptID) (shop.PaymentAttempt, error) {
	return tx.attemptWhere(ctx, "id = ?"+tx.lock(), id)
}

// MoveAttempt takes a locked attempt to another state, if the move is
// allowed, and writes the step.
func (tx *Tx) MoveAttempt(ctx context.Context, a *shop.PaymentAttempt, to shop.AttemptState, cause, who string) error {
	from := a.State
	if err := shop.AttemptMoves.Check(from, to); err != nil {
		return err
	}
	if !to.Live() {
		now := tx.now
		a.EndedAt = &now
	}
	moved, err := one(tx.exec(ctx, "UPDATE payment_attempts SET state = ?, ended_at = ? WHERE id = ? AND state = ?",
		to, a.EndedAt, a.ID, from))
	if err != nil || !moved {
		return lost(err, "payment")
	}
	a.State = to
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "attempt", ThingID: int64(a.ID), FromState: string(from), ToState: string(to), Cause: cause, Who: who,
	})
}

// RecordSession writes on a locked attempt what Stripe has told: the
// session's id and address, and once paid by what. Another session's id is
// never written over one that is there: shop.ErrExists.
func (tx *Tx) RecordSession(ctx context.Context, a *shop.PaymentAttempt, s shop.Session) error {
	if s.URL == "" {
		s.URL = a.URL
	}
	a.SessionID, a.URL = &s.ID, s.URL
	a.PaymentIntent, a.ChargeID, a.CardBrand, a.CardLast4 = s.PaymentIntent, s.ChargeID, s.CardBrand, s.CardLast4
	done, err := one(tx.exec(ctx, `UPDATE payment_attempts SET session_id = ?, url = ?,
			payment_intent = ?, charge_id = ?, card_brand = ?, card_last4 = ?
		WHERE id = ? AND (session_id IS NULL OR session_id = ?)`,
		s.ID, s.URL, s.PaymentIntent, s.ChargeID, s.CardBrand, s.CardLast4, a.ID, s.ID))
	if err == nil && !done {
		return shop.ErrExists
	}
	return err
}

// AttemptsDue are up to limit live attempts after one that should be looked at: being
// created for over 2 minutes, on their way by a slow method, past their end
// by a minute, or open and then between 10 and 12 or 40 and 42 minutes old,
// when a webhook may have been missed. Attempts whose order waits for staff
// are left alone.
func (r Reader) AttemptsDue(ctx context.Context, now shop.Instant, after shop.AttemptID, limit int) ([]shop.PaymentAttempt, error) {
	ago := func(d time.Duration) shop.Instant { return now.Add(-d) }
	var due []shop.PaymentAttempt
	err := r.raw(ctx, &due, `SELECT a.* FROM payment_attempts a JOIN orders o ON o.id = a.order_id
		WHERE a.state IN ('creating', 'open', 'processing') AND o.review = '' AND a.id > ? AND (
			a.state = 'creating' AND a.created_at <= ?
			OR a.state = 'processing'
			OR a.expires_at <= ?
			OR a.created_at > ? AND a.created_at <= ?
			OR a.created_at > ? AND a.created_at <= ?)
		ORDER BY a.id LIMIT ?`,
		after, ago(2*time.Minute), ago(time.Minute),
		ago(12*time.Minute), ago(10*time.Minute), ago(42*time.Minute), ago(40*time.Minute), limit)
	return due, err
}
