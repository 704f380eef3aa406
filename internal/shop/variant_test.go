package shop

import "testing"

func TestHowManyOfAVariantCanBeSold(t *testing.T) {
	tracked := func(onHand, held int64) Variant {
		return Variant{Tracked: true, Policy: PolicyDeny, Stock: StockLevel{OnHand: onHand, Held: held}}
	}
	continued := tracked(0, 0)
	continued.Policy = PolicyContinue
	below := tracked(-3, 1)
	belowContinued := below
	belowContinued.Policy = PolicyContinue
	tests := []struct {
		name      string
		variant   Variant
		one, five bool
		left      int64
		limited   bool
	}{
		{"plenty", tracked(9, 0), true, true, 9, true},
		{"just enough", tracked(5, 0), true, true, 5, true},
		{"one too few because one is held", tracked(5, 1), true, false, 4, true},
		{"the last is held", tracked(1, 1), false, false, 0, true},
		{"none", tracked(0, 0), false, false, 0, true},
		{"fewer than none", below, false, false, 0, true},
		{"none, but sold on", continued, true, true, 0, false},
		{"fewer than none, but sold on", belowContinued, true, true, 0, false},
		{"not counted", Variant{Policy: PolicyDeny}, true, true, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := tt.variant
			if v.Available() != tt.one || v.CanSell(1) != tt.one || v.CanSell(5) != tt.five {
				t.Errorf("available %v, one %v, five %v", v.Available(), v.CanSell(1), v.CanSell(5))
			}
			if left, limited := v.Left(); left != tt.left || limited != tt.limited {
				t.Errorf("%d left, limited %v", left, limited)
			}
		})
	}
}

func TestAVariantIsNamedByItsOptions(t *testing.T) {
	tests := []struct {
		name          string
		variant       Variant
		title, public string
		options       int
	}{
		{"one option", Variant{Option1: "9"}, "9", "9", 1},
		{"three options", Variant{Option1: "9", Option2: "D", Option3: "Ember"}, "9 / D / Ember", "9 / D / Ember", 3},
		{"nothing to choose", Variant{Option1: DefaultTitle}, DefaultTitle, "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.variant.Title(); got != tt.title {
				t.Errorf("title %q", got)
			}
			if got := tt.variant.PublicTitle(); got != tt.public {
				t.Errorf("public title %q", got)
			}
			if got := tt.variant.Options(tt.options); len(got) != tt.options || got[0] != tt.variant.Option1 {
				t.Errorf("options %q", got)
			}
		})
	}
	v := Variant{Option1: "9"}
	if got := len(v.Options(0)); got != 1 {
		t.Errorf("of no options there are %d values, want Shopify's one", got)
	}
	if got := len(v.Options(7)); got != 3 {
		t.Errorf("of seven options there are %d values, want 3", got)
	}
}

func TestStockFree(t *testing.T) {
	for level, want := range map[StockLevel]int64{
		{OnHand: 5, Held: 2}:  3,
		{OnHand: 2, Held: 2}:  0,
		{OnHand: -1, Held: 2}: -3,
		{}:                    0,
	} {
		if got := level.Free(); got != want {
			t.Errorf("%+v has %d free, want %d", level, got, want)
		}
	}
}
