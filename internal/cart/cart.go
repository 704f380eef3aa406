// Package cart is the work on shoppers' bags: what goes in, what comes out,
// and what a bag looks like when it is read.
//
// A bag belongs to whoever holds its token, which only the cookie has; the
// database keeps the token's digest. Everything a bag says about prices,
// titles and stock is read at that moment. It holds no stock: that begins at
// checkout.
//
// Where more is asked for than is left, the bag gets what is left and the
// method returns an error of KindInvalid although it wrote: its Message is in
// the words that theme libraries know, and Fields["quantity"] names the shoe
// and the size for a page. With every other error nothing has changed.
package cart

import (
	"context"
	"crypto/rand"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Service changes bags. Its methods may be called at the same time.
type Service struct{ db *database.DB }

// New is the service of a database.
func New(db *database.DB) *Service { return &Service{db: db} }

const noVariant = "Cannot find variant"

// load locks the bag of a token and reads all that it and the asked variants
// name. Without a bag it is an empty one that save makes if anything is in it.
func load(ctx context.Context, tx *database.Tx, token string, asked []shop.VariantID) (*desk, error) {
	d := &desk{now: tx.Now(), held: map[shop.VariantID]int64{}}
	id, err := tx.CartIDByToken(ctx, token)
	switch {
	case err == nil:
		if d.cart, err = tx.LockCart(ctx, id); err != nil {
			return nil, err
		}
		if _, d.held, err = tx.CartHolds(ctx, id); err != nil {
			return nil, err
		}
	case !shop.IsNotFound(err):
		return nil, err
	}
	d.before, d.cart.Notice = snapshot(d.cart), ""
	for _, l := range d.cart.Lines {
		asked = append(asked, l.VariantID)
	}
	d.found, err = tx.VariantsByIDs(ctx, asked)
	return d, err
}

// save writes what has changed at the desk, and returns the token under which
// the bag is found: the given one, or a new one for a new bag. A client's own
// idea of a token is never taken over.
func (d *desk) save(ctx context.Context, tx *database.Tx, token string) (string, error) {
	if d.cart.ID == 0 {
		if d.empty() {
			return "", nil
		}
		token = strings.ToLower(rand.Text())
		d.cart.Digest = database.CartDigest(token)
		if err := tx.InsertCart(ctx, &d.cart); err != nil {
			return "", err
		}
	}
	if err := tx.UpdateCart(ctx, d.cart); err != nil {
		return "", err
	}
	if d.attributes {
		if err := tx.ReplaceCartAttributes(ctx, d.cart.ID, d.cart.Attributes); err != nil {
			return "", err
		}
	}
	return token, d.saveLines(ctx, tx)
}

// saveLines takes lines out before it writes others, so that a line that took
// another's properties finds its place free.
func (d *desk) saveLines(ctx context.Context, tx *database.Tx) error {
	var gone []shop.LineID
	for id := range d.before {
		if d.byID(id) == nil {
			gone = append(gone, id)
		}
	}
	if err := tx.DeleteCartLines(ctx, d.cart.ID, gone); err != nil {
		return err
	}
	for i := range d.cart.Lines {
		l := &d.cart.Lines[i]
		l.CartID = d.cart.ID
		before, old := d.before[l.ID]
		var err error
		switch {
		case !old:
			err = tx.InsertCartLine(ctx, l)
		case changed(before, *l):
			err = tx.UpdateCartLine(ctx, *l)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func changed(a, b shop.CartLine) bool {
	return a.Digest != b.Digest || a.Quantity != b.Quantity || a.SeenPrice != b.SeenPrice || a.SeenTitle != b.SeenTitle
}
