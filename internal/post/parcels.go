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

// orderCancelled tells of the pieces that one refund gives back.
func (o *Outbox) orderCancelled(ctx context.Context, id shop.RefundID) (*mail.OrderCancelled, error) {
	refund, err := o.db.Refund(ctx, id)
	if err != nil {
		return nil, err
	}
	order, now, link, err := o.order(ctx, refund.OrderID)
	if err != nil {
		return nil, err
	}
	units, err := o.db.RefundUnitsOfOrder(ctx, order.ID)
	if err != nil {
		return nil, err
	}
	return &mail.OrderCancelled{
		ShopName: now.ShopName, Order: order, Plan: shop.PlanOf(&order, refund, units),
		Whole: order.Fulfilment == shop.FulfilmentCancelled, OrderURL: link,
		ShopEmail: now.ShopEmail, ShopAddress: addressLines(now),
	}, nil
}
