package orders

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// refund records the decision to give a whole payment back, and has a job
// carry it out. The order, if it was waiting for this money, is cancelled.
func (s *settling) refund(ctx context.Context, cause string) error {
	if err := s.tx.RecordSession(ctx, &s.attempt, s.session); err != nil {
		return err
	}
	if err := s.tx.MoveAttempt(ctx, &s.attempt, shop.AttemptLate, cause, shop.ByStripe); err != nil {
		return err
	}
	if err := s.giveUp(ctx, cause); err != nil {
		return err
	}
	if err := s.tx.Raise(ctx, lateMoney(&s.order, s.session, cause)); err != nil {
		return err
	}
	contact := s.session.Contact
	contact.OrderID = s.order.ID
	if err := s.tx.KeepContact(ctx, contact); err != nil {
		return err
	}
	refund := shop.Refund{
		OrderID: s.order.ID, AttemptID: s.attempt.ID, Amount: s.session.Total,
		Cause: shop.RefundLate, IdempotencyKey: "re-" + rand.Text(),
	}
	isNew, err := s.tx.InsertRefund(ctx, &refund)
	if err != nil || !isNew {
		return err
	}
	return enqueueRefund(ctx, s.tx, refund.ID)
}

// enqueueRefund has a job carry out a recorded refund.
func enqueueRefund(ctx context.Context, tx *database.Tx, id shop.RefundID) error {
	return tx.Enqueue(ctx, shop.Job{
		Kind: shop.JobRefund, Key: fmt.Sprintf("refund:%d", id), Payload: database.PayloadFor(int64(id)),
	})
}

// giveUp cancels an order whose money goes back, or notes it on one that is
// over or paid otherwise.
func (s *settling) giveUp(ctx context.Context, cause string) error {
	switch s.order.State {
	case shop.OrderPending, shop.OrderProcessing:
		return cancel(ctx, s.tx, &s.order, cause, shop.ByStripe)
	case shop.OrderCancelled: // by somebody, while the session stood open
		if err := letGo(ctx, s.tx, s.order.ID); err != nil {
			return err
		}
	}
	return s.tx.NoteOrder(ctx, &s.order, fmt.Sprintf("%s of %s goes back: %s", shop.TenderStripe, s.session.Total, cause), shop.ByStripe)
}

// GiveBack carries out a recorded refund, or learns what became of one that
// was pending. It looks at Stripe's list first, so that a refund whose answer
// was lost is found by our id whatever its key's age, and otherwise asks
// under the stored key. Errors: shop.ErrUnknown and KindUnavailable: call
// again.
func (o *Orders) GiveBack(ctx context.Context, id shop.RefundID) error {
	refund, err := o.db.Refund(ctx, id)
	if err != nil {
		return err
	}
	if refund.State == shop.RefundFailed {
		return nil
	}
	a, err := o.db.Attempt(ctx, refund.AttemptID)
	if err != nil {
		return err
	}
	result, found, err := o.atStripe(ctx, refund, a)
	switch {
	case err != nil:
		return err
	case !found && refund.State == shop.RefundRecorded:
		result, err = o.pay.Refund(ctx, payment.RefundRequest{
			RefundID: refund.ID, OrderID: refund.OrderID, Intent: a.PaymentIntent, Amount: refund.Amount, Key: refund.IdempotencyKey,
		})
	case !found:
		return nil
	}
	if refusal := payment.Refused(err); refusal != nil {
		o.log.Error("a refund was refused", "refund", id, "err", refusal)
		return o.recordRefund(ctx, id, payment.RefundResult{Status: "failed", Failure: refusal.Error()})
	}
	if err != nil {
		return err
	}
	return o.recordRefund(ctx, id, result)
}

// atStripe looks for our refund among those Stripe has of the payment.
func (o *Orders) atStripe(ctx context.Context, refund shop.Refund, a shop.PaymentAttempt) (payment.RefundResult, bool, error) {
	all, err := o.pay.RefundsOf(ctx, a.PaymentIntent)
	for _, r := range all {
		if r.RefundID == refund.ID {
			return r, true, err
		}
	}
	return payment.RefundResult{}, false, err
}

// recordRefund writes down what Stripe said. Of a late payment the shopper is
// told once the money is on its way, of cancelled pieces when they were.
func (o *Orders) recordRefund(ctx context.Context, id shop.RefundID, r payment.RefundResult) error {
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		refund, err := tx.Refund(ctx, id)
		if err != nil {
			return err
		}
		order, err := tx.LockOrder(ctx, refund.OrderID)
		if err != nil {
			return err
		}
		if refund, err = tx.LockRefund(ctx, id); err != nil {
			return err
		}
		if err := tx.FillOrder(ctx, &order); err != nil {
			return err
		}
		to := r.State()
		if to == refund.State || shop.RefundMoves.Check(refund.State, to) != nil {
			return nil
		}
		if err := tx.MoveRefund(ctx, &refund, to, r.ID, r.Failure); err != nil {
			return err
		}
		if to == shop.RefundFailed {
			if err := tx.Raise(ctx, failedRefund(refund, r.Failure)); err != nil {
				return err
			}
			return tx.ReviewOrder(ctx, &order, fmt.Sprintf("the refund of %s failed: %s", refund.Amount, r.Failure))
		}
		if refund.Cause != shop.RefundLate || order.Contact == nil || order.Contact.Email == "" {
			return nil
		}
		return tx.EnqueueMail(ctx, shop.Mail{
			Kind: shop.MailLateRefund, Key: fmt.Sprintf("late-refund:%d", refund.ID),
			Recipient: order.Contact.Email, ThingID: int64(refund.ID),
		})
	})
}

// syncCharge brings the refunds of a charge up to date with Stripe.
func (o *Orders) syncCharge(ctx context.Context, charge string) error {
	a, err := o.db.AttemptByCharge(ctx, charge)
	if err != nil {
		return err
	}
	refunds, err := o.db.RefundsOfOrder(ctx, a.OrderID)
	for _, r := range refunds {
		if r.AttemptID == a.ID {
			err = errors.Join(err, o.GiveBack(ctx, r.ID))
		}
	}
	return err
}
