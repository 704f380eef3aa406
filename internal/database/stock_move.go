package database

import (
	"context"

	"longrun/internal/shop"
)

// MoveStock names a movement of a tracked size in the shop and makes it. Fewer
// pieces than are held may be left only where the size may be oversold. ok says
// whether there was room for it; then after is what there is now, else the
// transaction must not be committed. A cause that has moved this size already
// gives shop.ErrExists.
func (tx *Tx) MoveStock(ctx context.Context, m *shop.StockMovement) (after shop.StockLevel, ok bool, err error) {
	m.Place, m.At = shop.PlaceShop, tx.now
	isNew, err := tx.insertOnce(ctx, m)
	if err != nil {
		return after, false, err
	}
	if !isNew {
		return after, false, shop.ErrExists
	}
	sql := `UPDATE stock_levels SET on_hand = on_hand + ? WHERE variant_id = ? AND place = ?
		AND EXISTS (SELECT 1 FROM variants v WHERE v.id = stock_levels.variant_id AND v.tracked`
	args := []any{m.Delta, m.VariantID, m.Place}
	if m.Delta < 0 {
		sql += " AND (v.policy = 'continue' OR stock_levels.on_hand - stock_levels.held >= ?)"
		args = append(args, -m.Delta)
	}
	var rows []shop.StockLevel
	err = tx.raw(ctx, &rows, sql+") RETURNING variant_id, place, on_hand, held", args...)
	if err != nil || len(rows) == 0 {
		return after, false, err
	}
	return rows[0], true, nil
}
