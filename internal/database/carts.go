package database

import (
	"context"
	"crypto/sha256"

	"longrun/internal/shop"
)

// noCart is also what an empty and a foreign token get.
const noCart = "Your bag is empty."

// maxToken bounds what is hashed for a cookie that anybody may have written.
const maxToken = 200

// CartDigest is what the row of a bag keeps of its cookie's token.
func CartDigest(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// cartOfToken is the id of the bag that a cookie's token opens: its own, or, in
// a browser in which a shopper has signed in, the account's. It takes the
// token's digest twice.
const cartOfToken = `coalesce((SELECT id FROM carts WHERE digest = ?),
	(SELECT a.cart_id FROM account_sessions s JOIN accounts a ON a.id = s.account_id WHERE s.bag_digest = ?))`

// CartByToken is the bag whose cookie holds a token, with its lines, their
// properties and its attributes, newest line first. KindNotFound without one.
func (r Reader) CartByToken(ctx context.Context, token string) (shop.Cart, error) {
	var cart shop.Cart
	if token == "" || len(token) > maxToken {
		return cart, shop.NotFound(noCart)
	}
	digest := CartDigest(token)
	err := r.take(ctx, &cart, noCart, "SELECT * FROM carts WHERE id = "+cartOfToken, digest, digest)
	if err != nil {
		return cart, err
	}
	err = r.fillCart(ctx, &cart)
	return cart, err
}

// CartIDByToken is the bag whose cookie holds a token, or KindNotFound.
func (r Reader) CartIDByToken(ctx context.Context, token string) (shop.CartID, error) {
	var id shop.CartID
	if token == "" || len(token) > maxToken {
		return 0, shop.NotFound(noCart)
	}
	digest := CartDigest(token)
	err := r.take(ctx, &id, noCart, "SELECT id FROM carts WHERE id = "+cartOfToken, digest, digest)
	return id, err
}

// GuestCartID is the bag that has a token of its own, which no account's bag
// has; KindNotFound without one.
func (r Reader) GuestCartID(ctx context.Context, token string) (shop.CartID, error) {
	var id shop.CartID
	if token == "" || len(token) > maxToken {
		return 0, shop.NotFound(noCart)
	}
	err := r.take(ctx, &id, noCart, "SELECT id FROM carts WHERE digest = ?", CartDigest(token))
	return id, err
}

// CartCount is how many pieces the bag of a token has, 0 without a bag. It is
// one question, since every page asks it.
func (r Reader) CartCount(ctx context.Context, token string) (int, error) {
	if token == "" || len(token) > maxToken {
		return 0, nil
	}
	var n int
	digest := CartDigest(token)
	err := r.raw(ctx, &n, "SELECT CAST(coalesce(sum(l.quantity), 0) AS bigint) FROM cart_lines l WHERE l.cart_id = "+cartOfToken, digest, digest)
	return n, err
}

// CartHolds says whether a bag's checkout is under way and what its order
// keeps by now, which is free for this bag and for nobody else.
func (r Reader) CartHolds(ctx context.Context, id shop.CartID) (pending bool, held map[shop.VariantID]int64, err error) {
	var rows []struct {
		VariantID shop.VariantID
		Quantity  int64
	}
	err = r.raw(ctx, &rows, `SELECT coalesce(h.variant_id, 0) AS variant_id, coalesce(h.quantity, 0) AS quantity
		FROM orders o LEFT JOIN stock_holds h ON h.cause_kind = 'order' AND h.cause_id = o.id AND h.state = 'held'
		WHERE o.cart_id = ? AND o.state = 'pending'`, id)
	held = make(map[shop.VariantID]int64, len(rows))
	for _, row := range rows {
		held[row.VariantID] += row.Quantity
	}
	return len(rows) > 0, held, err
}

// fillCart reads what hangs on a bag, in three queries.
func (r Reader) fillCart(ctx context.Context, cart *shop.Cart) error {
	err := r.raw(ctx, &cart.Lines, "SELECT * FROM cart_lines WHERE cart_id = ? ORDER BY position DESC, id DESC", cart.ID)
	if err != nil {
		return err
	}
	var properties []shop.LineProperty
	err = r.raw(ctx, &properties, `SELECT p.* FROM cart_lines l JOIN line_properties p ON p.line_id = l.id
		WHERE l.cart_id = ? ORDER BY p.line_id, p.position`, cart.ID)
	if err != nil {
		return err
	}
	lines := make(map[shop.LineID]*shop.CartLine, len(cart.Lines))
	for i := range cart.Lines {
		lines[cart.Lines[i].ID] = &cart.Lines[i]
	}
	for _, p := range properties {
		if l := lines[p.LineID]; l != nil { // a line added in between has properties only
			l.Properties = append(l.Properties, p)
		}
	}
	return r.raw(ctx, &cart.Attributes, "SELECT * FROM cart_attributes WHERE cart_id = ? ORDER BY name", cart.ID)
}
