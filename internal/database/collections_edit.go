package database

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/shop"
)

const noCollection = "There is no such collection."

// CollectionByID is a collection, published or not, or KindNotFound.
func (r Reader) CollectionByID(ctx context.Context, id shop.CollectionID) (shop.Collection, error) {
	var c shop.Collection
	err := r.take(ctx, &c, noCollection, "SELECT * FROM collections WHERE id = ?", id)
	return c, err
}

// LockCollection reads a collection and locks its row, so that its version
// and what is in it change for one at a time.
func (tx *Tx) LockCollection(ctx context.Context, id shop.CollectionID) (shop.Collection, error) {
	var c shop.Collection
	err := tx.take(ctx, &c, noCollection, "SELECT * FROM collections WHERE id = ?"+tx.lock(), id)
	return c, err
}

// LockCollections reads all collections in the shop's order and locks their
// rows by id.
func (tx *Tx) LockCollections(ctx context.Context) ([]shop.Collection, error) {
	var ids []shop.CollectionID
	if err := tx.raw(ctx, &ids, "SELECT id FROM collections ORDER BY id"+tx.lock()); err != nil {
		return nil, err
	}
	var list []shop.Collection
	err := tx.raw(ctx, &list, "SELECT * FROM collections ORDER BY position, id")
	return list, err
}

// LastCollectionPosition is the position of the last collection, 0 without
// any.
func (r Reader) LastCollectionPosition(ctx context.Context) (int, error) {
	var n int
	err := r.raw(ctx, &n, "SELECT coalesce(max(position), 0) FROM collections")
	return n, err
}

// UpdateCollection writes a collection's own columns, if its version is still
// the one given, raises the version and notes the change. It says whether it
// was; a handle that is taken gives shop.ErrExists.
func (tx *Tx) UpdateCollection(ctx context.Context, c shop.Collection) (bool, error) {
	n, err := tx.exec(ctx, `UPDATE collections SET handle = ?, title = ?, description = ?, sort_order = ?, position = ?,
			published = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?`,
		c.Handle, c.Title, c.Description, c.SortOrder, c.Position, c.Published, tx.now, c.ID, c.Version)
	if isDuplicate(err) {
		return false, fmt.Errorf("%w: %w", shop.ErrExists, err)
	}
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.changedCollection(ctx, c.ID)
}

// SetCollectionPosition moves a collection in the shop's order. It is not a
// change of the collection itself and leaves its version.
func (tx *Tx) SetCollectionPosition(ctx context.Context, id shop.CollectionID, position int) error {
	if err := tx.one(ctx, "UPDATE collections SET position = ? WHERE id = ?", position, id); err != nil {
		return err
	}
	return tx.changedCollection(ctx, id)
}

// DeleteCollection takes a collection away, with what led to its address; its
// products stay in the shop.
func (tx *Tx) DeleteCollection(ctx context.Context, c shop.Collection) error {
	if err := tx.one(ctx, "DELETE FROM collections WHERE id = ?", c.ID); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, "DELETE FROM redirects WHERE target = ?", c.Path()); err != nil {
		return err
	}
	return tx.changedCollection(ctx, c.ID)
}

// UseAddress makes a path that led somewhere else a page of its own again.
func (tx *Tx) UseAddress(ctx context.Context, path string) error {
	_, err := tx.exec(ctx, "DELETE FROM redirects WHERE path = ?", path)
	return err
}

func (tx *Tx) changedCollection(ctx context.Context, id shop.CollectionID) error {
	if err := tx.Changed(ctx, shop.ChangeCollection, fmt.Sprint(id)); err != nil {
		return err
	}
	return tx.Changed(ctx, shop.ChangeCatalog, "")
}

// places is n rows of two numbers as a list of values. PostgreSQL must be told
// that they are numbers.
func places(n int) string {
	return strings.TrimSuffix(strings.Repeat("(CAST(? AS bigint), CAST(? AS bigint)), ", n), ", ")
}
