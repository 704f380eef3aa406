package orders

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// warned stops a paid order whose card's bank takes the payment for fraud, once
// for each warning: money given back before anybody disputes it costs no fee,
// and goods that have not left are not lost. KindNotFound for a payment that
// is not ours.
func (o *Orders) warned(ctx context.Context, id string) error {
	a, err := o.attemptOfObject(ctx, id)
	if err != nil {
		return err
	}
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.LockOrder(ctx, a.OrderID)
		if err != nil || order.State != shop.OrderPaid {
			return err
		}
		told, err := tx.OrderNoted(ctx, order.ID, id)
		if err != nil || told {
			return err
		}
		return tx.ReviewOrder(ctx, &order, fmt.Sprintf("the card's bank takes the payment for fraud (%s): give it back, or be sure before you send anything", id))
	})
}
