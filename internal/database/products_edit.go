package database

import (
	"context"

	"longrun/internal/shop"
)

// LockProduct keeps others from changing a product until the end of the
// transaction. KindNotFound without one.
func (tx *Tx) LockProduct(ctx context.Context, id shop.ProductID) error {
	var found shop.ProductID
	return tx.take(ctx, &found, noProduct, "SELECT id FROM products WHERE id = ?"+tx.lock(), id)
}

// KeepProducts keeps products from being deleted until the end of the
// transaction, in the order of their ids, and says how many of them there are.
func (tx *Tx) KeepProducts(ctx context.Context, ids []shop.ProductID) (int, error) {
	if len(ids) == 0 {
		return 0, nil
	}
	var found []shop.ProductID
	err := tx.raw(ctx, &found, "SELECT id FROM products WHERE id IN ? ORDER BY id"+tx.keep(), ids)
	return len(found), err
}

// RenameProduct gives a product another handle. One that is taken gives
// shop.ErrExists, and the transaction can then only be rolled back.
func (tx *Tx) RenameProduct(ctx context.Context, id shop.ProductID, handle string) error {
	_, err := tx.exec(ctx, "UPDATE products SET handle = ? WHERE id = ?", handle, id)
	if isDuplicate(err) {
		return shop.ErrExists
	}
	return err
}

// SetFamily makes a product one of a family of colourways.
func (tx *Tx) SetFamily(ctx context.Context, id shop.ProductID, family string) error {
	_, err := tx.exec(ctx, "UPDATE products SET family = ?, version = version + 1, updated_at = ? WHERE id = ?", family, tx.now, id)
	return err
}

// HandlesTaken are those of the handles that products have.
func (r Reader) HandlesTaken(ctx context.Context, handles []string) (map[string]shop.ProductID, error) {
	taken := make(map[string]shop.ProductID, len(handles))
	if len(handles) == 0 {
		return taken, nil
	}
	var rows []shop.Product
	err := r.raw(ctx, &rows, "SELECT id, handle FROM products WHERE handle IN ?", handles)
	for _, row := range rows {
		taken[row.Handle] = row.ID
	}
	return taken, err
}

// DeleteImages takes images off a product. Their pictures stay.
func (tx *Tx) DeleteImages(ctx context.Context, id shop.ProductID, images []shop.ImageID) error {
	if len(images) == 0 {
		return nil
	}
	_, err := tx.exec(ctx, "DELETE FROM product_images WHERE product_id = ? AND id IN ?", id, images)
	return err
}

// WasOrdered says whether an order names a product, whatever became of it.
func (r Reader) WasOrdered(ctx context.Context, id shop.ProductID) (bool, error) {
	var n int
	err := r.raw(ctx, &n, "SELECT count(*) FROM (SELECT 1 FROM order_lines WHERE product_id = ? LIMIT 1) AS found", id)
	return n > 0, err
}

// DeleteProduct removes a product with everything that hangs on it. Its
// variants must be gone.
func (tx *Tx) DeleteProduct(ctx context.Context, p shop.Product) error {
	if _, err := tx.exec(ctx, "DELETE FROM products WHERE id = ?", p.ID); err != nil {
		return err
	}
	return tx.changedProducts(ctx, []shop.Product{p})
}

// ProductStatus is a product's status, with the product locked. KindNotFound
// without one.
func (tx *Tx) ProductStatus(ctx context.Context, id shop.ProductID) (shop.ProductStatus, error) {
	var status shop.ProductStatus
	err := tx.take(ctx, &status, noProduct, "SELECT status FROM products WHERE id = ?"+tx.lock(), id)
	return status, err
}

// SetProductStatus gives a product a status.
func (tx *Tx) SetProductStatus(ctx context.Context, id shop.ProductID, status shop.ProductStatus) error {
	_, err := tx.exec(ctx, "UPDATE products SET status = ?, version = version + 1, updated_at = ? WHERE id = ?", status, tx.now, id)
	if err != nil {
		return err
	}
	return tx.changedProducts(ctx, []shop.Product{{ID: id}})
}
