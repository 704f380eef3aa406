package post

import (
	"context"
	"errors"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// staffInvitation carries the newest link of somebody. Older ones are useless,
// so a mail that waited carries the one that works.
func (o *Outbox) staffInvitation(ctx context.Context, id shop.StaffID) (*mail.StaffInvitation, error) {
	staff, err := o.db.StaffByID(ctx, id)
	if err != nil {
		return nil, err
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	link, err := o.db.LinkOf(ctx, shop.LinkInvite, int64(id))
	if err != nil {
		return nil, err
	}
	token := o.db.Token(link)
	if token == "" || link.ExpiresAt == nil {
		return nil, errors.New("the link's secret key is not known any more, or the link never ends")
	}
	return &mail.StaffInvitation{
		ShopName: settings.ShopName, Name: staff.Name, URL: o.baseURL + "/staff/invitation/" + token,
		First:     staff.PasswordHash == "",
		Expires:   link.ExpiresAt.In(settings.Location()).Format("January 2, 2006 at 15:04 MST"),
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}
