package stripesim

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stripe/stripe-go/v76"
)

// only is the one dispute of a payment.
func (w *world) only(pi string) *stripe.Dispute {
	w.t.Helper()
	list := w.api.Disputes.List(&stripe.DisputeListParams{PaymentIntent: stripe.String(pi)})
	var all []*stripe.Dispute
	for list.Next() {
		all = append(all, list.Dispute())
	}
	if len(all) != 1 || list.Err() != nil {
		w.t.Fatalf("%d disputes, %v", len(all), list.Err())
	}
	return all[0]
}

// taken is what a dispute has taken out of the account, without its fee.
func taken(d *stripe.Dispute) (sum int64) {
	for _, t := range d.BalanceTransactions {
		sum -= t.Amount
	}
	return sum
}

// refusal is the code with which a refund of a payment is refused, "" when it is not.
func (w *world) refusal(pi string) stripe.ErrorCode {
	w.t.Helper()
	_, err := w.api.Refunds.New(&stripe.RefundParams{PaymentIntent: stripe.String(pi), Amount: stripe.Int64(1)})
	if e, ok := err.(*stripe.Error); ok {
		return e.Code
	}
	return ""
}

func TestCardsWhoseHoldersDispute(t *testing.T) {
	tests := []struct {
		card, reason, status string
		takes                bool
		refusal              stripe.ErrorCode
	}{
		{"4000000000000259", "fraudulent", needsResponse, true, stripe.ErrorCodeChargeDisputed},
		{"4000000000002685", "product_not_received", needsResponse, true, stripe.ErrorCodeChargeDisputed},
		{"4000000000001976", "fraudulent", warningNeedsResponse, false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.card, func(t *testing.T) {
			w := newWorld(t)
			pi := w.paidBy(tt.card)
			d := w.only(pi)
			if string(d.Reason) != tt.reason || string(d.Status) != tt.status || (taken(d) == d.Amount) != tt.takes || d.IsChargeRefundable == tt.takes || d.EvidenceDetails.DueBy == 0 {
				t.Errorf("%+v took %d", d, taken(d))
			}
			if got := w.refusal(pi); got != tt.refusal {
				t.Errorf("a refund is refused with %q", got)
			}
			eventually(t, "the events", func() bool {
				return w.shop.count("charge.dispute.created") == 1 && (w.shop.count("charge.dispute.funds_withdrawn") == 1) == tt.takes
			})
		})
	}
}

func TestADisputeIsDecidedByItsEvidence(t *testing.T) {
	tests := []struct {
		card, says, status string
		takes              bool
	}{
		{"4000000000000259", "We sent it.", underReview, true}, {"4000000000000259", "winning_evidence", won, false},
		{"4000000000002685", "losing_evidence", lost, true}, {"4000000000001976", "winning_evidence", warningClosed, false},
		{"4000000000001976", "escalate_inquiry_evidence", needsResponse, true}, {"4000000000001976", "We sent it.", warningUnderReview, false},
	}
	for _, tt := range tests {
		t.Run(tt.card+" "+tt.says, func(t *testing.T) {
			w := newWorld(t)
			pi := w.paidBy(tt.card)
			id := w.only(pi).ID
			update := &stripe.DisputeParams{Submit: stripe.Bool(false), Evidence: &stripe.DisputeEvidenceParams{UncategorizedText: stripe.String(tt.says)}}
			d, err := w.api.Disputes.Update(id, update)
			if err != nil || d.EvidenceDetails.SubmissionCount != 0 || !d.EvidenceDetails.HasEvidence || d.Evidence.UncategorizedText != tt.says {
				t.Fatalf("the draft: %+v %v", d, err)
			}
			if d, err = w.api.Disputes.Update(id, &stripe.DisputeParams{Submit: stripe.Bool(true)}); err != nil {
				t.Fatal(err)
			}
			if string(d.Status) != tt.status || (taken(d) == d.Amount) != tt.takes {
				t.Errorf("%s, %d taken", d.Status, taken(d))
			}
			if d.Status != needsResponse {
				if _, err := w.api.Disputes.Update(id, update); err == nil {
					t.Error("evidence is taken a second time")
				}
			}
		})
	}
}

