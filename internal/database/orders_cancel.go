package database

import (
	"context"

	"longrun/internal/shop"
)

// PutBackStock adds pieces to what is on hand in the shop, once for the
// movement's cause and step. A variant that the shop does not count any more
// is left alone. The caller has locked nothing after it in the house's order.
func (tx *Tx) PutBackStock(ctx context.Context, m shop.StockMovement) error {
	m.Place = shop.PlaceShop
	levels, err := tx.LockStock(ctx, []shop.VariantID{m.VariantID})
	if err != nil {
		return err
	}
	if _, counted := levels[m.VariantID]; !counted {
		return nil
	}
	isNew, err := tx.InsertMovement(ctx, m)
	if err != nil || !isNew {
		return err
	}
	_, err = tx.exec(ctx, "UPDATE stock_levels SET on_hand = on_hand + ? WHERE variant_id = ? AND place = ?", m.Delta, m.VariantID, m.Place)
	return err
}
