package fulfilment_test

import (
	"strings"
	"testing"
	"time"

	"longrun/internal/fulfilment"
	"longrun/internal/shop"
)

func TestAParcelIsCorrectedByOneAtATime(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		p := h.send(o, "formkey1")
		c := fulfilment.Correction{Parcel: p.ID, Version: p.Version, Carrier: "FedEx", Tracking: "1234 5678 9012"}
		if err := h.Correct(t.Context(), staff, c); err != nil {
			t.Fatal(err)
		}
		got, err := h.DB.Parcel(t.Context(), p.ID)
		if err != nil || got.Carrier != "FedEx" || got.Tracking != "123456789012" || got.Version != 2 ||
			got.TrackingURL != "https://www.fedex.com/fedextrack/?trknbr=123456789012" {
			t.Errorf("%+v %v", got, err)
		}
		h.stands(o, shop.Fulfilled, 1)
		c.Tell = true
		h.refused(h.Correct(t.Context(), staff, c), shop.KindConflict, "it now says FedEx 123456789012")
		c.Version = 2
		if err := h.Correct(t.Context(), staff, c); err != nil {
			t.Fatal(err)
		}
		h.stands(o, shop.Fulfilled, 2)
		c.Version, c.Tracking = 3, "http://plain.example/1"
		h.refused(h.Correct(t.Context(), staff, c), shop.KindInvalid, "https://")
	})
}

func TestAShipmentIsUndone(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		p := h.send(o, "formkey1")
		if err := h.Undo(t.Context(), staff, p.ID, "packed the wrong size"); err != nil {
			t.Fatal(err)
		}
		h.stands(o, shop.Unfulfilled, 1)
		h.refused(h.Undo(t.Context(), staff, p.ID, ""), shop.KindConflict, "undone already")
		h.refused(h.MarkDelivered(t.Context(), staff, p.ID), shop.KindConflict, "undone")
		h.refused(h.Correct(t.Context(), staff, fulfilment.Correction{Parcel: p.ID, Version: 1}), shop.KindConflict, "undone")
		_, err := h.Ship(t.Context(), staff, fulfilment.Shipment{Order: o.ID, Key: "formkey1"})
		h.refused(err, shop.KindConflict, "which was undone")
		again := h.send(o, "formkey2")
		if again.Number != 2 || len(again.Units) != 2 {
			t.Errorf("%+v", again)
		}
		if err := h.MarkDelivered(t.Context(), staff, again.ID); err != nil {
			t.Fatal(err)
		}
		h.refused(h.Undo(t.Context(), staff, again.ID, ""), shop.KindConflict, "has been delivered")
		h.stands(o, shop.Delivered, 2)
	})
}

func TestADeliveryIsTakenBack(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		p := h.send(o, "formkey1")
		h.refused(h.TakeBackDelivery(t.Context(), staff, p.ID), shop.KindConflict, "not recorded as delivered")
		for _, do := range []func() error{
			func() error { return h.MarkDelivered(t.Context(), staff, p.ID) },
			func() error { return h.TakeBackDelivery(t.Context(), staff, p.ID) },
		} {
			if err := do(); err != nil {
				t.Fatal(err)
			}
		}
		h.stands(o, shop.Fulfilled, 1)
		h.Advance(30 * 24 * time.Hour)
		if n, err := h.DeliverOld(t.Context()); n != 0 || err != nil {
			t.Errorf("the clock delivered %d parcels that somebody says are lost: %v", n, err)
		}
	})
}

func TestWhatWasShippedTenDaysAgoCountsAsDelivered(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		shoe := h.Shoe("Tern Racer", 14_000, 9)
		early, late := h.World.Paid(1, shoe), h.World.Paid(1, shoe)
		h.send(early, "formkey1")
		h.AdvanceOurs(2 * time.Hour)
		h.send(late, "formkey2")
		h.AdvanceOurs(shop.DeliveredAfter - time.Hour)
		for _, want := range []int{1, 0} {
			if n, err := h.DeliverOld(t.Context()); n != want || err != nil {
				t.Errorf("%d delivered, want %d: %v", n, want, err)
			}
		}
		h.stands(early, shop.Delivered, 2)
		h.stands(late, shop.Fulfilled, 2)
		h.AdvanceOurs(2 * time.Hour)
		deliver := func() error { _, err := h.DeliverOld(t.Context()); return err }
		for _, err := range atOnce(deliver, deliver, deliver) { // as instances do
			if err != nil {
				t.Error(err)
			}
		}
		h.stands(late, shop.Delivered, 2)
	})
}

func TestNotesAndReviews(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		o := h.pair()
		if err := h.Note(t.Context(), staff, o.ID, " Called.\r\nWill be in on Friday. "); err != nil {
			t.Error(err)
		}
		if n := h.Count("SELECT count(*) FROM steps WHERE who = ? AND cause = ?", staff, "Called.\nWill be in on Friday."); n != 1 {
			t.Errorf("%d notes", n)
		}
		h.refused(h.Note(t.Context(), staff, o.ID, " \n"), shop.KindInvalid, "Write a note")
		h.refused(h.Note(t.Context(), staff, o.ID, strings.Repeat("ä", 2001)), shop.KindInvalid, "this has 2001")
		h.refused(h.Note(t.Context(), staff, 999, "x"), shop.KindNotFound, "no such order")
		h.refused(h.SettleReview(t.Context(), staff, o.ID, "fine"), shop.KindConflict, "does not wait")
		h.Exec("UPDATE orders SET review = 'the address is odd' WHERE id = ?", o.ID)
		h.refused(h.SettleReview(t.Context(), staff, o.ID, ""), shop.KindInvalid, "Write a note")
		if err := h.SettleReview(t.Context(), staff, o.ID, "Asked, it is right."); err != nil {
			t.Error(err)
		}
		h.send(o, "formkey1")
		h.stands(o, shop.Fulfilled, 1)
	})
}
