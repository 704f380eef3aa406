package post

import (
	"context"
	"fmt"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// contact brings a message to the shop. One that was let go of meanwhile has
// nothing to say any more.
func (o *Outbox) contact(ctx context.Context, id shop.MessageID) (*mail.Contact, error) {
	message, err := o.db.Message(ctx, id)
	if shop.IsNotFound(err) {
		return nil, errOver
	}
	if err != nil {
		return nil, err
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return &mail.Contact{
		ShopName: settings.ShopName, Message: message, URL: fmt.Sprintf("%s/staff/messages/%d", o.baseURL, id),
		Received:  message.CreatedAt.In(settings.Location()).Format("January 2, 2006 at 15:04 MST"),
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}
