package database

import (
	"context"

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
	c.CreatedAt, c.UpdatedAt, c.Version = tx.now, tx.now, 1
	return tx.insert(ctx, c)
}
