package database

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/shop"
)

// LockOrder reads an order without what hangs on it and locks its row until
// the end.
func (tx *Tx) LockOrder(ctx context.Context, id shop.OrderID) (shop.Order, error) {
	var order shop.Order
	err := tx.take(ctx, &order, noOrder, "SELECT * FROM orders WHERE id = ?"+tx.lock(), id)
	return order, err
}

// CartOfOrder is the bag an order came from, which never changes; the bag
// itself may be gone.
func (r Reader) CartOfOrder(ctx context.Context, id shop.OrderID) (shop.CartID, error) {
	var cart int64 // GORM does not scan one value into a named type
	err := r.take(ctx, &cart, noOrder, "SELECT cart_id FROM orders WHERE id = ?", id)
	return shop.CartID(cart), err
}

// MoveOrder takes a locked order to another state, if the move is allowed,
// and writes the step. An order that was in another state by now gives a
// KindConflict error.
func (tx *Tx) MoveOrder(ctx context.Context, order *shop.Order, to shop.OrderState, cause, who string) error {
	from := order.State
	if err := shop.OrderMoves.Check(from, to); err != nil {
		return err
	}
	moved, err := one(tx.exec(ctx, "UPDATE orders SET state = ? WHERE id = ? AND state = ?", to, order.ID, from))
	if err != nil || !moved {
		return lost(err, "order")
	}
	order.State = to
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "order", ThingID: int64(order.ID), FromState: string(from), ToState: string(to), Cause: cause, Who: who,
	})
}

// lost is the error of a guarded move that found another state.
func lost(err error, thing string) error {
	if err != nil {
		return err
	}
	return shop.Conflict("The %s has changed meanwhile.", thing)
}

// RecordPayment writes what being paid adds to an order that MoveOrder has
// just made paid: its number and time, and its taxes, which the caller has
// filled in.
func (tx *Tx) RecordPayment(ctx context.Context, order *shop.Order, number int64) error {
	now := tx.now
	order.Number, order.PaidAt = &number, &now
	done, err := one(tx.exec(ctx, `UPDATE orders SET number = ?, tax = ?, shipping_tax = ?, paid_at = ?, erased_at = NULL
		WHERE id = ? AND number IS NULL`, number, order.Tax, order.ShippingTax, now, order.ID))
	if err != nil || !done {
		return lost(err, "order")
	}
	return nil
}

// SetUnitTax writes the tax paid for each unit of an order, once. Units of a
// line differ by a cent at most, so a few statements do for thousands.
func (tx *Tx) SetUnitTax(ctx context.Context, units []shop.OrderUnit) error {
	byTax := map[shop.Cents][]shop.UnitID{}
	for _, u := range units {
		byTax[*u.PaidTax] = append(byTax[*u.PaidTax], u.ID)
	}
	for tax, all := range byTax {
		for ids := range slices.Chunk(all, 500) {
			n, err := tx.exec(ctx, "UPDATE order_units SET paid_tax = ? WHERE id IN ? AND paid_tax IS NULL", tax, ids)
			if err != nil || n != int64(len(ids)) {
				return lost(err, "order")
			}
		}
	}
	return nil
}

// InsertTender records money received for an order, once per kind.
func (tx *Tx) InsertTender(ctx context.Context, tender shop.OrderTender) error {
	return tx.insert(ctx, &tender)
}

// KeepContact records whose order it is, unless that is recorded already, and
// the words by which staff find it.
func (tx *Tx) KeepContact(ctx context.Context, contact shop.OrderContact) error {
	isNew, err := tx.insertOnce(ctx, &contact)
	if err != nil || !isNew {
		return err
	}
	return tx.addOrderWords(ctx, contact)
}

// CloseOrder notes when an order was cancelled.
func (tx *Tx) CloseOrder(ctx context.Context, order *shop.Order) error {
	now := tx.now
	order.ClosedAt = &now
	_, err := tx.exec(ctx, "UPDATE orders SET closed_at = ? WHERE id = ?", now, order.ID)
	return err
}

// ReviewOrder asks staff to look at a locked order, and says so on its
// timeline. What they have been asked to look at before stays; a reason that
// stands already is not said again.
func (tx *Tx) ReviewOrder(ctx context.Context, order *shop.Order, why string) error {
	if strings.Contains(order.Review, why) {
		return nil
	}
	if order.Review != "" {
		order.Review += "; "
	}
	order.Review += why
	if _, err := tx.exec(ctx, "UPDATE orders SET review = ? WHERE id = ?", order.Review, order.ID); err != nil {
		return err
	}
	if err := tx.Raise(ctx, reviewAlarm(order, why)); err != nil {
		return err
	}
	return tx.NoteOrder(ctx, order, "needs review: "+why, shop.ByJob)
}

func reviewAlarm(order *shop.Order, why string) shop.Alarm {
	what := "An order"
	if order.Number != nil {
		what = fmt.Sprintf("Order #%d", *order.Number)
	}
	return shop.Alarm{Kind: shop.AlarmReview, Key: fmt.Sprint(order.ID), URL: shop.OrderAlarmURL(order.ID), Message: what + " needs review: " + why}
}

// NoteOrder puts a remark on an order's timeline.
func (tx *Tx) NoteOrder(ctx context.Context, order *shop.Order, remark, who string) error {
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "order", ThingID: int64(order.ID),
		FromState: string(order.State), ToState: string(order.State), Cause: remark, Who: who,
	})
}

// LaterOrders are the other orders of an order's bag that were placed after
// it, without what hangs on them. The bag's lock keeps them from changing.
func (tx *Tx) LaterOrders(ctx context.Context, order *shop.Order) ([]shop.Order, error) {
	var later []shop.Order
	err := tx.raw(ctx, &later, "SELECT * FROM orders WHERE cart_id = ? AND id > ? ORDER BY id", order.CartID, order.ID)
	return later, err
}

// PaidAfterAll are the orders of the same bag that were cancelled to make
// room for later ones and paid nevertheless, since this one was placed.
func (tx *Tx) PaidAfterAll(ctx context.Context, order *shop.Order) ([]shop.Order, error) {
	var paid []shop.Order
	err := tx.raw(ctx, &paid, `SELECT * FROM orders WHERE cart_id = ? AND id < ? AND state = 'paid'
		AND closed_at IS NOT NULL AND paid_at >= ? ORDER BY id`, order.CartID, order.ID, order.PlacedAt)
	return paid, err
}
