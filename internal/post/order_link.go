package post

import (
	"context"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// orderLink leads to an order's private page.
func (o *Outbox) orderLink(ctx context.Context, id shop.OrderID) (*mail.OrderLink, error) {
	order, now, link, err := o.order(ctx, id)
	if err != nil {
		return nil, err
	}
	return &mail.OrderLink{
		ShopName: now.ShopName, Order: order, OrderURL: link, ShopEmail: now.ShopEmail, ShopAddress: addressLines(now),
		Placed: order.PlacedAt.In(now.Location()).Format("January 2, 2006"),
	}, nil
}
