package staff_test

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// eventually asks for a page until it says all that is wanted.
func eventually(t *testing.T, b *apptest.Shopper, address string, wants ...string) *apptest.Page {
	t.Helper()
	var page *apptest.Page
	for range 100 {
		page = b.Get(address)
		missing := ""
		for _, want := range wants {
			if !strings.Contains(page.Text(), want) {
				missing = want
			}
		}
		if missing == "" {
			return page
		}
		time.Sleep(50 * time.Millisecond)
	}
	return page.Must(200, wants...)
}

// privatePage is the address of the shopper's page.
func privatePage(p *apptest.Page) string { return p.Follow("The order's private page").URL.Path }

func TestStaffGiveMoneyBackAndTheShopperReadsHow(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{quantity: "2"})
	desk := signIn(t, s, owner.Email)
	page := desk.Get(orderPage(order)).Follow("Give money back").Must(200, "Captured $280.00", "Left to give back $280.00", "(1 of 2) waiting, $140.00", "nothing of it is left").MustNot("What goes back")
	page.Form(orderPage(order)+"/refund#plan").Submit("").Must(422, "Choose what is given back.")
	form := page.Form(orderPage(order) + "/refund#plan")
	form.Values["unit"] = []string{fmt.Sprint(order.Lines[0].Units[0].ID)}
	plan := form.Set("goodwill", "$12.50").Submit("").Must(200, "1 × Tern Racer, 9 $140.00", "Goodwill $12.50", "To the shopper's card $152.50", "Give back $152.50")
	confirm := plan.Form(orderPage(order) + "/refund")
	confirm.Submit("").Must(422, "Write what it is given back for.", "Give back $152.50")
	done := confirm.Set("reason", "The box arrived wet.").Submit("").Must(200, "The money goes back.", "given back by staff, 1 piece", "The box arrived wet.", "Given back $152.50")
	if again := confirm.Submit(""); again.Status != 200 {
		t.Errorf("the same form again: %d", again.Status)
	}
	desk.Get(orderPage(order)+"/refund").Must(200, "Left to give back $127.50", "(1 of 2) waiting, given back")
	shopper, private := s.Shopper(t), privatePage(done)
	eventually(t, shopper, private, "Refund", "The box arrived wet.", "1 × Tern Racer, 9 $140.00", "Goodwill $12.50", "In all $152.50", "$152.50 went back to the card")

	// What was given back is not given back again when the rest is cancelled.
	cancel := desk.Get(orderPage(order)+"/cancel").Must(200, "1 × Tern Racer, 9, given back before", "Given back before -$12.50", "To the shopper's card $127.50")
	cancel.Form(orderPage(order)+"/cancel").Submit("").Must(200, "The pieces are cancelled")
	desk.Get(orderPage(order)).MustNot("Give money back")
	desk.Get(orderPage(order)+"/refund").Must(409, "All that was received for this order has been given back.")
	eventually(t, desk, orderPage(order), "cancelled before it was sent, 1 piece")
	s.Verify()
}

// Two tabs that show the same plan give back once.
func TestTwoTabsGiveMoneyBackOnce(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{})
	desk := signIn(t, s, owner.Email)
	address := orderPage(order) + "/refund?work-out=1&goodwill=10"
	one, two := desk.Get(address).Form(orderPage(order)+"/refund"), desk.Get(address).Form(orderPage(order)+"/refund")
	one.Set("reason", "Sorry.").Submit("").Must(200, "The money goes back.")
	late := two.Set("reason", "So sorry.").Submit("").Must(409, "Meanwhile money has gone back otherwise: $130.00 of the payment is left, not $140.00", "Give back $10.00")
	if form := late.Form(orderPage(order) + "/refund"); form.Values.Get("reason") != "So sorry." {
		t.Errorf("the reason is lost: %v", form.Values)
	}
	late.Form(orderPage(order)+"/refund").Submit("").Must(200, "The money goes back.") // now that it was seen
}

