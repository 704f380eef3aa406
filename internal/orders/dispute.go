package orders

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// SyncDispute makes the shop agree with what Stripe says of a dispute now. It
// may be called any number of times. The order stays as it is, and so does the
// stock: that money is kept or gone is a fact of its own.
//
// Errors: KindNotFound for a dispute of a payment that is not this shop's;
// KindUnavailable; shop.ErrUnknown: call again.
func (o *Orders) SyncDispute(ctx context.Context, id string) error {
	said, err := o.pay.Dispute(ctx, id)
	if err != nil {
		return err
	}
	return o.heard(ctx, said)
}

// heard writes down what Stripe has said of a dispute.
func (o *Orders) heard(ctx context.Context, said payment.DisputeResult) error {
	if said.LiveMode != o.pay.LiveMode() {
		o.log.Warn("a dispute of the other mode is ignored", "dispute", said.ID, "live", said.LiveMode)
		return shop.NotFound("There is no such dispute.")
	}
	a, err := o.db.AttemptByCharge(ctx, said.Charge)
	if shop.IsNotFound(err) {
		a, err = o.attemptOfOrigin(ctx, said.Origin)
	}
	if err != nil {
		return err
	}
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.LockOrder(ctx, a.OrderID)
		if err != nil {
			return err
		}
		h := hearing{tx: tx, order: &order, attempt: a, said: said}
		return h.run(ctx)
	})
}

// SweepDisputes brings every dispute up to date that is not decided, and all
// that Stripe says were opened since an instant.
func (o *Orders) SweepDisputes(ctx context.Context, since shop.Instant) error {
	var errs []error
	keep := func(id string, err error) {
		if err != nil && !shop.IsNotFound(err) { // the others are looked at all the same
			errs = append(errs, fmt.Errorf("dispute %s: %w", id, err))
		}
	}
	err := o.pay.DisputesSince(ctx, since, func(said payment.DisputeResult) error {
		keep(said.ID, o.heard(ctx, said))
		return ctx.Err()
	})
	for last := shop.DisputeID(0); ctx.Err() == nil; {
		open, more := o.db.DisputesOpen(ctx, last, sweepBatch)
		if more != nil {
			return errors.Join(append(errs, err, more)...)
		}
		for _, d := range open {
			last = d.ID
			keep(d.StripeID, o.SyncDispute(ctx, d.StripeID))
		}
		if len(open) < sweepBatch {
			break
		}
	}
	return errors.Join(append(errs, err, ctx.Err())...)
}

// sweepBatch bounds how many rows are read at once.
const sweepBatch = 100

// hearing is one run of heard's transaction, with the order locked.
type hearing struct {
	tx      *database.Tx
	order   *shop.Order
	attempt shop.PaymentAttempt
	said    payment.DisputeResult
	dispute shop.Dispute
}

func (h *hearing) run(ctx context.Context) error {
	known, err := h.tx.DisputeByStripeID(ctx, h.said.ID)
	if shop.IsNotFound(err) {
		return h.begin(ctx)
	}
	if err != nil {
		return err
	}
	if h.dispute, err = h.tx.LockDispute(ctx, known.ID); err != nil {
		return err
	}
	return h.follow(ctx)
}

func (h *hearing) begin(ctx context.Context) error {
	if shop.DisputeMoves.Check("", h.said.State) != nil {
		return shop.Errorf(shop.KindInternal, "Stripe says %q of dispute %s, which nobody here understands.", string(h.said.State), h.said.ID)
	}
	h.dispute = shop.Dispute{
		OrderID: h.order.ID, AttemptID: h.attempt.ID, StripeID: h.said.ID, ChargeID: h.said.Charge,
		Currency: h.said.Currency, CreatedAt: h.said.CreatedAt,
	}
	h.copy()
	if err := h.tx.AddDispute(ctx, &h.dispute); err != nil {
		return err
	}
	if err := h.tellOfMoney(ctx, 0); err != nil {
		return err
	}
	return h.raise(ctx)
}

