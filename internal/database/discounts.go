package database

import (
	"context"

	"longrun/internal/shop"
)

const noDiscount = "There is no such discount code."

// DiscountByID is a discount, in force or not, or KindNotFound.
func (r Reader) DiscountByID(ctx context.Context, id shop.DiscountID) (shop.Discount, error) {
	var d shop.Discount
	err := r.take(ctx, &d, noDiscount, "SELECT * FROM discounts WHERE id = ?", id)
	return d, err
}

// BagCode is what is known of the code that a bag names, for the products in
// it, in at most three queries; in none when it names no code.
func (r Reader) BagCode(ctx context.Context, cart shop.Cart, products []shop.ProductID) (shop.BagCode, error) {
	b := shop.BagCode{Code: cart.DiscountCode}
	if b.Code == "" {
		return b, nil
	}
	var d shop.Discount
	err := r.take(ctx, &d, noDiscount, "SELECT * FROM discounts WHERE code = ?", b.Code)
	if shop.IsNotFound(err) {
		return b, nil
	}
	if err != nil {
		return b, err
	}
	b.Discount = &d
	if d.UsedUp() {
		if b.Own, err = r.holdsUse(ctx, cart.ID, d.ID); err != nil {
			return b, err
		}
	}
	b.Products, err = r.discounted(ctx, &d, products)
	return b, err
}

// holdsUse says whether the waiting order of a bag has a use of a discount.
func (r Reader) holdsUse(ctx context.Context, cart shop.CartID, id shop.DiscountID) (bool, error) {
	var n int
	err := r.raw(ctx, &n, `SELECT count(*) FROM orders o JOIN discount_uses u ON u.order_id = o.id
		WHERE o.cart_id = ? AND o.state = 'pending' AND u.discount_id = ? AND u.state = 'held'`, cart, id)
	return n > 0, err
}

// discounted are those of some products that a discount is for, nil for a
// discount that is for all.
func (r Reader) discounted(ctx context.Context, d *shop.Discount, products []shop.ProductID) (map[shop.ProductID]bool, error) {
	sql := "SELECT product_id FROM discount_products WHERE discount_id = ? AND product_id IN ?"
	switch d.Scope {
	case shop.ScopeAll:
		return nil, nil
	case shop.ScopeCollections:
		sql = `SELECT DISTINCT p.product_id FROM discount_collections d
			JOIN collection_products p ON p.collection_id = d.collection_id WHERE d.discount_id = ? AND p.product_id IN ?`
	}
	in := map[shop.ProductID]bool{}
	if len(products) == 0 {
		return in, nil
	}
	var found []shop.ProductID
	err := r.raw(ctx, &found, sql, d.ID, products)
	for _, id := range found {
		in[id] = true
	}
	return in, err
}

// DiscountUseOf is an order's use of a discount, or KindNotFound.
func (r Reader) DiscountUseOf(ctx context.Context, order shop.OrderID) (shop.DiscountUse, error) {
	var use shop.DiscountUse
	err := r.take(ctx, &use, "The order uses no discount code.", "SELECT * FROM discount_uses WHERE order_id = ?", order)
	return use, err
}

// PaidUses is how often a discount was used by other paid orders of whoever
// has an address of e-mail, as far as their contacts are kept.
func (r Reader) PaidUses(ctx context.Context, id shop.DiscountID, email string, besides shop.OrderID) (int64, error) {
	word := emailWord(email)
	if word == "" {
		return 0, nil
	}
	var n int64
	err := r.raw(ctx, &n, `SELECT count(*) FROM order_words w JOIN order_contacts c ON c.order_id = w.order_id
		JOIN discount_uses u ON u.order_id = w.order_id
		WHERE w.word = ? AND lower(c.email) = ? AND u.discount_id = ? AND u.state IN ('used', 'late') AND u.order_id <> ?`,
		word, word, id, besides)
	return n, err
}
