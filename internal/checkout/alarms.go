package checkout

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// tellOfMoney raises the alarm of a paid session that no order of the shop
// belongs to.
func (c *Checkout) tellOfMoney(ctx context.Context, s shop.Session) error {
	return c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		return tx.Raise(ctx, shop.Alarm{
			Kind: shop.AlarmMoney, Key: s.ID,
			Message: fmt.Sprintf("%s was paid at Stripe in session %s, and the shop has no order for it.", s.Total, s.ID),
		})
	})
}
