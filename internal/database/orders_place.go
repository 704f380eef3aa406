package database

import (
	"context"

	"longrun/internal/shop"
)

// InsertOrder writes an order as it is placed: the row, its lines with their
// properties and units, and its attributes. Ids are filled in. A second
// waiting order of one bag gives shop.ErrExists.
func (tx *Tx) InsertOrder(ctx context.Context, order *shop.Order) error {
	order.PlacedAt, order.Fulfilment = tx.now, shop.Unfulfilled
	if err := tx.insert(ctx, order); err != nil {
		return err
	}
	for i := range order.Lines {
		order.Lines[i].OrderID = order.ID
	}
	if err := tx.insert(ctx, order.Lines); err != nil {
		return err
	}
	if err := tx.insertOrderParts(ctx, order); err != nil {
		return err
	}
	for i := range order.Attributes {
		order.Attributes[i].OrderID = order.ID
	}
	if len(order.Attributes) == 0 {
		return nil
	}
	return tx.insert(ctx, order.Attributes)
}

// insertOrderParts writes the properties and units of all lines at once.
func (tx *Tx) insertOrderParts(ctx context.Context, order *shop.Order) error {
	var properties []shop.OrderLineProperty
	var units []shop.OrderUnit
	for i := range order.Lines {
		l := &order.Lines[i]
		for j := range l.Properties {
			l.Properties[j].OrderLineID = l.ID
		}
		l.Units = shop.UnitsFor(*l)
		properties = append(properties, l.Properties...)
		units = append(units, l.Units...)
	}
	if len(properties) > 0 {
		if err := tx.insert(ctx, properties); err != nil {
			return err
		}
	}
	return tx.insert(ctx, units)
}
