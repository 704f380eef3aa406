package orders

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// sync brings the shop's refunds of a payment up to date with all that Stripe
// has of it, also those that somebody made at Stripe. One that cannot be
// written down does not keep the others from it.
func (o *Orders) sync(ctx context.Context, a shop.PaymentAttempt) error {
	all, err := o.pay.RefundsOf(ctx, a.PaymentIntent)
	if err != nil {
		if payment.Refused(err) != nil { // then Stripe has none of it, and refuses ours too
			return nil
		}
		return err
	}
	var errs []error
	for _, r := range all {
		errs = append(errs, o.learn(ctx, a, r))
	}
	return errors.Join(errs...)
}

// learn writes down what Stripe says of a refund of a payment.
func (o *Orders) learn(ctx context.Context, a shop.PaymentAttempt, r payment.RefundResult) error {
	if known, err := o.db.RefundByStripeID(ctx, r.ID); err == nil && known.State == r.State() {
		return nil
	} else if err != nil && !shop.IsNotFound(err) {
		return err
	}
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.LockOrder(ctx, a.OrderID)
		if err != nil {
			return err
		}
		l := learning{tx: tx, order: &order, attempt: a, said: r}
		return l.run(ctx)
	})
}

// learning is one run of learn's transaction, with the order locked: until it
// ends nobody else can take the same refund for a new one.
type learning struct {
	tx      *database.Tx
	order   *shop.Order
	attempt shop.PaymentAttempt
	said    payment.RefundResult
	refund  shop.Refund
}

func (l *learning) run(ctx context.Context) error {
	found, err := l.find(ctx)
	if err == nil && !found {
		err = l.adopt(ctx)
	}
	if err != nil {
		return err
	}
	from, to := l.refund.State, l.said.State()
	if l.said.ID == "" && from != shop.RefundRecorded {
		return nil // a refusal says nothing of what was taken before
	}
	if to == from || shop.RefundMoves.Check(from, to) != nil {
		return nil
	}
	if err := l.tx.MoveRefund(ctx, &l.refund, to, l.said.ID, l.said.Failure); err != nil {
		return err
	}
	if to == shop.RefundFailed {
		if err := l.tx.Raise(ctx, failedRefund(l.refund, l.said.Failure)); err != nil {
			return err
		}
		return l.tx.ReviewOrder(ctx, l.order, fmt.Sprintf("the refund of %s failed: %s", l.refund.Amount, l.said.Failure))
	}
	if l.said.Amount != l.refund.Amount {
		why := fmt.Sprintf("Stripe gave %s back as refund %d, which is of %s", l.said.Amount, l.refund.ID, l.refund.Amount)
		if err := l.tx.ReviewOrder(ctx, l.order, why); err != nil {
			return err
		}
	}
	if from != shop.RefundRecorded {
		return nil
	}
	return l.tell(ctx)
}

// find locks the refund that Stripe speaks of: by Stripe's id, or, when ours
// has none yet, by the id of ours that Stripe's carries.
func (l *learning) find(ctx context.Context) (bool, error) {
	refund, err := l.tx.RefundByStripeID(ctx, l.said.ID)
	if shop.IsNotFound(err) && l.said.RefundID != 0 {
		refund, err = l.tx.Refund(ctx, l.said.RefundID)
		if err == nil && !l.ours(refund) {
			return false, nil
		}
	}
	if shop.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	l.refund, err = l.tx.LockRefund(ctx, refund.ID)
	return true, err
}

// ours says whether what Stripe speaks of can be a refund of ours without an
// id of Stripe's. One that is over cannot have money any more.
func (l *learning) ours(refund shop.Refund) bool {
	over := refund.State == shop.RefundFailed && l.said.State() != shop.RefundFailed
	return refund.AttemptID == l.attempt.ID && !over && (refund.StripeID == nil || l.said.ID == "")
}

// adopt writes down a refund that somebody made at Stripe. It counts like one
// of ours in what is left of the payment.
func (l *learning) adopt(ctx context.Context) error {
	id := l.said.ID
	l.refund = shop.Refund{OrderID: l.order.ID, AttemptID: l.attempt.ID, Amount: l.said.Amount, StripeID: &id}
	isNew, err := l.tx.InsertForeignRefund(ctx, &l.refund)
	if err != nil {
		return err
	}
	if !isNew {
		return shop.ErrExists
	}
	left, err := l.tx.Refundable(ctx, l.order.ID)
	if err != nil || left >= 0 || l.said.State() == shop.RefundFailed {
		return err
	}
	return l.tx.ReviewOrder(ctx, l.order, fmt.Sprintf("%s was given back at Stripe: with what goes back already that is %s more than was received",
		l.said.Amount, -left))
}

// tell tells the shopper of money that is on its way to them. Of cancelled
// pieces they were told when they were cancelled.
func (l *learning) tell(ctx context.Context) error {
	kind, key := shop.MailRefund, "refund"
	switch {
	case l.refund.Cause == shop.RefundLate:
		kind, key = shop.MailLateRefund, "late-refund"
	case l.refund.Cause == shop.RefundDashboard, l.refund.Cause == shop.RefundCancelled && l.refund.AgainOf == nil:
		return nil
	}
	if err := l.tx.FillOrder(ctx, l.order); err != nil {
		return err
	}
	if l.order.Contact == nil || l.order.Contact.Email == "" {
		return nil
	}
	return l.tx.EnqueueMail(ctx, shop.Mail{
		Kind: kind, Key: fmt.Sprintf("%s:%d", key, l.refund.ID), Recipient: l.order.Contact.Email, ThingID: int64(l.refund.ID),
	})
}