func TestAFailedRefundIsTriedAgainFromTheOrder(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{buyer: url.Values{"cc-number": {"4000000000005126"}}})
	desk := signIn(t, s, owner.Email)
	desk.Get(orderPage(order)+"/refund?work-out=1&goodwill=10").Form(orderPage(order)+"/refund").Set("reason", "Sorry.").Submit("").Must(200)
	eventually(t, desk, orderPage(order), "given back")
	s.Advance(time.Minute)
	page := eventually(t, desk, orderPage(order), "Needs review", "the card has expired or was cancelled", "Try again")
	shopper := s.Shopper(t)
	shopper.Get(privatePage(page)).Must(200, "$10.00 is to go back to you, which has not worked yet.")
	again := page.Follow("Try again").Must(200, "The refund of $10.00", "failed: the card has expired", "Goodwill $10.00", "Sorry.")
	form := again.Form(path.Dir(again.URL.Path) + "/again")
	form.Submit("").Must(200, "The money goes back.", "failed, tried again")
	form.Submit("").Must(200) // the same once more is the same
	desk.Get(again.URL.Path).Must(409, "This refund was tried again before.")
	eventually(t, shopper, privatePage(page), "$10.00 went back to the card")
}

func TestARefundMadeAtStripeStandsOnTheOrder(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{})
	desk := signIn(t, s, owner.Email)
	attempt, err := s.App.DB.AttemptOfOrder(t.Context(), order.ID)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.PostForm(s.Simulator+"/_sim/refunds", url.Values{"payment_intent": {attempt.PaymentIntent}, "amount": {"5000"}})
	if err != nil || response.StatusCode != 200 {
		t.Fatalf("giving back at Stripe: %v %v", response, err)
	}
	_ = response.Body.Close()
	page := eventually(t, desk, orderPage(order), "made at Stripe", "Given back $50.00")
	page.Follow("Give money back").Must(200, "Left to give back $90.00")
	s.Shopper(t).Get(privatePage(page)).Must(200, "Refund $50.00", "$50.00 went back")
}

func TestMuchMoneyGivenBackAsksForThePassword(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{quantity: "4"})
	token := session(t, s, owner)
	s.Advance(11 * time.Minute)
	form := url.Values{"goodwill": {"500.01"}, "reason": {"x"}, "expected": {"50001"}, "left": {"56000"}, "key": {"a-key-of-a-form"}}
	if a := ask(t, s, "POST", orderPage(order)+"/refund", token, form); a.status != 422 || !strings.Contains(a.body, "Give your password") {
		t.Errorf("without: %d", a.status)
	}
	form.Set("current", "not this one")
	if a := ask(t, s, "POST", orderPage(order)+"/refund", token, form); a.status != 422 {
		t.Errorf("with a wrong one: %d", a.status)
	}
	form.Set("expected", "50000") // a smaller sum in the form asks for none and gives nothing back
	if a := ask(t, s, "POST", orderPage(order)+"/refund", token, form); a.status != 409 {
		t.Errorf("with a smaller sum in the form: %d", a.status)
	}
	form.Set("expected", "50001")
	form.Set("current", password)
	if a := ask(t, s, "POST", orderPage(order)+"/refund", token, form); a.status != http.StatusSeeOther {
		t.Errorf("with it: %d %.300s", a.status, a.body)
	}
}

