package post

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// refuse records that the mail server will not have a mail, which ends it, and
// tells staff: of a mail to an address that nobody has confirmed only on the
// mail's own page, since whoever types one that does not exist would ring the
// bell.
func (o *Outbox) refuse(ctx context.Context, row shop.Mail, words string) error {
	return o.note(ctx, row.ID, func(ctx context.Context, tx *database.Tx) error {
		was, err := tx.MailRefused(ctx, row.ID, words)
		if err != nil || !was || row.Kind.ToAnyAddress() {
			return err
		}
		return tx.Raise(ctx, shop.Alarm{
			Kind: shop.AlarmMail, Key: fmt.Sprintf("refused:%d", row.ID), URL: fmt.Sprintf("/staff/system/mails/%d", row.ID),
			Message: fmt.Sprintf("The mail server will not have mail %d (%s). It says: %s", row.ID, strings.ReplaceAll(string(row.Kind), "_", " "), words),
		})
	})
}
