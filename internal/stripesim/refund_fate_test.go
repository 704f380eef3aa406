package stripesim

import (
	"net/url"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// paidBy is the payment of a session that a card has paid.
func (w *world) paidBy(card string) string {
	w.t.Helper()
	id := w.newSession().ID
	w.pay(id, url.Values{"card": {card}, "state": {"OR"}, "postal_code": {"97201"}})
	s, err := w.api.CheckoutSessions.Get(id, nil)
	if err != nil || s.PaymentIntent == nil {
		w.t.Fatalf("%+v %v", s, err)
	}
	return s.PaymentIntent.ID
}

func TestRefundsToTestCardsRipen(t *testing.T) {
	tests := []struct {
		name, card, first, last string
		failure                 stripe.RefundFailureReason
		refunded                int64 // in the end
	}{
		{"to an ordinary card", "4242424242424242", "succeeded", "succeeded", "", 500},
		{"to one that is slow", "4000000000007726", "pending", "succeeded", "", 500},
		{"to one that fails", "4000000000005126", "succeeded", "failed", stripe.RefundFailureReasonExpiredOrCanceledCard, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			pi := w.paidBy(tt.card)
			r, err := w.api.Refunds.New(&stripe.RefundParams{PaymentIntent: stripe.String(pi), Amount: stripe.Int64(500)})
			if err != nil || string(r.Status) != tt.first {
				t.Fatalf("%+v %v", r, err)
			}
			for _, wait := range []time.Duration{29 * time.Second, time.Minute} {
				if status, body := w.control("/_sim/clock", url.Values{"advance": {wait.String()}}); status != 200 {
					t.Fatal(body)
				}
				if wait < 30*time.Second {
					if r, err = w.api.Refunds.Get(r.ID, nil); err != nil || string(r.Status) != tt.first {
						t.Errorf("too soon: %s %v", r.Status, err)
					}
				}
			}
			if r, err = w.api.Refunds.Get(r.ID, nil); err != nil || string(r.Status) != tt.last || r.FailureReason != tt.failure {
				t.Errorf("%s %q %v", r.Status, r.FailureReason, err)
			}
			ch, err := w.api.Charges.Get(r.Charge.ID, nil)
			if err != nil || ch.AmountRefunded != tt.refunded || ch.Refunded {
				t.Errorf("%d refunded, %v", ch.AmountRefunded, err)
			}
		})
	}
}

func TestMoneyGoesBackFromTheDashboard(t *testing.T) {
	w := newWorld(t)
	pi := w.paidBy("4242424242424242")
	for name, test := range map[string]struct {
		form   url.Values
		status int
	}{
		"a part":             {url.Values{"payment_intent": {pi}, "amount": {"500"}}, 200},
		"no payment":         {url.Values{"payment_intent": {"pi_none"}}, 400},
		"what is no amount":  {url.Values{"payment_intent": {pi}, "amount": {"5.00"}}, 400},
		"more than was paid": {url.Values{"payment_intent": {pi}, "amount": {"99999999"}}, 400},
	} {
		if status, body := w.control("/_sim/refunds", test.form); status != test.status {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	list := w.api.Refunds.List(&stripe.RefundListParams{PaymentIntent: stripe.String(pi)})
	n := 0
	for list.Next() {
		n++
		if r := list.Refund(); r.Amount != 500 || len(r.Metadata) != 0 {
			t.Errorf("%+v", r)
		}
	}
	if n != 1 || list.Err() != nil {
		t.Errorf("%d refunds, %v", n, list.Err())
	}
}
