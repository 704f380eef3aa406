package fulfilment

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Shipment is what goes into one parcel.
type Shipment struct {
	Order    shop.OrderID
	Units    []shop.UnitID // none: all that wait
	Carrier  string        // as shop.ReadTracking takes it
	Tracking string
	Tell     bool   // write to the shopper
	Key      string // the form's; asking twice makes one parcel
}

// Result is what became of one of many shipments.
type Result struct {
	Order  shop.OrderID
	Parcel shop.Parcel
	Err    error
}

var formKey = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// Ship sends units of an order in one parcel, all or none, and returns it; the
// same key again returns the same parcel. Errors: KindInvalid for what is
// written on the parcel (Fields "carrier", "tracking"), a key that no form
// made, and units of another order; KindConflict when the order is not paid or
// waits for a review, and when a unit does not wait any more; shop.ErrUnknown:
// call again with the same key.
func (s *Service) Ship(ctx context.Context, who string, sh Shipment) (shop.Parcel, error) {
	if !formKey.MatchString(sh.Key) {
		return shop.Parcel{}, shop.Invalid("This form cannot be used any more. Please open the page again.")
	}
	parcel, _, err := s.ship(ctx, who, sh, "form:"+sh.Key)
	return parcel, err
}

// ShipMany is Ship for each of a list, in one transaction each; one that
// fails keeps no other from being sent.
func (s *Service) ShipMany(ctx context.Context, who string, list []Shipment) []Result {
	results := make([]Result, len(list))
	for i, sh := range list {
		results[i].Order = sh.Order
		results[i].Parcel, results[i].Err = s.Ship(ctx, who, sh)
	}
	return results
}

// ship says whether the parcel is new.
func (s *Service) ship(ctx context.Context, who string, sh Shipment, key string) (parcel shop.Parcel, isNew bool, err error) {
	tracking, err := shop.ReadTracking(sh.Carrier, sh.Tracking)
	if err != nil {
		return parcel, false, err
	}
	err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.LockOrder(ctx, sh.Order)
		if err != nil {
			return err
		}
		parcel, err = tx.ParcelByKey(ctx, key)
		isNew = shop.IsNotFound(err)
		if !isNew {
			return sameParcel(&order, &parcel, err)
		}
		parcel = shop.Parcel{OrderID: order.ID, Key: key, Carrier: tracking.Carrier, Tracking: tracking.Number, TrackingURL: tracking.URL}
		run := shipping{tx: tx, who: who, asked: sh, order: &order, parcel: &parcel}
		return run.run(ctx)
	})
	return parcel, isNew, err
}

// sameParcel checks the parcel that a key has made before.
func sameParcel(order *shop.Order, p *shop.Parcel, err error) error {
	switch {
	case err != nil:
		return err
	case p.OrderID != order.ID:
		return shop.Conflict("This form was used for another order. Please open the page again.")
	case !p.Live():
		return shop.Conflict("%s was sent by this before, as parcel %d, which was undone. Please open its page.", name(order), p.Number)
	}
	return nil
}

// shipping is one run of Ship's transaction for a new parcel.
type shipping struct {
	tx     *database.Tx
	who    string
	asked  Shipment
	order  *shop.Order
	parcel *shop.Parcel
}

func (r *shipping) run(ctx context.Context) error {
	switch {
	case r.order.State != shop.OrderPaid:
		return shop.Conflict("%s is not paid.", name(r.order))
	case r.order.Review != "":
		return shop.Conflict("%s waits for a review first: %s", name(r.order), r.order.Review)
	}
	if err := r.tx.FillOrder(ctx, r.order); err != nil {
		return err
	}
	units, err := r.order.Choose(r.asked.Units)
	if err != nil {
		return err
	}
	if err := r.tx.MoveUnits(ctx, r.order.ID, units, shop.UnitWaiting, shop.UnitShipped); err != nil {
		return err
	}
	err = r.tx.InsertParcel(ctx, r.parcel, units, r.who)
	if errors.Is(err, shop.ErrExists) {
		return shop.Conflict("This form was used at the same moment. Please look again.")
	}
	if err != nil {
		return fmt.Errorf("writing a parcel of order %d: %w", r.order.ID, err)
	}
	before := r.order.Fulfilment
	if err := r.tx.Refulfil(ctx, r.order, fmt.Sprintf("parcel %d shipped", r.parcel.Number), r.who); err != nil {
		return err
	}
	audit(r.tx, r.who, "order.ship", r.order.ID, map[string]any{
		"parcel": r.parcel.Number, "units": units, "carrier": r.parcel.Carrier, "tracking": r.parcel.TrackingText(),
		"before": before, "after": r.order.Fulfilment,
	})
	if !r.asked.Tell {
		return nil
	}
	return tell(ctx, r.tx, r.order, r.parcel)
}

// tell puts the mail about a parcel in the outbox, once for each version. An
// order with nobody to write to gets none.
func tell(ctx context.Context, tx *database.Tx, order *shop.Order, p *shop.Parcel) error {
	if order.Contact == nil || order.Contact.Email == "" {
		return nil
	}
	return tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailShipped, Key: fmt.Sprintf("shipped:%d:%d", p.ID, p.Version),
		Recipient: order.Contact.Email, ThingID: int64(p.ID),
	})
}
