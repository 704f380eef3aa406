package database

import (
	"context"

	"longrun/internal/shop"
)

// The counts change only by the guarded updates below, each of which says
// whether it found what it asked for. Whoever calls them has first inserted
// the unique row (a hold or a movement) that names the change.

// StockLevels are the levels in the shop of variants, by id. Variants without
// counts are left out.
func (r Reader) StockLevels(ctx context.Context, ids []shop.VariantID) (map[shop.VariantID]shop.StockLevel, error) {
	return r.stockWhere(ctx, "v.id IN ?", ids)
}

// LockStock is StockLevels with the rows locked in the order of their ids.
func (tx *Tx) LockStock(ctx context.Context, ids []shop.VariantID) (map[shop.VariantID]shop.StockLevel, error) {
	var rows []shop.StockLevel
	err := tx.raw(ctx, &rows, "SELECT * FROM stock_levels WHERE place = ? AND variant_id IN ? ORDER BY variant_id"+tx.lock(),
		shop.PlaceShop, ids)
	levels := make(map[shop.VariantID]shop.StockLevel, len(rows))
	for _, row := range rows {
		levels[row.VariantID] = row
	}
	return levels, err
}

// HoldStock keeps n of a variant if so many are free, or however many there
// are with beyond.
func (tx *Tx) HoldStock(ctx context.Context, id shop.VariantID, n int64, beyond bool) (bool, error) {
	const sql = "UPDATE stock_levels SET held = held + ? WHERE variant_id = ? AND place = ?"
	if beyond {
		return one(tx.exec(ctx, sql, n, id, shop.PlaceShop))
	}
	return one(tx.exec(ctx, sql+" AND on_hand - held >= ?", n, id, shop.PlaceShop, n))
}

// SellStock takes n held pieces of a variant out of the shop.
func (tx *Tx) SellStock(ctx context.Context, id shop.VariantID, n int64) (bool, error) {
	return one(tx.exec(ctx, `UPDATE stock_levels SET on_hand = on_hand - ?, held = held - ?
		WHERE variant_id = ? AND place = ? AND held >= ?`, n, n, id, shop.PlaceShop, n))
}

// FreeStock lets go of n held pieces of a variant.
func (tx *Tx) FreeStock(ctx context.Context, id shop.VariantID, n int64) (bool, error) {
	return one(tx.exec(ctx, "UPDATE stock_levels SET held = held - ? WHERE variant_id = ? AND place = ? AND held >= ?",
		n, id, shop.PlaceShop, n))
}

// TakeStock takes n pieces that nobody holds out of the shop.
func (tx *Tx) TakeStock(ctx context.Context, id shop.VariantID, n int64, beyond bool) (bool, error) {
	const sql = "UPDATE stock_levels SET on_hand = on_hand - ? WHERE variant_id = ? AND place = ?"
	if beyond {
		return one(tx.exec(ctx, sql, n, id, shop.PlaceShop))
	}
	return one(tx.exec(ctx, sql+" AND on_hand - held >= ?", n, id, shop.PlaceShop, n))
}

// one is what a guarded update of one row answers.
func one(rows int64, err error) (bool, error) { return rows == 1, err }
