package staff_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// disputed has the holder of the card dispute an order's payment, and waits
// until the shop has heard of it.
func disputed(t *testing.T, s *apptest.Shop, desk *apptest.Shopper, order shop.Order) shop.Dispute {
	t.Helper()
	attempt, err := s.App.DB.AttemptOfOrder(t.Context(), order.ID)
	if err != nil {
		t.Fatal(err)
	}
	atTheBank(t, s, "/_sim/payments/"+attempt.PaymentIntent+"/dispute", "reason", "product_not_received")
	eventually(t, desk, orderPage(order), "the goods did not come", "Taken back by the bank $140.00")
	list, err := s.App.DB.DisputesOfOrder(t.Context(), order.ID)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d disputes, %v", len(list), err)
	}
	return list[0]
}

func atTheBank(t *testing.T, s *apptest.Shop, path string, fields ...string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	response, err := http.PostForm(s.Simulator+path, form)
	if err != nil || response.StatusCode != 200 {
		t.Fatalf("%s: %v %v", path, response, err)
	}
	_ = response.Body.Close()
}

func TestADisputeIsAnsweredFromItsPage(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{})
	desk := signIn(t, s, owner.Email)
	d := disputed(t, s, desk, order)
	desk.Get("/staff").Must(200, "1 dispute to answer")
	desk.Get(orderPage(order)).Must(200, "disputed", "nothing of it can be given back here")
	desk.Get(orderPage(order)+"/refund").Must(409, "This payment is disputed at the bank")
	page := desk.Get("/staff/disputes").Must(200, "the goods did not come").Follow(fmt.Sprintf("#%d", *order.Number))
	page.Must(200, "to answer", "$140.00", "1 piece of this order has not left yet", "Receipt for order")

	address := shop.DisputeURL(d.ID)
	bad := page.Form(address+"/answer").Set("customer_name", strings.Repeat("x", 5_001)).Set("uncategorized_text", "What I wrote.").Submit("go=keep")
	bad.Must(422, "at most 5000 characters", "What I wrote.")
	kept := bad.Form(address+"/answer").Set("customer_name", "Ada Runner").Set("uncategorized_text", "winning_evidence").Submit("go=keep")
	kept.Must(200, "The answer is kept", "winning_evidence")
	confirm := kept.Form(address+"/answer").Submit("go=send").Must(200, "Send the answer to the bank?", "winning_evidence")
	again := kept.Form(address+"/answer").Set("uncategorized_text", "Somebody else.")
	form := confirm.Form(address + "/send")
	form.Submit("").Must(200, "The answer goes to the bank")
	form.Submit("").Must(200) // the same once more is the same
	again.Submit("go=keep").Must(409, "The answer has been sent", "Somebody else.")
	eventually(t, desk, address, "It is won", "winning_evidence")
	desk.Get(address+"/send").Must(409, "There is no answer that could be sent")
	eventually(t, desk, orderPage(order), "→ won")
	desk.Get(orderPage(order)+"/refund").Must(200, "Left to give back $140.00")
	desk.Get("/staff/disputes").Must(200, "None.")
	desk.Get("/staff/disputes?tab=decided").Must(200, "won")
	desk.Get("/staff/disputes?after=x").Must(422)
}

func TestALostDisputeIsToldOf(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{})
	desk := signIn(t, s, owner.Email)
	d := disputed(t, s, desk, order)
	atTheBank(t, s, "/_sim/disputes/"+d.StripeID+"/lose")
	eventually(t, desk, shop.DisputeURL(d.ID), "It is lost: $140.00 are gone")
	desk.Get(orderPage(order)).Must(200, "Taken back by the bank $140.00")
	desk.Get("/staff").Must(200, "is lost")
	desk.Get(orderPage(order)+"/refund").Must(409, "in a dispute that is lost")
}

func TestBadInputAnswersNoDispute(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{})
	d := disputed(t, s, signIn(t, s, owner.Email), order)
	token := session(t, s, owner)
	at := shop.DisputeURL(d.ID)
	for name, test := range map[string]struct {
		path   string
		form   url.Values
		status int
	}{
		"nothing":                   {at + "/answer", url.Values{"version": {"0"}}, 422},
		"what cannot be printed":    {at + "/answer", url.Values{"version": {"0"}, "product_description": {"a\u202eb"}}, 422},
		"over a draft there is not": {at + "/answer", url.Values{"version": {"7"}, "uncategorized_text": {"x"}}, 409},
		"sending nothing":           {at + "/send", url.Values{"version": {"0"}}, 409},
		"a version that is none":    {at + "/send", url.Values{"version": {"x"}}, 409},
		"a dispute that is none":    {shop.DisputeURL(999_999) + "/answer", url.Values{"uncategorized_text": {"x"}}, 404},
		"a dispute that is no id":   {"/staff/disputes/1e3/send", url.Values{}, 404},
		"a dispute below none":      {"/staff/disputes/-1/answer", url.Values{}, 404},
	} {
		if a := ask(t, s, "POST", test.path, token, test.form); a.status != test.status {
			t.Errorf("%s answers %d, want %d: %.200s", name, a.status, test.status, a.body)
		}
	}
	if now, err := s.App.DB.Dispute(t.Context(), d.ID); err != nil || now.EvidenceState != shop.EvidenceNone || now.EvidenceVersion != 0 {
		t.Errorf("%+v %v", now, err)
	}
}
