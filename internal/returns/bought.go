package returns

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// bought is an order with all that the rules of returns ask about it.
type bought struct {
	order    shop.Order
	root     shop.Order // that was paid for; the order itself unless it is an exchange
	parcels  []shop.Parcel
	returns  []shop.Return
	given    shop.Given // of root
	settings shop.Settings
	now      shop.Instant
}

// asker reads; a Tx and a Reader both do.
type asker interface {
	OrderByID(ctx context.Context, id shop.OrderID) (shop.Order, error)
	OrderOfUnit(ctx context.Context, id shop.UnitID) (shop.OrderID, error)
	ParcelsOfOrder(ctx context.Context, id shop.OrderID) ([]shop.Parcel, error)
	ReturnsOfOrder(ctx context.Context, id shop.OrderID) ([]shop.Return, error)
	Given(ctx context.Context, id shop.OrderID) (shop.Given, error)
	SettingsVersion(ctx context.Context, version int64) (shop.Settings, error)
}

// read reads all of an order. The rules are those of the settings it was
// placed under, so that they never turn against whoever bought.
func read(ctx context.Context, from asker, id shop.OrderID, now shop.Instant) (bought, error) {
	b := bought{now: now}
	var err error
	if b.order, err = from.OrderByID(ctx, id); err != nil {
		return b, err
	}
	b.root = b.order
	if b.order.ExchangeOf != nil {
		root, err := from.OrderOfUnit(ctx, *b.order.ExchangeOf)
		if err != nil {
			return b, fmt.Errorf("finding what order %d is an exchange of: %w", id, err)
		}
		if b.root, err = from.OrderByID(ctx, root); err != nil {
			return b, err
		}
	}
	if b.parcels, err = from.ParcelsOfOrder(ctx, id); err != nil {
		return b, err
	}
	if b.returns, err = from.ReturnsOfOrder(ctx, id); err != nil {
		return b, err
	}
	if b.given, err = from.Given(ctx, b.root.ID); err != nil {
		return b, err
	}
	b.settings, err = from.SettingsVersion(ctx, b.order.SettingsVersion)
	return b, err
}

// lockAll locks an order and, before it, the one that was paid for.
func lockAll(ctx context.Context, tx *database.Tx, id shop.OrderID) error {
	order, err := tx.OrderByID(ctx, id)
	if err != nil {
		return err
	}
	if order.ExchangeOf != nil {
		root, err := tx.OrderOfUnit(ctx, *order.ExchangeOf)
		if err != nil {
			return err
		}
		if _, err := tx.LockOrder(ctx, root); err != nil {
			return err
		}
	}
	_, err = tx.LockOrder(ctx, id)
	return err
}

// origin is the piece that was paid for, in whose place a unit stands.
func (b *bought) origin(u shop.UnitID) shop.UnitID {
	if b.order.ExchangeOf != nil {
		return *b.order.ExchangeOf
	}
	return u
}

// facts are what the rules judge a piece by.
func (b *bought) facts(l *shop.OrderLine, u shop.OrderUnit) shop.ReturnFacts {
	return shop.ReturnFacts{
		Order: &b.order, Line: l, Unit: u, Parcel: b.parcelOf(u.ID), Returned: b.returned(u.ID), Given: b.given.Unit(b.origin(u.ID)),
		Days: b.settings.ReturnDays, Location: b.settings.Location(), Now: b.now,
	}
}

func (b *bought) parcelOf(id shop.UnitID) *shop.Parcel {
	for i := range b.parcels {
		for _, u := range b.parcels[i].Units {
			if u.UnitID == id {
				return &b.parcels[i]
			}
		}
	}
	return nil
}

func (b *bought) returned(id shop.UnitID) bool {
	for _, r := range b.returns {
		for _, u := range r.Units {
			if u.UnitID == id && u.Live {
				return true
			}
		}
	}
	return false
}

// find is a piece of the order and its line; nil for another order's.
func (b *bought) find(id shop.UnitID) (*shop.OrderLine, shop.OrderUnit) {
	for i := range b.order.Lines {
		for _, u := range b.order.Lines[i].Units {
			if u.ID == id {
				return &b.order.Lines[i], u
			}
		}
	}
	return nil, shop.OrderUnit{}
}

// Piece is a piece of an order and whether it may come back.
type Piece struct {
	Line    *shop.OrderLine
	Unit    shop.OrderUnit
	Ends    shop.Instant // the window's end, zero for what was not sent
	Refusal string       // why it does not come back by itself, "" if it may
	Staff   bool         // staff may allow it all the same
}

// Pieces are all pieces of an order as the rules see them now, and changes
// nothing. KindNotFound for an order that is not there.
func (s *Returns) Pieces(ctx context.Context, id shop.OrderID) ([]Piece, error) {
	now, err := s.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	b, err := read(ctx, s.db, id, now)
	if err != nil {
		return nil, err
	}
	var pieces []Piece
	for i := range b.order.Lines {
		l := &b.order.Lines[i]
		for _, u := range l.Units {
			f := b.facts(l, u)
			p := Piece{Line: l, Unit: u}
			if f.Parcel != nil {
				p.Ends = f.WindowEnds()
			}
			if rule := shop.ReturnRefusal(f, false); rule != nil {
				p.Refusal, p.Staff = rule.Sentence(f), shop.ReturnRefusal(f, true) == nil
			}
			pieces = append(pieces, p)
		}
	}
	return pieces, nil
}
