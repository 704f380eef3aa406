package checkout

import (
	"context"
	"errors"
	"fmt"
	"time"

	"longrun/internal/shop"
)

// reconcileBatch bounds how many rows are read at once.
const reconcileBatch = 100

// hourly is how long in each hour of its life, after the first, an attempt by
// a slow method is asked about: its money takes days.
const hourly = 2 * time.Minute

// rests says whether an attempt is left alone until its next hour begins.
func rests(a shop.PaymentAttempt, now shop.Instant) bool {
	age := now.Sub(a.CreatedAt.Time)
	return a.State == shop.AttemptProcessing && age > time.Hour && age%time.Hour >= hourly
}

// Reconcile asks Stripe about every payment that may have gone on without us:
// attempts of which nobody knows whether they were created, sessions past
// their end or old enough for a missed webhook, refunds without an end. The
// clock runs it every minute. One that fails does not stop the others.
func (c *Checkout) Reconcile(ctx context.Context) error {
	now, err := c.db.Now(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for last := shop.AttemptID(0); ctx.Err() == nil; {
		due, err := c.db.AttemptsDue(ctx, now, last, reconcileBatch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, a := range due {
			last = a.ID
			if rests(a, now) {
				continue
			}
			if err := c.reconcile(ctx, a); err != nil {
				errs = append(errs, fmt.Errorf("attempt %d: %w", a.ID, err))
			}
		}
		if len(due) < reconcileBatch {
			break
		}
	}
	return errors.Join(append(errs, c.reconcileRefunds(ctx), ctx.Err())...)
}

func (c *Checkout) reconcile(ctx context.Context, a shop.PaymentAttempt) error {
	if a.SessionID == nil {
		return c.orders.Resolve(ctx, a)
	}
	_, err := c.orders.Settle(ctx, *a.SessionID)
	return err
}

func (c *Checkout) reconcileRefunds(ctx context.Context) error {
	var errs []error
	for last := shop.RefundID(0); ctx.Err() == nil; {
		open, err := c.db.RefundsOpen(ctx, last, reconcileBatch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, r := range open {
			last = r.ID
			if err := c.orders.GiveBack(ctx, r.ID); err != nil {
				errs = append(errs, fmt.Errorf("refund %d: %w", r.ID, err))
			}
		}
		if len(open) < reconcileBatch {
			break
		}
	}
	return errors.Join(errs...)
}
