package database

import (
	"context"

	"longrun/internal/shop"
)

// ProductNames are the products among ids, of any status and by title, with
// no more than id, handle, title, status and lowest price.
func (r Reader) ProductNames(ctx context.Context, ids []shop.ProductID) ([]shop.Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var products []shop.Product
	err := r.raw(ctx, &products, "SELECT id, handle, title, status, price_low FROM products WHERE id IN ? ORDER BY title, id", ids)
	return products, err
}

// SizesOut is how many sizes of products are counted and have nothing left to
// promise, by product; those of which none is out are left out.
func (r Reader) SizesOut(ctx context.Context, ids []shop.ProductID) (map[shop.ProductID]int, error) {
	out := make(map[shop.ProductID]int, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	var rows []struct {
		ProductID shop.ProductID
		N         int
	}
	err := r.raw(ctx, &rows, `SELECT v.product_id, count(*) AS n
		FROM variants v CROSS JOIN stock_levels l
		WHERE l.variant_id = v.id AND l.place = 'shop' AND v.product_id IN ? AND v.tracked AND l.on_hand <= l.held GROUP BY v.product_id`, ids)
	for _, row := range rows {
		out[row.ProductID] = row.N
	}
	return out, err
}
