package shop

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSettleDecidesByTheTable(t *testing.T) {
	open := Session{Status: SessionOpen, PaymentStatus: PaymentUnpaid}
	paid := Session{Status: SessionComplete, PaymentStatus: PaymentPaid}
	waiting := Session{Status: SessionComplete, PaymentStatus: PaymentUnpaid, IntentStatus: "processing"}
	broken := Session{Status: SessionComplete, PaymentStatus: PaymentUnpaid, IntentStatus: "requires_payment_method"}
	free := Session{Status: SessionComplete, PaymentStatus: PaymentNotRequired}
	expired := Session{Status: SessionExpired, PaymentStatus: PaymentUnpaid}
	tests := []struct {
		name  string
		facts SettleFacts
		want  SettleAct
	}{
		{"open, its id not noted yet", SettleFacts{Order: OrderPending, Attempt: AttemptCreating, Session: open}, SettleOpen},
		{"open, superseded", SettleFacts{Order: OrderCancelled, Attempt: AttemptSuperseded, Session: open}, SettleExpire},
		{"open, the order cancelled by someone", SettleFacts{Order: OrderCancelled, Attempt: AttemptOpen, Session: open}, SettleExpire},
		{"open, but not what was asked for", SettleFacts{Order: OrderPending, Attempt: AttemptCreating, Session: open, Differs: "x"}, SettleExpire},
		{"open, the order paid by another", SettleFacts{Order: OrderPaid, Attempt: AttemptOpen, Session: open}, SettleExpire},
		{"open, paid: impossible", SettleFacts{Order: OrderPaid, Attempt: AttemptPaid, Session: open}, SettleNothing},

		{"paid", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: paid}, SettlePay},
		{"paid before its id was noted", SettleFacts{Order: OrderPending, Attempt: AttemptCreating, Session: paid}, SettlePay},
		{"paid at last by a slow method", SettleFacts{Order: OrderProcessing, Attempt: AttemptProcessing, Session: paid}, SettlePay},
		{"paid again", SettleFacts{Order: OrderPaid, Attempt: AttemptPaid, Session: paid}, SettleNothing},
		{"paid, given back already", SettleFacts{Order: OrderCancelled, Attempt: AttemptLate, Session: paid}, SettleNothing},
		{"paid after it expired", SettleFacts{Order: OrderCancelled, Attempt: AttemptExpired, Session: paid}, SettleLate},
		{"paid after it was superseded", SettleFacts{Order: OrderCancelled, Attempt: AttemptSuperseded, Session: paid}, SettleLate},
		{"paid after it failed", SettleFacts{Order: OrderCancelled, Attempt: AttemptFailed, Session: paid}, SettleLate},
		{"paid late, and the later order is paid", SettleFacts{Order: OrderCancelled, Attempt: AttemptSuperseded, Session: paid, TwinPaid: true}, SettleRefund},
		{"paid, and the order it replaced was paid", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: paid, TwinPaid: true}, SettleRefund},
		{"paid after someone cancelled it", SettleFacts{Order: OrderCancelled, Attempt: AttemptOpen, Session: paid}, SettleRefund},
		{"paid, another sum", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: paid, Differs: "x"}, SettleReview},
		{"paid late, another sum", SettleFacts{Order: OrderCancelled, Attempt: AttemptExpired, Session: paid, Differs: "x"}, SettleReview},
		{"paid twice, another sum: no refund by guess", SettleFacts{Order: OrderCancelled, Attempt: AttemptOpen, Session: paid, Differs: "x", TwinPaid: true}, SettleReview},
		{"paid again, another sum", SettleFacts{Order: OrderPaid, Attempt: AttemptPaid, Session: paid, Differs: "x"}, SettleNothing},

		{"the money on its way", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: waiting}, SettleProcessing},
		{"still on its way", SettleFacts{Order: OrderProcessing, Attempt: AttemptProcessing, Session: waiting}, SettleNothing},
		{"on its way for what is over", SettleFacts{Order: OrderCancelled, Attempt: AttemptExpired, Session: waiting}, SettleReview},
		{"the money did not come", SettleFacts{Order: OrderProcessing, Attempt: AttemptProcessing, Session: broken}, SettleRelease},
		{"it did not come for what is paid", SettleFacts{Order: OrderPaid, Attempt: AttemptPaid, Session: broken}, SettleNothing},

		{"nothing to pay", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: free}, SettlePay},
		{"nothing to pay where something was", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: free, Differs: "x"}, SettleReview},

		{"expired", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: expired}, SettleRelease},
		{"expired before its id was noted", SettleFacts{Order: OrderPending, Attempt: AttemptCreating, Session: expired}, SettleRelease},
		{"expired twice", SettleFacts{Order: OrderCancelled, Attempt: AttemptExpired, Session: expired}, SettleNothing},
		{"expired after it was superseded", SettleFacts{Order: OrderCancelled, Attempt: AttemptSuperseded, Session: expired}, SettleNothing},
		{"expired after it was paid", SettleFacts{Order: OrderPaid, Attempt: AttemptPaid, Session: expired}, SettleNothing},
		{"another session of the attempt expired", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: expired, Differs: "x", Other: true}, SettleNothing},
		{"a status nobody knows", SettleFacts{Order: OrderPending, Attempt: AttemptOpen, Session: Session{Status: "new"}}, SettleNothing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Settle(tt.facts); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestSessionDiffers(t *testing.T) {
	id := "cs_test_1"
	o := &Order{ID: 1, Currency: "usd", Subtotal: 10_000, Discount: 500, Shipping: 800, Total: 10_300}
	a := &PaymentAttempt{ID: 2, Reference: "r", SessionID: &id}
	same := Session{
		ID: id, OrderID: 1, AttemptID: 2, Reference: "r", Currency: "usd",
		Subtotal: 10_000, Discount: 500, Shipping: 800, Tax: 912, Total: 11_212,
	}
	tests := []struct {
		name   string
		change func(*Session)
		want   string
	}{
		{"the same", func(*Session) {}, ""},
		{"another order", func(s *Session) { s.OrderID = 9 }, "the session names another order"},
		{"another attempt", func(s *Session) { s.AttemptID = 9 }, "the session names another order"},
		{"another reference", func(s *Session) { s.Reference = "q" }, "the session names another order"},
		{"another session", func(s *Session) { s.ID = "cs_test_2" }, "another session than the order's own"},
		{"another currency", func(s *Session) { s.Currency = "eur" }, `the session is in "eur", the order in "usd"`},
		{"a cent less for the goods", func(s *Session) { s.Subtotal--; s.Total-- }, "lines of $99.99, where the order has $100.00"},
		{"a discount of Stripe's own", func(s *Session) { s.Discount++; s.Total-- }, "discount of $5.01, where the order has $5.00"},
		{"another shipping", func(s *Session) { s.Shipping = 0; s.Total -= 800 }, "shipping of $0.00, where the order has $8.00"},
		{"a cent less in all", func(s *Session) { s.Total-- }, "total of $102.99, where the order has $103.00"},
		{"a negative tax", func(s *Session) { s.Tax = -1; s.Total = 10_299 }, "the tax is negative"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := same
			tt.change(&s)
			if got := SessionDiffers(o, a, s); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestAddressReview(t *testing.T) {
	s := DefaultSettings()
	all := DefaultSettings()
	for i := range all.Zones {
		all.Zones[i].On = true
	}
	shoe := Order{ZoneCode: "us", Lines: []OrderLine{{Ships: true}}}
	tests := []struct {
		name     string
		order    Order
		settings Settings
		to       OrderContact
		want     string
	}{
		{"on the list", shoe, s, OrderContact{Country: "US", State: "NY"}, ""},
		{"off the list", shoe, s, OrderContact{Country: "US", State: "AK"}, "the shop does not ship to AK US"},
		{"another country", shoe, s, OrderContact{Country: "CA", State: "ON"}, "the shop does not ship to ON CA"},
		{"no address", shoe, s, OrderContact{}, "no address came with the payment"},
		{"nothing to ship", Order{Lines: []OrderLine{{}}}, s, OrderContact{}, ""},
		{"a dearer zone than was asked for", shoe, all, OrderContact{Country: "US", State: "HI"},
			"shipping was worked out for United States, the address is in Hawaii"},
		{"another zone at the same rates", shoe, all, OrderContact{Country: "US", State: "AE"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := AddressReview(&tt.order, tt.to, tt.settings); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestCountriesFor(t *testing.T) {
	s := DefaultSettings()
	for i := range s.Zones {
		s.Zones[i].On = true
	}
	for code, want := range map[string][]string{"us": {"US"}, "us-ak": {"US", "PR"}, "pr": {"US", "PR"}} {
		zone, _ := s.ZoneFor(code)
		if diff := cmp.Diff(want, s.CountriesFor(zone)); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
}

func TestSpreadTaxAddsUpToTheCent(t *testing.T) {
	order := Order{Lines: []OrderLine{
		{Position: 1, Units: []OrderUnit{{ID: 1, PaidNet: 3_333}, {ID: 2, PaidNet: 3_333}, {ID: 3, PaidNet: 3_334}}},
		{Position: 2, Units: []OrderUnit{{ID: 4, PaidNet: 0}, {ID: 5, PaidNet: 0}}},
		{Position: 3, Units: []OrderUnit{{ID: 6, PaidNet: 500}}},
	}}
	var got []Cents
	for _, u := range SpreadTax(&order, map[int]Cents{1: 889, 3: 44}) {
		got = append(got, *u.PaidTax)
	}
	if diff := cmp.Diff([]Cents{296, 296, 297, 0, 0, 44}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTaxReview(t *testing.T) {
	s := Session{Tax: 100, ShippingTax: 10, LineTaxes: map[int]Cents{1: 60, 2: 30}}
	if got := TaxReview(s); got != "" {
		t.Errorf("%q", got)
	}
	s.LineTaxes[2]--
	if got := TaxReview(s); got != "the taxes by line and of shipping are $0.99, the tax is $1.00" {
		t.Errorf("%q", got)
	}
}

func TestShortSentence(t *testing.T) {
	tests := []struct {
		name         string
		onHand, held int64
		wanted       int64
		want         string
	}{
		{"none left", 0, 0, 1, "Tern in 9 has just sold out."},
		{"sold beyond", -2, 0, 1, "Tern in 9 has just sold out."},
		{"the last one is being paid for", 1, 1, 1, "The last Tern in 9 is being paid for by someone else right now. It may come back within the hour."},
		{"the last ones are", 3, 3, 2, "The last 3 of Tern in 9 are being paid for by others right now. Some may come back within the hour."},
		{"fewer than asked for", 5, 3, 4, "Only 2 of Tern in 9 can be had now; your bag has 4."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ShortSentence("Tern in 9", StockLevel{OnHand: tt.onHand, Held: tt.held}, tt.wanted); got != tt.want {
				t.Errorf("%q", got)
			}
		})
	}
}
