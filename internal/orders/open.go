package orders

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"longrun/internal/database"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// Stripe keeps answers by key for at least a day; what it does not know of
// after forgotten was never opened, or is known to nobody.
const (
	keyLife   = 23 * time.Hour
	forgotten = 2 * time.Minute
	clockSlip = 5 * time.Minute // how far Stripe's clock may be behind
)

// Open opens an attempt's session at Stripe for the first time and notes its
// address, to which the shopper may then be sent. Errors: *payment.Refusal,
// with the order cancelled and its stock free again; shop.ErrUnknown, with the
// attempt left as it is: press again, or wait for Resolve.
func (o *Orders) Open(ctx context.Context, a shop.PaymentAttempt) (shop.PaymentAttempt, error) {
	session, err := o.create(ctx, a)
	if refusal := payment.Refused(err); refusal != nil {
		return a, errors.Join(err, o.fail(ctx, a, refusal.Error()))
	}
	if err != nil {
		return a, err
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	opened := a
	err = o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.LockOrder(ctx, a.OrderID)
		if err == nil {
			opened, err = tx.LockAttempt(ctx, a.ID)
		}
		if err != nil || opened.State != shop.AttemptCreating || shop.SessionDiffers(&order, &opened, session) != "" {
			return err
		}
		return noteOpen(ctx, tx, &opened, session)
	})
	if err != nil {
		return a, fmt.Errorf("noting an opened session: %w", err)
	}
	if opened.State == shop.AttemptOpen {
		return opened, nil
	}
	return o.overtaken(ctx, a, session)
}

// overtaken deals with a session that has gone on before it was noted, or
// that is not what was asked for, in which case Settle closes it.
func (o *Orders) overtaken(ctx context.Context, a shop.PaymentAttempt, s shop.Session) (shop.PaymentAttempt, error) {
	if _, err := o.Settle(ctx, s.ID); err != nil {
		return a, err
	}
	a, err := o.db.Attempt(ctx, a.ID)
	if err == nil && a.State == shop.AttemptCreating {
		o.log.Error("a session is not what was asked for", "session", s.ID, "attempt", a.ID)
		err = shop.Errorf(shop.KindInternal, "The payment could not be started.")
	}
	return a, err
}

func (o *Orders) create(ctx context.Context, a shop.PaymentAttempt) (shop.Session, error) {
	var r shop.SessionRequest
	if err := json.Unmarshal([]byte(a.Params), &r); err != nil {
		return shop.Session{}, fmt.Errorf("reading attempt %d's parameters: %w", a.ID, err)
	}
	return o.pay.Create(ctx, r, a.IdempotencyKey)
}

// noteOpen records the session of an attempt that was being created.
func noteOpen(ctx context.Context, tx *database.Tx, a *shop.PaymentAttempt, s shop.Session) error {
	if err := tx.RecordSession(ctx, a, s); err != nil {
		return err
	}
	return tx.MoveAttempt(ctx, a, shop.AttemptOpen, "session opened", shop.ByStripe)
}

// Resolve finds out what became of an attempt that was being created: it
// sends the same request under the same key, or looks for the session in
// Stripe's list, and settles what it finds. An attempt that Stripe refuses or
// does not know of two minutes later fails, which frees its stock: nobody was
// ever given its address. Errors: shop.ErrUnknown, nothing having changed.
func (o *Orders) Resolve(ctx context.Context, a shop.PaymentAttempt) error {
	now, err := o.db.Now(ctx)
	if err != nil {
		return err
	}
	age := now.Sub(a.CreatedAt.Time)
	if age < keyLife {
		session, err := o.create(ctx, a)
		if err == nil {
			_, err = o.Settle(ctx, session.ID)
			return err
		}
		if refusal := payment.Refused(err); refusal != nil {
			return o.fail(ctx, a, refusal.Error())
		}
		if !errors.Is(err, shop.ErrUnknown) {
			return err
		}
	}
	return o.look(ctx, a, age)
}

// look searches Stripe's list for an attempt's session.
func (o *Orders) look(ctx context.Context, a shop.PaymentAttempt, age time.Duration) error {
	found := ""
	err := o.pay.SessionsSince(ctx, a.CreatedAt.Add(-clockSlip), "", func(s shop.Session) error {
		if s.Reference == a.Reference {
			found = s.ID
		}
		return nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", shop.ErrUnknown, err)
	case found != "":
		_, err := o.Settle(ctx, found)
		return err
	case age < forgotten:
		return shop.Unavailable(shop.ErrUnknown, "The payment has not been started. Please press again.")
	}
	return o.fail(ctx, a, "Stripe knows no such session")
}

// fail ends an attempt that never became a session.
func (o *Orders) fail(ctx context.Context, a shop.PaymentAttempt, cause string) error {
	return o.db.Transact(context.WithoutCancel(ctx), func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.LockOrder(ctx, a.OrderID)
		if err != nil {
			return err
		}
		a, err := tx.LockAttempt(ctx, a.ID)
		if err != nil || a.State != shop.AttemptCreating {
			return err
		}
		if err := tx.MoveAttempt(ctx, &a, shop.AttemptFailed, cause, shop.ByStripe); err != nil {
			return err
		}
		if order.State != shop.OrderPending {
			return nil
		}
		return cancel(ctx, tx, &order, "the payment could not be started", shop.ByStripe)
	})
}

// Abandon closes an attempt's session at Stripe, so that nobody can pay it,
// and settles what Stripe then says: usually the order is cancelled, but if it
// was paid at the same moment it is paid.
func (o *Orders) Abandon(ctx context.Context, a shop.PaymentAttempt) (shop.Order, error) {
	if a.SessionID == nil {
		if err := o.Resolve(ctx, a); err != nil {
			return shop.Order{}, err
		}
		var err error
		if a, err = o.db.Attempt(ctx, a.ID); err != nil {
			return shop.Order{}, err
		}
	}
	if a.SessionID == nil { // it failed
		return o.db.OrderByID(ctx, a.OrderID)
	}
	if _, err := o.pay.Expire(ctx, *a.SessionID); err != nil && payment.Refused(err) == nil {
		return shop.Order{}, err
	}
	return o.Settle(ctx, *a.SessionID)
}
