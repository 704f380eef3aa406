package database

import (
	"context"

	"longrun/internal/shop"
)

// LockCart reads a bag with its lines, properties and attributes, and keeps
// everybody else from changing or buying it until the transaction ends. It is
// the first lock of any that is taken. KindNotFound without such a bag.
func (tx *Tx) LockCart(ctx context.Context, id shop.CartID) (shop.Cart, error) {
	var cart shop.Cart
	err := tx.take(ctx, &cart, "Your bag is empty.", "SELECT * FROM carts WHERE id = ?"+tx.lock(), id)
	if err != nil {
		return cart, err
	}
	err = tx.fillCart(ctx, &cart)
	return cart, err
}

// ClearCartLines empties a locked bag once what was in it is bought: lines,
// remarks, notes and code go, the ship-to choice stays.
func (tx *Tx) ClearCartLines(ctx context.Context, id shop.CartID) error {
	for _, table := range []string{"cart_lines", "cart_attributes"} {
		if _, err := tx.exec(ctx, "DELETE FROM "+table+" WHERE cart_id = ?", id); err != nil {
			return err
		}
	}
	_, err := tx.exec(ctx, "UPDATE carts SET note = '', gift_note = '', discount_code = '', notice = '', updated_at = ? WHERE id = ?", tx.now, id)
	return err
}
