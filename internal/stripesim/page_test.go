package stripesim

import (
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// filledIn is the hosted page's form as a buyer in New York fills it in.
func filledIn(card string) url.Values {
	return url.Values{
		"do": {"pay"}, "email": {"ada@example.com"}, "name": {"Ada Runner"}, "line1": {"5 Main St"}, "line2": {""},
		"city": {"Albany"}, "state": {"NY"}, "postal_code": {"12207"}, "country": {"US"},
		"card_number": {card}, "card_exp": {"12/34"}, "card_csc": {"123"},
	}
}

// visit opens or submits a page and follows nothing.
func (w *world) visit(method, path string, form url.Values) (*http.Response, string) {
	w.t.Helper()
	req, err := http.NewRequest(method, w.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	if err := res.Write(&b); err != nil {
		w.t.Fatal(err)
	}
	return res, html.UnescapeString(b.String())
}

func TestThePageMarksItsFieldsAndNeedsNoScript(t *testing.T) {
	w := newWorld(t)
	params := sessionParams()
	params.PhoneNumberCollection = &stripe.CheckoutSessionPhoneNumberCollectionParams{Enabled: stripe.Bool(true)}
	params.ShippingOptions = append(params.ShippingOptions, shippingParams("Express", 1900))
	s, err := w.api.CheckoutSessions.New(params)
	if err != nil {
		t.Fatal(err)
	}
	res, body := w.visit("GET", "/pay/"+s.ID, nil)
	for _, token := range []string{
		"email", "tel", "name", "country", "address-line1", "address-line2", "address-level2", "address-level1",
		"postal-code", "cc-number", "cc-exp", "cc-csc",
	} {
		if !strings.Contains(body, `autocomplete="`+token+`"`) {
			t.Errorf("no field for %s", token)
		}
	}
	for _, text := range []string{"Test payment page.", "Shoe", "2 × $12.50", "$121.99", "Express", "$19.00", ">Pay<", ">Back<", "http://shop.test/cancelled/abc"} {
		if !strings.Contains(body, text) {
			t.Errorf("%q is missing", text)
		}
	}
	if strings.Contains(body, "<script") || strings.Contains(body, "style=") {
		t.Error("the page needs a script or an inline style")
	}
	csp := res.Header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "form-action 'self' http://shop.test") ||
		res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", res.Header)
	}
}

func TestABuyerSeesTheTaxAndPays(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	form := filledIn("")
	form.Set("do", "update")
	_, body := w.visit("POST", "/pay/"+id, form)
	// 4% of 8999, 2500 and 700.
	for _, text := range []string{"$4.88", "$126.87", `value="Ada Runner"`, `value="NY" selected`} {
		if !strings.Contains(body, text) {
			t.Errorf("%q is missing after Update totals", text)
		}
	}
	res, _ := w.visit("POST", "/pay/"+id, filledIn("4242 4242 4242 4242"))
	if to := res.Header.Get("Location"); res.StatusCode != 303 || to != "http://shop.test/success/abc?session_id="+id {
		t.Errorf("%d %s", res.StatusCode, to)
	}
	if w.shop.count("checkout.session.completed") != 1 {
		t.Error("the buyer was sent back before the webhook was answered")
	}
	s, err := w.api.CheckoutSessions.Get(id, nil)
	if err != nil || s.AmountTotal != 12687 || s.CustomerDetails.Email != "ada@example.com" {
		t.Errorf("%+v %v", s, err)
	}
	res, body = w.visit("POST", "/pay/"+id, filledIn("4242424242424242"))
	if res.StatusCode != 409 || !strings.Contains(body, "already been paid") {
		t.Errorf("the second press: %d %s", res.StatusCode, body)
	}
}

func TestTheShippingChosenIsCharged(t *testing.T) {
	w := newWorld(t)
	params := sessionParams()
	params.ShippingOptions = append(params.ShippingOptions, shippingParams("Express", 1900))
	s, err := w.api.CheckoutSessions.New(params)
	if err != nil {
		t.Fatal(err)
	}
	form := filledIn("4242424242424242")
	form.Set("shipping_rate", s.ShippingOptions[1].ShippingRate.ID)
	form.Set("state", "OR")
	w.visit("POST", "/pay/"+s.ID, form)
	s, err = w.api.CheckoutSessions.Get(s.ID, nil)
	if err != nil || s.ShippingCost.AmountTotal != 1900 || s.AmountTotal != 11499+1900 {
		t.Errorf("%+v %v", s.ShippingCost, err)
	}
}

