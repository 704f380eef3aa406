package payment

import (
	"strings"
	"testing"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76/form"
)

func encoded(r shop.SessionRequest) string {
	values := &form.Values{}
	form.AppendTo(values, sessionParams(r))
	return values.Encode()
}

// A repetition under the same key must be the same to the byte.
func TestTheSameRequestIsTheSameBytes(t *testing.T) {
	r := shop.SessionRequest{
		OrderID: 1, AttemptID: 2, Reference: "r", CartDigest: "d", Environment: "e", Currency: "usd",
		Lines:     []shop.SessionLine{{Position: 1, SKU: "s", Name: "n", Price: 5, Quantity: 1}},
		ExpiresAt: 9, SuccessURL: "http://a/?session_id={CHECKOUT_SESSION_ID}", CancelURL: "http://b",
	}
	first := encoded(r)
	for range 50 {
		if again := encoded(r); again != first {
			t.Fatalf("%s\n%s", first, again)
		}
	}
	for _, never := range []string{"customer_email", "allow_promotion_codes", "discounts", "receipt_email", "after_expiration"} {
		if strings.Contains(first, never) {
			t.Errorf("%s is sent", never)
		}
	}
}

func TestACouponIsTheSameBytesAndForOneUse(t *testing.T) {
	r := shop.SessionRequest{
		OrderID: 1, AttemptID: 2, Reference: "r", Currency: "usd", ExpiresAt: 9,
		Coupon: &shop.SessionCoupon{Code: "SPRING", Amount: 1_003},
	}
	coupon := func() string {
		values := &form.Values{}
		form.AppendTo(values, couponParams(r))
		return values.Encode()
	}
	first := coupon()
	for range 50 {
		if again := coupon(); again != first {
			t.Fatalf("%s\n%s", first, again)
		}
	}
	for _, part := range []string{"id=lr_r", "amount_off=1003", "currency=usd", "duration=once", "max_redemptions=1", "name=SPRING", "redeem_by=86409"} {
		if !strings.Contains("&"+first+"&", "&"+part+"&") {
			t.Errorf("%s is not in %s", part, first)
		}
	}
	if session := encoded(r); !strings.Contains(session, "discounts[0][coupon]=lr_r") {
		t.Errorf("the session does not name its coupon: %s", session)
	}
}

func TestLongNamesAreCut(t *testing.T) {
	tests := []struct {
		in    string
		limit int
		want  string
	}{{"", 3, ""}, {"abc", 3, "abc"}, {"abcd", 3, "abc"}, {"äöüß", 3, "äöü"}}
	for _, tt := range tests {
		if got := clip(tt.in, tt.limit); got != tt.want {
			t.Errorf("clip(%q, %d) = %q", tt.in, tt.limit, got)
		}
	}
}
