package database

import (
	"context"

	"longrun/internal/shop"
)

// Discounts are up to limit discounts with ids below before, the newest
// first; 0 begins at the newest.
func (r Reader) Discounts(ctx context.Context, before shop.DiscountID, limit int) ([]shop.Discount, error) {
	if before == 0 {
		before = 1 << 53
	}
	var list []shop.Discount
	err := r.raw(ctx, &list, "SELECT * FROM discounts WHERE id < ? ORDER BY id DESC LIMIT ?", before, limit)
	return list, err
}

// DiscountByCode is the discount of a code as shop.ParseCode gives it, or
// KindNotFound.
func (r Reader) DiscountByCode(ctx context.Context, code string) (shop.Discount, error) {
	var d shop.Discount
	err := r.take(ctx, &d, noDiscount, "SELECT * FROM discounts WHERE code = ?", code)
	return d, err
}

// DiscountOrder is an order that has, or had, a use of a discount.
type DiscountOrder struct {
	shop.DiscountUse
	Number     *int64
	OrderState shop.OrderState
	Discount   shop.Cents
	Total      shop.Cents
	PlacedAt   shop.Instant
}

// DiscountOrders are up to limit orders with a use of a discount, the newest
// first, with ids below before; 0 begins at the newest.
func (r Reader) DiscountOrders(ctx context.Context, id shop.DiscountID, before shop.OrderID, limit int) ([]DiscountOrder, error) {
	if before == 0 {
		before = 1 << 53
	}
	var list []DiscountOrder
	err := r.raw(ctx, &list, `SELECT u.*, o.number, o.state AS order_state, o.discount, o.total, o.placed_at
		FROM discount_uses u JOIN orders o ON o.id = u.order_id
		WHERE u.discount_id = ? AND u.order_id < ? ORDER BY u.order_id DESC LIMIT ?`, id, before, limit)
	return list, err
}

// DiscountProducts are the products that a discount names, by handle, with no
// more than id, handle and title.
func (r Reader) DiscountProducts(ctx context.Context, id shop.DiscountID) ([]shop.Product, error) {
	var list []shop.Product
	err := r.raw(ctx, &list, `SELECT p.id, p.handle, p.title FROM discount_products d JOIN products p ON p.id = d.product_id
		WHERE d.discount_id = ? ORDER BY p.handle`, id)
	return list, err
}

// DiscountCollections are the ids of the collections that a discount names.
func (r Reader) DiscountCollections(ctx context.Context, id shop.DiscountID) ([]shop.CollectionID, error) {
	var list []shop.CollectionID
	err := r.raw(ctx, &list, "SELECT collection_id FROM discount_collections WHERE discount_id = ? ORDER BY collection_id", id)
	return list, err
}

// InsertDiscount writes a new discount without what it is for, and fills its
// id. A code that is taken gives shop.ErrExists.
func (tx *Tx) InsertDiscount(ctx context.Context, d *shop.Discount) error {
	d.CreatedAt, d.UpdatedAt, d.Version, d.Uses = tx.now, tx.now, 1, 0
	return tx.insert(ctx, d)
}

// UpdateDiscount writes all of a locked discount but its code and its count,
// raises its version, and says whether it was still the version given.
func (tx *Tx) UpdateDiscount(ctx context.Context, d shop.Discount) (bool, error) {
	return one(tx.exec(ctx, `UPDATE discounts SET kind = ?, value = ?, minimum = ?, scope = ?, starts_at = ?, ends_at = ?,
			max_uses = ?, max_per_customer = ?, active = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?`,
		d.Kind, d.Value, d.Minimum, d.Scope, d.StartsAt, d.EndsAt, d.MaxUses, d.MaxPerCustomer, d.Active, tx.now, d.ID, d.Version))
}

// SetDiscountScope makes these the products and collections that a locked
// discount names.
func (tx *Tx) SetDiscountScope(ctx context.Context, id shop.DiscountID, products []shop.ProductID, collections []shop.CollectionID) error {
	for _, table := range []string{"discount_products", "discount_collections"} {
		if _, err := tx.exec(ctx, "DELETE FROM "+table+" WHERE discount_id = ?", id); err != nil {
			return err
		}
	}
	var ps []shop.DiscountProduct
	for _, p := range products {
		ps = append(ps, shop.DiscountProduct{DiscountID: id, ProductID: p})
	}
	if err := tx.insertRows(ctx, len(ps), &ps); err != nil {
		return err
	}
	var cs []shop.DiscountCollection
	for _, c := range collections {
		cs = append(cs, shop.DiscountCollection{DiscountID: id, CollectionID: c})
	}
	return tx.insertRows(ctx, len(cs), &cs)
}

// CollectionNames are the collections in the shop's order, published or not,
// with no more than id and title.
func (r Reader) CollectionNames(ctx context.Context) ([]shop.Collection, error) {
	var list []shop.Collection
	err := r.raw(ctx, &list, "SELECT id, title FROM collections ORDER BY position, id LIMIT ?", MostCollections)
	return list, err
}
