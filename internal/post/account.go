package post

import (
	"context"
	"errors"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// moment is how mails write an instant.
const moment = "January 2, 2006 at 3:04 PM MST"

// accountSignIn carries link and code of a wish to sign in. One that is over
// has nothing to say.
func (o *Outbox) accountSignIn(ctx context.Context, id shop.AccountSignInID) (*mail.AccountSignIn, error) {
	wish, err := o.db.SignIn(ctx, id)
	if shop.IsNotFound(err) {
		return nil, errOver
	}
	if err != nil {
		return nil, err
	}
	now, err := o.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	if !wish.Good(now) {
		return nil, errOver
	}
	token, code := o.db.Token(wish.Link()), o.db.LinkCode(wish.Link())
	if token == "" || code == "" {
		return nil, errKeyGone
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return &mail.AccountSignIn{
		ShopName: settings.ShopName, URL: o.baseURL + "/account/login/" + token, Code: code[:3] + " " + code[3:],
		Expires: wish.ExpiresAt.In(settings.Location()).Format("3:04 PM MST"), Browser: shop.BrowserName(wish.Agent),
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}

var errKeyGone = errors.New("the secret key that made the link is not known any more")

// accountEmail carries the link that confirms an address.
func (o *Outbox) accountEmail(ctx context.Context, id shop.AccountEmailChangeID) (*mail.AccountEmail, error) {
	change, err := o.db.EmailChange(ctx, id)
	if shop.IsNotFound(err) {
		return nil, errOver
	}
	if err != nil {
		return nil, err
	}
	now, err := o.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	if !change.Good(now) {
		return nil, errOver
	}
	token := o.db.Token(change.Link())
	if token == "" {
		return nil, errKeyGone
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return &mail.AccountEmail{
		ShopName: settings.ShopName, URL: o.baseURL + "/account/email/" + token,
		Expires:   change.ExpiresAt.In(settings.Location()).Format(moment),
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}

// accountChanged tells an account's old address that it is no longer that.
func (o *Outbox) accountChanged(ctx context.Context, id shop.AccountEmailChangeID) (*mail.AccountChanged, error) {
	change, err := o.db.EmailChange(ctx, id)
	if shop.IsNotFound(err) || err == nil && change.UsedAt == nil {
		return nil, errOver
	}
	if err != nil {
		return nil, err
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return &mail.AccountChanged{
		ShopName: settings.ShopName, Changed: change.UsedAt.In(settings.Location()).Format(moment),
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}
