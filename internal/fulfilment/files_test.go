package fulfilment_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"longrun/internal/fulfilment"
	"longrun/internal/shop"

	"github.com/google/go-cmp/cmp"
)

func TestOrdersToShipAreAFileForLabelPrograms(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		shoe := h.Shoe("Tern Racer", 14_000, 20)
		h.Exec("UPDATE variants SET grams = 250")
		half, sent, looked, plain := h.World.Paid(3, shoe), h.World.Paid(1, shoe), h.World.Paid(1, shoe), h.World.Paid(1, shoe)
		h.send(half, "formkey1", half.Lines[0].Units[0].ID)
		h.send(sent, "formkey2")
		h.Exec("UPDATE orders SET review = 'odd' WHERE id = ?", looked.ID)
		h.Exec("UPDATE orders SET gift_note = 'Run well.' WHERE id = ?", plain.ID)
		h.Exec("UPDATE order_contacts SET ship_name = '=HYPERLINK(1)', phone = '+1 555 0100' WHERE order_id = ?", plain.ID)
		var file strings.Builder
		if err := h.ToShipCSV(t.Context(), &file); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(file.String())).ReadAll()
		if err != nil || len(rows) != 3 {
			t.Fatalf("%v\n%s", err, file.String())
		}
		if diff := cmp.Diff([]string{"500", "17.7", "2 × Tern Racer, 9 / D (T-9D)", "2", "280.00", "no"}, rows[1][11:]); diff != "" {
			t.Error(diff)
		}
		if got := rows[2]; got[0] != "1004" || got[2] != "'=HYPERLINK(1)" || got[9] != "'+1 555 0100" || got[16] != "yes" {
			t.Errorf("%q", got)
		}
	})
}

func TestTrackingNumbersAreImportedOnce(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		shoe := h.Shoe("Tern Racer", 14_000, 20)
		a, b, looked := h.World.Paid(2, shoe), h.World.Paid(1, shoe), h.World.Paid(1, shoe)
		h.Exec("UPDATE orders SET review = 'odd' WHERE id = ?", looked.ID)
		file := strings.Join([]string{
			"\ufeffName,ORDER number,Service,Tracking Number",
			"Ada,#1001,UPS® Ground,1Z999AA10123456784",
			"Bo,1002,Ground Advantage,9400 1000 0000 0000 0000 00",
			",,,",
			"Cy,1003,UPS,1Z999AA10123456785",
			"Di,4711,UPS,1Z999AA10123456786",
			"Ed,1001,,1Z999AA10123456784",
			"Fi,1002,,",
			"Gil,shoes,UPS,1Z1",
			"Hal,1002,FedEx,999999999999",
			"Ida,1002,FedEx,9.40E+21",
			"Jo,1002,USPS,javascript:alert(1)",
		}, "\r\n")
		want := fulfilment.TrackingReport{Rows: 10, Shipped: 2, Errors: []fulfilment.TrackingError{
			{Line: 5, Order: "1003", Message: "Order #1003 waits for a review first: odd"},
			{Line: 6, Order: "4711", Message: "There is no order #4711."},
			{Line: 7, Order: "1001", Message: "The same row stands in line 2."},
			{Line: 8, Order: "1002", Message: "There is no tracking number."},
			{Line: 9, Order: "shoes", Message: `"shoes" is not an order number.`},
			{Line: 10, Order: "1002", Message: "Nothing of this order waits to be sent any more."},
			{Line: 11, Order: "1002", Message: "A spreadsheet has shortened the tracking number to 9.40E+21. Export the file again."},
			{Line: 12, Order: "1002", Message: "Write a tracking number, or a whole address that begins with https://."},
		}}
		for range 2 {
			got, err := h.ImportTracking(t.Context(), staff, strings.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			h.stands(a, shop.Fulfilled, 2)
			h.stands(b, shop.Fulfilled, 2)
			want.Shipped, want.Known = 0, 2
		}
		p, err := h.DB.ParcelsOfOrder(t.Context(), b.ID)
		if err != nil || len(p) != 1 || p[0].Carrier != "USPS" || p[0].Tracking != "9400100000000000000000" {
			t.Errorf("%+v %v", p, err)
		}
		if err := h.Undo(t.Context(), staff, p[0].ID, ""); err != nil {
			t.Fatal(err)
		}
		got, err := h.ImportTracking(t.Context(), staff, strings.NewReader(file))
		if err != nil || got.Shipped != 1 || got.Known != 1 {
			// Line 10 has another number, by which what waits again may go.
			t.Errorf("%+v %v", got, err)
		}
		if line := got.Errors[0]; !strings.Contains(line.Message, "which was undone") {
			t.Errorf("%+v", line)
		}
		h.stands(b, shop.Fulfilled, 3)
	})
}

// The same file twice at the same moment: one parcel and one mail a row.
func TestAnImportAtOnceHappensOnce(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		shoe := h.Shoe("Tern Racer", 14_000, 20)
		file := "order;tracking\n"
		for range 3 {
			o := h.World.Paid(1, shoe)
			file += fmt.Sprintf("%d;1Z999AA1012345678%d\n", *o.Number, o.ID)
		}
		do := func() error {
			report, err := h.ImportTracking(t.Context(), staff, strings.NewReader(file))
			if report.Shipped+report.Known != 3 {
				t.Errorf("%+v", report)
			}
			return err
		}
		for _, err := range atOnce(do, do, do) {
			if err != nil {
				t.Error(err)
			}
		}
		h.stands(shop.Order{ID: 1}, shop.Fulfilled, 3)
	})
}
