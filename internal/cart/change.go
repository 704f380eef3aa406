package cart

import (
	"context"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Change is what becomes of one line.
type Change struct {
	Line       int            // from 1, newest first; 0 when Key or Variant names it
	Key        string         // of the line
	Variant    shop.VariantID // its newest line
	Quantity   *int           // 0 takes the line out; nil leaves it
	Properties *map[string]string
}

// NoLine is the message of the KindMalformed error for a line that is not in
// the bag.
const NoLine = "no valid id or line parameter"

// Change changes one line of the bag of a token.
func (s *Service) Change(ctx context.Context, token string, c Change) error {
	if c.Quantity != nil && (*c.Quantity < 0 || *c.Quantity > shop.MaxQuantity) {
		return badQuantity()
	}
	var short error
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := load(ctx, tx, token, nil)
		if err != nil {
			return err
		}
		line := d.named(c)
		if line == nil {
			return shop.Errorf(shop.KindMalformed, NoLine)
		}
		if c.Properties != nil {
			if line, err = d.describe(line, *c.Properties); err != nil {
				return err
			}
		}
		if c.Quantity != nil {
			if err := d.set(line, *c.Quantity); err != nil {
				return err
			}
		}
		short = d.short()
		_, err = d.save(ctx, tx, token)
		return err
	})
	if err != nil {
		return err
	}
	return short
}

func badQuantity() error {
	return shop.Invalid("The quantity must be a whole number from 0 to %d.", shop.MaxQuantity)
}

func (d *desk) named(c Change) *shop.CartLine {
	switch {
	case c.Line > 0 && c.Line <= len(d.cart.Lines):
		return &d.cart.Lines[c.Line-1]
	case c.Line != 0:
		return nil
	case c.Key != "":
		return d.byKey(c.Key)
	}
	return d.where(func(l *shop.CartLine) bool { return l.VariantID == c.Variant })
}

// set gives a line a quantity, or as many as there are. A number that is
// there already is left alone, whatever the stock: nobody asked for more.
func (d *desk) set(line *shop.CartLine, quantity int) error {
	if quantity == 0 {
		d.remove(line.Key())
		return nil
	}
	if quantity == line.Quantity {
		return nil
	}
	p, err := d.saleable(line.VariantID)
	if shop.IsNotFound(err) {
		return shop.Invalid("%s is not sold any more.", line.SeenTitle)
	}
	if err != nil {
		return err
	}
	room := d.room(p, line.Key())
	if quantity > room.Most {
		d.shortages = append(d.shortages, room.Shortage(line.Quantity, quantity))
		quantity = room.Most
	}
	if quantity > 0 {
		line.Quantity = quantity
	}
	return nil
}

// describe gives a line other properties. It joins a line that has the same
// already, as adding it again would have done.
func (d *desk) describe(line *shop.CartLine, values map[string]string) (*shop.CartLine, error) {
	properties, err := shop.LineProperties(values)
	if err != nil {
		return nil, err
	}
	as := shop.CartLine{VariantID: line.VariantID, Digest: shop.PropertiesDigest(properties)}
	if other := d.byKey(as.Key()); other != nil && other != line {
		other.Quantity = min(other.Quantity+line.Quantity, shop.MaxQuantity)
		d.remove(line.Key())
		return d.byKey(as.Key()), nil
	}
	line.Digest, line.Properties = as.Digest, properties
	return line, nil
}
