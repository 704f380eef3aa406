package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Addition is what somebody wants to have in a collection.
type Addition struct {
	Products []shop.ProductID // chosen from a list
	Names    []string         // handles and SKUs, one each
	First    bool             // before the others instead of behind them
}

// MostAdded is how many products are added at once.
const MostAdded = 1000

// AddToCollection puts products into a collection, in the order in which they
// are named; those that are in it stay where they are. Several people may do
// so at once. A name that is of no product, or of several, is KindInvalid at
// the field names, with the number of each such line, and nothing is added.
func (c *Catalog) AddToCollection(ctx context.Context, who string, id shop.CollectionID, add Addition) error {
	if len(add.Products)+len(add.Names) > MostAdded {
		return atNames("At most %d products are added at once.", MostAdded)
	}
	return c.changeMembers(ctx, who, id, nil, func(ctx context.Context, tx *database.Tx, before []shop.ProductID) ([]shop.ProductID, error) {
		wanted, err := add.find(ctx, tx)
		if err != nil {
			return nil, err
		}
		in := make(map[shop.ProductID]bool, len(before))
		for _, p := range before {
			in[p] = true
		}
		wanted = slices.DeleteFunc(wanted, func(p shop.ProductID) bool {
			known := in[p]
			in[p] = true
			return known
		})
		if add.First {
			return slices.Concat(wanted, before), nil
		}
		return slices.Concat(before, wanted), nil
	})
}

// find gives the products of an addition.
func (add Addition) find(ctx context.Context, tx *database.Tx) ([]shop.ProductID, error) {
	found, err := tx.ProductsNamed(ctx, add.Names)
	if err != nil {
		return nil, err
	}
	named := map[string][]shop.ProductID{}
	for _, f := range found {
		named[f.Name] = append(named[f.Name], f.ProductID)
	}
	products, wrong := slices.Clone(add.Products), []string(nil)
	for i, name := range add.Names {
		switch of := named[name]; len(of) {
		case 0:
			wrong = append(wrong, fmt.Sprintf("line %d, %q, is no handle and no SKU", i+1, name))
		case 1:
			products = append(products, of[0])
		default:
			wrong = append(wrong, fmt.Sprintf("line %d, %q, is of %d products: write the handle", i+1, name, len(of)))
		}
	}
	if len(wrong) > 0 {
		return nil, atNames("Nothing was added: %s.", someOf(wrong, "; "))
	}
	if len(products) == 0 {
		return nil, atNames("Tick a product that was found, or write handles or SKUs, one per line.")
	}
	wanted := slices.Compact(slices.Sorted(slices.Values(products)))
	there, err := tx.KeepProducts(ctx, wanted)
	if err == nil && there < len(wanted) {
		err = shop.Conflict("One of these products is not in the shop any more. Nothing was added.")
	}
	return products, err
}

// RemoveFromCollection takes products out of a collection; those that are not
// in it do not matter. Several people may do so at once.
func (c *Catalog) RemoveFromCollection(ctx context.Context, who string, id shop.CollectionID, products []shop.ProductID) error {
	if len(products) == 0 {
		return shop.Invalid("Tick the products that are to leave the collection.")
	}
	return c.changeMembers(ctx, who, id, nil, func(_ context.Context, _ *database.Tx, before []shop.ProductID) ([]shop.ProductID, error) {
		return slices.DeleteFunc(slices.Clone(before), func(p shop.ProductID) bool { return slices.Contains(products, p) }), nil
	})
}

// Arrangement is an order that somebody wants the products of a collection to
// have.
type Arrangement struct {
	Version int                    // of the collection that they saw
	Places  map[shop.ProductID]int // from 1; those that stand there and those that are not in it do not matter
	Step    shop.ProductID         // then this one moves, 0 for none
	By      int                    // -1 for one place up, 1 for one down
}