func TestWhatIsNotAnsweredInTimeIsLost(t *testing.T) {
	w := newWorld(t)
	pi := w.paidBy("4000000000000259")
	w.control("/_sim/clock", url.Values{"advance": {"337h"}})
	if d := w.only(pi); d.Status != lost || taken(d) != d.Amount {
		t.Errorf("%+v", d)
	}
	if got := w.refusal(pi); got != stripe.ErrorCodeChargeDisputed {
		t.Errorf("a refund is refused with %q", got)
	}
	eventually(t, "its end", func() bool { return w.shop.count("charge.dispute.closed") == 1 })
}

func TestTheDeskDecides(t *testing.T) {
	w := newWorld(t)
	pi := w.paidBy("4242424242424242")
	for _, step := range []struct{ path, status string }{
		{"/_sim/payments/" + pi + "/dispute?", ""}, {"/_sim/disputes/ID/win", won}, {"/_sim/disputes/ID/lose", won}, {"/_sim/disputes/ID/nothing", won},
	} {
		if step.status == "" {
			w.control("/_sim/payments/"+pi+"/dispute", url.Values{"amount": {"500"}, "reason": {"general"}})
			continue
		}
		w.control(strings.Replace(step.path, "ID", w.only(pi).ID, 1), url.Values{})
		if d := w.only(pi); string(d.Status) != step.status || d.Amount != 500 || taken(d) != 0 {
			t.Errorf("%s: %+v", step.path, d)
		}
	}
	if got := w.refusal(pi); got != "" {
		t.Errorf("what was won can be given back, it says %q", got)
	}
	second := w.paidBy("4000000000001976")
	if res, body := w.visit("GET", "/desk", nil); res.StatusCode != 200 || !strings.Contains(body, "warning_needs_response") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	w.visit("POST", "/desk", url.Values{"id": {w.only(second).ID}, "do": {"escalate"}})
	if d := w.only(second); d.Status != needsResponse || taken(d) != d.Amount {
		t.Errorf("%+v", d)
	}
	if _, err := w.api.Disputes.Close(w.only(second).ID, &stripe.DisputeParams{}); err != nil || w.only(second).Status != lost {
		t.Errorf("giving it up: %v", err)
	}
}

func TestAPaymentByBankComesDaysLater(t *testing.T) {
	for _, tt := range []struct{ press, intent, paid, event string }{
		{"bank", "succeeded", "paid", "checkout.session.async_payment_succeeded"},
		{"bank_fails", "requires_payment_method", "unpaid", "checkout.session.async_payment_failed"},
	} {
		t.Run(tt.press, func(t *testing.T) {
			w := newWorld(t)
			id := w.newSession().ID
			form := filledIn("")
			form.Set("do", tt.press)
			if res, body := w.visit("POST", "/pay/"+id, form); res.StatusCode != 303 {
				t.Fatalf("%d %s", res.StatusCode, body)
			}
			get := &stripe.CheckoutSessionParams{}
			get.AddExpand("payment_intent.latest_charge")
			s, err := w.api.CheckoutSessions.Get(id, get)
			if err != nil || s.Status != complete || s.PaymentStatus != "unpaid" || s.PaymentIntent.Status != "processing" || s.PaymentIntent.LatestCharge.Paid {
				t.Fatalf("%+v %v", s, err)
			}
			if got := w.refusal(s.PaymentIntent.ID); got != "" || w.shop.count("charge.refunded") != 0 {
				t.Errorf("money that has not come: %q", got)
			}
			w.control("/_sim/clock", url.Values{"advance": {"71h"}})
			if w.shop.count(tt.event) != 0 {
				t.Error("it came at once")
			}
			w.control("/_sim/clock", url.Values{"advance": {"2h"}})
			s, err = w.api.CheckoutSessions.Get(id, get)
			if err != nil || s.Status != complete || string(s.PaymentStatus) != tt.paid || string(s.PaymentIntent.Status) != tt.intent || s.PaymentIntent.LatestCharge.Paid != (tt.press == "bank") {
				t.Errorf("%+v %v", s, err)
			}
			eventually(t, tt.event, func() bool { return w.shop.count(tt.event) == 1 })
		})
	}
}
