package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// CollectionByHandle is a published collection, or KindNotFound.
func (r Reader) CollectionByHandle(ctx context.Context, handle string) (shop.Collection, error) {
	var c shop.Collection
	err := r.take(ctx, &c, "There is no such collection.",
		"SELECT * FROM collections WHERE handle = ? AND published", handle)
	return c, err
}

// Collections are the published collections in the shop's order. They are
// made by hand and few.
func (r Reader) Collections(ctx context.Context) ([]shop.Collection, error) {
	var list []shop.Collection
	err := r.raw(ctx, &list, "SELECT * FROM collections WHERE published ORDER BY position, id LIMIT 500")
	return list, err
}

// InsertCollection writes a collection and fills its id. A handle that is
// taken gives shop.ErrExists.
func (tx *Tx) InsertCollection(ctx context.Context, c *shop.Collection) error {
	c.CreatedAt, c.UpdatedAt = tx.now, tx.now
	return tx.insert(ctx, c)
}

// SetCollectionProducts makes these the products of a collection, in this
// order, and notes the change.
func (tx *Tx) SetCollectionProducts(ctx context.Context, id shop.CollectionID, products []shop.ProductID) error {
	if _, err := tx.exec(ctx, "DELETE FROM collection_products WHERE collection_id = ?", id); err != nil {
		return err
	}
	rows := make([]shop.CollectionProduct, len(products))
	for i, p := range products {
		rows[i] = shop.CollectionProduct{CollectionID: id, ProductID: p, Position: i + 1}
	}
	if len(rows) > 0 {
		if err := tx.insert(ctx, &rows); err != nil {
			return err
		}
	}
	return tx.Changed(ctx, shop.ChangeCollection, fmt.Sprint(id))
}
