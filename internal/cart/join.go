package cart

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Join makes one bag of an account's and of the one that a browser's token
// opens, in the transaction that signs the shopper in, with the account
// locked. own is nil for an account without a bag. It returns the account's
// bag, and whether something has to be said of it: the bag says it until it is
// changed next. No token opens an account's bag, only a session does.
//
// The account's bag takes the other's lines up, as far as there is stock; what
// cannot be bought now stays in it and is marked there as anything else is. If
// only the browser's has a checkout under way it is the one that stays, since
// its order holds its stock.
func Join(ctx context.Context, tx *database.Tx, own *shop.CartID, token string) (shop.CartID, bool, error) {
	guest, err := tx.GuestCartID(ctx, token)
	if err != nil && !shop.IsNotFound(err) {
		return 0, false, err
	}
	switch {
	case err != nil && own == nil:
		cart := shop.Cart{Digest: nobodys()}
		err := tx.InsertCart(ctx, &cart)
		return cart.ID, false, err
	case err != nil:
		return *own, false, nil
	case own == nil:
		_, err := tx.LockCart(ctx, guest)
		if err != nil {
			return 0, false, err
		}
		return guest, false, tx.SetCartDigest(ctx, guest, nobodys())
	}
	return join(ctx, tx, *own, guest)
}

// nobodys is a digest whose token nobody has.
func nobodys() []byte { return database.CartDigest(rand.Text()) }

func join(ctx context.Context, tx *database.Tx, own, guest shop.CartID) (shop.CartID, bool, error) {
	stays, goes, err := lockBoth(ctx, tx, own, guest)
	if err != nil {
		return 0, false, err
	}
	ownWaits, _, err := tx.CartHolds(ctx, own)
	if err != nil {
		return 0, false, err
	}
	guestWaits, _, err := tx.CartHolds(ctx, guest)
	if err != nil {
		return 0, false, err
	}
	if guestWaits && !ownWaits {
		stays, goes = goes, stays
	}
	d, err := deskFor(ctx, tx, stays, goes.Lines)
	if err != nil {
		return 0, false, err
	}
	said := d.take(goes)
	d.cart.Notice = strings.Join(said, "\n")
	if err := dispose(ctx, tx, goes.ID, ownWaits && guestWaits); err != nil {
		return 0, false, err
	}
	if err := tx.SetCartDigest(ctx, stays.ID, nobodys()); err != nil {
		return 0, false, err
	}
	_, err = d.save(ctx, tx, "")
	return stays.ID, len(said) > 0, err
}

// lockBoth locks two bags in the order of their ids.
func lockBoth(ctx context.Context, tx *database.Tx, own, guest shop.CartID) (a, b shop.Cart, err error) {
	carts := map[shop.CartID]shop.Cart{}
	for _, id := range []shop.CartID{min(own, guest), max(own, guest)} {
		if carts[id], err = tx.LockCart(ctx, id); err != nil {
			return a, b, err
		}
	}
	return carts[own], carts[guest], nil
}

// deskFor is the desk of a locked bag that is to take lines up.
func deskFor(ctx context.Context, tx *database.Tx, cart shop.Cart, more []shop.CartLine) (*desk, error) {
	d := &desk{now: tx.Now(), cart: cart, before: snapshot(cart)}
	var err error
	if _, d.held, err = tx.CartHolds(ctx, cart.ID); err != nil {
		return nil, err
	}
	d.found, err = tx.VariantsByIDs(ctx, append(variants(cart.Lines), variants(more)...))
	return d, err
}

// dispose removes a bag that is in another now. One whose checkout is under
// way is only emptied: its payment is about it.
func dispose(ctx context.Context, tx *database.Tx, id shop.CartID, waits bool) error {
	if !waits {
		return tx.DeleteCart(ctx, id)
	}
	if err := tx.ClearCartLines(ctx, id); err != nil {
		return err
	}
	return tx.SetCartDigest(ctx, id, nobodys())
}

// take takes up another bag and says what did not come along as it was.
func (d *desk) take(other shop.Cart) (said []string) {
	for i := len(other.Lines) - 1; i >= 0; i-- { // the oldest first, as they were put in
		if sentence := d.takeLine(other.Lines[i]); sentence != "" {
			said = append(said, sentence)
		}
	}
	for _, r := range []struct {
		what       string
		here, from *string
	}{
		{"note", &d.cart.Note, &other.Note}, {"gift note", &d.cart.GiftNote, &other.GiftNote},
		{"discount code", &d.cart.DiscountCode, &other.DiscountCode}, {"", &d.cart.ShipTo, &other.ShipTo},
	} {
		switch {
		case *r.from == "" || *r.from == *r.here:
		case *r.here == "":
			*r.here = *r.from
		case r.what != "":
			said = append(said, fmt.Sprintf("Your two bags each had a %s. One is kept; the other was “%s”.", r.what, strings.Join(strings.Fields(*r.from), " ")))
		}
	}
	return append(said, d.takeAttributes(other.Attributes)...)
}

// takeLine takes up one line. What cannot be bought now comes along as it is,
// and the bag says why.
func (d *desk) takeLine(l shop.CartLine) string {
	line, had, most := d.byKey(l.Key()), 0, shop.MaxQuantity
	if line != nil {
		had = line.Quantity
	}
	sentence := ""
	if p, err := d.saleable(l.VariantID); err == nil {
		room := d.room(p, l.Key())
		if most = max(room.Most, had); had+l.Quantity > most && most > 0 {
			sentence = room.Shortage(had, l.Quantity).Sentence
		}
	}
	switch total := min(had+l.Quantity, most); {
	case line != nil:
		line.Quantity = total
		return sentence
	case len(d.cart.Lines) >= shop.MaxLines:
		return fmt.Sprintf("A bag holds at most %d different things; %s did not fit in any more.", shop.MaxLines, l.SeenTitle)
	case total > 0:
		l.Quantity = total
	}
	d.putOnTop(l)
	return sentence
}

// putOnTop puts a line of another bag in, with what its owner was last told.
func (d *desk) putOnTop(l shop.CartLine) {
	l.ID, l.Position = 0, 1
	for _, other := range d.cart.Lines {
		l.Position = max(l.Position, other.Position+1)
	}
	d.cart.Lines = append([]shop.CartLine{l}, d.cart.Lines...)
}

// takeAttributes takes up the remarks whose names the bag does not have.
func (d *desk) takeAttributes(list []shop.CartAttribute) (said []string) {
	for _, a := range list {
		here := ""
		for _, b := range d.cart.Attributes {
			if b.Name == a.Name {
				here = b.Value
			}
		}
		switch {
		case here == "" && len(d.cart.Attributes) < shop.MaxPairs:
			d.cart.Attributes, d.attributes = append(d.cart.Attributes, shop.CartAttribute{Name: a.Name, Value: a.Value}), true
		case here != a.Value:
			said = append(said, fmt.Sprintf("Your two bags each had a remark “%s”. One is kept; the other was “%s”.", a.Name, a.Value))
		}
	}
	return said
}
