package checkout

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// MostScope is how many products or collections a discount names at most.
const MostScope = 1000

// Discounts is what staff do to discount codes. Its methods may be called at
// the same time.
type Discounts struct{ db *database.DB }

// NewDiscounts is the service of a database.
func NewDiscounts(db *database.DB) *Discounts { return &Discounts{db: db} }

// DiscountForm is a discount as somebody has typed it.
type DiscountForm struct {
	Discount    shop.Discount
	Products    []string // handles and SKUs, for shop.ScopeProducts
	Collections []shop.CollectionID
}

// Make makes a discount code. What is not right is KindInvalid by field (those
// of shop.Discount.Tidy, products, collections), a code that is taken
// KindConflict at the field code.
func (s *Discounts) Make(ctx context.Context, who string, form DiscountForm) (shop.Discount, error) {
	if err := form.check(); err != nil {
		return form.Discount, err
	}
	var made shop.Discount
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		made = form.Discount
		made.ID, made.Active = 0, true
		products, err := form.find(ctx, tx)
		if err != nil {
			return err
		}
		if err := tx.InsertDiscount(ctx, &made); err != nil {
			return err
		}
		noteDiscount(tx, who, "discount.create", made.ID, map[string]any{"version": made.Version, "after": discountColumns(made, products, form.Collections)})
		return tx.SetDiscountScope(ctx, made.ID, products, form.Collections)
	})
	if errors.Is(err, shop.ErrExists) {
		e := shop.Conflict("There is such a code already. Nothing was saved.")
		e.Fields = map[string]string{"code": "This code is taken."}
		return made, e
	}
	return made, err
}

// Save writes what somebody has typed over a discount of the version that
// they saw; its code stays. Orders keep what they were placed with. Another
// version is KindConflict; a limit below the uses there are is KindInvalid.
func (s *Discounts) Save(ctx context.Context, who string, form DiscountForm) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		before, err := s.locked(ctx, tx, form.Discount.ID, form.Discount.Version)
		if err != nil {
			return err
		}
		form := form
		form.Discount.Code, form.Discount.Uses, form.Discount.Active = before.Code, before.Uses, before.Active
		if err := form.check(); err != nil {
			return err
		}
		products, err := form.find(ctx, tx)
		if err != nil {
			return err
		}
		was, err := columnsNow(ctx, tx, before)
		if err != nil {
			return err
		}
		is := discountColumns(form.Discount, products, form.Collections)
		for name := range was {
			if fmt.Sprint(was[name]) == fmt.Sprint(is[name]) {
				delete(was, name)
				delete(is, name)
			}
		}
		if len(is) == 0 {
			return nil
		}
		if err := save(ctx, tx, form.Discount); err != nil {
			return err
		}
		noteDiscount(tx, who, "discount.save", before.ID, map[string]any{"version": before.Version + 1, "before": was, "after": is})
		return tx.SetDiscountScope(ctx, before.ID, products, form.Collections)
	})
}

// Switch takes a discount of the version that somebody saw out of use, at
// once and for everybody who has not placed an order with it, or puts it back.
func (s *Discounts) Switch(ctx context.Context, who string, id shop.DiscountID, version int, on bool) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := s.locked(ctx, tx, id, version)
		if err != nil || d.Active == on {
			return err
		}
		d.Active = on
		action := "discount.end"
		if on {
			action = "discount.restore"
		}
		noteDiscount(tx, who, action, id, map[string]any{"version": version + 1, "code": d.Code, "before": !on, "after": on})
		return save(ctx, tx, d)
	})
}

func (s *Discounts) locked(ctx context.Context, tx *database.Tx, id shop.DiscountID, version int) (shop.Discount, error) {
	d, err := tx.LockDiscount(ctx, id)
	if err == nil && d.Version != version {
		err = otherVersion()
	}
	return d, err
}

func save(ctx context.Context, tx *database.Tx, d shop.Discount) error {
	saved, err := tx.UpdateDiscount(ctx, d)
	if err == nil && !saved {
		err = otherVersion()
	}
	return err
}

