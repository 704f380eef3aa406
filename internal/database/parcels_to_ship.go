package database

import (
	"context"

	"longrun/internal/shop"
)

// OrdersToShip are up to limit paid orders after one, oldest payment first,
// with pieces that wait and nothing to look at first: whole but for tenders.
// The first call is given no order, the next ones the last of the call before.
func (r Reader) OrdersToShip(ctx context.Context, after shop.Order, limit int) ([]shop.Order, error) {
	var paid shop.Instant
	if after.PaidAt != nil {
		paid = *after.PaidAt
	}
	from := "orders"
	if r.kind == SQLite { // which without statistics would choose another index
		from += " INDEXED BY orders_to_ship"
	}
	var ids []shop.OrderID
	err := r.raw(ctx, &ids, "SELECT id FROM "+from+` WHERE state = 'paid' AND fulfilment IN ('unfulfilled', 'partial') AND review = ''
		AND (paid_at, id) > (?, ?) ORDER BY paid_at, id LIMIT ?`, paid, after.ID, limit)
	if err != nil {
		return nil, err
	}
	return r.OrdersByIDs(ctx, ids)
}

// VariantGrams are the weights of variants as the catalog has them now;
// unknown ones are left out.
func (r Reader) VariantGrams(ctx context.Context, ids []shop.VariantID) (map[shop.VariantID]int64, error) {
	grams := map[shop.VariantID]int64{}
	if len(ids) == 0 {
		return grams, nil
	}
	var rows []struct {
		ID    shop.VariantID
		Grams int64
	}
	err := r.raw(ctx, &rows, "SELECT id, grams FROM variants WHERE id IN ?", ids)
	for _, row := range rows {
		grams[row.ID] = row.Grams
	}
	return grams, err
}
