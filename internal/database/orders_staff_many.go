package database

import (
	"context"

	"longrun/internal/shop"
)

// OrdersByIDs are orders with lines, properties, units, attributes and
// contacts, in the sequence asked for and in six queries however many they
// are. Unknown ids are left out.
func (r Reader) OrdersByIDs(ctx context.Context, ids []shop.OrderID) ([]shop.Order, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var found []shop.Order
	if err := r.raw(ctx, &found, "SELECT * FROM orders WHERE id IN ?", ids); err != nil {
		return nil, err
	}
	byID := make(map[shop.OrderID]*shop.Order, len(found))
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	if err := r.fillOrders(ctx, byID, ids); err != nil {
		return nil, err
	}
	var orders []shop.Order
	for _, id := range ids {
		if order := byID[id]; order != nil {
			orders = append(orders, *order)
			delete(byID, id) // an id asked for twice is one order
		}
	}
	return orders, nil
}

func (r Reader) fillOrders(ctx context.Context, byID map[shop.OrderID]*shop.Order, ids []shop.OrderID) error {
	if err := r.fillLinesOf(ctx, byID, ids); err != nil {
		return err
	}
	var attributes []shop.OrderAttribute
	if err := r.raw(ctx, &attributes, "SELECT * FROM order_attributes WHERE order_id IN ? ORDER BY order_id, name", ids); err != nil {
		return err
	}
	for _, a := range attributes {
		byID[a.OrderID].Attributes = append(byID[a.OrderID].Attributes, a)
	}
	var contacts []shop.OrderContact
	if err := r.raw(ctx, &contacts, "SELECT * FROM order_contacts WHERE order_id IN ?", ids); err != nil {
		return err
	}
	for i := range contacts {
		byID[contacts[i].OrderID].Contact = &contacts[i]
	}
	return nil
}

func (r Reader) fillLinesOf(ctx context.Context, byID map[shop.OrderID]*shop.Order, ids []shop.OrderID) error {
	var lines []shop.OrderLine
	if err := r.raw(ctx, &lines, "SELECT * FROM order_lines WHERE order_id IN ? ORDER BY order_id, position", ids); err != nil {
		return err
	}
	var properties []shop.OrderLineProperty
	err := r.raw(ctx, &properties, `SELECT p.* FROM order_lines l JOIN order_line_properties p ON p.order_line_id = l.id
		WHERE l.order_id IN ? ORDER BY p.order_line_id, p.position`, ids)
	if err != nil {
		return err
	}
	var units []shop.OrderUnit
	err = r.raw(ctx, &units, "SELECT * FROM order_units WHERE order_id IN ? ORDER BY order_line_id, position", ids)
	if err != nil {
		return err
	}
	byLine := make(map[shop.OrderLineID]*shop.OrderLine, len(lines))
	for i := range lines {
		byLine[lines[i].ID] = &lines[i]
	}
	for _, p := range properties {
		byLine[p.OrderLineID].Properties = append(byLine[p.OrderLineID].Properties, p)
	}
	for _, u := range units {
		byLine[u.OrderLineID].Units = append(byLine[u.OrderLineID].Units, u)
	}
	for _, l := range lines {
		byID[l.OrderID].Lines = append(byID[l.OrderID].Lines, l)
	}
	return nil
}
