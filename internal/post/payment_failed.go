package post

import (
	"context"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// paymentFailed tells that money which was on its way did not come. An order
// that was paid otherwise since is told of to nobody.
func (o *Outbox) paymentFailed(ctx context.Context, id shop.OrderID) (*mail.PaymentFailed, error) {
	order, now, link, err := o.order(ctx, id)
	if err != nil {
		return nil, err
	}
	if order.State == shop.OrderPaid {
		return nil, errOver
	}
	return &mail.PaymentFailed{
		ShopName: now.ShopName, Order: order, OrderURL: link, ShopEmail: now.ShopEmail, ShopAddress: addressLines(now),
	}, nil
}
