package checkout

import (
	"context"

	"longrun/internal/shop"
)

// Release is "start over": it closes the payment page of the order behind a
// private link, so that its stock is free again and the bag can be changed at
// leisure. It returns the order as it then is, which is paid if the shopper
// paid at the same moment. An order that is not waiting is returned as it is.
func (c *Checkout) Release(ctx context.Context, token string) (shop.Order, error) {
	ctx, stop := context.WithTimeout(ctx, placeTime)
	defer stop()
	order, err := c.db.OrderByLink(ctx, token)
	if err != nil || order.State != shop.OrderPending {
		return order, err
	}
	attempt, err := c.db.AttemptOfOrder(ctx, order.ID)
	if err != nil {
		return order, err
	}
	if released, err := c.orders.Abandon(ctx, attempt); err == nil {
		return released, nil
	} else {
		return order, c.told(err)
	}
}
