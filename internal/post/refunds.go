package post

import (
	"context"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// orderCancelled tells of the pieces that one refund gives back.
func (o *Outbox) orderCancelled(ctx context.Context, id shop.RefundID) (*mail.OrderCancelled, error) {
	about, err := o.aboutRefund(ctx, id)
	if err != nil {
		return nil, err
	}
	return &mail.OrderCancelled{
		ShopName: about.ShopName, Order: about.Order, Plan: about.Plan, Whole: about.Order.Fulfilment == shop.FulfilmentCancelled,
		OrderURL: about.OrderURL, ShopEmail: about.ShopEmail, ShopAddress: about.ShopAddress,
	}, nil
}

// refund tells of money that goes back. One that has failed before its mail
// could go is told of to nobody.
func (o *Outbox) refund(ctx context.Context, id shop.RefundID) (*mail.Refund, error) {
	refund, err := o.db.Refund(ctx, id)
	if err != nil {
		return nil, err
	}
	if refund.State == shop.RefundFailed {
		return nil, errOver
	}
	return o.aboutRefund(ctx, id)
}

// aboutRefund is what every mail about a refund says.
func (o *Outbox) aboutRefund(ctx context.Context, id shop.RefundID) (*mail.Refund, error) {
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
	return &mail.Refund{
		ShopName: now.ShopName, Order: order, Plan: shop.PlanOf(&order, refund, units), Reason: refund.Reason,
		Again: refund.AgainOf != nil, OrderURL: link, ShopEmail: now.ShopEmail, ShopAddress: addressLines(now),
	}, nil
}
