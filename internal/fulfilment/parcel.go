package fulfilment

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Correction is what is written on a parcel anew.
type Correction struct {
	Parcel   shop.ParcelID
	Version  int64  // the one the form was made from
	Carrier  string // as shop.ReadTracking takes it
	Tracking string
	Tell     bool // write to the shopper again
}

// Correct writes carrier and tracking of a parcel anew. Errors: KindInvalid
// as Ship's; KindConflict when somebody else has corrected it meanwhile or it
// was undone.
func (s *Service) Correct(ctx context.Context, who string, c Correction) error {
	tracking, err := shop.ReadTracking(c.Carrier, c.Tracking)
	if err != nil {
		return err
	}
	return s.withParcel(ctx, c.Parcel, func(ctx context.Context, tx *database.Tx, order *shop.Order, p *shop.Parcel) error {
		switch {
		case !p.Live():
			return shop.Conflict("Parcel %d was undone meanwhile.", p.Number)
		case p.Version != c.Version:
			return shop.Conflict("Somebody else has corrected parcel %d meanwhile: it now says %s.", p.Number, written(p))
		}
		before := written(p)
		if err := tx.CorrectParcel(ctx, p, tracking, who); err != nil {
			return err
		}
		audit(tx, who, "parcel.correct", order.ID, map[string]any{"parcel": p.Number, "before": before, "after": written(p)})
		if !c.Tell {
			return nil
		}
		if err := tx.FillOrder(ctx, order); err != nil {
			return err
		}
		return tell(ctx, tx, order, p)
	})
}

// written is what stands on a parcel.
func written(p *shop.Parcel) string {
	if text := strings.TrimSpace(p.Carrier + " " + p.TrackingText()); text != "" {
		return text
	}
	return "nothing"
}

// Undo takes back a shipment that never left: its units wait again. Errors:
// KindConflict for a parcel that has arrived or was undone.
func (s *Service) Undo(ctx context.Context, who string, parcel shop.ParcelID, why string) error {
	why = strings.TrimSpace(why)
	if utf8.RuneCountInString(why) > maxNote {
		return field("why", "Give the reason in at most 2,000 characters.")
	}
	return s.withParcel(ctx, parcel, func(ctx context.Context, tx *database.Tx, order *shop.Order, p *shop.Parcel) error {
		switch p.State {
		case shop.ParcelDelivered:
			return shop.Conflict("Parcel %d has been delivered. Take the delivery back first.", p.Number)
		case shop.ParcelUndone:
			return shop.Conflict("Parcel %d was undone already.", p.Number)
		}
		units := make([]shop.UnitID, len(p.Units))
		for i, u := range p.Units {
			units[i] = u.UnitID
		}
		cause := "undone"
		if why != "" {
			cause += ": " + why
		}
		if err := tx.MoveParcel(ctx, p, shop.ParcelUndone, cause, who); err != nil {
			return err
		}
		if err := tx.EmptyParcel(ctx, p.ID); err != nil {
			return err
		}
		if err := tx.MoveUnits(ctx, order.ID, units, shop.UnitShipped, shop.UnitWaiting); err != nil {
			return err
		}
		audit(tx, who, "parcel.undo", order.ID, map[string]any{"parcel": p.Number, "units": units, "why": why})
		return tx.Refulfil(ctx, order, fmt.Sprintf("parcel %d undone", p.Number), who)
	})
}

// MarkDelivered records that a parcel has arrived. KindConflict when that is
// recorded already or the parcel was undone.
func (s *Service) MarkDelivered(ctx context.Context, who string, parcel shop.ParcelID) error {
	return s.deliver(ctx, who, parcel, "delivered")
}

func (s *Service) deliver(ctx context.Context, who string, parcel shop.ParcelID, cause string) error {
	return s.withParcel(ctx, parcel, func(ctx context.Context, tx *database.Tx, order *shop.Order, p *shop.Parcel) error {
		switch p.State {
		case shop.ParcelDelivered:
			return shop.Conflict("Parcel %d is recorded as delivered already.", p.Number)
		case shop.ParcelUndone:
			return shop.Conflict("Parcel %d was undone meanwhile.", p.Number)
		}
		if err := tx.MoveParcel(ctx, p, shop.ParcelDelivered, cause, who); err != nil {
			return err
		}
		audit(tx, who, "parcel.delivered", order.ID, map[string]any{"parcel": p.Number})
		return tx.Refulfil(ctx, order, fmt.Sprintf("parcel %d delivered", p.Number), who)
	})
}

// TakeBackDelivery says that a parcel has not arrived after all. The clock
// leaves it alone from then on. KindConflict when it is not recorded as
// delivered.
func (s *Service) TakeBackDelivery(ctx context.Context, who string, parcel shop.ParcelID) error {
	return s.withParcel(ctx, parcel, func(ctx context.Context, tx *database.Tx, order *shop.Order, p *shop.Parcel) error {
		if p.State != shop.ParcelDelivered {
			return shop.Conflict("Parcel %d is not recorded as delivered any more.", p.Number)
		}
		if err := tx.MoveParcel(ctx, p, shop.ParcelShipped, "delivery taken back", who); err != nil {
			return err
		}
		audit(tx, who, "parcel.delivery.take_back", order.ID, map[string]any{"parcel": p.Number})
		return tx.Refulfil(ctx, order, fmt.Sprintf("delivery of parcel %d taken back", p.Number), who)
	})
}

// deliverAtOnce is how many parcels the clock reads at a time.
const deliverAtOnce = 100

// DeliverOld counts parcels as delivered that were shipped
// shop.DeliveredAfter ago and of which nothing was heard, each in a
// transaction of its own, and says how many. Cut off, it goes on with the next
// call.
func (s *Service) DeliverOld(ctx context.Context) (int, error) {
	now, err := s.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	n, last := 0, shop.Parcel{}
	for {
		parcels, err := s.db.ParcelsWithoutNews(ctx, now.Add(-shop.DeliveredAfter), last, deliverAtOnce)
		if err != nil || len(parcels) == 0 {
			return n, err
		}
		for _, p := range parcels {
			err := s.deliver(ctx, shop.ByJob, p.ID, "no news for 10 days")
			switch {
			case err == nil:
				n++
			case shop.KindOf(err) != shop.KindConflict: // somebody was faster
				return n, fmt.Errorf("delivering parcel %d: %w", p.ID, err)
			}
		}
		last = parcels[len(parcels)-1]
	}
}

type parcelChange func(ctx context.Context, tx *database.Tx, order *shop.Order, p *shop.Parcel) error

// withParcel runs a change of a parcel with its order and itself locked.
func (s *Service) withParcel(ctx context.Context, id shop.ParcelID, change parcelChange) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		order, p, err := tx.LockParcel(ctx, id)
		if err != nil {
			return err
		}
		return change(ctx, tx, &order, &p)
	})
}
