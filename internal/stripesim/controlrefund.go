package stripesim

import (
	"fmt"
	"net/http"
	"strconv"
)

// refundNow gives money back as somebody does in Stripe's dashboard, without a word to the shop but its events:
// payment_intent, and amount in cents unless all that is left goes back.
func (s *Sim) refundNow(w http.ResponseWriter, r *http.Request) {
	back := &refund{
		ID: newID("re_3", 23), Object: kindRefund, PaymentIntent: r.PostFormValue("payment_intent"), Metadata: map[string]string{},
		Status: "succeeded", Reason: optional("requested_by_customer"),
	}
	var amount *int64
	if text := r.PostFormValue("amount"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			say(w, http.StatusBadRequest, map[string]any{"error": fmt.Sprintf("%q is not an amount in cents", text)})
			return
		}
		amount = &n
	}
	err := s.change(r.Context(), eventRequest{}, func(l *ledger) error { return l.giveBack(back, amount) })
	if err != nil {
		s.sayError(w, err)
		return
	}
	say(w, http.StatusOK, map[string]any{"refund": back.ID, "amount": back.Amount, "status": back.Status})
}
