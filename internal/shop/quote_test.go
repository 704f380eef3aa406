package shop

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pairs is a bag with one line of n pairs.
func pairs(price Cents, n int) []QuoteLine {
	return []QuoteLine{{Price: price, Quantity: n, Ships: true, InScope: true}}
}

// TestShippingIsFreeStrictlyAboveTheLine reads the rule at the cent, for the
// default line of $100 and again after the shopkeeper has moved it.
func TestShippingIsFreeStrictlyAboveTheLine(t *testing.T) {
	for _, line := range []Cents{10_000, 7_550, 1, 0} {
		t.Run("the line at "+line.String(), func(t *testing.T) {
			s := DefaultSettings()
			s.FreeShippingOver = line
			zone, _ := s.ZoneFor("us")
			for _, away := range []Cents{-2, -1, 0, 1} {
				merchandise := line + away
				if merchandise <= 0 {
					continue
				}
				checkLine(t, QuoteFor(pairs(merchandise, 1), zone, s, nil), merchandise, line)
			}
		})
	}
}

func checkLine(t *testing.T, got Quote, merchandise, line Cents) {
	t.Helper()
	want := Quote{
		Lines: []Cents{merchandise}, Discounts: []Cents{0},
		Subtotal: merchandise, Merchandise: merchandise, Ships: true,
		Shipping: 800, Gap: line + 1 - merchandise, Total: merchandise + 800,
	}
	if merchandise > line {
		want.Shipping, want.Gap, want.Total, want.FreeShips = 0, 0, merchandise, true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", merchandise, diff)
	}
}

