package shop

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGoodwillIsReadOrRefusedAndNeverGuessed(t *testing.T) {
	tests := []struct {
		text string
		want Cents // 0 with a refusal unless nothing was typed
	}{
		{"8.03", 803}, {"$1,299.00", 129_900}, {"12", 1_200}, {" 7.5 ", 750}, {"0.01", 1}, {"", 0}, {"  ", 0},
		{"0", 0}, {"0.00", 0}, {"-1", 0}, {"−1", 0}, {"+1", 0}, {"6,95", 0}, {"0.001", 0}, {"12.505", 0}, {"１０", 0},
		{"1.299,00", 0}, {"1e3", 0}, {"12.", 0}, {".5", 0}, {"99999999999999999999", 0}, {"NaN", 0}, {"0x10", 0}, {"1_000", 0},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := ParseGoodwill(tt.text)
			refuse := tt.want == 0 && strings.TrimSpace(tt.text) != ""
			if got != tt.want || (err != nil) != refuse {
				t.Errorf("%s %v, want %s", got, err, tt.want)
			}
			if e, ok := err.(*Error); refuse && (!ok || e.Kind != KindInvalid || e.Fields["goodwill"] == "") {
				t.Errorf("refused with %#v", err)
			}
		})
	}
}

// The order of these tests: two pairs of $50.00 and $1.00 tax, shipping $8.00
// and ten cents tax, $110.10 in all.
func TestWhatAChoiceGivesBack(t *testing.T) {
	given := func(left Cents, units ...UnitID) Given {
		g := Given{Left: left}
		for _, id := range units {
			g.Units = append(g.Units, RefundUnit{UnitID: id})
		}
		return g
	}
	tests := []struct {
		name   string
		given  Given
		choice RefundChoice
		want   []RefundRow
		amount Cents
	}{
		{"one pair", given(11_010), RefundChoice{Units: []UnitID{2}}, []RefundRow{{"1 × Tern, 9 / D", 5000}, {"Tax", 100}}, 5_100},
		{"a pair chosen twice is one", given(11_010), RefundChoice{Units: []UnitID{2, 2}}, []RefundRow{{"1 × Tern, 9 / D", 5000}, {"Tax", 100}}, 5_100},
		{"shipping with its tax", given(11_010), RefundChoice{Shipping: true}, []RefundRow{{"Shipping", 800}, {"Tax", 10}}, 810},
		{"what is left of shipping", Given{Left: 10_510, Shipping: 500}, RefundChoice{Shipping: true}, []RefundRow{{"Shipping", 300}, {"Tax", 10}}, 310},
		{"goodwill", given(11_010), RefundChoice{Goodwill: 803, Reason: "late"}, []RefundRow{{"Goodwill", 803}}, 803},
		{"everything, to the cent", given(11_010), RefundChoice{Units: []UnitID{1, 2}, Shipping: true}, []RefundRow{{"2 × Tern, 9 / D", 10000}, {"Shipping", 800}, {"Tax", 210}}, 11_010},
		{"no more than is left", given(5_000), RefundChoice{Units: []UnitID{1}}, []RefundRow{{"1 × Tern, 9 / D", 5000}, {"Tax", 100}, {"Given back before", -100}}, 5_000},
		{"the last cent as goodwill", given(1), RefundChoice{Goodwill: 1, Reason: "x"}, []RefundRow{{"Goodwill", 1}}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := paidOrder(UnitShipped, UnitWaiting)
			plan, err := PlanRefund(o, tt.given, tt.choice)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, plan.Rows()); diff != "" || plan.Amount() != tt.amount {
				t.Errorf("%s %s", plan.Amount(), diff)
			}
		})
	}
}

func TestWhatAChoiceCannotGiveBack(t *testing.T) {
	good := Given{Left: 11_010}
	tests := []struct {
		name   string
		state  OrderState
		given  Given
		choice RefundChoice
		kind   Kind
		field  string
	}{
		{"an order that is not paid", OrderPending, good, RefundChoice{Shipping: true}, KindConflict, ""},
		{"nothing", OrderPaid, good, RefundChoice{}, KindInvalid, ""},
		{"nothing, with a reason", OrderPaid, good, RefundChoice{Reason: "x"}, KindInvalid, ""},
		{"a piece of another order", OrderPaid, good, RefundChoice{Units: []UnitID{99}}, KindInvalid, "units"},
		{"a piece and another's", OrderPaid, good, RefundChoice{Units: []UnitID{1, 99}}, KindInvalid, "units"},
		{"a piece a second time", OrderPaid, Given{Left: 6_000, Units: []RefundUnit{{UnitID: 1}}}, RefundChoice{Units: []UnitID{1}}, KindConflict, "units"},
		{"shipping a second time", OrderPaid, Given{Left: 6_000, Shipping: 800, ShippingTax: 10}, RefundChoice{Shipping: true}, KindConflict, "shipping"},
		{"less than nothing", OrderPaid, good, RefundChoice{Goodwill: -1, Reason: "x"}, KindInvalid, "goodwill"},
		{"more than was received", OrderPaid, good, RefundChoice{Goodwill: 11_011, Reason: "x"}, KindConflict, "goodwill"},
		{"a pair and more than the rest", OrderPaid, good, RefundChoice{Units: []UnitID{1}, Goodwill: 5_911, Reason: "x"}, KindConflict, "goodwill"},
		{"when all is given back", OrderPaid, Given{}, RefundChoice{Shipping: true}, KindConflict, ""},
		{"when more than all is given back", OrderPaid, Given{Left: -5}, RefundChoice{Goodwill: 1, Reason: "x"}, KindConflict, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := paidOrder(UnitShipped, UnitWaiting)
			o.State = tt.state
			plan, err := PlanRefund(o, tt.given, tt.choice)
			e, ok := err.(*Error)
			if !ok || e.Kind != tt.kind || tt.field != "" && e.Fields[tt.field] == "" {
				t.Errorf("%+v %#v", plan, err)
			}
		})
	}
}

