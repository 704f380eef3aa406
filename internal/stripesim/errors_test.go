package stripesim

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// wantError holds err to a refusal of Stripe's shape; empty code and param are not looked at.
func wantError(t *testing.T, err error, status int, code, param, message string) {
	t.Helper()
	var e *stripe.Error
	if !errors.As(err, &e) {
		t.Errorf("got %v, want a Stripe error %q", err, message)
		return
	}
	if e.HTTPStatusCode != status || code != "" && string(e.Code) != code || param != "" && e.Param != param || e.Msg != message {
		t.Errorf("got %d %s %s %q\nwant %d %s %s %q", e.HTTPStatusCode, e.Code, e.Param, e.Msg, status, code, param, message)
	}
	if e.RequestID == "" {
		t.Error("the error names no request")
	}
}

func TestASessionIsRefusedAsStripeRefusesIt(t *testing.T) {
	w := newWorld(t)
	who, err := w.api.Customers.New(&stripe.CustomerParams{Email: stripe.String("a@example.com")})
	if err != nil {
		t.Fatal(err)
	}
	many := map[string]string{}
	for i := range 51 {
		many[fmt.Sprint("k", i)] = "v"
	}
	type params = stripe.CheckoutSessionParams
	tests := []struct {
		name, code, param, message string
		change                     func(*params)
	}{
		{"no mode", "parameter_missing", "mode", "Missing required param: mode.", func(p *params) { p.Mode = nil }},
		{"no lines", "parameter_missing", "line_items", "Missing required param: line_items.", func(p *params) { p.LineItems = nil }},
		{"no success_url", "parameter_missing", "success_url", "Missing required param: success_url.",
			func(p *params) { p.SuccessURL = nil }},
		{"a success_url that is none", "url_invalid", "success_url", "Not a valid URL",
			func(p *params) { p.SuccessURL = stripe.String("/thanks") }},
		{"a life that is too short", "", "expires_at",
			"The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
			func(p *params) { p.ExpiresAt = stripe.Int64(time.Now().Unix() + 29*60) }},
		{"a life that is too long", "", "expires_at",
			"The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
			func(p *params) { p.ExpiresAt = stripe.Int64(time.Now().Unix() + 25*3600) }},
		{"customer and customer_email", "", "customer",
			"You may only specify one of these parameters: customer, customer_email.",
			func(p *params) { p.Customer, p.CustomerEmail = &who.ID, stripe.String("a@example.com") }},
		{"allow_promotion_codes=false and discounts", "", "allow_promotion_codes",
			"You may only specify one of these parameters: allow_promotion_codes, discounts.",
			func(p *params) {
				p.AllowPromotionCodes = stripe.Bool(false)
				p.Discounts = []*stripe.CheckoutSessionDiscountParams{{Coupon: stripe.String("x")}}
			}},
		{"an unknown coupon", "resource_missing", "discounts[0][coupon]", "No such coupon: 'x'",
			func(p *params) {
				p.Discounts = []*stripe.CheckoutSessionDiscountParams{{Coupon: stripe.String("x")}}
			}},
		{"an unknown customer", "resource_missing", "customer", "No such customer: 'cus_x'",
			func(p *params) { p.Customer = stripe.String("cus_x") }},
		{"taxes for a customer without address", "customer_tax_location_invalid", "customer",
			"Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer " +
				"or set either `customer_update[address]` or `customer_update[shipping]` to 'auto'.",
			func(p *params) { p.Customer = &who.ID }},
		{"49 cents", "amount_too_small", "", "The Checkout Session's total amount due must add up to at least $0.50 usd",
			func(p *params) {
				p.ShippingOptions, p.LineItems = nil, p.LineItems[:1]
				p.LineItems[0].PriceData.UnitAmount = stripe.Int64(49)
			}},
		{"a million dollars", "amount_too_large", "", "The Checkout Session's total amount must be no more than $999,999.99",
			func(p *params) { p.LineItems[0].PriceData.UnitAmount = stripe.Int64(99_999_999) }},
		{"51 metadata keys", "", "metadata", "Metadata can have at most 50 keys.", func(p *params) { p.Metadata = many }},
		{"a long metadata value", "", "metadata[a]", `Metadata values must have up to 500 characters. "a" has 501 characters.`,
			func(p *params) { p.Metadata = map[string]string{"a": strings.Repeat("x", 501)} }},
		{"101 lines", "", "line_items", "Array line_items exceeded maximum 100 allowed elements.",
			func(p *params) {
				for len(p.LineItems) <= 100 {
					p.LineItems = append(p.LineItems, p.LineItems[0])
				}
			}},
		{"a quantity of none", "parameter_invalid_integer", "line_items[0][quantity]",
			"This value must be greater than or equal to 1 (it currently is '0').",
			func(p *params) { p.LineItems[0].Quantity = stripe.Int64(0) }},
		{"a negative price", "parameter_invalid_integer", "line_items[0][price_data][unit_amount]",
			"This value must be greater than or equal to 0 (it currently is '-5').",
			func(p *params) { p.LineItems[0].PriceData.UnitAmount = stripe.Int64(-5) }},
		{"a line without currency", "parameter_missing", "line_items[0][price_data][currency]",
			"Missing required param: line_items[0][price_data][currency].",
			func(p *params) { p.LineItems[0].PriceData.Currency = nil }},
		{"six shipping options", "", "shipping_options", "Array shipping_options exceeded maximum 5 allowed elements.",
			func(p *params) {
				for len(p.ShippingOptions) < 6 {
					p.ShippingOptions = append(p.ShippingOptions, shippingParams("x", 1))
				}
			}},
		{"a country nobody ships to", "", "shipping_address_collection[allowed_countries]",
			"Invalid shipping_address_collection[allowed_countries]: KP is not a supported country",
			func(p *params) { p.ShippingAddressCollection.AllowedCountries[0] = stripe.String("KP") }},
		{"a long reference", "", "client_reference_id",
			"Invalid string: xxxxxxxxxxxxxxxxxxxx...; must be at most 200 characters",
			func(p *params) { p.ClientReferenceID = stripe.String(strings.Repeat("x", 201)) }},
		{"a long descriptor", "", "payment_intent_data[statement_descriptor_suffix]",
			"Invalid string: xxxxxxxxxxxxxxxxxxxx...; must be at most 22 characters",
			func(p *params) {
				p.PaymentIntentData.StatementDescriptorSuffix = stripe.String(strings.Repeat("x", 23))
			}},
		{"a price that Stripe knows and the simulator does not", "parameter_unknown", "tax_id_collection",
			"Received unknown parameter: tax_id_collection",
			func(p *params) {
				p.TaxIDCollection = &stripe.CheckoutSessionTaxIDCollectionParams{Enabled: stripe.Bool(true)}
			}},
		{"an expansion that does not exist", "", "expand", "This property cannot be expanded (nonsense).",
			func(p *params) { p.AddExpand("nonsense") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := sessionParams()
			tt.change(p)
			_, err := w.api.CheckoutSessions.New(p)
			wantError(t, err, 400, tt.code, tt.param, tt.message)
		})
	}
}

