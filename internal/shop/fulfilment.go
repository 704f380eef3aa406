package shop

// Waiting are the units of an order that wait for a parcel. What does not
// ship waits for none.
func (o *Order) Waiting() []OrderUnit {
	var waiting []OrderUnit
	for i := range o.Lines {
		waiting = append(waiting, o.Lines[i].Waiting()...)
	}
	return waiting
}

// Waiting are the units of a line that wait for a parcel.
func (l *OrderLine) Waiting() []OrderUnit {
	var waiting []OrderUnit
	for _, u := range l.Units {
		if l.Ships && u.State == UnitWaiting {
			waiting = append(waiting, u)
		}
	}
	return waiting
}

// FulfilmentOf is how far a paid order is on its way. What does not ship, like
// a gift card, counts as sent by itself. Verify asks the same in SQL.
func FulfilmentOf(lines []OrderLine, parcels []Parcel) Fulfilment {
	var waiting, shipped, others int
	for _, l := range lines {
		for _, u := range l.Units {
			switch {
			case u.State == UnitShipped:
				shipped++
			case u.State == UnitWaiting && l.Ships:
				waiting++
			case u.State == UnitWaiting:
				others++
			}
		}
	}
	switch {
	case waiting > 0 && shipped > 0:
		return PartlyFulfilled
	case waiting > 0:
		return Unfulfilled
	case shipped == 0 && others == 0:
		return FulfilmentCancelled
	case shipped > 0 && allDelivered(parcels):
		return Delivered
	}
	return Fulfilled
}

func allDelivered(parcels []Parcel) bool {
	for _, p := range parcels {
		if p.State == ParcelShipped {
			return false
		}
	}
	return true
}

// Status is where an order stands, in a word or two for everybody.
func (o *Order) Status() string {
	switch o.State {
	case OrderPending:
		return "Not paid"
	case OrderProcessing:
		return "Payment on its way"
	case OrderCancelled:
		return "Cancelled"
	}
	switch o.Fulfilment {
	case PartlyFulfilled:
		return "Partly shipped"
	case Fulfilled:
		return "Shipped"
	case Delivered:
		return "Delivered"
	case FulfilmentCancelled:
		return "Cancelled"
	}
	return "Paid"
}
