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

// sweepBack is how far Sweep looks back: longer than Stripe tries to deliver
// a webhook.
const sweepBack = 4 * 24 * time.Hour

// refundSweepBack is how far Sweep looks back for refunds, which may still
// fail weeks after they succeeded.
const refundSweepBack = 35 * 24 * time.Hour

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

// Sweep compares every session that Stripe says was completed in the last
// four days with the shop's orders, settles what was missed, and reports
// money without an order: how many such sessions there are. It does the same
// for refunds, also those made at Stripe, and for disputes. The clock runs it every night.
func (c *Checkout) Sweep(ctx context.Context) (lost int, err error) {
	now, err := c.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	var errs []error
	err = c.pay.SessionsSince(ctx, now.Add(-sweepBack), shop.SessionComplete, func(s shop.Session) error {
		if s.Environment != c.o.Environment || s.PaymentStatus != shop.PaymentPaid || s.LiveMode != c.pay.LiveMode() {
			return nil
		}
		accounted, err := c.accounted(ctx, s)
		switch {
		case err != nil: // the others are looked at all the same
			errs = append(errs, fmt.Errorf("session %s: %w", s.ID, err))
		case !accounted:
			lost++
			c.log.Error("money without order", "session", s.ID, "amount", s.Total.String(), "reference", s.Reference)
			errs = append(errs, c.tellOfMoney(ctx, s))
		}
		return ctx.Err()
	})
	errs = append(errs, err, c.orders.SweepRefunds(ctx, now.Add(-refundSweepBack)), c.orders.SweepDisputes(ctx, now.Add(-refundSweepBack)))
	return lost, errors.Join(errs...)
}

// accounted says whether a paid session has paid an order or is given back.
func (c *Checkout) accounted(ctx context.Context, s shop.Session) (bool, error) {
	for range 2 {
		a, err := c.db.AttemptBySession(ctx, s.ID)
		if err == nil && (a.State == shop.AttemptPaid || a.State == shop.AttemptLate) {
			return true, nil
		}
		if err != nil && !shop.IsNotFound(err) {
			return false, err
		}
		if _, err := c.orders.Settle(ctx, s.ID); shop.IsNotFound(err) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	return false, nil
}
