package shop

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnitsForSplitsALineAfterItsDiscount(t *testing.T) {
	tests := []struct {
		name string
		line OrderLine
		want []Cents
	}{
		{"one piece", OrderLine{Quantity: 1, Amount: 12_900}, []Cents{12_900}},
		{"three pieces and an odd cent", OrderLine{Quantity: 3, Amount: 30_000, Discount: 1}, []Cents{9_999, 10_000, 10_000}},
		{"everything discounted", OrderLine{Quantity: 2, Amount: 500, Discount: 500}, []Cents{0, 0}},
		{"a free line", OrderLine{Quantity: 2}, []Cents{0, 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.line.ID, tt.line.OrderID = 5, 7
			var got []Cents
			for i, u := range UnitsFor(tt.line) {
				got = append(got, u.PaidNet)
				want := OrderUnit{OrderID: 7, OrderLineID: 5, Position: i + 1, PaidNet: u.PaidNet, State: UnitWaiting}
				if diff := cmp.Diff(want, u); diff != "" {
					t.Error(diff)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGrandTotalAddsTaxOnceItIsKnown(t *testing.T) {
	o := Order{Total: 10_800}
	if got := o.GrandTotal(); got != 10_800 {
		t.Errorf("before payment: %s", got)
	}
	tax := Cents(725)
	o.Tax = &tax
	if got := o.GrandTotal(); got != 11_525 {
		t.Errorf("with tax: %s", got)
	}
}

func TestAnOrderLineNamesTheShoeAndTheSize(t *testing.T) {
	for variant, want := range map[string]string{
		"9 / D": "Tern Racer, 9 / D", "": "Tern Racer", DefaultTitle: "Tern Racer",
	} {
		l := OrderLine{Title: "Tern Racer", VariantTitle: variant}
		if got := l.FullTitle(); got != want {
			t.Errorf("%q: %q, want %q", variant, got, want)
		}
	}
}
