package database

import (
	"context"

	"longrun/internal/shop"
)

const noDispute = "There is no such dispute."

// Dispute is a payment that somebody objects to.
func (r Reader) Dispute(ctx context.Context, id shop.DisputeID) (shop.Dispute, error) {
	return r.disputeWhere(ctx, "id = ?", id)
}

// DisputeByStripeID is the dispute that Stripe knows by an id.
func (r Reader) DisputeByStripeID(ctx context.Context, id string) (shop.Dispute, error) {
	if id == "" {
		return shop.Dispute{}, shop.NotFound(noDispute)
	}
	return r.disputeWhere(ctx, "stripe_id = ?", id)
}

func (r Reader) disputeWhere(ctx context.Context, condition string, args ...any) (shop.Dispute, error) {
	var d shop.Dispute
	err := r.take(ctx, &d, noDispute, "SELECT * FROM disputes WHERE "+condition, args...)
	return d, err
}

// DisputesOfOrder are an order's disputes, oldest first.
func (r Reader) DisputesOfOrder(ctx context.Context, order shop.OrderID) ([]shop.Dispute, error) {
	var list []shop.Dispute
	err := r.raw(ctx, &list, "SELECT * FROM disputes WHERE order_id = ? ORDER BY id", order)
	return list, err
}

// DisputesOpen are up to limit disputes after one that are not decided, oldest
// first.
func (r Reader) DisputesOpen(ctx context.Context, after shop.DisputeID, limit int) ([]shop.Dispute, error) {
	var list []shop.Dispute
	err := r.raw(ctx, &list, "SELECT * FROM disputes WHERE ended_at IS NULL AND id > ? ORDER BY id LIMIT ?", after, limit)
	return list, err
}

// blockingDispute is the dispute of the payment by which an order was paid
// because of which Stripe gives nothing of it back; nil for none.
func (r Reader) blockingDispute(ctx context.Context, order shop.OrderID) (*shop.Dispute, error) {
	var list []shop.Dispute
	err := r.raw(ctx, &list, `SELECT d.* FROM disputes d JOIN payment_attempts a ON a.id = d.attempt_id
		WHERE d.order_id = ? AND a.state = 'paid' ORDER BY d.id DESC`, order)
	for i := range list {
		if list[i].Blocks() {
			return &list[i], err
		}
	}
	return nil, err
}

// AddDispute writes a dispute that is heard of for the first time, and its
// step. shop.ErrExists says that it is known.
func (tx *Tx) AddDispute(ctx context.Context, d *shop.Dispute) error {
	d.EvidenceState, d.UpdatedAt = shop.EvidenceNone, tx.now
	if d.State.Decided() {
		now := tx.now
		d.EndedAt = &now
	}
	if err := tx.insert(ctx, d); err != nil {
		return err
	}
	return tx.disputeStep(ctx, d, "", d.Reason, shop.ByStripe)
}

func (tx *Tx) disputeStep(ctx context.Context, d *shop.Dispute, from shop.DisputeState, cause, who string) error {
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "dispute", ThingID: int64(d.ID), FromState: string(from), ToState: string(d.State), Cause: cause, Who: who,
	})
}

// LockDispute is Dispute with the row locked until the end.
func (tx *Tx) LockDispute(ctx context.Context, id shop.DisputeID) (shop.Dispute, error) {
	return tx.disputeWhere(ctx, "id = ?"+tx.lock(), id)
}

// MoveDispute writes what Stripe says by now of a locked dispute, whose state
// was from, if the move is allowed, and the step where the state is another.
func (tx *Tx) MoveDispute(ctx context.Context, d *shop.Dispute, from shop.DisputeState) error {
	if d.State != from {
		if err := shop.DisputeMoves.Check(from, d.State); err != nil {
			return err
		}
		if d.EndedAt = nil; d.State.Decided() {
			now := tx.now
			d.EndedAt = &now
		}
	}
	d.UpdatedAt = tx.now
	done, err := one(tx.exec(ctx, `UPDATE disputes SET state = ?, amount = ?, reason = ?, refundable = ?, due_at = ?, withdrawn = ?, fee = ?,
			movements = ?, reminders = ?, evidence_state = ?, updated_at = ?, ended_at = ? WHERE id = ? AND state = ?`,
		d.State, d.Amount, d.Reason, d.Refundable, d.DueAt, d.Withdrawn, d.Fee,
		d.Movements, d.Reminders, d.EvidenceState, d.UpdatedAt, d.EndedAt, d.ID, from))
	if err != nil || !done {
		return lost(err, "dispute")
	}
	if d.State == from {
		return nil
	}
	return tx.disputeStep(ctx, d, from, "", shop.ByStripe)
}

