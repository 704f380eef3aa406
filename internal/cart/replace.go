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
	return s.put(ctx, token, items, &Update{Note: note, Attributes: attributes})
}

// replace makes lines and remarks the whole content and returns the lines'
// keys.
func (d *desk) replace(ctx context.Context, tx *database.Tx, wants []shop.CartLine, remarks Update) ([]string, error) {
	kept := d.cart.Lines
	d.cart.Lines = nil
	keys, err := d.addAll(wants)
	if err != nil {
		return nil, err
	}
	d.keepIDs(kept)
	return keys, d.remarks(ctx, tx, remarks)
}

// keepIDs lets a line that was there before stay the same row.
func (d *desk) keepIDs(old []shop.CartLine) {
	for _, o := range old {
		if l := d.byKey(o.Key()); l != nil {
			l.ID, l.CartID, l.Position = o.ID, o.CartID, o.Position
		}
	}
}
