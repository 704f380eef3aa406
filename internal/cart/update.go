package cart

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Update changes several things of a bag at once; what is nil stays.
type Update struct {
	Quantities []int          // by line, newest first
	ByKey      map[string]int // by variant id or key; a variant that is not in the bag is added
	Note       *string
	GiftNote   *string
	ShipTo     *string           // a zone that is on, "" for none
	Discount   *string           // a discount code in any case, "" for none
	Attributes map[string]string // laid over those there are; "" takes one away
	Seen       shop.SeenMark     // what the shopper had before their eyes, "" when nobody knows
}

// Updated says what came of an update.
type Updated struct {
	Token string // of the bag; "" when there is none and nothing to keep
	Stale bool   // a price or a title is not what the shopper saw: the bag page says which
}

// Update makes the changes to the bag of a token, all or none. With Seen, the
// lines count as read as far as they still are what the mark says; quantities
// by line are refused with KindConflict when the lines are others by now. A
// discount code that nobody can use now is refused, KindInvalid at the field
// discount; one that would take something off another bag is kept, and the
// bag says what is missing.
func (s *Service) Update(ctx context.Context, token string, u Update) (Updated, error) {
	if len(u.ByKey) > shop.MaxLines {
		return Updated{}, shop.Invalid("A bag holds at most %d different things.", shop.MaxLines)
	}
	var updated Updated
	var short error
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		updated = Updated{}
		d, err := load(ctx, tx, token, asked(u))
		if err != nil {
			return err
		}
		if updated.Stale, err = d.seen(u); err != nil {
			return err
		}
		if err := d.quantities(u); err != nil {
			return err
		}
		if err := d.remarks(ctx, tx, u); err != nil {
			return err
		}
		if err := d.discount(ctx, tx, u.Discount); err != nil {
			return err
		}
		short = d.short()
		updated.Token, err = d.save(ctx, tx, token)
		return err
	})
	if err != nil {
		return Updated{}, err
	}
	return updated, short
}

// Clear takes all lines out of the bag of a token; its notes and attributes
// stay.
func (s *Service) Clear(ctx context.Context, token string) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := load(ctx, tx, token, nil)
		if err != nil || d.cart.ID == 0 {
			return err
		}
		d.cart.Lines = nil
		_, err = d.save(ctx, tx, token)
		return err
	})
}

// asked are the variants that an update names by their id.
func asked(u Update) []shop.VariantID {
	var ids []shop.VariantID
	for key := range u.ByKey {
		if id, err := strconv.ParseInt(key, 10, 64); err == nil {
			ids = append(ids, shop.VariantID(id))
		}
	}
	return ids
}

// seen marks the lines as read if they are what the shopper saw.
func (d *desk) seen(u Update) (stale bool, err error) {
	if u.Seen == "" {
		return false, nil
	}
	now := shop.MarkSeen(d.cart.Lines, d.found)
	if !now.SameLines(u.Seen) && u.Quantities != nil {
		return false, shop.Conflict("Your bag has been changed in another window. Please look at it again.")
	}
	if now != u.Seen {
		return true, nil
	}
	for i := range d.cart.Lines {
		if p, ok := d.found[d.cart.Lines[i].VariantID]; ok {
			see(&d.cart.Lines[i], &p)
		}
	}
	return false, nil
}

func (d *desk) quantities(u Update) error {
	if len(u.Quantities) > len(d.cart.Lines) {
		return shop.Invalid("Your bag has changed in another window. Please look at it again.")
	}
	keys := make([]string, len(u.Quantities)) // lines move when one is taken out
	for i := range keys {
		keys[i] = d.cart.Lines[i].Key()
	}
	for i, quantity := range u.Quantities {
		if err := d.setByKey(keys[i], quantity); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(u.ByKey)) {
		if err := d.setByKey(key, u.ByKey[key]); err != nil {
			return err
		}
	}
	return nil
}

// setByKey sets the line of a key, or of a variant id, or adds the variant.
func (d *desk) setByKey(key string, quantity int) error {
	if quantity < 0 || quantity > shop.MaxQuantity {
		return badQuantity()
	}
	line := d.byKey(key)
	id, err := strconv.ParseInt(key, 10, 64)
	if line == nil && err == nil {
		line = d.where(func(l *shop.CartLine) bool { return l.VariantID == shop.VariantID(id) })
	}
	if line != nil {
		return d.set(line, quantity)
	}
	if err != nil {
		return shop.NotFound(noVariant)
	}
	if _, err := d.saleable(shop.VariantID(id)); err != nil || quantity == 0 {
		return err
	}
	return d.add(shop.CartLine{VariantID: shop.VariantID(id), Quantity: quantity, Digest: shop.PropertiesDigest(nil)})
}

// remarks changes what is said about the whole bag.
func (d *desk) remarks(ctx context.Context, tx *database.Tx, u Update) (err error) {
	if u.Note != nil {
		if d.cart.Note, err = shop.CheckNote("note", *u.Note); err != nil {
			return err
		}
	}
	if u.GiftNote != nil {
		if d.cart.GiftNote, err = shop.CheckNote("gift note", *u.GiftNote); err != nil {
			return err
		}
	}
	if u.Attributes != nil {
		d.attributes = true
		if d.cart.Attributes, err = shop.MergeAttributes(d.cart.Attributes, u.Attributes); err != nil {
			return err
		}
	}
	if u.ShipTo == nil || *u.ShipTo == d.cart.ShipTo {
		return nil
	}
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	if zone, _ := settings.ZoneFor(*u.ShipTo); *u.ShipTo != "" && zone.Code != *u.ShipTo {
		return shop.Invalid("The shop does not ship there.")
	}
	d.cart.ShipTo = *u.ShipTo
	return nil
}
