package database

import (
	"context"

	"longrun/internal/shop"
)

const noOrder = "There is no such order."

// OrderByID is an order with its lines, properties, units, tenders,
// attributes and contact.
func (r Reader) OrderByID(ctx context.Context, id shop.OrderID) (shop.Order, error) {
	return r.orderWhere(ctx, "id = ?", id)
}

// OrderByLink is the order whose private link has this token, whole.
func (r Reader) OrderByLink(ctx context.Context, token string) (shop.Order, error) {
	link, err := r.LinkByToken(ctx, shop.LinkOrder, token)
	if err != nil {
		return shop.Order{}, err
	}
	return r.OrderByID(ctx, shop.OrderID(link.ThingID))
}

// OrderByNumber is a paid order, whole.
func (r Reader) OrderByNumber(ctx context.Context, number int64) (shop.Order, error) {
	return r.orderWhere(ctx, "number = ?", number)
}

// OrderForCart is the order of a bag that waits to be paid, whole.
// KindNotFound when no checkout is under way.
func (r Reader) OrderForCart(ctx context.Context, cart shop.CartID) (shop.Order, error) {
	return r.orderWhere(ctx, "cart_id = ? AND state = 'pending'", cart)
}

// Orders are up to limit orders older than one, newest first, without what
// hangs on them; before 0 begins with the newest.
func (r Reader) Orders(ctx context.Context, before shop.OrderID, limit int) ([]shop.Order, error) {
	if before == 0 {
		before = 1 << 53
	}
	var orders []shop.Order
	err := r.raw(ctx, &orders, "SELECT * FROM orders WHERE id < ? ORDER BY id DESC LIMIT ?", before, limit)
	return orders, err
}

func (r Reader) orderWhere(ctx context.Context, condition string, args ...any) (shop.Order, error) {
	var order shop.Order
	if err := r.take(ctx, &order, noOrder, "SELECT * FROM orders WHERE "+condition, args...); err != nil {
		return order, err
	}
	err := r.FillOrder(ctx, &order)
	return order, err
}

// FillOrder reads all that hangs on an order, in six queries.
func (r Reader) FillOrder(ctx context.Context, order *shop.Order) error {
	if err := r.fillOrderLines(ctx, order); err != nil {
		return err
	}
	err := r.raw(ctx, &order.Tenders, "SELECT * FROM order_tenders WHERE order_id = ? ORDER BY kind", order.ID)
	if err != nil {
		return err
	}
	err = r.raw(ctx, &order.Attributes, "SELECT * FROM order_attributes WHERE order_id = ? ORDER BY name", order.ID)
	if err != nil {
		return err
	}
	var contacts []shop.OrderContact
	err = r.raw(ctx, &contacts, "SELECT * FROM order_contacts WHERE order_id = ?", order.ID)
	if len(contacts) == 1 {
		order.Contact = &contacts[0]
	}
	return err
}

func (r Reader) fillOrderLines(ctx context.Context, order *shop.Order) error {
	err := r.raw(ctx, &order.Lines, "SELECT * FROM order_lines WHERE order_id = ? ORDER BY position", order.ID)
	if err != nil {
		return err
	}
	var properties []shop.OrderLineProperty
	err = r.raw(ctx, &properties, `SELECT p.* FROM order_lines l JOIN order_line_properties p ON p.order_line_id = l.id
		WHERE l.order_id = ? ORDER BY p.order_line_id, p.position`, order.ID)
	if err != nil {
		return err
	}
	var units []shop.OrderUnit
	err = r.raw(ctx, &units, "SELECT * FROM order_units WHERE order_id = ? ORDER BY order_line_id, position", order.ID)
	if err != nil {
		return err
	}
	lines := make(map[shop.OrderLineID]*shop.OrderLine, len(order.Lines))
	for i := range order.Lines {
		lines[order.Lines[i].ID] = &order.Lines[i]
	}
	for _, p := range properties {
		lines[p.OrderLineID].Properties = append(lines[p.OrderLineID].Properties, p)
	}
	for _, u := range units {
		lines[u.OrderLineID].Units = append(lines[u.OrderLineID].Units, u)
	}
	return nil
}
