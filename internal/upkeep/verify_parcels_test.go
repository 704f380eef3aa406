package upkeep_test

import (
	"database/sql"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// pack sends unit 3 of order 1 in parcel 1, cancels unit 2 by refund 2, and
// sends all of order 4 in parcel 2.
func pack(t *testing.T, db *database.DB) {
	t.Helper()
	work := fulfilment.New(db, nil)
	if err := work.SettleReview(t.Context(), "staff:1", 4, "handed over in the shop"); err != nil {
		t.Fatal(err)
	}
	for _, s := range []fulfilment.Shipment{
		{Order: 1, Units: []shop.UnitID{3}, Tracking: "1Z999AA10123456784", Tell: true, Key: "formkey1"}, {Order: 4, Key: "formkey2"},
	} {
		if _, err := work.Ship(t.Context(), "staff:1", s); err != nil {
			t.Fatal(err)
		}
	}
	err := orders.New(db, nil, nil).Cancel(t.Context(), "staff:1", orders.Cancellation{
		Order: 1, Units: []shop.UnitID{2}, Restock: true, Key: "formkey1", Expected: 5976,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// parcelBreakages are breakages of a shop after pack.
var parcelBreakages = []struct{ name, breaks, says, mends string }{
	{"a piece that left without a parcel", "UPDATE order_units SET state = 'shipped' WHERE id = 1",
		"4 order 1, unit 1: it is shipped, and its parcel does not fit that", "UPDATE order_units SET state = 'waiting' WHERE id = 1"},
	{"a piece in a parcel that waits", "UPDATE order_units SET state = 'waiting' WHERE id = 3",
		"4 order 1, unit 3: it is waiting, and its parcel does not fit that", "UPDATE order_units SET state = 'shipped' WHERE id = 3"},
	{"a piece in another order's parcel", "UPDATE parcel_units SET parcel_id = 2 WHERE unit_id = 3",
		"4 order 1, unit 3: it is shipped, and its parcel does not fit that", "UPDATE parcel_units SET parcel_id = 1 WHERE unit_id = 3"},
	{"an empty parcel", "UPDATE parcel_units SET parcel_id = 2 WHERE unit_id = 3",
		"4 parcel 1 of order 1: it is shipped, with 0 pieces in it", "UPDATE parcel_units SET parcel_id = 1 WHERE unit_id = 3"},
	{"an undone parcel with pieces", "UPDATE parcels SET state = 'undone' WHERE id = 1",
		"4 parcel 1 of order 1: it is undone, with 1 pieces in it", "UPDATE parcels SET state = 'shipped' WHERE id = 1"},
	{"a parcel that arrived at no time", "UPDATE parcels SET state = 'delivered' WHERE id = 1",
		"4 parcel 1 of order 1: it is delivered, and the time of its arrival does not fit that", "UPDATE parcels SET state = 'shipped' WHERE id = 1"},
	{"a parcel of an order nobody paid", "UPDATE parcels SET order_id = 2 WHERE id = 1",
		"4 parcel 1: it is of order 2, which is pending", "UPDATE parcels SET order_id = 1 WHERE id = 1"},
	{"a piece of two orders", "UPDATE order_units SET order_id = 2 WHERE id = 1",
		"4 order 2, unit 1: its line is of order 1", "UPDATE order_units SET order_id = 1 WHERE id = 1"},
	{"an order that says it has left", "UPDATE orders SET fulfilment = 'fulfilled' WHERE id = 1",
		"4 order 1: its fulfilment is fulfilled, its pieces and parcels say otherwise (2 wait, 1 sent)", "UPDATE orders SET fulfilment = 'partial' WHERE id = 1"},
	{"an order that says it has not", "UPDATE orders SET fulfilment = 'unfulfilled' WHERE id = 4",
		"4 order 4: its fulfilment is unfulfilled, its pieces and parcels say otherwise (0 wait, 4 sent)", "UPDATE orders SET fulfilment = 'fulfilled' WHERE id = 4"},
	{"an order that arrived unpaid", "UPDATE orders SET fulfilment = 'delivered' WHERE id = 2",
		"4 order 2: its fulfilment is delivered, its pieces and parcels say otherwise (4 wait, 0 sent)", "UPDATE orders SET fulfilment = 'unfulfilled' WHERE id = 2"},

	{"a cancelled piece not paid back whole", "UPDATE refund_units SET net = net - 1",
		"3 order 1, unit 2: it is cancelled, and 5975 cents are given back of 5976", "UPDATE refund_units SET net = net + 1"},
	{"a piece paid back beyond its price", "UPDATE refund_units SET tax = 300",
		"3 order 1, unit 2: 6051 cents are given back of 5976 that were paid for it", "UPDATE refund_units SET tax = 225"},
	{"a refund that is not its parts", "UPDATE refunds SET shipping = 1 WHERE id = 2",
		"3 refund 2: it is of 5976 cents, its parts come to 5977", "UPDATE refunds SET shipping = 0 WHERE id = 2"},
	{"more shipping than was paid", "UPDATE refunds SET shipping = 801, amount = 6777 WHERE id = 2",
		"3 order 1: 801 cents of shipping are given back of 800", "UPDATE refunds SET shipping = 0, amount = 5976 WHERE id = 2"},
	{"a piece paid back that is still to come", "UPDATE order_units SET state = 'waiting' WHERE id = 2",
		"3 refund 2: it gives back unit 2, which is of order 1 and waiting", "UPDATE order_units SET state = 'cancelled' WHERE id = 2"},
	{"more back on the shelf than was cancelled", "UPDATE stock_movements SET delta = 2 WHERE cause_kind = 'cancellation'",
		"1 order 1: 2 of variant 1 came back to the shop, 1 were cancelled", "UPDATE stock_movements SET delta = 1 WHERE cause_kind = 'cancellation'"},

	{"a way that cannot be gone", "UPDATE steps SET to_state = 'delivered' WHERE thing_kind = 'fulfilment' AND thing_id = 1",
		`8 fulfilment 1: a step leads from "unfulfilled" to "delivered", which is not allowed`, "UPDATE steps SET to_state = 'partial' WHERE thing_kind = 'fulfilment' AND thing_id = 1"},
	{"an order that left without a step", "UPDATE steps SET thing_kind = '' WHERE thing_kind = 'fulfilment' AND thing_id = 1",
		`8 fulfilment 1: its steps end at "unfulfilled", it is partial`, "UPDATE steps SET thing_kind = 'fulfilment' WHERE thing_kind = '' AND thing_id = 1"},
	{"a parcel that was never shipped", "UPDATE steps SET from_state = 'delivered' WHERE thing_kind = 'parcel' AND thing_id = 1",
		`8 parcel 1: a step leads from "delivered", it was at ""`, "UPDATE steps SET from_state = '' WHERE thing_kind = 'parcel' AND thing_id = 1"},
	{"a mail about no parcel", "UPDATE mails SET thing_id = 77 WHERE kind = 'shipped'",
		"5 mail 3: it is about parcel 77, which is not there", "UPDATE mails SET thing_id = 1 WHERE kind = 'shipped'"},
}

func TestVerifyCatchesBrokenParcelsAndCancellations(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		pack(t, db)
		if violations, _ := verify(t, db); len(violations) > 0 {
			t.Fatalf("the sample is broken already:\n%s", strings.Join(violations, "\n"))
		}
		unguard(t, db, raw)
		for _, tt := range parcelBreakages {
			t.Run(tt.name, func(t *testing.T) {
				exec(t, raw, tt.breaks)
				violations, _ := verify(t, db)
				if !has(violations, tt.says) {
					t.Errorf("said:\n%s\nwant:\n%s", strings.Join(violations, "\n"), tt.says)
				}
				exec(t, raw, tt.mends)
				if violations, _ := verify(t, db); len(violations) > 0 {
					t.Fatalf("after mending:\n%s", strings.Join(violations, "\n"))
				}
			})
		}
	})
}
