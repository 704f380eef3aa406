package stock

import (
	"context"
	"fmt"
	"strconv"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// PutBack returns pieces that were sold to an order to the shop, when they
// were cancelled before they were sent. Step names the cancellation, which
// happens once.
func PutBack(ctx context.Context, tx *database.Tx, order shop.OrderID, wants []Want, step shop.StockMovement) error {
	for _, w := range wants {
		m := step
		m.VariantID, m.Delta = w.Variant, w.Quantity
		m.CauseKind, m.CauseID = shop.CauseCancellation, strconv.FormatInt(int64(order), 10)
		if err := tx.PutBackStock(ctx, m); err != nil {
			return fmt.Errorf("putting back %d of variant %d: %w", w.Quantity, w.Variant, err)
		}
	}
	return tx.StockChanged(ctx, ids(wants))
}
