package database

import (
	"context"

	"longrun/internal/shop"
)

const noReturn = "There is no such return."

// returnNumber is the counter that returns take their numbers from.
const returnNumber = "return_number"

// Return is a return with its pieces.
func (r Reader) Return(ctx context.Context, id shop.ReturnID) (shop.Return, error) {
	return r.returnWhere(ctx, "id = ?", id)
}

// ReturnByKey is the return that a form's key has made.
func (r Reader) ReturnByKey(ctx context.Context, key string) (shop.Return, error) {
	return r.returnWhere(ctx, "key = ?", key)
}

func (r Reader) returnWhere(ctx context.Context, condition string, arg any) (shop.Return, error) {
	var found shop.Return
	if err := r.take(ctx, &found, noReturn, "SELECT * FROM returns WHERE "+condition, arg); err != nil {
		return found, err
	}
	err := r.raw(ctx, &found.Units, "SELECT * FROM return_units WHERE return_id = ? ORDER BY id", found.ID)
	return found, err
}

// ReturnsOfOrder are an order's returns with their pieces, the oldest first.
func (r Reader) ReturnsOfOrder(ctx context.Context, order shop.OrderID) ([]shop.Return, error) {
	var returns []shop.Return
	err := r.raw(ctx, &returns, "SELECT * FROM returns WHERE order_id = ? ORDER BY id", order)
	if err != nil || len(returns) == 0 {
		return nil, err
	}
	var units []shop.ReturnUnit
	err = r.raw(ctx, &units, `SELECT u.* FROM returns r JOIN return_units u ON u.return_id = r.id
		WHERE r.order_id = ? ORDER BY u.id`, order)
	for i := range returns {
		for _, u := range units {
			if u.ReturnID == returns[i].ID {
				returns[i].Units = append(returns[i].Units, u)
			}
		}
	}
	return returns, err
}

// ReturnsOverdue are up to limit returns after one that nobody has sent by
// their deadline, by id.
func (r Reader) ReturnsOverdue(ctx context.Context, now shop.Instant, after shop.ReturnID, limit int) ([]shop.ReturnID, error) {
	var ids []shop.ReturnID
	err := r.raw(ctx, &ids, `SELECT id FROM returns WHERE state = 'requested' AND state IN ('requested', 'sent') AND deadline_at <= ? AND id > ?
		ORDER BY id LIMIT ?`, now, after, limit)
	return ids, err
}

// OrderOfUnit is the order that a piece is of.
func (r Reader) OrderOfUnit(ctx context.Context, id shop.UnitID) (shop.OrderID, error) {
	var order shop.OrderID
	err := r.take(ctx, &order, "There is no such piece.", "SELECT order_id FROM order_units WHERE id = ?", id)
	return order, err
}

// InsertReturn writes a return that is asked for, with its pieces and its
// step, and fills number, time and ids. The caller holds the order's lock.
// shop.ErrExists says that the key was used or a piece is in a return already.
func (tx *Tx) InsertReturn(ctx context.Context, r *shop.Return, who string) error {
	number, err := tx.NextNumber(ctx, returnNumber)
	if err != nil {
		return err
	}
	r.Number, r.State, r.AskedAt = number, shop.ReturnRequested, tx.now
	if err := tx.insert(ctx, r); err != nil {
		return err
	}
	for i := range r.Units {
		r.Units[i].ReturnID, r.Units[i].Live, r.Units[i].Reception = r.ID, true, shop.ReceptionAwaited
	}
	if err := tx.insert(ctx, r.Units); err != nil {
		return err
	}
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "return", ThingID: int64(r.ID), ToState: string(r.State), Cause: "asked for by " + string(r.Channel), Who: who,
	})
}

// LockReturn is Return with the row locked until the end. The locks of its
// orders come before it.
func (tx *Tx) LockReturn(ctx context.Context, id shop.ReturnID) (shop.Return, error) {
	return tx.returnWhere(ctx, "id = ?"+tx.lock(), id)
}

// MoveReturn takes a locked return to another state, if the move is allowed,
// with the moments that it carries, and writes the step.
func (tx *Tx) MoveReturn(ctx context.Context, r *shop.Return, to shop.ReturnState, cause, who string) error {
	from := r.State
	if err := shop.ReturnMoves.Check(from, to); err != nil {
		return err
	}
	moved, err := one(tx.exec(ctx, `UPDATE returns SET state = ?, sent_at = ?, arrived_at = ?, answer_due_at = ?, closed_at = ?
		WHERE id = ? AND state = ?`, to, r.SentAt, r.ArrivedAt, r.AnswerDueAt, r.ClosedAt, r.ID, from))
	if err != nil || !moved {
		return lost(err, "return")
	}
	r.State = to
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "return", ThingID: int64(r.ID), FromState: string(from), ToState: string(to), Cause: cause, Who: who,
	})
}

// ReceiveUnit writes what became of an awaited piece of a locked return; from
// is the reception it was in.
func (tx *Tx) ReceiveUnit(ctx context.Context, u *shop.ReturnUnit, from shop.Reception) error {
	if err := shop.ReceptionMoves.Check(from, u.Reception); err != nil {
		return err
	}
	done, err := one(tx.exec(ctx, `UPDATE return_units SET live = ?, reception = ?, received_at = ?, condition = ?, disposition = ?,
			note = ?, refund_id = ?, ended_at = ? WHERE id = ? AND reception = ?`,
		u.Live, u.Reception, u.ReceivedAt, u.Condition, u.Disposition, u.Note, u.RefundID, u.EndedAt, u.ID, from))
	if err != nil || !done {
		return lost(err, "return")
	}
	return nil
}

// TakeBackStock adds one piece that came back to a place, once for a piece of
// a return. A variant that is not counted is left alone; a place that never
// held it begins to.
func (tx *Tx) TakeBackStock(ctx context.Context, m shop.StockMovement) error {
	counted, err := tx.LockStock(ctx, []shop.VariantID{m.VariantID})
	if err != nil {
		return err
	}
	if _, ok := counted[m.VariantID]; !ok {
		return nil
	}
	level := shop.StockLevel{VariantID: m.VariantID, Place: m.Place}
	if _, err := tx.insertOnce(ctx, &level); err != nil {
		return err
	}
	isNew, err := tx.InsertMovement(ctx, m)
	if err != nil || !isNew {
		return err
	}
	_, err = tx.exec(ctx, "UPDATE stock_levels SET on_hand = on_hand + ? WHERE variant_id = ? AND place = ?", m.Delta, m.VariantID, m.Place)
	return err
}
