package payment_test

import (
	"testing"
	"time"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

func TestWhoseARefundOrAChargeIs(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	o := w.Paid(1, w.Shoe("Tern Racer", 14_000, 3))
	a, err := w.DB.PaidAttempt(t.Context(), o.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.GivesBackAtStripe(o, 100)
	id := w.StripeRefunds()[0].ID
	for _, of := range []string{id, a.ChargeID} {
		if origin, err := w.Pay.OriginOf(t.Context(), of); err != nil || origin.Intent != a.PaymentIntent || origin.Reference != a.Reference {
			t.Errorf("%s: %+v %v", of, origin, err)
		}
	}
	for _, of := range []string{"", "re_", "re_none", "ch_none", "cs_test_1", "../charges", "re_1/../2"} {
		if origin, err := w.Pay.OriginOf(t.Context(), of); !shop.IsNotFound(err) {
			t.Errorf("%q: %+v %v", of, origin, err)
		}
	}
	var seen []payment.RefundResult
	err = w.Pay.RefundsSince(t.Context(), shop.At(time.Now().Add(-time.Hour)), func(r payment.RefundResult) error { seen = append(seen, r); return nil })
	if err != nil || len(seen) != 1 || seen[0].ID != id || seen[0].Intent != a.PaymentIntent || seen[0].RefundID != 0 {
		t.Errorf("%+v %v", seen, err)
	}
}

func TestRefusalsAreSaidInPlainWords(t *testing.T) {
	for want, r := range map[string]*payment.Refusal{
		"all of this payment has been given back at Stripe already":                       {Code: "charge_already_refunded"},
		"the payment is disputed, so Stripe gives nothing back until that is decided":     {Code: "charge_disputed"},
		"Stripe does not know this payment":                                               {Code: "resource_missing"},
		"less is left of this payment at Stripe: Refund amount ($2.00) is greater than …": {Param: "amount", Message: "Refund amount ($2.00) is greater than …"},
		"Stripe says: Your account cannot do this.":                                       {Message: "Your account cannot do this."},
	} {
		if got := payment.RefundRefusal(r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
