package post

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/mail"
	"longrun/internal/shop"
)

// errNotNow says that what a mail was to tell has ended before it left, and
// may become true again.
var errNotNow = errors.New("it is not so at the moment")

// waitConfirm asks who was written down whether it was them.
func (o *Outbox) waitConfirm(ctx context.Context, id shop.WaitID) (*mail.WaitConfirm, error) {
	w, p, link, err := o.wait(ctx, id)
	if err != nil {
		return nil, err
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if w.State != shop.WaitAsked || p == nil {
		return nil, errOver
	}
	return &mail.WaitConfirm{
		ShopName: settings.ShopName, What: shop.TitleWithSize(p, &p.Variants[0]), URL: link,
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}

// backInStock tells of a size as it is when the mail leaves; of one that has
// sold out again there is nothing to tell.
func (o *Outbox) backInStock(ctx context.Context, id shop.WaitID) (*mail.BackInStock, error) {
	w, p, link, err := o.wait(ctx, id)
	if err != nil {
		return nil, err
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	now, err := o.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case w.State != shop.WaitTold:
		return nil, errOver
	case p == nil || !p.OnSale(now) || !p.Variants[0].Available():
		return nil, errNotNow
	}
	v := &p.Variants[0]
	return &mail.BackInStock{
		ShopName: settings.ShopName, What: shop.TitleWithSize(p, v), Price: v.Price,
		ProductURL: fmt.Sprintf("%s/products/%s?variant=%d", o.baseURL, p.Handle, v.ID), LeaveURL: link,
		Asked:     w.AskedAt.In(settings.Location()).Format("January 2, 2006"),
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}

// wait is a wait with the product and the one size that it is about, nil where
// that is gone, and the link to it.
func (o *Outbox) wait(ctx context.Context, id shop.WaitID) (shop.StockWait, *shop.Product, string, error) {
	w, err := o.db.Wait(ctx, id)
	if shop.IsNotFound(err) {
		return w, nil, "", errOver
	}
	if err != nil {
		return w, nil, "", err
	}
	found, err := o.db.VariantsByIDs(ctx, []shop.VariantID{w.VariantID})
	if err != nil {
		return w, nil, "", err
	}
	link, err := o.db.LinkOf(ctx, shop.LinkWait, int64(id))
	if err != nil {
		return w, nil, "", err
	}
	token := o.db.Token(link)
	if token == "" {
		return w, nil, "", errors.New("the secret key that made the link of a wait is not known any more")
	}
	if p, ok := found[w.VariantID]; ok {
		return w, &p, o.baseURL + "/waiting/" + token, nil
	}
	return w, nil, "", nil
}

// putBack records a mail that had nothing to tell, and puts its reader back
// into the line.
func (o *Outbox) putBack(ctx context.Context, row shop.Mail) error {
	return o.note(ctx, row.ID, func(ctx context.Context, tx *database.Tx) error {
		if err := tx.WaitAgain(ctx, shop.WaitID(row.ThingID)); err != nil {
			return err
		}
		return tx.MailHanded(ctx, row.ID)
	})
}