func TestARefusedFormComesBackFilledInButForTheCard(t *testing.T) {
	tests := []struct{ name, field, value, want string }{
		{"no email", "email", "", "Enter an email address"},
		{"an email without @", "email", "ada", "Enter an email address"},
		{"no name", "name", " ", "Enter your full name"},
		{"no street", "line1", "", "Enter a street address"},
		{"no state", "state", "", "Choose a state"},
		{"a state that is none", "state", "ZZ", "Choose a state"},
		{"a ZIP of letters", "postal_code", "ABCDE", "Enter a ZIP code"},
		{"a country the shop does not ship to", "country", "FR", "Choose one of the countries"},
		{"a number that is no test card", "card_number", "4111 1111 1111 1111", "only the published test cards"},
		{"a date that is past", "card_exp", "01/20", "Enter a date that is not past"},
		{"a month that is none", "card_exp", "13/30", "Enter a date that is not past"},
		{"a code of letters", "card_csc", "abc", "Enter three or four digits"},
	}
	w := newWorld(t)
	id := w.newSession().ID
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := filledIn("4242424242424242")
			form.Set(tt.field, tt.value)
			res, body := w.visit("POST", "/pay/"+id, form)
			if res.StatusCode != 422 || !strings.Contains(body, tt.want) || !strings.Contains(body, `value="Albany"`) {
				t.Errorf("%d, want %q in %s", res.StatusCode, tt.want, body)
			}
			if strings.Contains(body, "4242424242424242") || strings.Contains(body, `value="123"`) || strings.Contains(body, "4111 1") {
				t.Error("the card is shown again")
			}
		})
	}
}

func TestADeclinedCardLeavesTheSessionOpen(t *testing.T) {
	tests := []struct{ number, code, decline, message string }{
		{"4000000000000002", "card_declined", "generic_decline", "Your card was declined."},
		{"4000000000009995", "card_declined", "insufficient_funds", "Your card has insufficient funds."},
		{"4000000000000069", "expired_card", "", "Your card has expired."},
		{"4000000000000127", "incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."},
		{"4000000000000119", "processing_error", "processing_error", "An error occurred while processing your card."},
	}
	for _, tt := range tests {
		t.Run(tt.number, func(t *testing.T) {
			w := newWorld(t)
			id := w.newSession().ID
			res, body := w.visit("POST", "/pay/"+id, filledIn(tt.number))
			if res.StatusCode != 402 || !strings.Contains(body, tt.message) || !strings.Contains(body, `value="Ada Runner"`) {
				t.Errorf("%d %s", res.StatusCode, body)
			}
			get := &stripe.CheckoutSessionParams{}
			get.AddExpand("payment_intent.latest_charge")
			s, err := w.api.CheckoutSessions.Get(id, get)
			if err != nil {
				t.Fatal(err)
			}
			p := s.PaymentIntent
			if s.Status != "open" || s.PaymentStatus != "unpaid" || s.AmountTotal != 12199 || p.Status != "requires_payment_method" {
				t.Errorf("session %s %s %d, intent %s", s.Status, s.PaymentStatus, s.AmountTotal, p.Status)
			}
			if e := p.LastPaymentError; string(e.Code) != tt.code || string(e.DeclineCode) != tt.decline || p.LatestCharge.Status != "failed" {
				t.Errorf("error %+v", e)
			}
			w.visit("POST", "/pay/"+id, filledIn("5555555555554444"))
			s, err = w.api.CheckoutSessions.Get(id, get)
			if err != nil || s.PaymentStatus != "paid" || s.PaymentIntent.ID != p.ID || s.PaymentIntent.LastPaymentError != nil {
				t.Errorf("%+v %v", s, err)
			}
			if b := s.PaymentIntent.LatestCharge.PaymentMethodDetails.Card.Brand; b != "mastercard" {
				t.Errorf("brand %s", b)
			}
		})
	}
}