// ArrangeCollection gives the products of a collection another order. A
// collection that has another version by now is KindConflict.
func (c *Catalog) ArrangeCollection(ctx context.Context, who string, id shop.CollectionID, a Arrangement) error {
	return c.changeMembers(ctx, who, id, &a.Version, func(_ context.Context, _ *database.Tx, before []shop.ProductID) ([]shop.ProductID, error) {
		after := shop.Rearrange(before, moving(before, a.Places))
		if at := slices.Index(after, a.Step); at >= 0 && at+1+a.By >= 1 {
			after = shop.Rearrange(after, map[shop.ProductID]int{a.Step: at + 1 + a.By})
		}
		return after, nil
	})
}

// arrange gives the products of a collection after a change.
type arrange func(ctx context.Context, tx *database.Tx, before []shop.ProductID) ([]shop.ProductID, error)

// changeMembers changes what is in a collection, and its version. seen is the
// version that it must still have, nil for any.
func (c *Catalog) changeMembers(ctx context.Context, who string, id shop.CollectionID, seen *int, change arrange) error {
	return c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		collection, err := tx.LockCollection(ctx, id)
		if err != nil {
			return err
		}
		if seen != nil && *seen != collection.Version {
			return otherVersion()
		}
		rows, err := tx.LockCollectionOrder(ctx, id)
		if err != nil {
			return err
		}
		before := make([]shop.ProductID, len(rows))
		for i, row := range rows {
			before[i] = row.ProductID
		}
		after, err := change(ctx, tx, before)
		if err != nil || slices.Equal(before, after) {
			return err
		}
		if saved, err := tx.UpdateCollection(ctx, collection); err != nil || !saved {
			return orOtherVersion(err)
		}
		if err := tx.SetCollectionProducts(ctx, id, after); err != nil {
			return err
		}
		return noteMembers(ctx, tx, who, collection, before, after)
	})
}

// noteMembers writes what came, what left and what moved into the audit log.
func noteMembers(ctx context.Context, tx *database.Tx, who string, c shop.Collection, before, after []shop.ProductID) error {
	was, is := placesOf(before), placesOf(after)
	var came, left, moved []shop.ProductID
	for _, p := range after {
		if _, there := was[p]; !there {
			came = append(came, p)
		}
	}
	for _, p := range before {
		if _, there := is[p]; !there {
			left = append(left, p)
		}
	}
	details := collectionDetails{"version": c.Version + 1}
	if len(came)+len(left) == 0 {
		moved = movedBetween(before, after)
	}
	for name, products := range map[string][]shop.ProductID{"added": came, "removed": left, "moved": moved} {
		if len(products) == 0 {
			continue
		}
		shown := products[:min(len(products), mostNamed)]
		handles, err := tx.ProductHandles(ctx, shown)
		if err != nil {
			return err
		}
		lines := make([]string, 0, len(products))
		for _, p := range shown {
			lines = append(lines, handles[p])
			if name == "moved" {
				lines[len(lines)-1] += fmt.Sprintf(" from %d to %d", was[p], is[p])
			}
		}
		details[name] = someOf(append(lines, make([]string, len(products)-len(shown))...), ", ")
	}
	noteCollection(tx, who, "collection.products", c.ID, details)
	return nil
}

func placesOf(list []shop.ProductID) map[shop.ProductID]int {
	places := make(map[shop.ProductID]int, len(list))
	for i, p := range list {
		places[p] = i + 1
	}
	return places
}

// movedBetween are the products whose move explains most of the difference of
// two orders: those that changed their place by more than one, else all that
// changed it. The others were pushed.
func movedBetween(before, after []shop.ProductID) []shop.ProductID {
	was := placesOf(before)
	var far, near []shop.ProductID
	for i, p := range after {
		switch d := was[p] - i - 1; {
		case d > 1 || d < -1:
			far = append(far, p)
		case d != 0:
			near = append(near, p)
		}
	}
	if len(far) > 0 {
		return far
	}
	return near
}

// mostNamed is how many products an entry or a message names.
const mostNamed = 20

// someOf joins a list of which only the first are told.
func someOf(list []string, between string) string {
	text := strings.Join(list[:min(len(list), mostNamed)], between)
	if n := len(list) - mostNamed; n > 0 {
		text += fmt.Sprintf("%sand %d more", between, n)
	}
	return text
}

func atNames(format string, args ...any) error {
	e := shop.Invalid(format, args...)
	e.Fields = map[string]string{"names": e.Message}
	return e
}
