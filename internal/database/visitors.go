package database

import (
	"context"

	"longrun/internal/shop"
)

// VisitorHolds is what unpaid checkouts of a visitor hold, but for those of
// one bag.
func (r Reader) VisitorHolds(ctx context.Context, visitor string, but shop.CartID) (shop.VisitorHolds, error) {
	holds := shop.VisitorHolds{Of: map[shop.VariantID]int64{}}
	var rows []struct {
		OrderID   shop.OrderID
		VariantID *shop.VariantID
		Quantity  *int64
	}
	err := r.raw(ctx, &rows, `SELECT o.id AS order_id, h.variant_id, h.quantity FROM order_visitors v
		JOIN orders o ON o.id = v.order_id AND o.state = 'pending' AND o.cart_id <> ?
		LEFT JOIN stock_holds h ON h.cause_kind = 'order' AND h.cause_id = o.id AND h.state = 'held'
		WHERE v.visitor = ?`, but, visitor)
	seen := map[shop.OrderID]bool{}
	for _, row := range rows {
		if !seen[row.OrderID] {
			seen[row.OrderID] = true
			holds.Checkouts++
		}
		if row.VariantID != nil && row.Quantity != nil {
			holds.Pieces += *row.Quantity
			holds.Of[*row.VariantID] += *row.Quantity
		}
	}
	return holds, err
}

// LockVisitor makes checkouts of one visitor wait for each other.
func (tx *Tx) LockVisitor(ctx context.Context, visitor string) error {
	_, err := tx.LockSignInCounts(ctx, []string{visitor})
	return err
}

// AddVisitor notes from where an order's checkout was begun.
func (tx *Tx) AddVisitor(ctx context.Context, order shop.OrderID, visitor string) error {
	return tx.insert(ctx, &shop.OrderVisitor{OrderID: order, Visitor: visitor, CreatedAt: tx.now})
}
