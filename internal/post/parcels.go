package post

import (
	"context"
	"errors"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// errOver says that what a mail was to tell is not so any more.
var errOver = errors.New("it is not so any more")

// shipped tells of a parcel as it is now. One that was undone before its mail
// could go is told of to nobody.
func (o *Outbox) shipped(ctx context.Context, id shop.ParcelID) (*mail.Shipped, error) {
	parcel, err := o.db.Parcel(ctx, id)
	if err != nil {
		return nil, err
	}
	if !parcel.Live() {
		return nil, errOver
	}
	order, now, link, err := o.order(ctx, parcel.OrderID)
	if err != nil {
		return nil, err
	}
	return &mail.Shipped{
		ShopName: now.ShopName, Order: order, Parcel: parcel, Packed: order.In(&parcel), Later: order.Later(),
		OrderURL: link, ShopEmail: now.ShopEmail, ShopAddress: addressLines(now),
	}, nil
}
