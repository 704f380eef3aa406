package fulfilment_test

import (
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database/databasetest"
	"longrun/internal/fulfilment"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

const staff = "staff:1"

// house is a shop with somebody who packs.
type house struct {
	*checkouttest.World
	*fulfilment.Service
}

func each(t *testing.T, test func(t *testing.T, h house)) {
	t.Helper()
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		test(t, house{w, fulfilment.New(w.DB, nil)})
	})
}

// pair is a paid order of two pairs of one shoe.
func (h house) pair() shop.Order { return h.World.Paid(2, h.Shoe("Tern Racer", 14_000, 9)) }

// send ships units, none meaning all that wait, and must succeed.
func (h house) send(o shop.Order, key string, units ...shop.UnitID) shop.Parcel {
	h.T.Helper()
	p, err := h.Ship(h.T.Context(), staff, fulfilment.Shipment{
		Order: o.ID, Units: units, Carrier: "UPS", Tracking: "1Z999AA10123456784", Tell: true, Key: key,
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return p
}

// stands checks how far an order is, that its mails about parcels are so
// many, and that nothing is broken.
func (h house) stands(o shop.Order, want shop.Fulfilment, mails int) {
	h.T.Helper()
	h.Work()
	if got := h.Again(o).Fulfilment; got != want {
		h.T.Errorf("the order is %s, want %s", got, want)
	}
	if n := h.Count("SELECT count(*) FROM mails WHERE kind = 'shipped'"); n != mails {
		h.T.Errorf("%d mails about parcels, want %d", n, mails)
	}
	h.Clean()
}

// conflict checks that an error says, as a conflict, what it should.
func (h house) refused(err error, kind shop.Kind, says string) {
	h.T.Helper()
	if shop.KindOf(err) != kind || !contains(shop.MessageOf(err), says) {
		h.T.Errorf("got %v, want %q", err, says)
	}
}
