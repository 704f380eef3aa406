package stripecontract_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/payment"
	"longrun/internal/shop"
)

// request is a session with everything in it that the shop ever sends.
func request() shop.SessionRequest {
	return shop.SessionRequest{
		OrderID: 1<<53 - 1, AttemptID: 1<<53 - 1, Reference: strings.Repeat("r", 26),
		CartDigest: strings.Repeat("0", 64), Environment: "test", Currency: "usd",
		Lines: []shop.SessionLine{
			{Position: 1, SKU: "TERN-9-D", Name: "Tern Racer – Ember, 9 / D", TaxCode: "txcd_30060006", Price: 12_900, Quantity: 2, ImageURL: "https://longrun.example/media/a.jpg"},
			{Position: 2, Name: "Socks", Price: 1, Quantity: shop.MaxQuantity},
			{Position: 3, Name: "Race entry", TaxCode: "txcd_30060006", Untaxed: true, Price: shop.MaxCents, Quantity: 1},
		},
		Shipping:   &shop.SessionShipping{Name: "Standard shipping", Amount: 800},
		Countries:  []string{"US", "PR"},
		Tax:        true,
		ExpiresAt:  time.Now().Add(31 * time.Minute).Unix(),
		SuccessURL: "https://longrun.example/checkout/success?session_id={CHECKOUT_SESSION_ID}",
		CancelURL:  "https://longrun.example/checkout/cancelled",
		Message:    "Your size is kept for you for 30 minutes.",
	}
}

func TestStripeTakesEveryCallOfOurs(t *testing.T) {
	w := startWire(t)
	const session, intent = "cs_test_a1b2c3", "pi_123"
	ignore := func(shop.Session) error { return nil }
	bare := request()
	bare.Shipping, bare.Countries, bare.Tax, bare.Message = nil, nil, false, ""
	reduced := request()
	reduced.Coupon = &shop.SessionCoupon{Code: strings.Repeat("S", shop.MaxCode), Amount: 1}
	ours := request()
	ours.Customer = "cus_123"
	ada := payment.Customer{Email: "ada@runner.example", Name: "Ada Moss", ShipTo: &shop.AccountAddress{
		Name: "Ada Moss", Line1: "4 Weir Street", City: "Troy", State: "NY", PostalCode: "12180", Country: "US",
	}}
	tests := []struct {
		name string
		call func() error
		want []string // the requests it makes
	}{
		{"reading the balance", func() error { return w.client.Check(t.Context()) }, []string{"GET /v1/balance"}},
		{"opening a session", func() error { _, err := w.client.Create(t.Context(), request(), "key-1"); return err },
			[]string{"POST /v1/checkout/sessions"}},
		{"opening one for goods that do not ship", func() error { _, err := w.client.Create(t.Context(), bare, "key-2"); return err },
			[]string{"POST /v1/checkout/sessions"}},
		{"opening one with a discount", func() error { _, err := w.client.Create(t.Context(), reduced, "key-3"); return err },
			[]string{"POST /v1/coupons", "POST /v1/checkout/sessions"}},
		{"reading a complete session and its lines", func() error { _, err := w.client.Session(t.Context(), session); return err },
			[]string{"GET /v1/checkout/sessions/" + session, "GET /v1/checkout/sessions/" + session + "/line_items"}},
		{"closing a session", func() error { _, err := w.client.Expire(t.Context(), session); return err },
			[]string{"POST /v1/checkout/sessions/" + session + "/expire"}},
		{"listing sessions", func() error {
			return w.client.SessionsSince(t.Context(), shop.At(time.Now().Add(-time.Hour)), "", ignore)
		}, []string{"GET /v1/checkout/sessions"}},
		{"listing complete sessions", func() error {
			return w.client.SessionsSince(t.Context(), shop.At(time.Now().Add(-time.Hour)), shop.SessionComplete, ignore)
		}, []string{"GET /v1/checkout/sessions"}},
		{"giving money back", func() error {
			_, err := w.client.Refund(t.Context(), payment.RefundRequest{RefundID: 1, OrderID: 2, Intent: intent, Amount: 10_725, Key: "refund-1"})
			return err
		}, []string{"POST /v1/refunds"}},
		{"listing what was given back", func() error { _, err := w.client.RefundsOf(t.Context(), intent); return err },
			[]string{"GET /v1/refunds"}},
		{"listing all that was given back of late", func() error {
			return w.client.RefundsSince(t.Context(), shop.At(time.Now().Add(-time.Hour)), func(payment.RefundResult) error { return nil })
		}, []string{"GET /v1/refunds"}},
		{"making a customer", func() error { _, err := w.client.CreateCustomer(t.Context(), "k3y", "test"); return err }, []string{"POST /v1/customers"}},
		{"writing what a customer's page begins with", func() error { return w.client.UpdateCustomer(t.Context(), "cus_123", ada) }, []string{"POST /v1/customers/cus_123"}},
		{"writing it without an address", func() error {
			return w.client.UpdateCustomer(t.Context(), "cus_123", payment.Customer{Email: ada.Email})
		}, []string{"POST /v1/customers/cus_123"}},
		{"opening a session of a customer", func() error { _, err := w.client.Create(t.Context(), ours, "key-4"); return err },
			[]string{"POST /v1/checkout/sessions"}},
		{"asking whose refund it is", func() error { return found(w.client.OriginOf(t.Context(), "re_123")) }, []string{"GET /v1/refunds/re_123"}},
		{"asking whose charge it is", func() error { return found(w.client.OriginOf(t.Context(), "ch_123")) }, []string{"GET /v1/charges/ch_123"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.call()
			calls := w.taken()
			if err != nil {
				t.Errorf("%v", err)
			}
			if len(calls) != len(tt.want) {
				t.Fatalf("it made %d requests, want %v: %v", len(calls), tt.want, calls)
			}
			for i, c := range calls {
				if c.line() != tt.want[i] || c.status != 200 {
					t.Errorf("%s was answered %d, want %s and 200: %s", c.line(), c.status, tt.want[i], c.answer)
				}
				checkLimits(t, c.form)
			}
		})
	}
}

