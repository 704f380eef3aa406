package orders

import (
	"context"
	"crypto/rand"
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
// was lost is found by our id whatever its key's age, and one that somebody
// made at Stripe is known before ours is asked for; otherwise it asks under
// the stored key. Errors: shop.ErrUnknown and KindUnavailable: call again.
func (o *Orders) GiveBack(ctx context.Context, id shop.RefundID) error {
	refund, err := o.db.Refund(ctx, id)
	if err != nil {
		return err
	}
	a, err := o.db.Attempt(ctx, refund.AttemptID)
	if err != nil {
		return err
	}
	if err := o.sync(ctx, a); err != nil {
		return err
	}
	if refund, err = o.db.Refund(ctx, id); err != nil || refund.State != shop.RefundRecorded {
		return err
	}
	result, err := o.pay.Refund(ctx, payment.RefundRequest{
		RefundID: refund.ID, OrderID: refund.OrderID, Intent: a.PaymentIntent, Amount: refund.Amount, Key: refund.IdempotencyKey,
	})
	if refusal := payment.Refused(err); refusal != nil {
		o.log.Error("a refund was refused", "refund", id, "err", refusal)
		return o.learn(ctx, a, payment.RefundResult{RefundID: id, Status: "failed", Failure: payment.RefundRefusal(refusal)})
	}
	if err != nil {
		return err
	}
	return o.learn(ctx, a, result)
}
