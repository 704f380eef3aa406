package cart

import (
	"context"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Replace makes things the whole content of the bag of a token, as a link to
// a filled bag asks for; a note and attributes, when given, as well. It makes
// the bag if there is none. A thing that is unknown or sold out changes
// nothing.
func (s *Service) Replace(ctx context.Context, token string, items []Item, note *string, attributes map[string]string) (Added, error) {
	wants, err := parse(items)
	if err != nil {
		return Added{}, err
	}
	var added Added
	var short error
	err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		added = Added{}
		d, err := load(ctx, tx, token, variants(wants))
		if err != nil {
			return err
		}
		kept := d.cart.Lines
		d.cart.Lines = nil
		for _, w := range wants {
			if err := d.add(w); err != nil {
				return err
			}
			added.Keys = append(added.Keys, w.Key())
		}
		d.keepIDs(kept)
		if err := d.remarks(ctx, tx, Update{Note: note, Attributes: attributes}); err != nil {
			return err
		}
		short = d.short()
		added.Token, err = d.save(ctx, tx, token)
		return err
	})
	if err != nil {
		return Added{}, err
	}
	return added, short
}

// keepIDs lets a line that was there before stay the same row.
func (d *desk) keepIDs(old []shop.CartLine) {
	for _, o := range old {
		if l := d.byKey(o.Key()); l != nil {
			l.ID, l.CartID, l.Position = o.ID, o.CartID, o.Position
		}
	}
}
