package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// MakeCollection makes a collection as somebody has typed it, the last in the
// shop's order and still empty. What is not right is KindInvalid by field, a
// handle that is taken KindConflict at the field handle.
func (c *Catalog) MakeCollection(ctx context.Context, who string, typed shop.Collection) (shop.Collection, error) {
	typed.Description = Sanitise(typed.Description)
	if err := typed.Tidy(); err != nil {
		return typed, err
	}
	var made shop.Collection
	err := c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		made = typed
		last, err := tx.LastCollectionPosition(ctx)
		if err != nil {
			return err
		}
		made.ID, made.Position = 0, last+1
		if err := tx.InsertCollection(ctx, &made); err != nil {
			return err
		}
		noteCollection(tx, who, "collection.create", made.ID, collectionDetails{"version": made.Version, "after": columnsOf(made)})
		if err := tx.UseAddress(ctx, made.Path()); err != nil {
			return err
		}
		return tx.SetCollectionProducts(ctx, made.ID, nil)
	})
	return made, takenHandle(err)
}

// SaveCollection writes what somebody has typed over a collection of the
// version that they saw. The old address leads to a new one for good. A
// collection that has another version by now is KindConflict, and so is a
// handle that is taken, which is named at its field.
func (c *Catalog) SaveCollection(ctx context.Context, who string, typed shop.Collection) error {
	typed.Description = Sanitise(typed.Description)
	if err := typed.Tidy(); err != nil {
		return err
	}
	return takenHandle(c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		before, err := tx.LockCollection(ctx, typed.ID)
		if err != nil {
			return err
		}
		if before.Version != typed.Version {
			return otherVersion()
		}
		after := before
		after.Title, after.Handle, after.Description = typed.Title, typed.Handle, typed.Description
		after.SortOrder, after.Published = typed.SortOrder, typed.Published
		return saveCollection(ctx, tx, who, before, after)
	}))
}

func saveCollection(ctx context.Context, tx *database.Tx, who string, before, after shop.Collection) error {
	was, is := columnsOf(before), columnsOf(after)
	for name := range was {
		if was[name] == is[name] {
			delete(was, name)
			delete(is, name)
		}
	}
	if len(is) == 0 {
		return nil
	}
	saved, err := tx.UpdateCollection(ctx, after)
	if err != nil || !saved {
		return orOtherVersion(err)
	}
	noteCollection(tx, who, "collection.save", after.ID, collectionDetails{"version": after.Version + 1, "before": was, "after": is})
	if before.Handle == after.Handle {
		return nil
	}
	return tx.AddRedirect(ctx, before.Path(), after.Path())
}

// DropCollection takes away a collection of the version that somebody saw.
// Its products stay in the shop, its address ends.
func (c *Catalog) DropCollection(ctx context.Context, who string, id shop.CollectionID, version int) error {
	return c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		before, err := tx.LockCollection(ctx, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return otherVersion()
		}
		size, err := tx.CollectionSize(ctx, id)
		if err != nil {
			return err
		}
		noteCollection(tx, who, "collection.drop", id, collectionDetails{"version": version, "before": columnsOf(before), "products": size})
		return tx.DeleteCollection(ctx, before)
	})
}

// OrderCollections puts all collections into another order. seen is the order
// that somebody saw; when it is not that any more it is KindConflict. wanted
// are places, from 1, of the collections that are to move.
func (c *Catalog) OrderCollections(ctx context.Context, who string, seen []shop.CollectionID, wanted map[shop.CollectionID]int) error {
	return c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		list, err := tx.LockCollections(ctx)
		if err != nil {
			return err
		}
		before, at := make([]shop.CollectionID, len(list)), make(map[shop.CollectionID]shop.Collection, len(list))
		for i := range list {
			before[i], at[list[i].ID] = list[i].ID, list[i]
		}
		if !slices.Equal(before, seen) {
			return shop.Conflict("Somebody else has made, dropped or moved a collection since you opened this page. This is their order; what you wanted was not saved.")
		}
		after := shop.Rearrange(before, moving(before, wanted))
		if slices.Equal(before, after) {
			return nil
		}
		var names []string
		for i, id := range after {
			names = append(names, at[id].Handle)
			if at[id].Position == i+1 {
				continue
			}
			if err := tx.SetCollectionPosition(ctx, id, i+1); err != nil {
				return err
			}
		}
		note, err := json.Marshal(map[string][]string{"after": names})
		if err != nil {
			return err
		}
		tx.Audit(shop.AuditEntry{Who: who, Action: "collections.order", ThingKind: "collections", ThingID: "all", Details: string(note)})
		return nil
	})
}

// moving are those of some wanted places where something else stands.
func moving[T comparable](list []T, wanted map[T]int) map[T]int {
	moves := map[T]int{}
	for i, thing := range list {
		if place, ok := wanted[thing]; ok && place != i+1 {
			moves[thing] = place
		}
	}
	return moves
}

// collectionDetails are what an audit entry says beyond who did what. The
// version is the one that the change made.
type collectionDetails map[string]any

func noteCollection(tx *database.Tx, who, action string, id shop.CollectionID, details collectionDetails) {
	text, err := json.Marshal(details)
	if err != nil {
		panic(fmt.Sprintf("catalog: details of %s: %v", action, err)) // texts and numbers
	}
	tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "collection", ThingID: fmt.Sprint(id), Details: string(text)})
}

// columnsOf are what staff change of a collection, by the names of the form.
func columnsOf(c shop.Collection) map[string]any {
	return map[string]any{
		"title": c.Title, "handle": c.Handle, "description": c.Description, "sort": c.SortOrder, "published": c.Published,
	}
}

func otherVersion() error {
	return shop.Conflict("Somebody else has changed this collection since you opened it. Nothing of yours was saved: look at what is new, then save again.")
}

// orOtherVersion is err, or that the version is another one.
func orOtherVersion(err error) error {
	if err != nil {
		return err
	}
	return otherVersion()
}

// takenHandle names the field of a handle that is taken.
func takenHandle(err error) error {
	if !isTaken(err) {
		return err
	}
	e := shop.Conflict("Another collection has this address. Nothing was saved.")
	e.Fields = map[string]string{"handle": "This address is taken."}
	return e
}
