package cart

import (
	"context"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Item is what a shopper wants to put in.
type Item struct {
	Variant    shop.VariantID
	Quantity   int // 1 to shop.MaxQuantity
	Properties map[string]string
}

// Added says where the things went.
type Added struct {
	Token string   // of the bag, a new one when there was no bag before
	Keys  []string // of the lines, in the order of the items
}

// Add puts things into the bag of a token, all or, with any that is unknown
// or sold out, none. It makes the bag if there is none.
func (s *Service) Add(ctx context.Context, token string, items []Item) (Added, error) {
	return s.put(ctx, token, items, nil)
}

// put adds things to the bag of a token or, with remarks, makes them and the
// remarks its whole content.
func (s *Service) put(ctx context.Context, token string, items []Item, instead *Update) (Added, error) {
	wants, err := parse(items)
	if err != nil {
		return Added{}, err
	}
	var added Added
	var short error
	err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := load(ctx, tx, token, variants(wants))
		if err != nil {
			return err
		}
		if instead == nil {
			added.Keys, err = d.addAll(wants)
		} else {
			added.Keys, err = d.replace(ctx, tx, wants, *instead)
		}
		if err != nil {
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

// addAll adds lines and returns their keys.
func (d *desk) addAll(wants []shop.CartLine) (keys []string, err error) {
	for _, w := range wants {
		if err := d.add(w); err != nil {
			return nil, err
		}
		keys = append(keys, w.Key())
	}
	return keys, nil
}

// parse turns items into lines as they would stand in a bag.
func parse(items []Item) ([]shop.CartLine, error) {
	if len(items) == 0 {
		return nil, shop.Errorf(shop.KindMalformed, "Required parameter missing or invalid: items")
	}
	if len(items) > shop.MaxLines {
		return nil, shop.Invalid("A bag holds at most %d different things.", shop.MaxLines)
	}
	lines := make([]shop.CartLine, len(items))
	for i, item := range items {
		if item.Quantity < 1 || item.Quantity > shop.MaxQuantity {
			return nil, shop.Invalid("The quantity must be a whole number from 1 to %d.", shop.MaxQuantity)
		}
		properties, err := shop.LineProperties(item.Properties)
		if err != nil {
			return nil, err
		}
		lines[i] = shop.CartLine{
			VariantID: item.Variant, Quantity: item.Quantity,
			Digest: shop.PropertiesDigest(properties), Properties: properties,
		}
	}
	return lines, nil
}

func variants(lines []shop.CartLine) []shop.VariantID {
	ids := make([]shop.VariantID, len(lines))
	for i, l := range lines {
		ids[i] = l.VariantID
	}
	return ids
}

// add puts one line in, or raises the line that is there already.
func (d *desk) add(want shop.CartLine) error {
	p, err := d.saleable(want.VariantID)
	if err != nil {
		return err
	}
	line, had := d.byKey(want.Key()), 0
	if line != nil {
		had = line.Quantity
	}
	room := d.room(p, want.Key())
	total := min(had+want.Quantity, max(room.Most, had))
	if total < had+want.Quantity {
		d.shortages = append(d.shortages, room.Shortage(had, want.Quantity))
	}
	switch {
	case room.SoldOut(): // all or none, so the others' shortages do not matter
		d.shortages = d.shortages[len(d.shortages)-1:]
		return d.short()
	case total == had:
		return nil
	case line != nil:
		line.Quantity = total
		see(line, p)
		return nil
	}
	want.Quantity = total
	return d.insert(p, want)
}
