package post

import (
	"context"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// Sample is a mail of a kind with invented data, as this shop would send it.
// A kind without one is KindNotFound.
func (o *Outbox) Sample(ctx context.Context, kind shop.MailKind) (mail.Message, error) {
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return mail.Message{}, err
	}
	return o.writer.Sample(kind, settings, o.baseURL)
}
