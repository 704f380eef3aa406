package payment

import (
	"testing"

	"github.com/stripe/stripe-go/v76"

	"longrun/internal/shop"
)

func TestASessionIsOfACustomerOrOfAGuest(t *testing.T) {
	tests := []struct {
		name               string
		r                  shop.SessionRequest
		customer, creation string
		shipping           bool
	}{
		{"of a guest", shop.SessionRequest{Countries: []string{"US"}}, "", "if_required", false},
		{"of a customer", shop.SessionRequest{Customer: "cus_1", Countries: []string{"US"}}, "cus_1", "", true},
		{"of a customer to whom nothing ships", shop.SessionRequest{Customer: "cus_1"}, "cus_1", "", false},
	}
	for _, tt := range tests {
		p := sessionParams(tt.r)
		if stripe.StringValue(p.Customer) != tt.customer || stripe.StringValue(p.CustomerCreation) != tt.creation || p.CustomerEmail != nil {
			t.Errorf("a session %s has the customer %q and makes one %q", tt.name, stripe.StringValue(p.Customer), stripe.StringValue(p.CustomerCreation))
		}
		if got := p.CustomerUpdate != nil && p.CustomerUpdate.Shipping != nil; got != tt.shipping || (p.CustomerUpdate != nil) != (tt.customer != "") {
			t.Errorf("a session %s updates %+v", tt.name, p.CustomerUpdate)
		}
	}
}
