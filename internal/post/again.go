package post

import (
	"context"
	"encoding/json"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/mail"
	"longrun/internal/shop"
)

// Look writes a mail as it would be handed over now, from the things it
// names. One that carries a secret of its reader is KindForbidden; one whose
// things are gone is KindNotFound.
func (o *Outbox) Look(ctx context.Context, id shop.MailID) (mail.Message, error) {
	row, err := o.db.Mail(ctx, id)
	if err != nil {
		return mail.Message{}, err
	}
	if row.Kind.Secret() {
		return mail.Message{}, shop.Errorf(shop.KindForbidden, "This mail carries a link that is for its reader alone.")
	}
	return o.write(ctx, row)
}

// Again puts a mail that went, or that the mail server would not have, into the outbox once more, on purpose, as a new
// mail. form is the key of the form that asks: the same form twice is one
// mail. What carries a secret is KindForbidden; what is still waiting, or
// tells staff how things stand, is KindConflict.
func (o *Outbox) Again(ctx context.Context, who string, id shop.MailID, form string) error {
	if len(form) < 16 || len(form) > 64 {
		return shop.Invalid("The form is out of date. Please load the page again.")
	}
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		row, err := tx.Mail(ctx, id)
		if err != nil {
			return err
		}
		if why := cannotAgain(row); why != nil {
			return why
		}
		again := shop.Mail{Kind: row.Kind, Key: fmt.Sprintf("again:%d:%s", id, form), Recipient: row.Recipient, ThingID: row.ThingID}
		isNew, err := tx.EnqueueMailOnce(ctx, again)
		if err != nil || !isNew {
			return err
		}
		details, err := json.Marshal(map[string]any{"kind": row.Kind, "about": row.ThingID})
		if err != nil {
			return err
		}
		tx.Audit(shop.AuditEntry{Who: who, Action: "mail.send_again", ThingKind: "mail", ThingID: fmt.Sprint(id), Details: string(details)})
		return nil
	})
}

func cannotAgain(row shop.Mail) error {
	switch {
	case row.Kind.Secret():
		return shop.Errorf(shop.KindForbidden, "This mail carries a link that is for its reader alone. Send a new link from the person's page.")
	case row.Kind.ForStaff():
		return shop.Conflict("This mail told staff how things stood. How they stand now is on the page of alarms.")
	case row.Kind == shop.MailBackInStock:
		return shop.Conflict("Each person is told once that a size is back. Who asks again is told again.")
	case row.Recipient == "":
		return shop.Conflict("The address of this mail was erased.")
	case row.State == shop.MailQueued:
		return shop.Conflict("This mail has not left yet. It goes once its job can hand it over.")
	}
	return nil
}