func TestThreeDSecure(t *testing.T) {
	tests := []struct {
		name, number, press string
		status              int
		paid                bool
		want                string
	}{
		{"completed, it pays", "4000002500003155", "complete", 303, true, ""},
		{"the other card pays too", "4000002760003184", "complete", 303, true, ""},
		{"failed, it is refused", "4000002500003155", "fail", 402, false, "unable to authenticate"},
		{"completed and then declined", "4000008400001629", "complete", 402, false, "Your card was declined."},
		{"completed and then without funds", "4000008260003178", "complete", 402, false, "insufficient funds"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			id := w.newSession().ID
			res, _ := w.visit("POST", "/pay/"+id, filledIn(tt.number))
			next := res.Header.Get("Location")
			if res.StatusCode != 303 || next != "/pay/"+id+"/authenticate" {
				t.Fatalf("%d %s", res.StatusCode, next)
			}
			if _, body := w.visit("GET", next, nil); !strings.Contains(body, "$126.87") || !strings.Contains(body, tt.number[12:]) {
				t.Errorf("%s", body)
			}
			res, body := w.visit("POST", next, url.Values{"do": {tt.press}})
			if res.StatusCode != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("%d %s", res.StatusCode, body)
			}
			s, err := w.api.CheckoutSessions.Get(id, nil)
			if err != nil || (s.PaymentStatus == "paid") != tt.paid || (s.Status == "complete") != tt.paid {
				t.Errorf("%+v %v", s, err)
			}
		})
	}
}

func TestAClosedPageSaysWhetherMoneyWasTaken(t *testing.T) {
	w := newWorld(t)
	id := w.newSession().ID
	w.visit("POST", "/pay/"+id, filledIn("4000002500003155"))
	w.control("/_sim/clock", url.Values{"advance": {"24h1m"}})
	for _, try := range []struct{ method, path string }{
		{"GET", "/pay/" + id}, {"POST", "/pay/" + id}, {"POST", "/pay/" + id + "/authenticate"},
	} {
		res, body := w.visit(try.method, try.path, filledIn("4242424242424242"))
		if res.StatusCode != 410 || !strings.Contains(body, "No money was taken") {
			t.Errorf("%s %s: %d %s", try.method, try.path, res.StatusCode, body)
		}
	}
	if res, body := w.visit("GET", "/pay/cs_test_nothing", nil); res.StatusCode != 404 || !strings.Contains(body, "no such payment page") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestNoCardNumberIsEverWritten(t *testing.T) {
	w := newWorld(t)
	for _, number := range []string{"4242424242424242", "4000000000000002", "4000002500003155", "4111111111111111"} {
		form := filledIn(number)
		form.Set("card_csc", "7391")
		w.visit("POST", "/pay/"+w.newSession().ID, form)
	}
	files, err := filepath.Glob(w.file + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if found := regexp.MustCompile(`4242424242424242|4000000000000002|4000002500003155|4111111111111111|7391"`).Find(raw); found != nil {
			t.Errorf("%s holds %s", filepath.Base(f), found)
		}
	}
}

func TestTheBuyerIsSentBackEvenWhenTheShopDoesNotAnswer(t *testing.T) {
	w := newWorld(t)
	w.opts.RedirectWait = 100 * time.Millisecond
	w.fault("delay", "checkout.session.completed", "ms", "1500")
	start := time.Now()
	res, _ := w.visit("POST", "/pay/"+w.newSession().ID, filledIn("4242424242424242"))
	if took := time.Since(start); res.StatusCode != 303 || took > time.Second {
		t.Errorf("%d after %s", res.StatusCode, took)
	}
}

func TestACardIsAskedForWhenOnlyTheShippingChosenCosts(t *testing.T) {
	w := newWorld(t)
	params := sessionParams()
	params.ShippingOptions = []*stripe.CheckoutSessionShippingOptionParams{shippingParams("Free", 0), shippingParams("Express", 1900)}
	for _, l := range params.LineItems {
		l.PriceData.UnitAmount = stripe.Int64(0)
	}
	s, err := w.api.CheckoutSessions.New(params)
	if err != nil {
		t.Fatal(err)
	}
	form := filledIn("")
	form.Set("state", "OR")
	form.Set("shipping_rate", s.ShippingOptions[1].ShippingRate.ID)
	if res, body := w.visit("POST", "/pay/"+s.ID, form); res.StatusCode != 422 || !strings.Contains(body, "only the published test cards") {
		t.Errorf("without a card: %d %s", res.StatusCode, body)
	}
	form.Set("card_number", "4242424242424242")
	if res, body := w.visit("POST", "/pay/"+s.ID, form); res.StatusCode != 303 {
		t.Errorf("with a card: %d %s", res.StatusCode, body)
	}
	if s, err = w.api.CheckoutSessions.Get(s.ID, nil); err != nil || s.AmountTotal != 1900 || s.PaymentStatus != "paid" {
		t.Errorf("%+v %v", s, err)
	}
}
