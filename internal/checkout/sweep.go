package checkout

import (
	"context"
	"errors"
	"fmt"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// sweepBack is how far Sweep looks back: longer than Stripe tries to deliver
// a webhook.
const sweepBack = 4 * 24 * time.Hour

// refundSweepBack is how far Sweep looks back for refunds, which may still
// fail weeks after they succeeded.
const refundSweepBack = 35 * 24 * time.Hour

// eventAge is how old an event is at least that Sweep fetches: a younger one
// may be on its way.
const eventAge = 15 * time.Minute

// Swept is what a sweep has looked at and done.
type Swept struct {
	Sessions int      // paid at Stripe in the last four days, of this shop
	Settled  int      // of them those that the shop did not know to be paid
	Lost     []string // of them those that no order of the shop belongs to
	Events   int      // fetched from Stripe, which could not deliver them
}

// Sweep is SweepAll for those who only want to know how much money is without
// an order.
func (c *Checkout) Sweep(ctx context.Context) (lost int, err error) {
	swept, err := c.SweepAll(ctx)
	return len(swept.Lost), err
}

// SweepAll compares every session that Stripe says was completed in the last
// four days with the shop's orders, settles what was missed, and raises an
// alarm for each paid session without an order. It does the same for refunds,
// also those made at Stripe, for disputes, and fetches events that Stripe could not deliver.
// The clock runs it every night. What fails does not stop the rest.
func (c *Checkout) SweepAll(ctx context.Context) (Swept, error) {
	var s Swept
	now, err := c.db.Now(ctx)
	if err != nil {
		return s, err
	}
	var errs []error
	for _, sweep := range []func() error{
		func() error { return c.sweepSessions(ctx, now.Add(-sweepBack), &s) },
		func() error { return c.orders.SweepRefunds(ctx, now.Add(-refundSweepBack)) },
		func() error { return c.orders.SweepDisputes(ctx, now.Add(-refundSweepBack)) },
		func() error { return c.sweepEvents(ctx, now, &s) },
	} {
		errs = append(errs, sweep())
	}
	return s, errors.Join(errs...)
}

func (c *Checkout) sweepSessions(ctx context.Context, since shop.Instant, found *Swept) error {
	var errs []error
	err := c.pay.SessionsSince(ctx, since, shop.SessionComplete, func(s shop.Session) error {
		if s.Environment != c.o.Environment || s.PaymentStatus != shop.PaymentPaid || s.LiveMode != c.pay.LiveMode() {
			return nil
		}
		found.Sessions++
		known, accounted, err := c.accounted(ctx, s)
		switch {
		case err != nil: // the others are looked at all the same
			errs = append(errs, fmt.Errorf("session %s: %w", s.ID, err))
		case !accounted:
			found.Lost = append(found.Lost, s.ID)
			c.log.Error("money without order", "session", s.ID, "amount", s.Total.String(), "reference", s.Reference)
			errs = append(errs, c.tellOfMoney(ctx, s))
		case !known:
			found.Settled++
		}
		return ctx.Err()
	})
	return errors.Join(append(errs, err)...)
}

// accounted says whether a paid session has paid an order or is given back,
// and whether the shop knew that.
func (c *Checkout) accounted(ctx context.Context, s shop.Session) (known, accounted bool, err error) {
	for try := range 2 {
		a, err := c.db.AttemptBySession(ctx, s.ID)
		if err == nil && (a.State == shop.AttemptPaid || a.State == shop.AttemptLate) {
			return try == 0, true, nil
		}
		if err != nil && !shop.IsNotFound(err) {
			return false, false, err
		}
		if _, err := c.orders.Settle(ctx, s.ID); shop.IsNotFound(err) {
			return false, false, nil
		} else if err != nil {
			return false, false, err
		}
	}
	return false, false, nil
}

// sweepEvents takes in what Stripe could not deliver, as if it had, and says
// so: the webhook does not work as it should.
func (c *Checkout) sweepEvents(ctx context.Context, now shop.Instant, found *Swept) error {
	var errs []error
	err := c.pay.UndeliveredEvents(ctx, now.Add(-sweepBack), now.Add(-eventAge), func(e shop.StripeEvent) error {
		if e.LiveMode != c.pay.LiveMode() {
			return nil
		}
		isNew, err := c.db.Jobs().Inbox(ctx, e)
		if err == nil && isNew {
			found.Events++
			err = c.orders.Event(ctx, e.ID)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("event %s: %w", e.ID, err))
		}
		return ctx.Err()
	})
	errs = append(errs, err)
	if found.Events > 0 {
		errs = append(errs, c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			return tx.Raise(ctx, shop.Alarm{
				Kind: shop.AlarmWebhook, URL: "/staff/system/events",
				Message: fmt.Sprintf("Stripe could not deliver events to the shop's webhook, which has fetched them: %d.", found.Events),
			})
		}))
	}
	return errors.Join(errs...)
}