func TestTheGapIsSaidLetterForLetter(t *testing.T) {
	s := DefaultSettings()
	zone, _ := s.ZoneFor("us")
	tests := []struct {
		name  string
		lines []QuoteLine
		want  string
	}{
		{"two cents below", pairs(9_998, 1), "$0.03 away from free shipping"},
		{"one cent below", pairs(9_999, 1), "$0.02 away from free shipping"},
		{"on the line", pairs(10_000, 1), "$0.01 away from free shipping"},
		{"above it", pairs(10_001, 1), ""},
		{"far below", pairs(2_500, 1), "$75.01 away from free shipping"},
		{"two halves on the line", pairs(5_000, 2), "$0.01 away from free shipping"},
		{"an empty bag", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := QuoteFor(tt.lines, zone, s, nil).GapLine(); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// less is a code for an amount off everything.
func less(amount int64) *Discount {
	return &Discount{Code: "LESS", Kind: DiscountAmount, Value: amount, Scope: ScopeAll, Active: true}
}

func TestQuoteFor(t *testing.T) {
	s := DefaultSettings()
	us, _ := s.ZoneFor("us")
	paysAlways := Zone{Code: "far", Rate: 1_800}
	free := Zone{Code: "near", FreeShipping: true}
	giftCard := QuoteLine{Price: 20_000, Quantity: 1, GiftCard: true, Ships: true, InScope: true}
	digital := QuoteLine{Price: 1_500, Quantity: 2}
	tests := []struct {
		name     string
		lines    []QuoteLine
		zone     Zone
		discount *Discount
		want     Quote
	}{
		{
			"an empty bag costs nothing and does not ship", nil, us, nil,
			Quote{Lines: []Cents{}, Discounts: []Cents{}},
		},
		{
			"a discount on an empty bag takes nothing", nil, us, less(500),
			Quote{Lines: []Cents{}, Discounts: []Cents{}},
		},
		{
			"several lines add up", []QuoteLine{{Price: 3_000, Quantity: 2, Ships: true}, {Price: 1_995, Quantity: 1, Ships: true}}, us, nil,
			Quote{Lines: []Cents{6_000, 1_995}, Discounts: []Cents{0, 0}, Subtotal: 7_995, Merchandise: 7_995, Ships: true, Shipping: 800, Gap: 2_006, Total: 8_795},
		},
		{
			"a zone without free shipping pays above the line and is told of no gap", pairs(50_000, 1), paysAlways, nil,
			Quote{Lines: []Cents{50_000}, Discounts: []Cents{0}, Subtotal: 50_000, Merchandise: 50_000, Ships: true, Shipping: 1_800, Total: 51_800},
		},
		{
			"a zone that costs nothing is told of no gap", pairs(5_000, 1), free, nil,
			Quote{Lines: []Cents{5_000}, Discounts: []Cents{0}, Subtotal: 5_000, Merchandise: 5_000, Ships: true, Total: 5_000},
		},
		{
			"a discount that crosses the line brings shipping back", pairs(10_001, 1), us, less(1),
			Quote{Lines: []Cents{10_001}, Discounts: []Cents{1}, Subtotal: 10_001, Discount: 1, Merchandise: 10_000, Ships: true, Code: "LESS", Shipping: 800, Gap: 1, Total: 10_800},
		},
		{
			"a discount is spread in proportion", []QuoteLine{{Price: 1_000, Quantity: 1, Ships: true, InScope: true}, {Price: 2_000, Quantity: 1, Ships: true, InScope: true}}, us, less(100),
			Quote{Lines: []Cents{1_000, 2_000}, Discounts: []Cents{33, 67}, Subtotal: 3_000, Discount: 100, Merchandise: 2_900, Ships: true, Code: "LESS", Shipping: 800, Gap: 7_101, Total: 3_700},
		},
		{
			"a discount takes no more than there is", pairs(1_000, 1), us, less(5_000),
			Quote{Lines: []Cents{1_000}, Discounts: []Cents{1_000}, Subtotal: 1_000, Discount: 1_000, Ships: true, Code: "LESS", Shipping: 800, Gap: 10_001, Total: 800},
		},
		{
			"a discount below nothing adds nothing", pairs(1_000, 1), us, less(-500),
			Quote{Lines: []Cents{1_000}, Discounts: []Cents{0}, Subtotal: 1_000, Merchandise: 1_000, Ships: true, Shipping: 800, Gap: 9_001, Total: 1_800},
		},
		{
			"a gift card alone neither ships nor counts", []QuoteLine{giftCard}, us, nil,
			Quote{Lines: []Cents{20_000}, Discounts: []Cents{0}, Subtotal: 20_000, Total: 20_000},
		},
		{
			"a gift card does not lift a bag over the line", append(pairs(9_000, 1), giftCard), us, nil,
			Quote{Lines: []Cents{9_000, 20_000}, Discounts: []Cents{0, 0}, Subtotal: 29_000, Merchandise: 9_000, Ships: true, Shipping: 800, Gap: 1_001, Total: 29_800},
		},
		{
			"a discount leaves gift cards alone", append(pairs(9_000, 1), giftCard), us, less(900),
			Quote{Lines: []Cents{9_000, 20_000}, Discounts: []Cents{900, 0}, Subtotal: 29_000, Discount: 900, Merchandise: 8_100, Ships: true, Code: "LESS", Shipping: 800, Gap: 1_901, Total: 28_900},
		},
		{
			"digital goods alone do not ship", []QuoteLine{digital}, us, nil,
			Quote{Lines: []Cents{3_000}, Discounts: []Cents{0}, Subtotal: 3_000, Merchandise: 3_000, Total: 3_000},
		},
		{
			"digital goods count towards the line", append(pairs(7_001, 1), digital), us, nil,
			Quote{Lines: []Cents{7_001, 3_000}, Discounts: []Cents{0, 0}, Subtotal: 10_001, Merchandise: 10_001, Ships: true, FreeShips: true, Total: 10_001},
		},
		{
			"the most of the dearest does not overflow", pairs(MaxCents, MaxQuantity), us, nil,
			Quote{Lines: []Cents{999_999_990_000}, Discounts: []Cents{0}, Subtotal: 999_999_990_000, Merchandise: 999_999_990_000, Ships: true, FreeShips: true, Total: 999_999_990_000},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, QuoteFor(tt.lines, tt.zone, s, tt.discount)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
