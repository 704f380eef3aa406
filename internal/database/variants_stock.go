package database

import (
	"context"

	"longrun/internal/shop"
)

// OpenStock gives variants without a level in the shop their first one, each
// together with the movement that explains it.
func (tx *Tx) OpenStock(ctx context.Context, opening []shop.StockMovement) error {
	levels := make([]shop.StockLevel, len(opening))
	for i := range opening {
		m := &opening[i]
		m.Place, m.At = shop.PlaceShop, tx.now
		levels[i] = shop.StockLevel{VariantID: m.VariantID, Place: m.Place, OnHand: m.Delta}
	}
	if err := tx.insertRows(ctx, len(opening), &opening); err != nil {
		return err
	}
	return tx.insertRows(ctx, len(levels), &levels)
}

// CorrectStock moves the count of a variant in the shop by a movement's delta
// and leaves what is held alone. The movement's row comes first: a cause that
// has moved this variant already moves it no more, and moved is false. A
// correction below what is held is KindConflict unless the variant may be
// oversold.
func (tx *Tx) CorrectStock(ctx context.Context, m shop.StockMovement) (moved bool, err error) {
	m.Place, m.At = shop.PlaceShop, tx.now
	isNew, err := tx.insertOnce(ctx, &m)
	if err != nil || !isNew {
		return false, err
	}
	n, err := tx.exec(ctx, `UPDATE stock_levels SET on_hand = on_hand + ?
		WHERE variant_id = ? AND place = ? AND (on_hand + ? >= held
			OR EXISTS (SELECT 1 FROM variants v WHERE v.id = stock_levels.variant_id AND v.policy = 'continue'))`,
		m.Delta, m.VariantID, m.Place, m.Delta)
	if err == nil && n == 0 {
		return false, shop.Conflict("the count cannot go below what is held for shoppers who are paying")
	}
	return err == nil, err
}

// MovedBy says which of the variants a cause has moved already.
func (r Reader) MovedBy(ctx context.Context, cause shop.StockMovement, variants []shop.VariantID) (map[shop.VariantID]bool, error) {
	moved := map[shop.VariantID]bool{}
	if len(variants) == 0 {
		return moved, nil
	}
	var ids []shop.VariantID
	err := r.raw(ctx, &ids, `SELECT variant_id FROM stock_movements
		WHERE variant_id IN ? AND place = ? AND cause_kind = ? AND cause_id = ? AND step = ?`,
		variants, shop.PlaceShop, cause.CauseKind, cause.CauseID, cause.Step)
	for _, id := range ids {
		moved[id] = true
	}
	return moved, err
}
