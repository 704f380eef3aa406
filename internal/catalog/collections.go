package catalog

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

func isTaken(err error) bool { return errors.Is(err, shop.ErrExists) }

// CreateCollection makes a collection with these products in this order and
// fills its id. A handle that is taken gives KindConflict.
func (c *Catalog) CreateCollection(ctx context.Context, who string, collection *shop.Collection, products []shop.ProductID) error {
	if collection.Handle == "" {
		collection.Handle = shop.MakeHandle(collection.Title)
	}
	if collection.Handle == "" || collection.Handle != shop.MakeHandle(collection.Handle) {
		return shop.Invalid("%q is not a handle", collection.Handle)
	}
	if collection.Handle == "all" {
		return shop.Invalid("the collection all has every product and is not made by hand")
	}
	collection.SortOrder = shop.SortOr(collection.SortOrder, shop.SortManual)
	collection.Description = Sanitise(collection.Description)
	var made shop.Collection
	err := c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		made = *collection
		if err := tx.InsertCollection(ctx, &made); err != nil {
			return err
		}
		tx.Audit(shop.AuditEntry{Who: who, Action: "collection.create", ThingKind: "collection", ThingID: fmt.Sprint(made.ID), Details: "{}"})
		return tx.SetCollectionProducts(ctx, made.ID, products)
	})
	if isTaken(err) {
		return shop.Conflict("the handle %s is taken", collection.Handle)
	}
	if err == nil {
		*collection = made
	}
	return err
}
