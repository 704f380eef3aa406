package shop

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRemindersComeThreeDaysAndOneDayBeforeTheEnd(t *testing.T) {
	by := At(time.Date(2026, 12, 6, 12, 0, 0, 0, time.UTC))
	for before, want := range map[time.Duration]int{
		14 * 24 * time.Hour: 0, 72*time.Hour + time.Microsecond: 0, 72 * time.Hour: 1, 24*time.Hour + time.Second: 1, 24 * time.Hour: 2, 0: 2, -time.Hour: 2,
	} {
		if got := RemindersDue(by, by.Add(-before)); got != want {
			t.Errorf("%s before: %d, want %d", before, got, want)
		}
	}
}

func TestWhichDisputesKeepMoneyFromGoingBack(t *testing.T) {
	for _, tt := range []struct {
		dispute Dispute
		blocks  bool
		says    string
	}{
		{Dispute{State: InquiryWaits, Refundable: true}, false, ""},
		{Dispute{State: DisputeWaits}, true, "disputed at the bank"},
		{Dispute{State: DisputeWaits, Refundable: true}, false, ""},
		{Dispute{State: DisputeAnswered}, true, "disputed at the bank"},
		{Dispute{State: DisputeLost}, true, "in a dispute that is lost"},
		{Dispute{State: DisputeWon}, false, ""}, // Stripe has the last word
		{Dispute{State: InquiryClosed}, false, ""},
	} {
		if got := tt.dispute.Blocks(); got != tt.blocks {
			t.Errorf("%s: %v", tt.dispute.State, got)
		}
		if tt.blocks && !strings.Contains(MessageOf(disputeBlocks(&tt.dispute)), tt.says) {
			t.Errorf("%s says %q", tt.dispute.State, MessageOf(disputeBlocks(&tt.dispute)))
		}
	}
}

func TestEveryStateOfADisputeHasAName(t *testing.T) {
	for _, s := range DisputeStates() {
		if s.Title() == string(s) && s != DisputeWon && s != DisputeLost {
			t.Errorf("%q has no name", s)
		}
		if s.Waits() && s.Decided() {
			t.Errorf("%q waits and is decided", s)
		}
	}
	if d := (Dispute{Reason: "check_returned"}); d.Why() != "check returned" {
		t.Errorf("a reason nobody knows is %q", d.Why())
	}
}

// disputed is an order with a parcel that came and one that was undone.
func disputed() (*Order, []Parcel) {
	number, tax := int64(1001), Cents(660)
	at := At(time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC))
	arrived := at.Add(72 * time.Hour)
	o := &Order{
		Number: &number, State: OrderPaid, PaidAt: &at, Subtotal: 28_000, Discount: 100, Shipping: 800, Total: 28_700, Tax: &tax,
		Lines:   []OrderLine{{Title: "Tern Racer", VariantTitle: "9 / D", Quantity: 2, Amount: 28_000}},
		Contact: &OrderContact{Email: "ada@runner.example", Name: "Ada Runner", ShipName: "Bea Runner", Line1: "1 Mill Lane", City: "Portland", State: "OR", PostalCode: "97209", Country: "US"},
	}
	return o, []Parcel{
		{Number: 1, State: ParcelUndone, Carrier: "FedEx", Tracking: "F0", ShippedAt: at},
		{Number: 2, State: ParcelDelivered, Carrier: "UPS", Tracking: "1Z999", ShippedAt: at, DeliveredAt: &arrived},
	}
}

func TestAnAnswerBeginsWithWhatTheShopKnows(t *testing.T) {
	o, parcels := disputed()
	got := EvidenceFor(o, parcels, DefaultSettings())
	text := got.Text
	got.Text, got.RefundPolicy = "", ""
	want := Evidence{
		Product: "2 × Tern Racer, 9 / D", Name: "Ada Runner", Email: "ada@runner.example",
		Address: "Bea Runner\n1 Mill Lane\nPortland, OR 97209\nUS", Carrier: "UPS", Tracking: "1Z999", ShippedOn: "2026-03-01",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, part := range []string{"order #1001 at Longrun, paid on March 1, 2026", "2 × Tern Racer, 9 / D: $280.00", "Discount: -$1.00", "Total: $293.60", "ada@runner.example",
		"Parcel 2 was handed to UPS on March 1, 2026 (1Z999) and delivered on March 4, 2026."} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in\n%s", part, text)
		}
	}
	if strings.Contains(text, "FedEx") {
		t.Errorf("a parcel that never left is in\n%s", text)
	}
	if bare := EvidenceFor(&Order{}, nil, DefaultSettings()); bare.Name != "" || bare.Text == "" {
		t.Errorf("%+v", bare)
	}
}

func TestAnAnswerIsKeptAsStripeTakesIt(t *testing.T) {
	o, parcels := disputed()
	good := EvidenceFor(o, parcels, DefaultSettings())
	if clean, err := good.Clean(); err != nil || clean != good {
		t.Errorf("%v", err)
	}
	for name, tt := range map[string]struct {
		change func(*Evidence)
		field  string
	}{
		"nothing":                   {func(e *Evidence) { *e = Evidence{Text: " \r\n"} }, ""},
		"a text of 20001":           {func(e *Evidence) { e.Text = strings.Repeat("x", 20_001) }, "uncategorized_text"},
		"a name of 5001":            {func(e *Evidence) { e.Name = strings.Repeat("é", 5_001) }, "customer_name"},
		"a name of two lines":       {func(e *Evidence) { e.Name = "Ada\nRunner" }, "customer_name"},
		"what cannot be printed":    {func(e *Evidence) { e.Product = "a\x00b" }, "product_description"},
		"what is no text":           {func(e *Evidence) { e.Tracking = "\xff" }, "shipping_tracking_number"},
		"text that is turned round": {func(e *Evidence) { e.Carrier = "a\u202eb" }, "shipping_carrier"},
	} {
		e := good
		tt.change(&e)
		_, err := e.Clean()
		if KindOf(err) != KindInvalid {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if fields := err.(*Error).Fields; tt.field != "" && (len(fields) != 1 || fields[tt.field] == "") {
			t.Errorf("%s: %v", name, fields)
		}
	}
	windows := Evidence{Text: " one\r\ntwo "}
	if clean, err := windows.Clean(); err != nil || clean.Text != "one\ntwo" {
		t.Errorf("%q %v", clean.Text, err)
	}
	for _, f := range good.Fields() {
		e := EvidenceFrom(func(name string) string { return map[string]string{f.Name: "x"}[name] })
		if back, err := ParseEvidence(e.JSON()); err != nil || back != e || e == (Evidence{}) {
			t.Errorf("%s: %+v %v", f.Name, back, err)
		}
	}
}
