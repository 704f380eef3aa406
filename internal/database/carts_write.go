package database

import (
	"context"

	"longrun/internal/shop"
)

// InsertCart writes a new, empty bag and fills its id.
func (tx *Tx) InsertCart(ctx context.Context, cart *shop.Cart) error {
	cart.CreatedAt, cart.UpdatedAt = tx.now, tx.now
	return tx.insert(ctx, cart)
}

// UpdateCart writes a locked bag's own columns and notes that it was touched,
// so that it is not taken for abandoned.
func (tx *Tx) UpdateCart(ctx context.Context, cart shop.Cart) error {
	n, err := tx.exec(ctx, "UPDATE carts SET note = ?, gift_note = ?, ship_to = ?, discount_code = ?, notice = ?, updated_at = ? WHERE id = ?",
		cart.Note, cart.GiftNote, cart.ShipTo, cart.DiscountCode, cart.Notice, tx.now, cart.ID)
	if err == nil && n == 0 {
		return shop.NotFound(noCart)
	}
	return err
}

// InsertCartLine writes a new line of a locked bag with its properties.
func (tx *Tx) InsertCartLine(ctx context.Context, line *shop.CartLine) error {
	if err := tx.insert(ctx, line); err != nil {
		return err
	}
	return tx.insertProperties(ctx, *line)
}

// UpdateCartLine writes a line's quantity, properties and what the shopper
// was told of it.
func (tx *Tx) UpdateCartLine(ctx context.Context, line shop.CartLine) error {
	n, err := tx.exec(ctx, `UPDATE cart_lines SET digest = ?, quantity = ?, seen_price = ?, seen_title = ?
		WHERE id = ? AND cart_id = ?`, line.Digest, line.Quantity, line.SeenPrice, line.SeenTitle, line.ID, line.CartID)
	if err != nil {
		return err
	}
	if n == 0 {
		return shop.Conflict("Your bag has been changed in another window. Please look at it again.")
	}
	if _, err := tx.exec(ctx, "DELETE FROM line_properties WHERE line_id = ?", line.ID); err != nil {
		return err
	}
	return tx.insertProperties(ctx, line)
}

func (tx *Tx) insertProperties(ctx context.Context, line shop.CartLine) error {
	rows := make([]shop.LineProperty, len(line.Properties))
	for i, p := range line.Properties {
		rows[i] = shop.LineProperty{LineID: line.ID, Position: i + 1, Name: p.Name, Value: p.Value}
	}
	return tx.insertRows(ctx, len(rows), &rows)
}

// DeleteCartLines takes lines out of a locked bag.
func (tx *Tx) DeleteCartLines(ctx context.Context, cart shop.CartID, lines []shop.LineID) error {
	if len(lines) == 0 {
		return nil
	}
	_, err := tx.exec(ctx, "DELETE FROM cart_lines WHERE cart_id = ? AND id IN ?", cart, lines)
	return err
}

// ReplaceCartAttributes makes these the attributes of a locked bag.
func (tx *Tx) ReplaceCartAttributes(ctx context.Context, cart shop.CartID, attributes []shop.CartAttribute) error {
	if _, err := tx.exec(ctx, "DELETE FROM cart_attributes WHERE cart_id = ?", cart); err != nil {
		return err
	}
	rows := make([]shop.CartAttribute, len(attributes))
	for i, a := range attributes {
		rows[i] = shop.CartAttribute{CartID: cart, Name: a.Name, Value: a.Value}
	}
	return tx.insertRows(ctx, len(rows), &rows)
}

// SetCartDigest makes a bag answer to another token and no longer to its old
// one.
func (tx *Tx) SetCartDigest(ctx context.Context, id shop.CartID, digest []byte) error {
	return tx.one(ctx, "UPDATE carts SET digest = ? WHERE id = ?", digest, id)
}

// DeleteCart removes a locked bag.
func (tx *Tx) DeleteCart(ctx context.Context, id shop.CartID) error {
	return tx.one(ctx, "DELETE FROM carts WHERE id = ?", id)
}
