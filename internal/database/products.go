package database

import (
	"context"

	"longrun/internal/shop"
)

const noProduct = "There is no such shoe."

// visible is the condition under which shoppers see a product p; its one
// argument is the time. The first two terms are letter for letter those of the
// partial indexes.
const visible = "p.status = 'active' AND p.published AND (p.publish_at IS NULL OR p.publish_at <= ?)"

// ProductByHandle is what a product page shows: a visible product with its
// options, variants and stock, images and pictures, and tags. It is
// KindNotFound when there is none or shoppers may not see it.
func (r Reader) ProductByHandle(ctx context.Context, handle string) (shop.Product, error) {
	var product shop.Product
	now, err := r.Now(ctx)
	if err != nil {
		return product, err
	}
	err = r.take(ctx, &product, noProduct, "SELECT p.* FROM products p WHERE p.handle = ? AND "+visible, handle, now)
	if err != nil {
		return product, err
	}
	products := []shop.Product{product}
	err = r.fill(ctx, products)
	return products[0], err
}

// ProductsByIDs are the visible products among ids, filled as by
// ProductByHandle, in the order of ids.
func (r Reader) ProductsByIDs(ctx context.Context, ids []shop.ProductID) ([]shop.Product, error) {
	now, err := r.Now(ctx)
	if err != nil {
		return nil, err
	}
	products, err := r.inOrder(ctx, ids, " AND "+visible, now)
	if err != nil {
		return nil, err
	}
	return products, r.fill(ctx, products)
}

// ProductsByHandles are products of any status, filled with everything they
// have, by handle. It is for staff, import and export.
func (r Reader) ProductsByHandles(ctx context.Context, handles []string) (map[string]shop.Product, error) {
	var products []shop.Product
	if len(handles) > 0 {
		err := r.raw(ctx, &products, "SELECT * FROM products WHERE handle IN ?", handles)
		if err != nil {
			return nil, err
		}
	}
	if err := r.fillAll(ctx, products); err != nil {
		return nil, err
	}
	found := make(map[string]shop.Product, len(products))
	for _, p := range products {
		found[p.Handle] = p
	}
	return found, nil
}

// ProductsAfter are up to limit products of any status with a greater id, in
// the order of ids, filled with everything they have.
func (r Reader) ProductsAfter(ctx context.Context, id shop.ProductID, limit int) ([]shop.Product, error) {
	var products []shop.Product
	err := r.raw(ctx, &products, "SELECT * FROM products WHERE id > ? ORDER BY id LIMIT ?", id, limit)
	if err != nil {
		return nil, err
	}
	return products, r.fillAll(ctx, products)
}

// ProductCount is how many products there are, counted up to a limit.
func (r Reader) ProductCount(ctx context.Context, limit int) (int, error) {
	var n int
	err := r.raw(ctx, &n, "SELECT count(*) FROM (SELECT 1 FROM products LIMIT ?) AS counted", limit)
	return n, err
}

// FieldNames are the names of all kept columns, of products and of variants,
// in alphabetical order.
func (r Reader) FieldNames(ctx context.Context) (product, variant []string, err error) {
	if err := r.raw(ctx, &product, "SELECT DISTINCT name FROM product_fields ORDER BY name"); err != nil {
		return nil, nil, err
	}
	err = r.raw(ctx, &variant, "SELECT DISTINCT name FROM variant_fields ORDER BY name")
	return product, variant, err
}

// inOrder reads products by id and returns them in the order of ids. The
// condition may use p and take arguments.
func (r Reader) inOrder(ctx context.Context, ids []shop.ProductID, condition string, args ...any) ([]shop.Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []shop.Product
	args = append([]any{ids}, args...)
	err := r.raw(ctx, &rows, "SELECT p.* FROM products p WHERE p.id IN ?"+condition, args...)
	if err != nil {
		return nil, err
	}
	place := make(map[shop.ProductID]*shop.Product, len(rows))
	for i := range rows {
		place[rows[i].ID] = &rows[i]
	}
	products := make([]shop.Product, 0, len(rows))
	for _, id := range ids {
		if p := place[id]; p != nil {
			products = append(products, *p)
		}
	}
	return products, nil
}
