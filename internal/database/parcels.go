package database

import (
	"context"
	"slices"

	"longrun/internal/shop"
)

const noParcel = "There is no such parcel."

// Parcel is a parcel with its units.
func (r Reader) Parcel(ctx context.Context, id shop.ParcelID) (shop.Parcel, error) {
	return r.parcelWhere(ctx, "id = ?", id)
}

// ParcelByKey is the parcel that something asked for, with its units.
func (r Reader) ParcelByKey(ctx context.Context, key string) (shop.Parcel, error) {
	return r.parcelWhere(ctx, "key = ?", key)
}

func (r Reader) parcelWhere(ctx context.Context, condition string, arg any) (shop.Parcel, error) {
	var p shop.Parcel
	if err := r.take(ctx, &p, noParcel, "SELECT * FROM parcels WHERE "+condition, arg); err != nil {
		return p, err
	}
	err := r.raw(ctx, &p.Units, "SELECT * FROM parcel_units WHERE parcel_id = ? ORDER BY unit_id", p.ID)
	return p, err
}

// ParcelsOfOrder are all parcels of an order with their units, also those
// that were undone, by number.
func (r Reader) ParcelsOfOrder(ctx context.Context, order shop.OrderID) ([]shop.Parcel, error) {
	var parcels []shop.Parcel
	err := r.raw(ctx, &parcels, "SELECT * FROM parcels WHERE order_id = ? ORDER BY number", order)
	if err != nil || len(parcels) == 0 {
		return parcels, err
	}
	var units []shop.ParcelUnit
	err = r.raw(ctx, &units, `SELECT u.* FROM parcels p JOIN parcel_units u ON u.parcel_id = p.id
		WHERE p.order_id = ? ORDER BY u.unit_id`, order)
	for _, u := range units {
		at := slices.IndexFunc(parcels, func(p shop.Parcel) bool { return p.ID == u.ParcelID })
		parcels[at].Units = append(parcels[at].Units, u)
	}
	return parcels, err
}

// ParcelsWithoutNews are up to limit parcels that were shipped until a time
// and never recorded as delivered, after one, in the order they were shipped.
// One whose delivery was taken back has had news.
func (r Reader) ParcelsWithoutNews(ctx context.Context, until shop.Instant, after shop.Parcel, limit int) ([]shop.Parcel, error) {
	var parcels []shop.Parcel
	err := r.raw(ctx, &parcels, `SELECT p.* FROM parcels p WHERE p.state = 'shipped' AND p.shipped_at <= ?
		AND p.shipped_at >= ? AND (p.shipped_at > ? OR p.id > ?) AND NOT EXISTS (
			SELECT 1 FROM steps s WHERE s.thing_kind = 'parcel' AND s.thing_id = p.id AND s.to_state = 'delivered')
		ORDER BY p.shipped_at, p.id LIMIT ?`, until, after.ShippedAt, after.ShippedAt, after.ID, limit)
	return parcels, err
}

// LockParcel is a parcel and its order, both rows locked, the order's first.
func (tx *Tx) LockParcel(ctx context.Context, id shop.ParcelID) (shop.Order, shop.Parcel, error) {
	p, err := tx.Parcel(ctx, id)
	if err != nil {
		return shop.Order{}, p, err
	}
	order, err := tx.LockOrder(ctx, p.OrderID)
	if err != nil {
		return order, p, err
	}
	p, err = tx.parcelWhere(ctx, "id = ?"+tx.lock(), id)
	return order, p, err
}

// InsertParcel writes a shipped parcel of a locked order with its units, whose
// states MoveUnits changes, and the step; number, id and time are
// filled in. A key that was used gives shop.ErrExists.
func (tx *Tx) InsertParcel(ctx context.Context, p *shop.Parcel, units []shop.UnitID, who string) error {
	var last int
	if err := tx.raw(ctx, &last, "SELECT coalesce(max(number), 0) FROM parcels WHERE order_id = ?", p.OrderID); err != nil {
		return err
	}
	p.Number, p.State, p.Version, p.ShippedAt = last+1, shop.ParcelShipped, 1, tx.now
	if err := tx.insert(ctx, p); err != nil {
		return err
	}
	p.Units = make([]shop.ParcelUnit, len(units))
	for i, id := range units {
		p.Units[i] = shop.ParcelUnit{UnitID: id, ParcelID: p.ID}
	}
	if err := tx.insert(ctx, p.Units); err != nil {
		return err
	}
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "parcel", ThingID: int64(p.ID), ToState: string(p.State), Cause: "shipped", Who: who,
	})
}

