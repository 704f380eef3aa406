package post

import (
	"context"
	"errors"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// privacyLink leads to the page that shows what is held of its reader. When
// the request has ended meanwhile there is nothing to lead to.
func (o *Outbox) privacyLink(ctx context.Context, id shop.PrivacyID) (*mail.PrivacyLink, error) {
	request, err := o.db.PrivacyRequest(ctx, id)
	if shop.IsNotFound(err) || err == nil && request.State == shop.PrivacyDone {
		return nil, errOver
	}
	if err != nil {
		return nil, err
	}
	link, err := o.db.LinkOf(ctx, shop.LinkPrivacy, int64(id))
	if err != nil {
		return nil, err
	}
	token := o.db.Token(link)
	if token == "" || link.ExpiresAt == nil {
		return nil, errors.New("the secret key that made the link is not known any more")
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return &mail.PrivacyLink{
		ShopName: settings.ShopName, URL: o.baseURL + "/privacy/" + token,
		Until:     link.ExpiresAt.In(settings.Location()).Format("January 2, 15:04 MST"),
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}
