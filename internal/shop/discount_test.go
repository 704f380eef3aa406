package shop

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseCode(t *testing.T) {
	tests := []struct {
		name, typed, want string
	}{
		{"as it is", "SPRING", "SPRING"},
		{"in lower case", "spring-26", "SPRING-26"},
		{"with spaces around it", "  Spring\t", "SPRING"},
		{"the shortest", "abc", "ABC"},
		{"the longest", strings.Repeat("a", 32), strings.Repeat("A", 32)},
		{"too short", "ab", ""},
		{"too long", strings.Repeat("a", 33), ""},
		{"five hundred characters", strings.Repeat("A", 500), ""},
		{"nothing", "", ""},
		{"a space inside", "TWO WORDS", ""},
		{"two codes", "SPRING,SUMMER", ""},
		{"markup", "<script>alert(1)</script>", ""},
		{"letters that only look like ASCII", "ＳＰＲＩＮＧ", ""},
		{"a letter that becomes ASCII in capitals", "ſpring", ""},
		{"a NUL", "ABC\x00", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseCode(tt.typed)
			if got != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("%q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func in(price Cents, n int) QuoteLine {
	return QuoteLine{Price: price, Quantity: n, Ships: true, InScope: true}
}

func out(price Cents, n int) QuoteLine { return QuoteLine{Price: price, Quantity: n, Ships: true} }

func TestADiscountToTheCent(t *testing.T) {
	s := DefaultSettings()
	us, _ := s.ZoneFor("us")
	percent := func(n int64) *Discount { return &Discount{Code: "P", Kind: DiscountPercent, Value: n} }
	amount := func(n int64) *Discount { return &Discount{Code: "A", Kind: DiscountAmount, Value: n} }
	free := &Discount{Code: "F", Kind: DiscountShipping}
	type sum struct {
		Discounts []Cents
		Shipping  Cents
		Total     Cents
		Code      string
	}
	tests := []struct {
		name  string
		d     *Discount
		lines []QuoteLine
		want  sum
	}{
		{"9999 after it pays shipping", amount(1), []QuoteLine{in(10_000, 1)}, sum{[]Cents{1}, 800, 10_799, "A"}},
		{"10000 after it pays shipping", amount(1), []QuoteLine{in(10_001, 1)}, sum{[]Cents{1}, 800, 10_800, "A"}},
		{"10001 after it ships free", amount(1), []QuoteLine{in(10_002, 1)}, sum{[]Cents{1}, 0, 10_001, "A"}},
		{"a percentage down to 10000 pays shipping", percent(50), []QuoteLine{in(20_000, 1)}, sum{[]Cents{10_000}, 800, 10_800, "P"}},
		{"a percentage down to 10001 ships free", percent(50), []QuoteLine{in(20_001, 1)}, sum{[]Cents{10_000}, 0, 10_001, "P"}},
		{"three pieces and an odd cent", percent(10), []QuoteLine{in(3_333, 3)}, sum{[]Cents{999}, 800, 9_800, "P"}},
		{"over three lines, by cumulative floor", amount(100), []QuoteLine{in(1_000, 1), in(1_000, 1), in(1_000, 1)}, sum{[]Cents{33, 33, 34}, 800, 3_700, "A"}},
		{"everything off leaves shipping", percent(100), []QuoteLine{in(9_999, 1), in(101, 3)}, sum{[]Cents{9_999, 303}, 800, 800, "P"}},
		{"one percent of a few cents is nothing and uses no code", percent(1), []QuoteLine{in(99, 1)}, sum{[]Cents{0}, 800, 899, ""}},
		{"an amount above what its lines cost", amount(50_000), []QuoteLine{in(1_000, 1), out(2_000, 1)}, sum{[]Cents{1_000, 0}, 800, 2_800, "A"}},
		{"lines out of scope stay whole", percent(20), []QuoteLine{out(5_000, 1), in(5_005, 1), out(100, 2)}, sum{[]Cents{0, 1_001, 0}, 800, 10_004, "P"}},
		{"a gift card in scope stays whole", percent(100), []QuoteLine{{Price: 5_000, Quantity: 1, GiftCard: true, InScope: true}, in(1_000, 1)}, sum{[]Cents{0, 1_000}, 800, 5_800, "P"}},
		{"free shipping", free, []QuoteLine{in(5_000, 1)}, sum{[]Cents{0}, 0, 5_000, "F"}},
		{"free shipping that is free already uses no code", free, []QuoteLine{in(10_001, 1)}, sum{[]Cents{0}, 0, 10_001, ""}},
		{"the most of the dearest does not overflow", percent(99), []QuoteLine{in(MaxCents, MaxQuantity)}, sum{[]Cents{989_999_990_100}, 0, 9_999_999_900, "P"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := QuoteFor(tt.lines, us, s, tt.d)
			if diff := cmp.Diff(tt.want, sum{q.Discounts, q.Shipping, q.Total, q.Code}); diff != "" {
				t.Error(diff)
			}
			if q.Shipping == 0 && (!q.FreeShips || q.GapLine() != "") {
				t.Errorf("it ships free, free is %v and the gap %q", q.FreeShips, q.GapLine())
			}
		})
	}
}

func TestAFreeShippingCodeHoldsWhereNothingElseShipsFree(t *testing.T) {
	far := Zone{Code: "far", Rate: 1_800}
	q := QuoteFor([]QuoteLine{in(50_000, 1)}, far, DefaultSettings(), &Discount{Code: "F", Kind: DiscountShipping})
	if q.Shipping != 0 || q.Total != 50_000 || q.Code != "F" {
		t.Errorf("%+v", q)
	}
}

func TestWhyACodeTakesNothingOff(t *testing.T) {
	now := At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	hour := func(n int) Instant { return now.Add(time.Duration(n) * time.Hour) }
	good := func(change func(*Discount)) *Discount {
		d := &Discount{Code: "SPRING", Kind: DiscountPercent, Value: 10, Scope: ScopeAll, StartsAt: hour(-1), Active: true}
		if change != nil {
			change(d)
		}
		return d
	}
	shoes := []QuoteLine{in(3_000, 2), out(4_000, 1)}
	giftCard := []QuoteLine{{Price: 9_000, Quantity: 1, GiftCard: true, Ships: true, InScope: true}}
	digital := []QuoteLine{{Price: 9_000, Quantity: 1, InScope: true}}
	tests := []struct {
		name  string
		d     *Discount
		own   bool
		lines []QuoteLine
		want  CodeProblem
	}{
		{"nothing stands in the way", good(nil), false, shoes, CodeProblem{}},
		{"no such code", nil, false, shoes, CodeProblem{"There is no discount code SPRING.", false}},
		{"one that is off is as unknown", good(func(d *Discount) { d.Active = false }), false, shoes, CodeProblem{"There is no discount code SPRING.", false}},
		{"before it starts", good(func(d *Discount) { d.StartsAt = hour(1) }), false, shoes, CodeProblem{"SPRING cannot be used yet.", false}},
		{"at its start", good(func(d *Discount) { d.StartsAt = now }), false, shoes, CodeProblem{}},
		{"at its end", good(func(d *Discount) { d.EndsAt = &now }), false, shoes, CodeProblem{"SPRING has expired.", false}},
		{"before its end", good(func(d *Discount) { end := hour(1); d.EndsAt = &end }), false, shoes, CodeProblem{}},
		{"used up", good(func(d *Discount) { d.MaxUses, d.Uses = new(int64(2)), 2 }), false, shoes, CodeProblem{"SPRING has been used as often as it could be.", false}},
		{"used up, by this bag's own order", good(func(d *Discount) { d.MaxUses, d.Uses = new(int64(2)), 2 }), true, shoes, CodeProblem{}},
		{"one use left", good(func(d *Discount) { d.MaxUses, d.Uses = new(int64(2)), 1 }), false, shoes, CodeProblem{}},
		{"twelve dollars below the minimum", good(func(d *Discount) { d.Minimum = 7_200 }), false, shoes, CodeProblem{"Add $12.00 more to use SPRING.", true}},
		{"at the minimum", good(func(d *Discount) { d.Minimum = 6_000 }), false, shoes, CodeProblem{}},
		{"below the minimum of its own products", good(func(d *Discount) { d.Minimum, d.Scope = 6_001, ScopeProducts }), false, shoes, CodeProblem{"Add $0.01 more of what SPRING is for to use it.", true}},
		{"for nothing in the bag", good(nil), false, []QuoteLine{out(4_000, 1)}, CodeProblem{"SPRING is not for anything in your bag.", true}},
		{"gift cards alone", good(nil), false, giftCard, CodeProblem{"SPRING is not for anything in your bag.", true}},
		{"free shipping where nothing ships", good(func(d *Discount) { d.Kind = DiscountShipping }), false, digital, CodeProblem{"SPRING is for shipping, and nothing in your bag is shipped.", true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, got := BagCode{Code: "SPRING", Discount: tt.d, Own: tt.own}.For(tt.lines, now)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if (d != nil) != (tt.want == CodeProblem{}) {
				t.Errorf("it gives %+v", d)
			}
		})
	}
}

func TestAnOrderOverTheLimitOfACustomerIsLookedAt(t *testing.T) {
	two := &Discount{Code: "SPRING", MaxPerCustomer: new(int64(2))}
	tests := []struct {
		name   string
		d      *Discount
		before int64
		want   string
	}{
		{"no discount", nil, 9, ""},
		{"no limit", &Discount{Code: "SPRING"}, 9, ""},
		{"the last that one may", two, 1, ""},
		{"one too many", two, 2, "the discount code SPRING is for 2 per customer, and this one had used it 2 before"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := PerCustomerReview(tt.d, tt.before); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