func otherVersion() error {
	return shop.Conflict("Somebody else has changed this code since you opened it. Nothing of yours was saved: look at what is new, then save again.")
}

// check tidies the form and drops what its scope does not need.
func (f *DiscountForm) check() error {
	if err := f.Discount.Tidy(); err != nil {
		return err
	}
	if f.Discount.Scope != shop.ScopeProducts {
		f.Products = nil
	}
	if f.Discount.Scope != shop.ScopeCollections {
		f.Collections = nil
	}
	f.Collections = slices.Compact(slices.Sorted(slices.Values(f.Collections)))
	switch d := f.Discount; {
	case d.MaxUses != nil && *d.MaxUses < d.Uses:
		return atField("uses", fmt.Sprintf("It is used %d times by now; the limit cannot be below that.", d.Uses))
	case d.Scope == shop.ScopeProducts && len(f.Products) == 0:
		return atField("products", "Write the handles or SKUs of the products, one per line.")
	case d.Scope == shop.ScopeCollections && len(f.Collections) == 0:
		return atField("collections", "Tick a collection.")
	case len(f.Products) > MostScope || len(f.Collections) > MostScope:
		return atField("products", fmt.Sprintf("A code names at most %d products or collections.", MostScope))
	}
	return nil
}

// find gives the products that the form names.
func (f *DiscountForm) find(ctx context.Context, tx *database.Tx) ([]shop.ProductID, error) {
	for _, id := range f.Collections {
		if _, err := tx.CollectionByID(ctx, id); shop.IsNotFound(err) {
			return nil, atField("collections", "One of these collections is not in the shop any more.")
		} else if err != nil {
			return nil, err
		}
	}
	found, err := tx.ProductsNamed(ctx, f.Products)
	if err != nil {
		return nil, err
	}
	var ids []shop.ProductID
	named := map[string]bool{}
	for _, p := range found {
		named[p.Name] = true
		ids = append(ids, p.ProductID)
	}
	for i, name := range f.Products {
		if !named[name] {
			return nil, atField("products", fmt.Sprintf("Line %d, %.60q, is no handle and no SKU.", i+1, name))
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(ids))), nil
}

func atField(name, sentence string) error {
	e := shop.Invalid("%s", sentence)
	e.Fields = map[string]string{name: sentence}
	return e
}

func columnsNow(ctx context.Context, tx *database.Tx, d shop.Discount) (map[string]any, error) {
	listed, err := tx.DiscountProducts(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	var products []shop.ProductID
	for _, p := range listed {
		products = append(products, p.ID)
	}
	slices.Sort(products)
	collections, err := tx.DiscountCollections(ctx, d.ID)
	return discountColumns(d, products, collections), err
}

// discountColumns are what staff change of a discount, by the names of the
// form.
func discountColumns(d shop.Discount, products []shop.ProductID, collections []shop.CollectionID) map[string]any {
	limit := func(n *int64) string {
		if n == nil {
			return "none"
		}
		return fmt.Sprint(*n)
	}
	ends := "never"
	if d.EndsAt != nil {
		ends = stamp(*d.EndsAt)
	}
	return map[string]any{
		"code": d.Code, "kind": d.Kind, "value": d.Value, "minimum": d.Minimum.String(), "scope": d.Scope,
		"starts": stamp(d.StartsAt), "ends": ends, "uses": limit(d.MaxUses), "customer": limit(d.MaxPerCustomer),
		"products": idList(products), "collections": idList(collections),
	}
}

func stamp(at shop.Instant) string { return at.UTC().Format("2006-01-02T15:04:05Z") }

func idList[ID ~int64](ids []ID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = fmt.Sprint(id)
	}
	return strings.Join(texts, " ")
}

func noteDiscount(tx *database.Tx, who, action string, id shop.DiscountID, details map[string]any) {
	text, err := json.Marshal(details)
	if err != nil {
		panic(fmt.Sprintf("checkout: details of %s: %v", action, err)) // texts and numbers
	}
	tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "discount", ThingID: fmt.Sprint(id), Details: string(text)})
}
