package shop

import "time"

// UnitState is what became of one piece of a paid order.
type UnitState string

// A unit waits, and ends shipped or cancelled. An undone shipment lets its
// units wait again.
const (
	UnitWaiting   UnitState = "waiting"
	UnitShipped   UnitState = "shipped"
	UnitCancelled UnitState = "cancelled"
)

// Fulfilment is how far an order is on its way, told by its units and
// parcels. It means something once the order is paid.
type Fulfilment string

// The states of a fulfilment.
const (
	Unfulfilled         Fulfilment = "unfulfilled" // nothing has left
	PartlyFulfilled     Fulfilment = "partial"     // some pieces have left, some wait
	Fulfilled           Fulfilment = "fulfilled"   // nothing waits any more
	Delivered           Fulfilment = "delivered"   // and all of it has arrived
	FulfilmentCancelled Fulfilment = "cancelled"   // every piece was cancelled
)

// FulfilmentMoves are the steps a fulfilment may take. Undoing a shipment and
// correcting a delivery lead back.
var FulfilmentMoves = Moves[Fulfilment]{
	"":              {Unfulfilled},
	Unfulfilled:     {PartlyFulfilled, Fulfilled, FulfilmentCancelled},
	PartlyFulfilled: {Unfulfilled, Fulfilled, Delivered},
	Fulfilled:       {Unfulfilled, PartlyFulfilled, Delivered},
	Delivered:       {Fulfilled, PartlyFulfilled, Unfulfilled},
}

// ParcelState is the state of a parcel.
type ParcelState string

// The states of a parcel. An undone one never left; its units wait again.
const (
	ParcelShipped   ParcelState = "shipped"
	ParcelDelivered ParcelState = "delivered"
	ParcelUndone    ParcelState = "undone"
)

// ParcelMoves are the steps a parcel may take. A delivery that was recorded by
// mistake can be taken back.
var ParcelMoves = Moves[ParcelState]{
	"":              {ParcelShipped},
	ParcelShipped:   {ParcelDelivered, ParcelUndone},
	ParcelDelivered: {ParcelShipped},
}

// Parcel is some pieces of an order that leave the shop together.
type Parcel struct {
	ID          ParcelID
	OrderID     OrderID
	Number      int    // within the order, from 1
	Key         string // what asked for it, so that asking twice makes one
	State       ParcelState
	Carrier     string // a Carrier's name or what staff wrote
	Tracking    string
	TrackingURL string // https, "" where there is none to show
	Version     int64  // raised by each correction
	ShippedAt   Instant
	DeliveredAt *Instant

	Units []ParcelUnit
}

// DeliveredAfter is how long after it was shipped a parcel without news counts
// as delivered.
const DeliveredAfter = 10 * 24 * time.Hour

// Live says whether the parcel is on its way or has arrived.
func (p *Parcel) Live() bool { return p.State != ParcelUndone }

// TrackingText is what staff wrote for the tracking: a number or an address.
func (p *Parcel) TrackingText() string {
	if p.Tracking == "" {
		return p.TrackingURL
	}
	return p.Tracking
}

// ParcelUnit puts a unit into a parcel; a unit is in one at most.
type ParcelUnit struct {
	UnitID   UnitID
	ParcelID ParcelID
}

// PackedLine is how many pieces of a line go together.
type PackedLine struct {
	Line     *OrderLine
	Quantity int
}

// In are the pieces of an order that are in a parcel, by line.
func (o *Order) In(p *Parcel) []PackedLine {
	in := make(map[UnitID]bool, len(p.Units))
	for _, u := range p.Units {
		in[u.UnitID] = true
	}
	return o.packed(func(_ *OrderLine, u OrderUnit) bool { return in[u.ID] })
}

// Later are the pieces of an order that still wait for a parcel, by line.
func (o *Order) Later() []PackedLine {
	return o.packed(func(l *OrderLine, u OrderUnit) bool { return l.Ships && u.State == UnitWaiting })
}

func (o *Order) packed(with func(*OrderLine, OrderUnit) bool) []PackedLine {
	var lines []PackedLine
	for i := range o.Lines {
		line := PackedLine{Line: &o.Lines[i]}
		for _, u := range line.Line.Units {
			if with(line.Line, u) {
				line.Quantity++
			}
		}
		if line.Quantity > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

// Cancelled is how many pieces of a line were cancelled.
func (l *OrderLine) Cancelled() int {
	n := 0
	for _, u := range l.Units {
		if u.State == UnitCancelled {
			n++
		}
	}
	return n
}
