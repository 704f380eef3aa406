package payment

import (
	"testing"

	"github.com/stripe/stripe-go/v76"

	"longrun/internal/shop"
)

func TestASessionIsOfACustomerOrBeginsWithAnAddressOfEmail(t *testing.T) {
	tests := []struct {
		name                      string
		r                         shop.SessionRequest
		customer, email, creation *string
		shipping                  bool
	}{
		{"of nobody the shop knows", shop.SessionRequest{Countries: []string{"US"}}, nil, nil, stripe.String("if_required"), false},
		{"of an address of e-mail", shop.SessionRequest{Email: "ada@runner.example"}, nil, stripe.String("ada@runner.example"), stripe.String("if_required"), false},
		{"of a customer", shop.SessionRequest{Customer: "cus_1", Email: "ada@runner.example", Countries: []string{"US"}}, stripe.String("cus_1"), nil, nil, true},
		{"of a customer to whom nothing ships", shop.SessionRequest{Customer: "cus_1"}, stripe.String("cus_1"), nil, nil, false},
	}
	for _, tt := range tests {
		p := sessionParams(tt.r)
		for _, pair := range [][2]*string{{p.Customer, tt.customer}, {p.CustomerEmail, tt.email}, {p.CustomerCreation, tt.creation}} {
			if stripe.StringValue(pair[0]) != stripe.StringValue(pair[1]) || (pair[0] == nil) != (pair[1] == nil) {
				t.Errorf("a session %s has %q, want %q", tt.name, stripe.StringValue(pair[0]), stripe.StringValue(pair[1]))
			}
		}
		if got := p.CustomerUpdate != nil && p.CustomerUpdate.Shipping != nil; got != tt.shipping || (p.CustomerUpdate != nil) != (tt.customer != nil) {
			t.Errorf("a session %s updates %+v", tt.name, p.CustomerUpdate)
		}
	}
}