// copy takes over what may change.
func (h *hearing) copy() {
	d, said := &h.dispute, h.said
	d.State, d.Amount, d.Reason, d.Refundable, d.DueAt = said.State, said.Amount, said.Reason, said.Refundable, said.DueAt
	d.Withdrawn, d.Fee, d.Movements = said.Withdrawn, said.Fee, said.Movements
}

// follow takes a known dispute to what Stripe says by now. What was read
// before something that is known already, and comes later, changes nothing.
func (h *hearing) follow(ctx context.Context) error {
	before := h.dispute
	stale := h.said.State != before.State && shop.DisputeMoves.Check(before.State, h.said.State) != nil
	if stale || h.said.Movements < before.Movements {
		return nil
	}
	h.copy()
	d := &h.dispute
	if d.State == shop.DisputeWaits && before.State.Inquiry() { // it is to be answered anew
		d.Reminders = 0
		if d.EvidenceState == shop.EvidenceSent {
			d.EvidenceState = shop.EvidenceDraft
		}
	}
	if same(before, *d) {
		return nil
	}
	if err := h.tx.MoveDispute(ctx, d, before.State); err != nil {
		return err
	}
	if err := h.tellOfMoney(ctx, before.Withdrawn); err != nil {
		return err
	}
	if d.State != before.State {
		return h.raise(ctx)
	}
	return nil
}

// same says whether nothing of a dispute would be written.
func same(a, b shop.Dispute) bool {
	due := a.DueAt == b.DueAt || a.DueAt != nil && b.DueAt != nil && a.DueAt.Equal(b.DueAt.Time)
	a.DueAt, b.DueAt = nil, nil
	return due && a == b
}

// tellOfMoney puts on the timeline what the bank took or gave back.
func (h *hearing) tellOfMoney(ctx context.Context, before shop.Cents) error {
	switch now := h.dispute.Withdrawn; {
	case now > before:
		return h.tx.NoteDispute(ctx, &h.dispute, fmt.Sprintf("the bank took %s of the payment", now-before), shop.ByStripe)
	case now < before:
		return h.tx.NoteDispute(ctx, &h.dispute, fmt.Sprintf("the bank gave %s back", before-now), shop.ByStripe)
	}
	return nil
}

// raise tells staff of what they must do and of what they have lost.
func (h *hearing) raise(ctx context.Context) error {
	message, err := disputeMessage(ctx, h.tx, h.order, &h.dispute)
	if err != nil || message == "" {
		return err
	}
	return h.tx.Raise(ctx, shop.Alarm{
		Kind: shop.AlarmDispute, Key: fmt.Sprint(h.dispute.ID), URL: shop.DisputeURL(h.dispute.ID), Message: message,
	})
}

// disputeMessage is the alarm of a dispute as it stands, "" where there is
// nothing to do and nothing lost.
func disputeMessage(ctx context.Context, tx *database.Tx, order *shop.Order, d *shop.Dispute) (string, error) {
	name := "an order without a number"
	if order.Number != nil {
		name = fmt.Sprintf("order #%d", *order.Number)
	}
	switch {
	case d.State == shop.DisputeLost:
		return fmt.Sprintf("The dispute about %s is lost: %s are gone.", name, d.Withdrawn), nil
	case !d.State.Waits():
		return "", nil
	}
	settings, err := tx.Settings(ctx)
	if err != nil {
		return "", err
	}
	by := "It cannot be answered."
	if d.DueAt != nil {
		by = "Answer by " + d.DueAt.In(settings.Location()).Format("January 2, 15:04") + "."
	}
	if d.State.Inquiry() {
		return fmt.Sprintf("The bank asks about %s of %s: %s. %s", d.Amount, name, d.Why(), by), nil
	}
	return fmt.Sprintf("%s of %s are disputed: %s. %s", d.Amount, name, d.Why(), by), nil
}
