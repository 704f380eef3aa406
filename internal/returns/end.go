package returns

import (
	"context"
	"strings"
	"unicode/utf8"

	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// Cancel ends a return that was not sent: the pieces stay where they are, and
// what was held for them is free. KindConflict once the carrier has it.
func (s *Returns) Cancel(ctx context.Context, who string, id shop.ReturnID) error {
	return s.end(ctx, who, id, shop.ReturnCancelled, "cancelled")
}

// MarkSent records that the carrier has the parcel: in time, if it was by the
// deadline. A second time changes nothing.
func (s *Returns) MarkSent(ctx context.Context, who string, id shop.ReturnID) error {
	return s.with(ctx, id, func(ctx context.Context, tx *database.Tx, r *shop.Return) error {
		if r.State == shop.ReturnSent {
			return nil
		}
		now := tx.Now()
		r.SentAt = &now
		return tx.MoveReturn(ctx, r, shop.ReturnSent, "the carrier has it", who)
	})
}

// CloseWithout settles a return for the pieces that came; those that did not
// stay with the customer, and what was held for them is free. The reason is
// for staff; it may not be empty.
func (s *Returns) CloseWithout(ctx context.Context, who string, id shop.ReturnID, why string) error {
	why = strings.TrimSpace(why)
	if why == "" || utf8.RuneCountInString(why) > MaxComment {
		e := shop.Invalid("Give the reason in at most %d characters.", MaxComment)
		e.Fields = map[string]string{"why": e.Message}
		return e
	}
	return s.with(ctx, id, func(ctx context.Context, tx *database.Tx, r *shop.Return) error {
		if r.State != shop.ReturnArrived {
			return shop.Conflict("Return R%d is %s.", r.Number, r.State)
		}
		if err := letGo(ctx, tx, r, why, who); err != nil {
			return err
		}
		audit(tx, who, "return.close", r, map[string]any{"why": why})
		return closeReturn(ctx, tx, r, who)
	})
}

// Expire ends the returns that nobody has sent by their deadline.
func (s *Returns) Expire(ctx context.Context) error {
	const batch = 100
	now, err := s.db.Now(ctx)
	if err != nil {
		return err
	}
	for after := shop.ReturnID(0); ; {
		ids, err := s.db.ReturnsOverdue(ctx, now, after, batch)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			err := s.end(ctx, shop.ByJob, id, shop.ReturnExpired, "nobody has sent it")
			if err != nil && shop.KindOf(err) != shop.KindConflict { // it was sent meanwhile
				return err
			}
		}
		after = ids[len(ids)-1]
	}
}

func (s *Returns) end(ctx context.Context, who string, id shop.ReturnID, to shop.ReturnState, cause string) error {
	return s.with(ctx, id, func(ctx context.Context, tx *database.Tx, r *shop.Return) error {
		if r.State == to {
			return nil
		}
		if r.State != shop.ReturnRequested {
			return shop.Conflict("Return R%d is %s.", r.Number, r.State)
		}
		if err := letGo(ctx, tx, r, cause, who); err != nil {
			return err
		}
		now := tx.Now()
		r.ClosedAt = &now
		if who != shop.ByShopper && who != shop.ByJob {
			audit(tx, who, "return."+string(to), r, map[string]any{})
		}
		return tx.MoveReturn(ctx, r, to, cause, who)
	})
}

// letGo ends the pieces that did not come back and what is held for them.
func letGo(ctx context.Context, tx *database.Tx, r *shop.Return, cause, who string) error {
	now := tx.Now()
	for i := range r.Units {
		u := &r.Units[i]
		if u.EndedAt != nil {
			continue
		}
		if u.ExchangeID != nil {
			if err := orders.CancelExchange(ctx, tx, *u.ExchangeID, cause, who); err != nil {
				return err
			}
		}
		from := u.Reception
		u.Live, u.Reception, u.EndedAt = false, shop.ReceptionOver, &now
		if err := tx.ReceiveUnit(ctx, u, from); err != nil {
			return err
		}
	}
	return nil
}

// with runs f with a return and its orders locked.
func (s *Returns) with(ctx context.Context, id shop.ReturnID, f func(context.Context, *database.Tx, *shop.Return) error) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := tx.Return(ctx, id)
		if err != nil {
			return err
		}
		if err := lockAll(ctx, tx, r.OrderID); err != nil {
			return err
		}
		if err := lockExchanges(ctx, tx, &r); err != nil {
			return err
		}
		if r, err = tx.LockReturn(ctx, id); err != nil {
			return err
		}
		return f(ctx, tx, &r)
	})
}
