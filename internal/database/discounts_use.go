package database

import (
	"context"

	"longrun/internal/shop"
)

// LockDiscount is DiscountByID with the row locked until the end. It is taken
// after the order and before any variant.
func (tx *Tx) LockDiscount(ctx context.Context, id shop.DiscountID) (shop.Discount, error) {
	var d shop.Discount
	err := tx.take(ctx, &d, noDiscount, "SELECT * FROM discounts WHERE id = ?"+tx.lock(), id)
	return d, err
}

// HoldUse keeps one use of a discount for an order that is being placed, and
// says whether one was left. When it was not, the transaction must not commit.
func (tx *Tx) HoldUse(ctx context.Context, id shop.DiscountID, order shop.OrderID) (bool, error) {
	use := shop.DiscountUse{OrderID: order, DiscountID: id, State: shop.UseHeld, At: tx.now}
	if err := tx.insert(ctx, &use); err != nil {
		return false, err
	}
	return tx.countUse(ctx, id, "active AND ")
}

// countUse takes one of the uses that are left.
func (tx *Tx) countUse(ctx context.Context, id shop.DiscountID, also string) (bool, error) {
	return one(tx.exec(ctx, "UPDATE discounts SET uses = uses + 1 WHERE id = ? AND "+also+
		"(max_uses IS NULL OR uses < max_uses)", id))
}

// ReleaseUse gives back the use that an order holds, if it holds one. A
// second time changes nothing.
func (tx *Tx) ReleaseUse(ctx context.Context, order shop.OrderID) error {
	released, err := tx.moveUse(ctx, order, shop.UseHeld, shop.UseReleased)
	if err != nil || !released {
		return err
	}
	return tx.one(ctx, `UPDATE discounts SET uses = uses - 1
		WHERE id = (SELECT discount_id FROM discount_uses WHERE order_id = ?)`, order)
}

// KeepUse makes the use of a locked order that has been paid final. One that
// had been given back is taken again if any is left, and otherwise stands as
// late beside the limit: the order is paid.
func (tx *Tx) KeepUse(ctx context.Context, order shop.OrderID) error {
	kept, err := tx.moveUse(ctx, order, shop.UseHeld, shop.UseUsed)
	if err != nil || kept {
		return err
	}
	use, err := tx.DiscountUseOf(ctx, order)
	if err != nil || use.State != shop.UseReleased {
		return err
	}
	to := shop.UseLate
	if again, err := tx.countUse(ctx, use.DiscountID, ""); err != nil {
		return err
	} else if again {
		to = shop.UseUsed
	}
	_, err = tx.moveUse(ctx, order, shop.UseReleased, to)
	return err
}

func (tx *Tx) moveUse(ctx context.Context, order shop.OrderID, from, to shop.UseState) (bool, error) {
	return one(tx.exec(ctx, "UPDATE discount_uses SET state = ?, at = ? WHERE order_id = ? AND state = ?", to, tx.now, order, from))
}