// MoveUnits takes units of a locked order from one state to another, all or
// none: KindConflict when one is not in the first any more.
func (tx *Tx) MoveUnits(ctx context.Context, order shop.OrderID, units []shop.UnitID, from, to shop.UnitState) error {
	for ids := range slices.Chunk(units, 500) {
		n, err := tx.exec(ctx, "UPDATE order_units SET state = ? WHERE order_id = ? AND id IN ? AND state = ?", to, order, ids, from)
		if err != nil || n != int64(len(ids)) {
			return lost(err, "order")
		}
	}
	return nil
}

// MoveParcel takes a locked parcel to another state, if the move is allowed,
// and writes the step.
func (tx *Tx) MoveParcel(ctx context.Context, p *shop.Parcel, to shop.ParcelState, cause, who string) error {
	from := p.State
	if err := shop.ParcelMoves.Check(from, to); err != nil {
		return err
	}
	p.DeliveredAt = nil
	if to == shop.ParcelDelivered {
		now := tx.now
		p.DeliveredAt = &now
	}
	moved, err := one(tx.exec(ctx, "UPDATE parcels SET state = ?, delivered_at = ? WHERE id = ? AND state = ?", to, p.DeliveredAt, p.ID, from))
	if err != nil || !moved {
		return lost(err, "parcel")
	}
	p.State = to
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "parcel", ThingID: int64(p.ID), FromState: string(from), ToState: string(to), Cause: cause, Who: who,
	})
}

// EmptyParcel takes all units out of a parcel.
func (tx *Tx) EmptyParcel(ctx context.Context, id shop.ParcelID) error {
	_, err := tx.exec(ctx, "DELETE FROM parcel_units WHERE parcel_id = ?", id)
	return err
}

// CorrectParcel writes carrier and tracking anew and raises the version, if it
// still is the one that the parcel was read with.
func (tx *Tx) CorrectParcel(ctx context.Context, p *shop.Parcel, t shop.Tracking, who string) error {
	done, err := one(tx.exec(ctx, `UPDATE parcels SET carrier = ?, tracking = ?, tracking_url = ?, version = version + 1
		WHERE id = ? AND version = ?`, t.Carrier, t.Number, t.URL, p.ID, p.Version))
	if err != nil || !done {
		return lost(err, "parcel")
	}
	p.Carrier, p.Tracking, p.TrackingURL = t.Carrier, t.Number, t.URL
	p.Version++
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "parcel", ThingID: int64(p.ID), FromState: string(p.State), ToState: string(p.State), Cause: "corrected", Who: who,
	})
}

// Refulfil works out anew how far a locked paid order is on its way, from its
// lines, units and parcels as they are now, and writes it with its step when
// it has changed.
func (tx *Tx) Refulfil(ctx context.Context, order *shop.Order, cause, who string) error {
	now := shop.Order{ID: order.ID}
	if err := tx.fillOrderLines(ctx, &now); err != nil {
		return err
	}
	parcels, err := tx.ParcelsOfOrder(ctx, order.ID)
	if err != nil {
		return err
	}
	from, to := order.Fulfilment, shop.FulfilmentOf(now.Lines, parcels)
	if from == to {
		return nil
	}
	if err := shop.FulfilmentMoves.Check(from, to); err != nil {
		return err
	}
	moved, err := one(tx.exec(ctx, "UPDATE orders SET fulfilment = ? WHERE id = ? AND fulfilment = ?", to, order.ID, from))
	if err != nil || !moved {
		return lost(err, "order")
	}
	order.Fulfilment = to
	return tx.AddStep(ctx, shop.Step{
		ThingKind: "fulfilment", ThingID: int64(order.ID), FromState: string(from), ToState: string(to), Cause: cause, Who: who,
	})
}

// SettleReview lets a locked order in review go on, and says so on its
// timeline.
func (tx *Tx) SettleReview(ctx context.Context, order *shop.Order, note, who string) error {
	done, err := one(tx.exec(ctx, "UPDATE orders SET review = '' WHERE id = ? AND review = ?", order.ID, order.Review))
	if err != nil || !done {
		return lost(err, "order")
	}
	order.Review = ""
	return tx.NoteOrder(ctx, order, "review settled: "+note, who)
}