func TestRawRequestsAreReadStrictly(t *testing.T) {
	w := newWorld(t)
	auth := map[string]string{"Authorization": "Bearer " + testKey}
	tests := []struct {
		name, method, path, body string
		headers                  map[string]string
		status                   int
		want                     string
	}{
		{"a fraction", "POST", "/v1/refunds", "payment_intent=pi_1&amount=1000.0", auth, 400, "Invalid integer: 1000.0"},
		{"a leading zero", "POST", "/v1/refunds", "payment_intent=pi_1&amount=010", auth, 400, "Invalid integer: 010"},
		{"a full-width digit", "POST", "/v1/refunds", "payment_intent=pi_1&amount=%EF%BC%92", auth, 400, "Invalid integer: "},
		{"an unknown parameter", "POST", "/v1/refunds", "payment_intent=pi_1&colour=red", auth, 400, "Received unknown parameter: colour"},
		{"an unknown nested parameter", "POST", "/v1/customers", "address[planet]=mars", auth, 400,
			"Received unknown parameter: address[planet]"},
		{"an empty value", "POST", "/v1/refunds", "payment_intent=", auth, 400, "parameter_invalid_empty"},
		{"a value and a part of one name", "POST", "/v1/customers", "address=x&address[city]=y", auth, 400, "cannot read the parameter name"},
		{"a reason Stripe has not", "POST", "/v1/refunds", "payment_intent=pi_1&reason=bored", auth, 400, "Invalid reason: must be one of duplicate"},
		{"an unknown path", "GET", "/v1/checkout/baskets", "", auth, 404, "Unrecognized request URL (GET: /v1/checkout/baskets)."},
		{"a wrong method", "DELETE", "/v1/refunds", "", auth, 404, "Unrecognized request URL (DELETE: /v1/refunds)."},
		{"an unknown session", "GET", "/v1/checkout/sessions/cs_test_x", "", auth, 404, "No such checkout.session: 'cs_test_x'"},
		{"an unknown intent", "GET", "/v1/payment_intents/pi_x", "", auth, 404, "No such payment_intent: 'pi_x'"},
		{"no key", "GET", "/v1/balance", "", nil, 401, "Invalid API Key"},
		{"a live key", "GET", "/v1/balance", "", map[string]string{"Authorization": "Bearer sk_live_x"}, 401, "Invalid API Key"},
		{"another version", "GET", "/v1/balance", "",
			map[string]string{"Authorization": "Bearer " + testKey, "Stripe-Version": "2024-04-10"}, 400, "Invalid Stripe API version"},
		{"JSON", "POST", "/v1/refunds", "{}",
			map[string]string{"Authorization": "Bearer " + testKey, "Content-Type": "application/json"}, 400, "must be application/x-www-form-urlencoded"},
		{"a list of nothing", "GET", "/v1/refunds?limit=3", "", auth, 200, `"has_more": false`},
		{"a limit above 100", "GET", "/v1/refunds?limit=101", "", auth, 400, "less than or equal to 100"},
		{"both cursors", "GET", "/v1/refunds?starting_after=a&ending_before=b", "", auth, 400, "ending_before, starting_after"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, body := w.raw(tt.method, tt.path, tt.body, tt.headers)
			if status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("got %d %s\nwant %d %s", status, body, tt.status, tt.want)
			}
		})
	}
}
