package shop

import (
	"strings"
	"testing"
	"time"
)

// returned is a pair of an order that was paid, sent on November 1, 2026 and
// delivered at a time.
func returned(t *testing.T, delivered, now string, change func(*ReturnFacts)) ReturnFacts {
	t.Helper()
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) Instant {
		moment, err := time.ParseInLocation("2006-01-02 15:04:05", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return At(moment)
	}
	f := ReturnFacts{
		Order: &Order{State: OrderPaid}, Line: &OrderLine{Title: "Tern"}, Unit: OrderUnit{State: UnitShipped},
		Parcel: &Parcel{State: ParcelShipped, ShippedAt: at("2026-11-01 09:00:00")}, Days: 60, Location: zone, Now: at(now),
	}
	if delivered != "" {
		d := at(delivered)
		f.Parcel.State, f.Parcel.DeliveredAt = ParcelDelivered, &d
	}
	if change != nil {
		change(&f)
	}
	return f
}

func TestWhatMayComeBack(t *testing.T) {
	const delivered, soon = "2026-11-03 23:59:59", "2026-11-10 12:00:00"
	tests := []struct {
		name      string
		delivered string
		now       string
		change    func(*ReturnFacts)
		rule      string // "" where it may
		staff     bool   // staff may allow it all the same
	}{
		{"a pair that fits nobody", delivered, soon, nil, "", true},
		{"on its last second", delivered, "2027-01-02 23:59:59", nil, "", true},
		{"a second later", delivered, "2027-01-03 00:00:00", nil, "window", true},
		{"a delivery nobody recorded: ten days later counts", "", "2027-01-10 23:59:59", nil, "", true},
		{"and a second after that", "", "2027-01-11 00:00:00", nil, "window", true},
		{"over the end of summer time", "2026-09-10 08:00:00", "2026-11-09 23:59:59", nil, "", true},
		{"over the end of summer time, late", "2026-09-10 08:00:00", "2026-11-10 00:00:00", nil, "window", true},
		{"what was not paid", delivered, soon, func(f *ReturnFacts) { f.Order.State = OrderPending }, "not paid", false},
		{"what was cancelled", delivered, soon, func(f *ReturnFacts) { f.Unit.State = UnitCancelled }, "cancelled", false},
		{"a gift card", delivered, soon, func(f *ReturnFacts) { f.Line.GiftCard = true }, "gift card", false},
		{"what waits for its parcel", delivered, soon, func(f *ReturnFacts) { f.Unit.State, f.Parcel = UnitWaiting, nil }, "not sent", false},
		{"what is in a return", delivered, soon, func(f *ReturnFacts) { f.Returned = true }, "in a return", false},
		{"what was given back", delivered, soon, func(f *ReturnFacts) { f.Given = true }, "given back", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := returned(t, tt.delivered, tt.now, tt.change)
			rule := ReturnRefusal(f, false)
			got := ""
			if rule != nil {
				if got = rule.Name; rule.Sentence(f) == "" {
					t.Error("it refuses without a word")
				}
			}
			if got != tt.rule || (ReturnRefusal(f, true) == nil) != tt.staff {
				t.Errorf("%q, want %q", got, tt.rule)
			}
		})
	}
}

func TestTheWindowIsToldByItsLastDay(t *testing.T) {
	f := returned(t, "2026-11-03 08:00:00", "2027-02-01 00:00:00", nil)
	if got := ReturnRefusal(f, false).Sentence(f); !strings.Contains(got, "until January 2, 2027") {
		t.Error(got)
	}
}

func TestEveryReasonSaysOneThing(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range ReturnReasons() {
		for _, c := range g.Reasons {
			r := ReturnReason(c.Value)
			if seen[c.Value] || !r.Known() || !strings.HasPrefix(r.Title(), g.Title+": ") {
				t.Errorf("%s: %q", c.Value, r.Title())
			}
			if r.Length() != 0 && (r.Width() != 0 || r.ShopsFault()) {
				t.Errorf("%s says too much", c.Value)
			}
			seen[c.Value] = true
		}
	}
	if !ReasonOtherwise.Known() || ReturnReason("too_small").Known() || ReturnReason("").Known() {
		t.Error("what there is and what there is not")
	}
}

func TestWhatComesBackGivesBackWhatWasPaid(t *testing.T) {
	o := paidOrder(UnitShipped, UnitShipped) // $50.00 and $1.00 tax each, shipping $8.00 and ten cents tax
	tests := []struct {
		name     string
		given    Given
		units    []UnitID
		shipping bool
		want     Cents // −1 for a refusal
	}{
		{"one piece", Given{Left: 11_010}, []UnitID{1}, false, 5_100},
		{"both", Given{Left: 11_010}, []UnitID{1, 2}, false, 10_200},
		{"both and shipping", Given{Left: 11_010}, []UnitID{1, 2}, true, 11_010},
		{"what went back before adds nothing", Given{Left: 5_910, Units: []RefundUnit{{UnitID: 1}}}, []UnitID{1, 2}, false, 5_100},
		{"never more than is left", Given{Left: 300}, []UnitID{1}, false, 300},
		{"shipping once", Given{Left: 5_100, Shipping: 800, ShippingTax: 10}, []UnitID{1}, true, 5_100},
		{"another order's piece", Given{Left: 11_010}, []UnitID{9}, false, -1},
		{"while it is disputed", Given{Left: 11_010, Dispute: &Dispute{}}, []UnitID{1}, false, -1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan, err := PlanReturn(o, tt.given, tt.units, tt.shipping)
			if (err != nil) != (tt.want < 0) || err == nil && plan.Amount() != tt.want {
				t.Errorf("%s %v", plan.Amount(), err)
			}
		})
	}
}