// NoteDispute puts a remark on the timeline of a dispute's order.
func (tx *Tx) NoteDispute(ctx context.Context, d *shop.Dispute, remark, who string) error {
	return tx.disputeStep(ctx, d, d.State, remark, who)
}

// DraftEvidence keeps an answer in the place of the version that d has, and
// raises it. shop.KindConflict when somebody else was faster or it is too late.
func (tx *Tx) DraftEvidence(ctx context.Context, d *shop.Dispute, evidence string) error {
	done, err := one(tx.exec(ctx, `UPDATE disputes SET evidence = ?, evidence_state = 'draft', evidence_version = evidence_version + 1, last_error = '', updated_at = ?
		WHERE id = ? AND evidence_version = ? AND evidence_state IN ('none', 'draft')`, evidence, tx.now, d.ID, d.EvidenceVersion))
	if err != nil || !done {
		return lost(err, "answer")
	}
	d.Evidence, d.EvidenceState, d.EvidenceVersion = evidence, shop.EvidenceDraft, d.EvidenceVersion+1
	return nil
}

// SendEvidence decides that the draft goes to the bank, under a key.
// shop.KindConflict when it is on its way already.
func (tx *Tx) SendEvidence(ctx context.Context, d *shop.Dispute, key string) error {
	done, err := one(tx.exec(ctx, `UPDATE disputes SET evidence_state = 'sending', evidence_key = ?, updated_at = ?
		WHERE id = ? AND evidence_version = ? AND evidence_state = 'draft'`, key, tx.now, d.ID, d.EvidenceVersion))
	if err != nil || !done {
		return lost(err, "answer")
	}
	d.EvidenceState, d.EvidenceKey = shop.EvidenceSending, key
	return nil
}

// EvidenceStaged notes that Stripe has a version of the draft.
func (tx *Tx) EvidenceStaged(ctx context.Context, id shop.DisputeID, version int64) error {
	_, err := tx.exec(ctx, "UPDATE disputes SET evidence_staged = ? WHERE id = ? AND evidence_staged < ?", version, id, version)
	return err
}

// EvidenceEnded notes what became of an answer that was being sent, and says
// whether it was: it is with the bank, or, with a reason, a draft again.
func (tx *Tx) EvidenceEnded(ctx context.Context, id shop.DisputeID, failure string) (bool, error) {
	if failure != "" {
		return one(tx.exec(ctx, "UPDATE disputes SET evidence_state = 'draft', last_error = ?, updated_at = ? WHERE id = ? AND evidence_state = 'sending'",
			failure, tx.now, id))
	}
	return one(tx.exec(ctx, `UPDATE disputes SET evidence_state = 'sent', evidence_staged = evidence_version, sent_at = ?, updated_at = ?
		WHERE id = ? AND evidence_state = 'sending'`, tx.now, tx.now, id))
}

// RemindOfDispute notes that so many reminders were given of a dispute, and
// says whether that is more than before.
func (tx *Tx) RemindOfDispute(ctx context.Context, id shop.DisputeID, reminders int) (bool, error) {
	return one(tx.exec(ctx, "UPDATE disputes SET reminders = ? WHERE id = ? AND reminders < ?", reminders, id, reminders))
}

// OrderNoted says whether something with these words in it was noted on an
// order's timeline.
func (r Reader) OrderNoted(ctx context.Context, order shop.OrderID, words string) (bool, error) {
	var n int
	err := r.raw(ctx, &n, "SELECT count(*) FROM steps WHERE thing_kind = 'order' AND thing_id = ? AND cause LIKE '%' || ? || '%'", order, words)
	return n > 0, err
}
