package fulfilment_test

import (
	"strings"
	"sync"
	"testing"

	"longrun/internal/fulfilment"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

// atOnce runs functions from the same moment on.
func atOnce(fns ...func() error) []error {
	errs := make([]error, len(fns))
	gate := make(chan struct{})
	var all sync.WaitGroup
	for i, fn := range fns {
		all.Go(func() { <-gate; errs[i] = fn() })
	}
	close(gate)
	all.Wait()
	return errs
}

func TestHalfIsSentAndThenTheRest(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		first := h.send(o, "formkey1", o.Lines[0].Units[1].ID)
		if first.Number != 1 || first.Carrier != "UPS" || first.TrackingURL != "https://www.ups.com/track?tracknum=1Z999AA10123456784" {
			t.Errorf("%+v", first)
		}
		h.stands(o, shop.PartlyFulfilled, 1)
		second := h.send(o, "formkey2")
		if second.Number != 2 || len(second.Units) != 1 || second.Units[0].UnitID != o.Lines[0].Units[0].ID {
			t.Errorf("%+v", second)
		}
		h.stands(o, shop.Fulfilled, 2)
		for _, p := range []shop.Parcel{first, second} {
			if err := h.MarkDelivered(t.Context(), staff, p.ID); err != nil {
				t.Error(err)
			}
		}
		h.stands(o, shop.Delivered, 2)
		if got := h.Level(shop.Variant{ID: o.Lines[0].VariantID}); got.OnHand != 7 {
			t.Errorf("sending moved stock: %+v", got)
		}
	})
}

func TestTheSameFormMakesOneParcel(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		unit := o.Lines[0].Units[0].ID
		first, again := h.send(o, "formkey1", unit), h.send(o, "formkey1", unit)
		if first.ID != again.ID {
			t.Errorf("parcels %d and %d", first.ID, again.ID)
		}
		h.stands(o, shop.PartlyFulfilled, 1)
	})
}

// Two people pack the same order: each piece is in one parcel.
func TestTwoPeopleSendTheSameOrderAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		var press []func() error
		for _, key := range []string{"formkey1", "formkey2", "formkey2", "formkey3"} {
			press = append(press, func() error {
				_, err := h.Ship(t.Context(), staff, fulfilment.Shipment{Order: o.ID, Tracking: "9400100000000000000000", Tell: true, Key: key})
				return err
			})
		}
		for _, err := range atOnce(press...) {
			if err != nil && shop.KindOf(err) != shop.KindConflict {
				t.Error(err)
			}
		}
		if n := h.Count("SELECT count(*) FROM parcels"); n != 1 {
			t.Errorf("%d parcels", n)
		}
		h.stands(o, shop.Fulfilled, 1)
	})
}

func TestWhatCannotBeSentIsRefused(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		shoe := h.Shoe("Tern Racer", 14_000, 20)
		o, other := h.World.Paid(2, shoe), h.World.Paid(1, shoe)
		unpaid := h.Order(h.Place(h.Bag(1, shoe)))
		looked := h.World.Paid(1, shoe)
		h.Exec("UPDATE orders SET review = 'the address is odd' WHERE id = ?", looked.ID)
		h.send(o, "formkey1", o.Lines[0].Units[0].ID)
		tests := []struct {
			name, says string
			kind       shop.Kind
			asked      fulfilment.Shipment
		}{
			{"a piece that has left", "piece 1, has been sent meanwhile", shop.KindConflict, fulfilment.Shipment{Order: o.ID, Units: []shop.UnitID{o.Lines[0].Units[0].ID}}},
			{"a piece of another order", "not of this order", shop.KindInvalid, fulfilment.Shipment{Order: o.ID, Units: []shop.UnitID{other.Lines[0].Units[0].ID}}},
			{"an order that is not paid", "not paid", shop.KindConflict, fulfilment.Shipment{Order: unpaid.ID}},
			{"an order in review", "the address is odd", shop.KindConflict, fulfilment.Shipment{Order: looked.ID}},
			{"no order", "no such order", shop.KindNotFound, fulfilment.Shipment{Order: 999}},
			{"a script for a number", "https://", shop.KindInvalid, fulfilment.Shipment{Order: other.ID, Tracking: "javascript:alert(1)"}},
			{"a number like a novel", "100 plain", shop.KindInvalid, fulfilment.Shipment{Order: other.ID, Tracking: strings.Repeat("9", 300)}},
			{"the form of another order", "another order", shop.KindConflict, fulfilment.Shipment{Order: other.ID, Key: "formkey1"}},
			{"no key", "open the page again", shop.KindInvalid, fulfilment.Shipment{Order: other.ID, Key: "x"}},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				if tt.asked.Key == "" {
					tt.asked.Key = "formkey9"
				}
				_, err := h.Ship(t.Context(), staff, tt.asked)
				h.refused(err, tt.kind, tt.says)
			})
		}
		h.stands(o, shop.PartlyFulfilled, 1)
		if n := h.Count("SELECT count(*) FROM parcels"); n != 1 {
			t.Errorf("%d parcels", n)
		}
	})
}