// Whatever is given back in whatever order, the sum is what was received.
func TestARefundInPartsAndACancellationComeToWhatWasPaid(t *testing.T) {
	o := paidOrder(UnitWaiting, UnitWaiting)
	given := Given{Left: 11_010}
	take := func(plan RefundPlan, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		given.Units = append(given.Units, plan.Units...)
		given.Shipping += plan.Shipping
		given.ShippingTax += plan.ShippingTax
		given.Left -= plan.Amount()
	}
	take(PlanRefund(o, given, RefundChoice{Units: []UnitID{1}, Goodwill: 1_000, Reason: "late"}))
	take(PlanRefund(o, given, RefundChoice{Shipping: true}))
	plan, err := PlanCancel(o, given, nil)
	want := []RefundRow{{"1 × Tern, 9 / D", 5000}, {"1 × Tern, 9 / D, given back before", 0}, {"Tax", 100}, {"Given back before", -1000}}
	if diff := cmp.Diff(want, plan.Rows()); diff != "" || plan.Pieces() != 2 {
		t.Errorf("%d pieces %s", plan.Pieces(), diff)
	}
	if take(plan, err); given.Left != 0 {
		t.Errorf("%s are left", given.Left)
	}
}

func TestWhatAFailedRefundGivesBackAgain(t *testing.T) {
	o := paidOrder(UnitShipped, UnitWaiting)
	failed := Refund{ID: 7, State: RefundFailed, Amount: 5_910 + 90, Shipping: 800, ShippingTax: 10, Goodwill: 90, Cause: RefundByStaff}
	units := []RefundUnit{{RefundID: 7, UnitID: 1, Net: 5000, Tax: 100}, {RefundID: 6, UnitID: 2, Net: 5000, Tax: 100}}
	tests := []struct {
		name   string
		refund Refund
		given  Given
		want   Cents // 0 for a refusal
	}{
		{"all of it", failed, Given{Left: 11_010}, 6_000},
		{"without the piece that went back since", failed, Given{Left: 5_910, Units: []RefundUnit{{UnitID: 1}}}, 900},
		{"without the shipping that went back since", failed, Given{Left: 10_200, Shipping: 800, ShippingTax: 10}, 5_190},
		{"as much as is left", failed, Given{Left: 20}, 20},
		{"one that has not failed", Refund{ID: 7, State: RefundSucceeded, Amount: 6_000, Goodwill: 6_000}, Given{Left: 11_010}, 0},
		{"a late payment", Refund{State: RefundFailed, Cause: RefundLate, Amount: 70, GivenBefore: 30}, Given{Left: 100}, 100},
		{"a late payment that went back otherwise", Refund{State: RefundFailed, Cause: RefundLate, Amount: 100}, Given{}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan, err := PlanAgain(o, tt.given, tt.refund, units)
			if plan.Amount() != tt.want && err == nil || (err != nil) != (tt.want == 0) || err != nil && KindOf(err) != KindConflict {
				t.Errorf("%s %v, want %s", plan.Amount(), err, tt.want)
			}
		})
	}
}

func TestGoodwillNeedsAReason(t *testing.T) {
	for name, tt := range map[string]struct {
		choice RefundChoice
		fine   bool
	}{
		"a piece without one":  {RefundChoice{Units: []UnitID{1}}, true},
		"goodwill with one":    {RefundChoice{Goodwill: 1, Reason: strings.Repeat("é", 500)}, true},
		"goodwill without":     {RefundChoice{Goodwill: 1, Reason: "  "}, false},
		"one like a novel":     {RefundChoice{Goodwill: 1, Reason: strings.Repeat("é", 501)}, false},
		"a novel for shipping": {RefundChoice{Shipping: true, Reason: strings.Repeat("x", 501)}, false},
	} {
		if err := tt.choice.CheckReason(); (err == nil) != tt.fine {
			t.Errorf("%s: %v", name, err)
		}
	}
}
