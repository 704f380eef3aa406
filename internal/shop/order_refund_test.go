package shop

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// paidOrder is two pairs and a gift card, paid with shipping.
func paidOrder(states ...UnitState) *Order {
	tax, shippingTax := Cents(210), Cents(10)
	o := &Order{State: OrderPaid, Shipping: 800, Tax: &tax, ShippingTax: &shippingTax, Lines: []OrderLine{
		{Title: "Tern", VariantTitle: "9 / D", Ships: true, Quantity: 2}, {Title: "Gift card", GiftCard: true, Quantity: 1},
	}}
	one := Cents(100)
	for i, state := range states {
		u := OrderUnit{ID: UnitID(i + 1), Position: i + 1, PaidNet: 5000, PaidTax: &one, State: state}
		o.Lines[i/2].Units = append(o.Lines[i/2].Units, u)
	}
	return o
}

func TestHowFarAnOrderIsOnItsWay(t *testing.T) {
	shipped, arrived := []Parcel{{State: ParcelShipped}, {State: ParcelDelivered}}, []Parcel{{State: ParcelDelivered}, {State: ParcelUndone}}
	const w, s, c = UnitWaiting, UnitShipped, UnitCancelled
	tests := []struct {
		name    string
		units   []UnitState
		parcels []Parcel
		want    Fulfilment
	}{
		{"nothing has left", []UnitState{w, w}, nil, Unfulfilled},
		{"a gift card does not wait", []UnitState{w, w, w}, nil, Unfulfilled},
		{"half has left", []UnitState{w, s}, shipped, PartlyFulfilled},
		{"half has arrived", []UnitState{w, s}, arrived, PartlyFulfilled},
		{"all has left", []UnitState{s, s}, shipped, Fulfilled},
		{"all has arrived", []UnitState{s, s}, arrived, Delivered},
		{"what was left is cancelled", []UnitState{s, c}, shipped, Fulfilled},
		{"all is cancelled", []UnitState{c, c}, nil, FulfilmentCancelled},
		{"all but the gift card is cancelled", []UnitState{c, c, w}, nil, Fulfilled},
		{"half cancelled, half waits", []UnitState{c, w}, nil, Unfulfilled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FulfilmentOf(paidOrder(tt.units...).Lines, tt.parcels); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestWhatACancellationGivesBack(t *testing.T) {
	const w, s, c = UnitWaiting, UnitShipped, UnitCancelled
	tests := []struct {
		name   string
		states []UnitState
		units  []UnitID
		want   []RefundRow
		amount Cents
	}{
		{"one of two, without shipping", []UnitState{w, w}, []UnitID{2}, []RefundRow{{"1 × Tern, 9 / D", 5000}, {"Tax", 100}}, 5100},
		{"one chosen twice is one", []UnitState{w, w}, []UnitID{2, 2}, []RefundRow{{"1 × Tern, 9 / D", 5000}, {"Tax", 100}}, 5100},
		{"all that waits, with shipping", []UnitState{w, w}, nil, []RefundRow{{"2 × Tern, 9 / D", 10000}, {"Shipping", 800}, {"Tax", 210}}, 11010},
		{"the last one, with shipping", []UnitState{c, w}, nil, []RefundRow{{"1 × Tern, 9 / D", 5000}, {"Shipping", 800}, {"Tax", 110}}, 5910},
		{"the rest of what was sent", []UnitState{s, w}, nil, []RefundRow{{"1 × Tern, 9 / D", 5000}, {"Tax", 100}}, 5100},
		{"not the gift card", []UnitState{w, c, w}, nil, []RefundRow{{"1 × Tern, 9 / D", 5000}, {"Shipping", 800}, {"Tax", 110}}, 5910},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := paidOrder(tt.states...)
			plan, err := PlanCancel(o, Given{Left: 1_000_000}, tt.units)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, plan.Rows()); diff != "" || plan.Amount() != tt.amount {
				t.Errorf("%s %s", plan.Amount(), diff)
			}
			for i := range plan.Units {
				plan.Units[i].RefundID = 7
			}
			told := PlanOf(o, Refund{ID: 7, Shipping: plan.Shipping, ShippingTax: plan.ShippingTax}, plan.Units)
			if diff := cmp.Diff(plan.Rows(), told.Rows()); diff != "" {
				t.Errorf("told otherwise: %s", diff)
			}
		})
	}
}

func TestWhatCannotBeChosen(t *testing.T) {
	o := paidOrder(UnitShipped, UnitCancelled, UnitWaiting)
	if _, err := PlanCancel(o, Given{Left: 1_000_000}, nil); KindOf(err) != KindConflict {
		t.Errorf("nothing waits: %v", err)
	}
	o = paidOrder(UnitWaiting, UnitCancelled, UnitWaiting)
	for unit, want := range map[UnitID]Kind{2: KindConflict, 3: KindInvalid, 99: KindInvalid, -1: KindInvalid} {
		if _, err := PlanCancel(o, Given{Left: 1_000_000}, []UnitID{1, unit}); KindOf(err) != want {
			t.Errorf("unit %d: %v", unit, err)
		}
	}
	o.State = OrderPending
	if _, err := PlanCancel(o, Given{Left: 1_000_000}, nil); KindOf(err) != KindConflict {
		t.Errorf("not paid: %v", err)
	}
}
