package database

import (
	"context"
	"slices"

	"longrun/internal/shop"
)

// CollectionOrder are the products of a collection in its order.
func (r Reader) CollectionOrder(ctx context.Context, id shop.CollectionID) ([]shop.CollectionProduct, error) {
	var rows []shop.CollectionProduct
	err := r.raw(ctx, &rows, `SELECT collection_id, product_id, position FROM collection_products
		WHERE collection_id = ? ORDER BY position, product_id`, id)
	return rows, err
}

// LockCollectionOrder is CollectionOrder with the places locked, so that no
// product of the collection is deleted until the end of the transaction.
func (tx *Tx) LockCollectionOrder(ctx context.Context, id shop.CollectionID) ([]shop.CollectionProduct, error) {
	var rows []shop.CollectionProduct
	err := tx.raw(ctx, &rows, `SELECT collection_id, product_id, position FROM collection_products
		WHERE collection_id = ? ORDER BY position, product_id`+tx.lock(), id)
	return rows, err
}

// SetCollectionProducts makes these the products of a collection, in this
// order, and notes the change. It writes only the places that differ; a
// product must not be named twice.
func (tx *Tx) SetCollectionProducts(ctx context.Context, id shop.CollectionID, products []shop.ProductID) error {
	before, err := tx.CollectionOrder(ctx, id)
	if err != nil {
		return err
	}
	stood := make(map[shop.ProductID]int, len(before))
	for _, row := range before {
		stood[row.ProductID] = row.Position
	}
	var added, moved []shop.CollectionProduct
	for i, p := range products {
		row := shop.CollectionProduct{CollectionID: id, ProductID: p, Position: i + 1}
		switch position, there := stood[p]; {
		case !there:
			added = append(added, row)
		case position != row.Position:
			moved = append(moved, row)
		}
		delete(stood, p)
	}
	var gone []shop.ProductID
	for _, row := range before {
		if _, left := stood[row.ProductID]; left {
			gone = append(gone, row.ProductID)
		}
	}
	if err := tx.leaveCollection(ctx, id, gone); err != nil {
		return err
	}
	if err := tx.moveInCollection(ctx, id, moved); err != nil {
		return err
	}
	if err := tx.insertRows(ctx, len(added), &added); err != nil {
		return err
	}
	return tx.changedCollection(ctx, id)
}

// placesAtOnce bounds the parameters of one statement.
const placesAtOnce = 1000

func (tx *Tx) leaveCollection(ctx context.Context, id shop.CollectionID, gone []shop.ProductID) error {
	for part := range slices.Chunk(gone, placesAtOnce) {
		if _, err := tx.exec(ctx, "DELETE FROM collection_products WHERE collection_id = ? AND product_id IN ?", id, part); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) moveInCollection(ctx context.Context, id shop.CollectionID, moved []shop.CollectionProduct) error {
	for part := range slices.Chunk(moved, placesAtOnce) {
		var args []any
		for _, row := range part {
			args = append(args, row.ProductID, row.Position)
		}
		_, err := tx.exec(ctx, `UPDATE collection_products SET position = v.column2 FROM (VALUES `+places(len(part))+`) AS v
			WHERE collection_id = ? AND product_id = v.column1`, append(args, id)...)
		if err != nil {
			return err
		}
	}
	return nil
}
