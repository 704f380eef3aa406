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
