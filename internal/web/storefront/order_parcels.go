package storefront

import (
	"context"
	"fmt"
	"time"

	"longrun/internal/shop"
)

// fulfilmentText says how far a paid order is on its way.
func fulfilmentText(o *shop.Order) string {
	switch o.Fulfilment {
	case shop.PartlyFulfilled:
		return "Part of your order is on its way. We write to you when the rest leaves."
	case shop.Fulfilled:
		if anyShipped(o) {
			return "Your order is on its way."
		}
		return "Your order is paid." // nothing of it ships
	case shop.Delivered:
		return "Your order has been delivered."
	case shop.FulfilmentCancelled:
		return "This order was cancelled. Nothing is on its way to you."
	}
	return "Your order is paid. We write to you when it is on its way."
}

func anyShipped(o *shop.Order) bool {
	for _, l := range o.Lines {
		for _, u := range l.Units {
			if u.State == shop.UnitShipped {
				return true
			}
		}
	}
	return false
}

// orderParcels are the parcels of an order that left.
func (s *Storefront) orderParcels(ctx context.Context, order *shop.Order, zone *time.Location) ([]OrderParcel, error) {
	parcels, err := s.reader.ParcelsOfOrder(ctx, order.ID)
	if err != nil {
		return nil, err
	}
	var shown []OrderParcel
	for _, p := range parcels {
		if !p.Live() {
			continue
		}
		one := OrderParcel{Parcel: p, Heading: "Parcel", Lines: order.In(&p)}
		one.When = "Shipped " + p.ShippedAt.In(zone).Format("January 2, 2006")
		if p.DeliveredAt != nil {
			one.When = "Delivered " + p.DeliveredAt.In(zone).Format("January 2, 2006")
		}
		shown = append(shown, one)
	}
	if len(shown) > 1 {
		for i := range shown {
			shown[i].Heading = fmt.Sprintf("Parcel %d of %d", i+1, len(shown))
		}
	}
	return shown, nil
}
