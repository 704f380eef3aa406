package database

import (
	"context"
	"strconv"

	"longrun/internal/shop"
)

// InsertHold names a hold before it is taken. A second hold of a cause on the
// same variant gives shop.ErrExists.
func (tx *Tx) InsertHold(ctx context.Context, hold *shop.StockHold) error {
	hold.State, hold.CreatedAt = shop.HoldHeld, tx.now
	return tx.insert(ctx, hold)
}

// HoldsOf are the holds of a cause in a state, by variant id.
func (r Reader) HoldsOf(ctx context.Context, kind string, id int64, state shop.HoldState) ([]shop.StockHold, error) {
	var holds []shop.StockHold
	err := r.raw(ctx, &holds, `SELECT * FROM stock_holds
		WHERE cause_kind = ? AND cause_id = ? AND state = ? ORDER BY variant_id`, kind, id, state)
	return holds, err
}

// EndHold moves a hold to its last state and says whether it still was held.
func (tx *Tx) EndHold(ctx context.Context, id shop.HoldID, state shop.HoldState) (bool, error) {
	return one(tx.exec(ctx, "UPDATE stock_holds SET state = ?, ended_at = ? WHERE id = ? AND state = ?",
		state, tx.now, id, shop.HoldHeld))
}

// InsertMovement names a change of what is on hand before it is made, and
// says whether it is new: a cause moves a variant once per step.
func (tx *Tx) InsertMovement(ctx context.Context, m shop.StockMovement) (isNew bool, err error) {
	m.At = tx.now
	return tx.insertOnce(ctx, &m)
}

// StockChanged tells the pages of variants' products that counts changed.
func (tx *Tx) StockChanged(ctx context.Context, ids []shop.VariantID) error {
	if len(ids) == 0 {
		return nil
	}
	var products []shop.ProductID
	err := tx.raw(ctx, &products, "SELECT DISTINCT product_id FROM variants WHERE id IN ?", ids)
	for _, id := range products {
		if err == nil {
			err = tx.Changed(ctx, shop.ChangeProduct, strconv.FormatInt(int64(id), 10))
		}
	}
	return err
}