func TestManyAreSentEachForItself(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		shoe := h.Shoe("Tern Racer", 14_000, 20)
		a, b := h.World.Paid(1, shoe), h.World.Paid(1, shoe)
		results := h.ShipMany(t.Context(), staff, []fulfilment.Shipment{
			{Order: a.ID, Key: "formkey1"}, {Order: 999, Key: "formkey2"}, {Order: b.ID, Key: "formkey3"},
		})
		if results[0].Err != nil || results[2].Err != nil || !shop.IsNotFound(results[1].Err) || results[2].Order != b.ID {
			t.Errorf("%+v", results)
		}
		h.stands(a, shop.Fulfilled, 0)
		h.stands(b, shop.Fulfilled, 0)
	})
}

func TestHalfIsCancelledAndTheRestSent(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		unit := o.Lines[0].Units[0]
		err := h.Orders.Cancel(t.Context(), staff, orders.Cancellation{
			Order: o.ID, Units: []shop.UnitID{unit.ID}, Restock: true, Key: "formkey1", Expected: unit.PaidNet + *unit.PaidTax,
		})
		if err != nil {
			t.Fatal(err)
		}
		h.stands(o, shop.Unfulfilled, 0)
		_, err = h.Ship(t.Context(), staff, fulfilment.Shipment{Order: o.ID, Units: []shop.UnitID{unit.ID}, Key: "formkey2"})
		h.refused(err, shop.KindConflict, "cancelled meanwhile")
		p := h.send(o, "formkey2")
		h.stands(o, shop.Fulfilled, 1)
		// What was sent keeps the rest from being free of shipping.
		if err := h.Undo(t.Context(), staff, p.ID, "wrong box"); err != nil {
			t.Fatal(err)
		}
		h.stands(o, shop.Unfulfilled, 1)
		plan, err := h.Orders.PlanCancel(t.Context(), o.ID, nil)
		if err != nil || plan.Shipping != o.Shipping || plan.Pieces() != 1 {
			t.Errorf("%+v %v", plan, err)
		}
	})
}

// One packs while another cancels: each piece is sent or paid back, never both.
func TestCancellingRacesSending(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		plan, err := h.Orders.PlanCancel(t.Context(), o.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		errs := atOnce(
			func() error {
				_, err := h.Ship(t.Context(), staff, fulfilment.Shipment{Order: o.ID, Units: []shop.UnitID{o.Lines[0].Units[0].ID}, Key: "formkey1"})
				return err
			},
			func() error {
				return h.Orders.Cancel(t.Context(), staff, orders.Cancellation{Order: o.ID, Restock: true, Key: "formkey2", Expected: plan.Amount()})
			},
		)
		lost := 0
		for _, err := range errs {
			if err != nil {
				lost++
				if shop.KindOf(err) != shop.KindConflict {
					t.Error(err)
				}
			}
		}
		if lost != 1 {
			t.Errorf("%v", errs)
		}
		h.Work()
		h.Clean()
	})
}
