package orders

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

// EvidenceDraft is an answer to a dispute as somebody has written it.
type EvidenceDraft struct {
	Dispute  shop.DisputeID
	Evidence shop.Evidence
	Version  int64 // of the draft that the form was filled from, 0 for none
}

// FirstEvidence is the answer that a dispute's form begins with: what was
// drafted before, or what the shop knows of the order.
func (o *Orders) FirstEvidence(ctx context.Context, d shop.Dispute) (shop.Evidence, error) {
	if d.Evidence != "" {
		return shop.ParseEvidence(d.Evidence)
	}
	order, err := o.db.OrderByID(ctx, d.OrderID)
	if err != nil {
		return shop.Evidence{}, err
	}
	parcels, err := o.db.ParcelsOfOrder(ctx, order.ID)
	if err != nil {
		return shop.Evidence{}, err
	}
	settings, err := o.db.Settings(ctx)
	return shop.EvidenceFor(&order, parcels, settings), err
}

// DraftEvidence keeps an answer, which a job keeps at Stripe as well; the bank
// sees nothing of it yet. The same answer again changes nothing.
//
// Errors: KindInvalid with the fields of shop.Evidence.Clean; KindConflict when
// somebody else has changed the draft, or when it is too late.
func (o *Orders) DraftEvidence(ctx context.Context, who string, e EvidenceDraft) error {
	clean, err := e.Evidence.Clean()
	if err != nil {
		return err
	}
	return o.answering(ctx, e.Dispute, func(ctx context.Context, tx *database.Tx, d *shop.Dispute) error {
		if d.Evidence == clean.JSON() && d.EvidenceState == shop.EvidenceDraft {
			return nil
		}
		if d.EvidenceVersion != e.Version {
			return shop.Conflict("Somebody else has changed this answer meanwhile. Please look at theirs first.")
		}
		if err := stillOpen(d); err != nil {
			return err
		}
		if err := tx.DraftEvidence(ctx, d, clean.JSON()); err != nil {
			return err
		}
		var parts []string
		for _, f := range clean.Fields() {
			if f.Value != "" {
				parts = append(parts, f.Name)
			}
		}
		auditDispute(tx, who, "dispute.draft", d, map[string]any{"version": d.EvidenceVersion, "parts": parts})
		return tx.Enqueue(ctx, shop.Job{
			Kind: shop.JobDispute, Key: fmt.Sprintf("dispute-draft:%d:%d", d.ID, d.EvidenceVersion), Payload: database.PayloadFor(int64(d.ID)),
		})
	})
}

// SendEvidence decides that a version of the draft goes to the bank; a job
// hands it over. That happens once, and twice is once.
//
// Errors: KindConflict when the draft is another by now, when there is none, or
// when it is too late.
func (o *Orders) SendEvidence(ctx context.Context, who string, id shop.DisputeID, version int64) error {
	return o.answering(ctx, id, func(ctx context.Context, tx *database.Tx, d *shop.Dispute) error {
		if d.EvidenceVersion == version && (d.EvidenceState == shop.EvidenceSending || d.EvidenceState == shop.EvidenceSent) {
			return nil
		}
		if err := stillOpen(d); err != nil {
			return err
		}
		if d.EvidenceState == shop.EvidenceNone {
			return shop.Conflict("There is no answer yet that could be sent.")
		}
		if d.EvidenceVersion != version {
			return shop.Conflict("The answer has changed meanwhile. Please read it again.")
		}
		if err := tx.SendEvidence(ctx, d, "dp-send-"+rand.Text()); err != nil {
			return err
		}
		if err := tx.NoteDispute(ctx, d, "the answer goes to the bank", who); err != nil {
			return err
		}
		auditDispute(tx, who, "dispute.send", d, map[string]any{"version": version})
		return tx.Enqueue(ctx, shop.Job{Kind: shop.JobDispute, Key: d.EvidenceKey, Payload: database.PayloadFor(int64(d.ID))})
	})
}

// answering runs a decision with the order and the dispute locked.
func (o *Orders) answering(ctx context.Context, id shop.DisputeID, decide func(context.Context, *database.Tx, *shop.Dispute) error) error {
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := tx.Dispute(ctx, id)
		if err != nil {
			return err
		}
		if _, err := tx.LockOrder(ctx, d.OrderID); err != nil {
			return err
		}
		if d, err = tx.LockDispute(ctx, id); err != nil {
			return err
		}
		return decide(ctx, tx, &d)
	})
}

func stillOpen(d *shop.Dispute) error {
	switch {
	case d.EvidenceState == shop.EvidenceSending, d.EvidenceState == shop.EvidenceSent:
		return shop.Conflict("The answer has been sent. The bank takes one only.")
	case !d.State.Waits():
		return shop.Conflict("The bank takes no answer any more: the dispute is %s.", d.State.Title())
	}
	return nil
}