// found lets an answer without a payment pass: the stub knows none.
func found(_ payment.Origin, err error) error {
	if shop.IsNotFound(err) {
		return nil
	}
	return err
}

// checkLimits looks at what stripe-mock lets pass and Stripe does not
// (docs.stripe.com/api/metadata, /api/checkout/sessions/create).
func checkLimits(t *testing.T, form url.Values) {
	t.Helper()
	for name, values := range form {
		most := 5_000
		switch {
		case strings.Contains(name, "metadata["):
			most = 500
			if key := name[strings.LastIndex(name, "[")+1 : len(name)-1]; len(key) > 40 {
				t.Errorf("the name of %s has over 40 characters", name)
			}
		case name == "client_reference_id" || name == "id":
			most = 200
		case name == "name": // a coupon's
			most = 40
		case strings.HasPrefix(name, "custom_text"):
			most = 1_200
		case strings.HasSuffix(name, "[name]"):
			most = 250
		}
		for _, v := range values {
			if len(v) > most || v == "" && name != "shipping" { // an empty one takes it away
				t.Errorf("%s has %d characters, Stripe takes 1 to %d", name, len(v), most)
			}
		}
	}
}

// TestTheContractBites shows that a wrong value does not pass.
func TestTheContractBites(t *testing.T) {
	w := startWire(t)
	tests := []struct {
		name   string
		change func(*shop.SessionRequest)
	}{
		{"a country that Stripe does not know", func(r *shop.SessionRequest) { r.Countries = []string{"XX"} }},
		{"a country in small letters", func(r *shop.SessionRequest) { r.Countries = []string{"us"} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request()
			tt.change(&r)
			_, err := w.client.Create(t.Context(), r, fmt.Sprintf("bites-%s", tt.name))
			if refused := payment.Refused(err); refused == nil || refused.Status != 400 {
				t.Errorf("not refused: %v", err)
			}
		})
	}
}
