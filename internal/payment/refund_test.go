package payment_test

import (
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

func TestMoneyGoesBackOnceAKey(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	ctx := t.Context()
	s, err := w.Pay.Create(ctx, request(w), "key")
	if err != nil {
		t.Fatal(err)
	}
	w.Control("/_sim/sessions/"+s.ID+"/pay", "state", "OR")
	if s, err = w.Pay.Session(ctx, s.ID); err != nil {
		t.Fatal(err)
	}
	r := payment.RefundRequest{RefundID: 3, OrderID: 5, Intent: s.PaymentIntent, Amount: s.Total, Key: "re"}
	first, err := w.Pay.Refund(ctx, r)
	if err != nil || first.State() != shop.RefundSucceeded || first.Amount != s.Total || first.RefundID != 3 {
		t.Errorf("%+v %v", first, err)
	}
	if second, err := w.Pay.Refund(ctx, r); err != nil || second.ID != first.ID {
		t.Errorf("%+v %v", second, err)
	}
	r.Key = "another"
	if _, err := w.Pay.Refund(ctx, r); payment.Refused(err) == nil {
		t.Errorf("more than was paid: %v", err)
	}
	if all, err := w.Pay.RefundsOf(ctx, s.PaymentIntent); err != nil || len(all) != 1 || all[0] != first {
		t.Errorf("%+v %v", all, err)
	}
	if _, err := w.Pay.RefundsOf(ctx, ""); !shop.IsNotFound(err) {
		t.Errorf("of no payment: %v", err)
	}
}