func TestBadInputGivesNothingBack(t *testing.T) {
	s, owner := open(t)
	tern(s)
	mine, other := buy(t, s, buying{quantity: "2"}), buy(t, s, buying{})
	token := session(t, s, owner)
	at := orderPage(mine) + "/refund"
	good := url.Values{"goodwill": {"8.03"}, "reason": {"Sorry."}, "expected": {"803"}, "left": {"28000"}, "key": {"a-key-of-a-form"}}
	with := func(pairs ...string) url.Values {
		v := url.Values{}
		for name, list := range good {
			v[name] = list
		}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	unit, foreign := fmt.Sprint(mine.Lines[0].Units[0].ID), fmt.Sprint(other.Lines[0].Units[0].ID)
	before := snapshot(t, s, mine, other)
	for name, test := range map[string]struct {
		path   string
		form   url.Values
		status int
	}{
		"nothing":                       {at, with("goodwill", "", "expected", "0"), 422},
		"0":                             {at, with("goodwill", "0"), 422},
		"-1":                            {at, with("goodwill", "-1"), 422},
		"12.505":                        {at, with("goodwill", "12.505"), 422},
		"0.001":                         {at, with("goodwill", "0.001"), 422},
		"full-width digits":             {at, with("goodwill", "１０"), 422},
		"6,95":                          {at, with("goodwill", "6,95"), 422},
		"1.299,00":                      {at, with("goodwill", "1.299,00"), 422},
		"1e2":                           {at, with("goodwill", "1e2"), 422},
		"above what is left":            {at, with("goodwill", "280.01", "expected", "28001"), 409},
		"a read one above what is left": {at, with("goodwill", "$1,299.00", "expected", "129900", "current", password), 409},
		"another sum":                   {at, with("expected", "804"), 409},
		"a negative sum":                {at, with("expected", "-803"), 409},
		"no sum":                        {at, with("expected", ""), 409},
		"another sum left":              {at, with("left", "27999"), 409},
		"no reason":                     {at, with("reason", " "), 422},
		"a reason of 600":               {at, with("reason", strings.Repeat("x", 600)), 422},
		"no key":                        {at, with("key", ""), 422},
		"a key no form made":            {at, with("key", "x'; DROP TABLE"), 422},
		"another's piece":               {at, with("units", foreign, "goodwill", "", "expected", "14000"), 422},
		"a piece and another's":         {at, with("units", unit+","+foreign), 422},
		"a piece that is none":          {at, with("units", "1 OR 1=1"), 422},
		"full-width pieces":             {at, with("units", "１"), 422},
		"shipping that was free":        {at, with("shipping", "1", "goodwill", ""), 409},
		"an order that is none":         {"/staff/orders/999999/refund", good, 404},
		"an order that is no number":    {"/staff/orders/1e3/refund", good, 404},
		"a refund that is none":         {orderPage(mine) + "/refunds/999/again", url.Values{"expected": {"1"}}, 404},
		"a refund that is no number":    {orderPage(mine) + "/refunds/x/again", url.Values{"expected": {"1"}}, 404},
	} {
		a := ask(t, s, "POST", test.path, token, test.form)
		if a.status != test.status {
			t.Errorf("%s answers %d, want %d: %.200s", name, a.status, test.status, a.body)
		}
		if typed := test.form.Get("reason"); a.status != 404 && len(typed) > 1 && len(typed) < 100 && !strings.Contains(a.body, test.form.Get("goodwill")) {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	for _, query := range []string{"?unit=x", "?goodwill=%00", "?goodwill=6,95&work-out=1", "?unit=" + foreign + "&work-out=1", "?goodwill=" + strings.Repeat("9", 5000)} {
		if a := ask(t, s, "GET", at+query, token, nil); a.status >= 500 || a.status == 200 {
			t.Errorf("%s answers %d", query, a.status)
		}
	}
	if after := snapshot(t, s, mine, other); after != before {
		t.Errorf("something has changed:\n%s\n%s", before, after)
	}
	if a := ask(t, s, "POST", at, token, good); a.status != http.StatusSeeOther {
		t.Errorf("the good form: %d", a.status)
	}
	refunds, err := s.App.DB.RefundsOfOrder(t.Context(), mine.ID)
	if err != nil || len(refunds) != 1 || refunds[0].Amount != 803 {
		t.Fatalf("%+v %v", refunds, err)
	}
	// A refund is found under its own order only, and one that went well is not
	// tried again.
	for order, want := range map[*shop.Order]int{&other: 404, &mine: 409} {
		address := fmt.Sprintf("%s/refunds/%d/again", orderPage(*order), refunds[0].ID)
		if a := ask(t, s, "POST", address, token, url.Values{"expected": {"803"}}); a.status != want {
			t.Errorf("trying it again under order %d: %d, want %d", order.ID, a.status, want)
		}
	}
}
