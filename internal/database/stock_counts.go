package database

import (
	"context"

	"longrun/internal/shop"
)

// StockCounts are how many sizes of active products are sold out and nearly
// so, each counted no further than a limit.
type StockCounts struct{ Out, Low int64 }

// countedLevels bounds how many levels are looked at for each count: a shop
// may have any number of empty shelves of products that it sells no more.
const countedLevels = 4_000

// StockCounts counts sizes with nothing free, and with at most low pieces
// free, in one query.
func (r Reader) StockCounts(ctx context.Context, low int64, most int) (StockCounts, error) {
	// Not a JOIN, for which SQLite would begin with all active products.
	const counted = `(SELECT count(*) FROM (SELECT 1 FROM (SELECT variant_id FROM stock_levels
			WHERE place = ? AND (on_hand - held) >= ? AND (on_hand - held) <= ? ORDER BY place, (on_hand - held), variant_id LIMIT ?) l
		WHERE (SELECT 1 FROM variants v JOIN products p ON p.id = v.product_id
			WHERE v.id = l.variant_id AND v.tracked AND p.status = 'active') IS NOT NULL LIMIT ?) s)`
	const lowest = -1 << 31
	var n StockCounts
	err := r.raw(ctx, &n, "SELECT "+counted+" AS out, "+counted+" AS low",
		shop.PlaceShop, lowest, 0, countedLevels, most, shop.PlaceShop, 1, low, countedLevels, most)
	return n, err
}
