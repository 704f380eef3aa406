package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// TestTheFreeShippingRuleIsOneEverywhere reads bag, Stripe session, order page
// and mail on both sides of the threshold, and again after it was moved.
func TestTheFreeShippingRuleIsOneEverywhere(t *testing.T) {
	tests := []struct {
		price shop.Cents
		gap   string // to free shipping when the threshold is $100
		moved string // and when it is $50
	}{
		{9999, "$0.02 away from free shipping", ""},
		{10000, "$0.01 away from free shipping", ""},
		{10001, "", ""},
		{4999, "$50.02 away from free shipping", "$0.02 away from free shipping"},
		{5000, "$50.01 away from free shipping", "$0.01 away from free shipping"},
		{5001, "$50.00 away from free shipping", ""},
	}
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		for _, test := range tests {
			s.Sell(apptest.Shoe{Handle: fmt.Sprintf("tern-%d", test.price), Title: "Tern", Price: test.price, Sizes: []string{"9"}, Stock: 10})
		}
		for _, test := range tests {
			checkRule(t, s, test.price, "Free Shipping for orders over $100 /// Free Returns for all orders.", test.gap)
		}
		if _, err := s.App.Settings.Set(t.Context(), "free_shipping_over", "5000", shop.ByCommand); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the banner changes", func() bool {
			return strings.Contains(s.Shopper(t).Get("/").Text(), "orders over $50 ///")
		})
		for _, test := range tests {
			checkRule(t, s, test.price, "Free Shipping for orders over $50 /// Free Returns for all orders.", test.moved)
		}
		s.Verify()
	})
}

func checkRule(t *testing.T, s *apptest.Shop, price shop.Cents, banner, gap string) {
	t.Helper()
	shipping := shop.Cents(800)
	if gap == "" {
		shipping = 0
	}
	ada := s.Shopper(t)
	bag := ada.Get(fmt.Sprintf("/products/tern-%d", price)).Form("/cart/add").Submit("")
	bag.Must(200, banner, "Your Bag", "Taxes and shipping calculated at checkout", gap)
	if gap == "" {
		bag.MustNot("away from free shipping")
	}
	paying := bag.Form("/cart").Submit("checkout")
	session := session(t, s, paying)
	if session.Subtotal != price || session.Shipping.Total != shipping {
		t.Errorf("at %s Stripe's session has subtotal %s, shipping %s; want shipping %s", price, session.Subtotal, session.Shipping.Total, shipping)
	}
	before := len(s.Mail())
	order := pay(t, paying, nil).Must(200, price.String())
	mail := s.WaitForMail(before + 1)[0]
	for where, text := range map[string]string{"order": order.Text(), "mail": mail.Text} {
		if shipping > 0 && !strings.Contains(text, "$8.00") || shipping == 0 && !strings.Contains(text, "Free") {
			t.Errorf("at %s the %s does not say that shipping is %s:\n%s", price, where, shipping, text)
		}
	}
}

type stripeSession struct {
	Subtotal shop.Cents `json:"amount_subtotal"`
	Shipping struct {
		Total shop.Cents `json:"amount_total"`
	} `json:"shipping_cost"`
}

// session reads the session of a payment page through Stripe's API.
func session(t *testing.T, s *apptest.Shop, paying *apptest.Page) stripeSession {
	t.Helper()
	id := paying.URL.Path[strings.LastIndex(paying.URL.Path, "/")+1:]
	request, err := http.NewRequest(http.MethodGet, s.Simulator+"/v1/checkout/sessions/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.App.Config.Stripe.Key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var got stripeSession
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("reading the session %q: %d %v", id, response.StatusCode, err)
	}
	return got
}
