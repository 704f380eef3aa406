package orders

import (
	"context"

	"longrun/internal/shop"
)

// Confirm is what the success page asks: the order behind a private link,
// settled first if it still waits. hint is the session id in the page's
// address; it is used only while the order's own is not known yet, and then
// Stripe says whose it is. When Stripe does not answer the order is returned
// as it stands, together with the error.
func (o *Orders) Confirm(ctx context.Context, token, hint string) (shop.Order, error) {
	order, err := o.db.OrderByLink(ctx, token)
	if err != nil || order.State != shop.OrderPending && order.State != shop.OrderProcessing {
		return order, err
	}
	a, err := o.db.AttemptOfOrder(ctx, order.ID)
	if err != nil {
		return order, err
	}
	if a.SessionID != nil {
		hint = *a.SessionID
	}
	if !shop.ValidSessionID(hint) {
		return order, nil
	}
	if _, err := o.Settle(ctx, hint); err != nil && !shop.IsNotFound(err) {
		return order, err
	}
	return o.db.OrderByID(ctx, order.ID)
}