func auditDispute(tx *database.Tx, who, action string, d *shop.Dispute, details map[string]any) {
	details["dispute"] = d.StripeID
	b, _ := json.Marshal(details)
	tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "order", ThingID: fmt.Sprint(d.OrderID), Details: string(b)})
}

// AnswerDispute brings the answer to Stripe that the shop has: a draft, which is
// kept there, or what was decided to be sent. It asks first how the dispute
// stands, so that an answer whose reply was lost is not given a second time. It
// is the job of kind shop.JobDispute.
func (o *Orders) AnswerDispute(ctx context.Context, id shop.DisputeID) error {
	d, err := o.db.Dispute(ctx, id)
	if err != nil {
		return err
	}
	staged := d.EvidenceState == shop.EvidenceDraft && d.EvidenceStaged < d.EvidenceVersion
	if !staged && d.EvidenceState != shop.EvidenceSending {
		return nil
	}
	said, err := o.pay.Dispute(ctx, d.StripeID)
	if err != nil {
		return err
	}
	if !said.State.Waits() {
		return o.answered(ctx, d, said, tooLate(said))
	}
	evidence, err := shop.ParseEvidence(d.Evidence)
	if err != nil {
		return fmt.Errorf("%w: reading the answer to dispute %d: %w", shop.ErrPermanent, id, err)
	}
	answer := payment.DisputeAnswer{ID: d.StripeID, Evidence: evidence, Held: said.Held, Key: fmt.Sprintf("dp-draft-%s-%d", d.StripeID, d.EvidenceVersion)}
	if !staged {
		answer.Submit, answer.Key = true, d.EvidenceKey
	}
	said, err = o.pay.AnswerDispute(ctx, answer)
	if refused := payment.Refused(err); refused != nil {
		o.log.Error("an answer to a dispute was refused", "dispute", id, "err", refused)
		return o.answered(ctx, d, payment.DisputeResult{}, "Stripe says: "+refused.Message)
	}
	if err != nil {
		return err
	}
	return o.answered(ctx, d, said, "")
}

// tooLate is why an answer cannot be given any more, "" when it was.
func tooLate(said payment.DisputeResult) string {
	if said.Answered {
		return ""
	}
	return "the bank takes no answer any more: the dispute is " + said.State.Title()
}

// answered writes down what became of an answer, and then what Stripe says of
// the dispute, if it said anything.
func (o *Orders) answered(ctx context.Context, d shop.Dispute, said payment.DisputeResult, failure string) error {
	err := o.answering(ctx, d.ID, func(ctx context.Context, tx *database.Tx, now *shop.Dispute) error {
		if d.EvidenceState == shop.EvidenceDraft {
			if failure == "" {
				return tx.EvidenceStaged(ctx, d.ID, d.EvidenceVersion)
			}
			return nil // only the sending is told of
		}
		ended, err := tx.EvidenceEnded(ctx, d.ID, failure)
		if err != nil || !ended {
			return err
		}
		if failure == "" {
			return tx.NoteDispute(ctx, now, "the bank has the answer", shop.ByStripe)
		}
		return tx.Raise(ctx, shop.Alarm{
			Kind: shop.AlarmDispute, Key: fmt.Sprint(d.ID), URL: shop.DisputeURL(d.ID), Message: "The answer to a dispute was not taken: " + failure,
		})
	})
	if err != nil || said.ID == "" {
		return err
	}
	return o.heard(ctx, said)
}

// RemindOfDisputes raises the alarm again of what is to be answered soon, three
// days and one day before the end. The clock calls it.
func (o *Orders) RemindOfDisputes(ctx context.Context) error {
	now, err := o.db.Now(ctx)
	if err != nil {
		return err
	}
	most := shop.RemindersDue(now, now)
	soon, err := o.db.DisputesToRemind(ctx, now.Add(shop.FirstReminder()), most, sweepBatch)
	if err != nil {
		return err
	}
	for _, d := range soon {
		due := shop.RemindersDue(*d.DueAt, now)
		err := o.answering(ctx, d.ID, func(ctx context.Context, tx *database.Tx, d *shop.Dispute) error {
			if isNew, err := tx.RemindOfDispute(ctx, d.ID, due); err != nil || !isNew || !d.Open() {
				return err
			}
			order, err := tx.OrderByID(ctx, d.OrderID)
			if err != nil {
				return err
			}
			h := hearing{tx: tx, order: &order, dispute: *d}
			return h.raise(ctx)
		})
		if err != nil {
			return fmt.Errorf("reminding of dispute %d: %w", d.ID, err)
		}
	}
	return nil
}
