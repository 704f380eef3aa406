package stripecontract_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/stripesim"
)

// answering is a simulator whose every answer and event is held against
// Stripe's own description.
type answering struct {
	t      *testing.T
	spec   *spec
	url    string
	mu     sync.Mutex
	asked  map[string]bool // operations, as Stripe's description names them
	events map[string]bool // types that were delivered
}

func startAnswering(t *testing.T) *answering {
	t.Helper()
	a := &answering{t: t, spec: readSpec(t), asked: map[string]bool{}, events: map[string]bool{}}
	shop := httptest.NewServer(http.HandlerFunc(a.hear))
	server := httptest.NewUnstartedServer(nil)
	a.url = "http://" + server.Listener.Addr().String()
	sim, err := stripesim.Open(stripesim.Options{
		File: filepath.Join(t.TempDir(), "books.db"), BaseURL: a.url, SecretKey: "sk_test_1", WebhookURL: shop.URL, WebhookSecret: "whsec_1",
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = sim.Handler()
	server.Start()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = sim.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-ended
		server.Close()
		shop.Close()
		_ = sim.Close()
	})
	return a
}

// hear takes a webhook and holds it against the schemas of the event and of
// what it is about.
func (a *answering) hear(_ http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var event map[string]any
	if err != nil || json.Unmarshal(body, &event) != nil {
		a.t.Errorf("an event that cannot be read: %s", body)
		return
	}
	a.event(event)
}

func (a *answering) event(event map[string]any) {
	kind, _ := event["type"].(string)
	data, _ := event["data"].(map[string]any)
	object, _ := data["object"].(map[string]any)
	name, _ := object["object"].(string)
	about := a.spec.Components.Schemas[name]
	if about == nil {
		a.t.Errorf("event %s is about a %q", kind, name)
		return
	}
	wrong := append(a.spec.check("event "+kind, event, a.spec.Components.Schemas["event"]), a.spec.check(kind+"'s "+name, object, about)...)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.events[kind] = true
	a.tell(wrong)
}

func (a *answering) tell(wrong []string) {
	slices.Sort(wrong)
	for _, w := range slices.Compact(wrong) {
		a.t.Error(w)
	}
}

// ask calls an operation and holds what it answers against the schema.
func (a *answering) ask(method, path string, form url.Values) map[string]any {
	a.t.Helper()
	target := a.url + path
	if method == http.MethodGet {
		target += "?" + form.Encode()
	}
	r, err := http.NewRequest(method, target, strings.NewReader(form.Encode()))
	if err != nil {
		a.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer sk_test_1")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		a.t.Fatal(err)
	}
	defer response.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		a.t.Fatalf("%s %s: %v", method, path, err)
	}
	sch, pattern := a.spec.answer(method, path)
	if sch == nil {
		a.t.Fatalf("Stripe has no %s %s", method, path)
	}
	name := method + " " + pattern
	if response.StatusCode != http.StatusOK {
		a.tell(a.spec.check(name+" refused", answer, a.spec.Components.Schemas["error"]))
		return answer
	}
	a.mu.Lock()
	a.asked[name] = true
	a.mu.Unlock()
	a.tell(a.spec.check(name, answer, sch))
	return answer
}

// must is ask for what has to go well; it gives the id of the answer.
func (a *answering) must(method, path string, form url.Values) string {
	a.t.Helper()
	answer := a.ask(method, path, form)
	if answer["error"] != nil {
		a.t.Fatalf("%s %s: %v", method, path, answer["error"])
	}
	id, _ := answer["id"].(string)
	return id
}

// control steers the simulator.
func (a *answering) control(path string, form url.Values) {
	a.t.Helper()
	response, err := http.PostForm(a.url+path, form)
	if err != nil {
		a.t.Fatal(err)
	}
	body, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if response.StatusCode >= 300 && response.StatusCode != http.StatusPaymentRequired {
		a.t.Fatalf("%s: %d %s", path, response.StatusCode, body)
	}
}

// session is a session with everything in it that the shop ever sends.
func (a *answering) session(more ...string) string {
	form := url.Values{
		"mode": {"payment"}, "success_url": {"https://shop.example/s?id={CHECKOUT_SESSION_ID}"}, "cancel_url": {"https://shop.example/c"},
		"client_reference_id": {"ref"}, "customer_creation": {"always"}, "automatic_tax[enabled]": {"true"}, "payment_method_types[0]": {"card"},
		"metadata[order_id]": {"1"}, "payment_intent_data[metadata][order_id]": {"1"}, "shipping_address_collection[allowed_countries][0]": {"US"},
		"custom_text[submit][message]": {"Thank you."}, "locale": {"en"}, "submit_type": {"pay"}, "billing_address_collection": {"auto"},
		"line_items[0][quantity]": {"2"}, "line_items[0][price_data][currency]": {"usd"}, "line_items[0][price_data][unit_amount]": {"12900"},
		"line_items[0][price_data][tax_behavior]": {"exclusive"}, "line_items[0][price_data][product_data][name]": {"Tern"},
		"line_items[0][price_data][product_data][tax_code]": {"txcd_30011000"}, "line_items[0][price_data][product_data][metadata][order_line]": {"1"},
		"shipping_options[0][shipping_rate_data][display_name]": {"Standard"}, "shipping_options[0][shipping_rate_data][type]": {"fixed_amount"},
		"shipping_options[0][shipping_rate_data][fixed_amount][amount]": {"800"}, "shipping_options[0][shipping_rate_data][fixed_amount][currency]": {"usd"},
		"shipping_options[0][shipping_rate_data][tax_code]": {"txcd_92010001"}, "shipping_options[0][shipping_rate_data][tax_behavior]": {"exclusive"},
	}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return a.must("POST", "/v1/checkout/sessions", form)
}

// paid is the payment of a new session that was paid.
func (a *answering) paid(fields ...string) string {
	a.t.Helper()
	id, form := a.session(), url.Values{"wait": {"true"}}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	a.control("/_sim/sessions/"+id+"/pay", form)
	answer := a.ask("GET", "/v1/checkout/sessions/"+id, url.Values{"expand[0]": {"payment_intent.latest_charge"}, "expand[1]": {"line_items"}, "expand[2]": {"total_details.breakdown"}, "expand[3]": {"shipping_cost.taxes"}, "expand[4]": {"customer"}})
	intent, _ := answer["payment_intent"].(map[string]any)
	pi, _ := intent["id"].(string)
	return pi
}

// TestEveryAnswerOfTheSimulatorIsOneOfStripes drives the simulator through all
// that it can do. Every answer, every event and every object in them is held
// against the schemas of Stripe's own description; so are its refusals.
func TestEveryAnswerOfTheSimulatorIsOneOfStripes(t *testing.T) {
	a := startAnswering(t)
	none := url.Values{}
	a.sessions()
	a.money()
	a.disputes()
	a.account()
	for _, kind := range []string{"checkout/sessions", "payment_intents", "refunds", "disputes", "events", "webhook_endpoints"} {
		a.must("GET", "/v1/"+kind, url.Values{"limit": {"100"}})
	}
	events := a.ask("GET", "/v1/events", url.Values{"limit": {"100"}})
	list, _ := events["data"].([]any)
	for _, e := range list { // also those that nobody subscribes to
		if event, ok := e.(map[string]any); ok {
			a.event(event)
		}
	}
	if first, ok := list[0].(map[string]any); ok {
		a.must("GET", "/v1/events/"+first["id"].(string), none)
	}
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end) && len(a.missing()) > 0; {
		time.Sleep(20 * time.Millisecond) // until the last webhook has come
	}
	if gone := a.missing(); len(gone) > 0 {
		t.Errorf("never happened: %s", strings.Join(gone, ", "))
	}
}

// wanted are the events that the shop subscribes to and that must have come.
var wanted = []string{
	"checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed",
	"charge.refunded", "charge.refund.updated", "refund.created", "refund.updated",
	"charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
	"radar.early_fraud_warning.created",
}

var operation = regexp.MustCompile(`\{"([A-Z]+) (/v1/[^"]*)", `)

// operations are all that the simulator can do, "GET /v1/charges/{id}".
func (a *answering) operations() []string {
	code, err := os.ReadFile("../stripesim/api.go")
	if err != nil {
		a.t.Fatal(err)
	}
	var all []string
	for _, op := range operation.FindAllStringSubmatch(string(code), -1) {
		all = append(all, op[1]+" "+op[2])
	}
	return all
}

// missing are the operations of the simulator that were not asked, and the
// events that have not come.
func (a *answering) missing() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var gone []string
	for _, op := range a.operations() {
		method, path, _ := strings.Cut(op, " ")
		_, pattern := a.spec.answer(method, strings.ReplaceAll(path, "{id}", "x"))
		if name := method + " " + pattern; !a.asked[name] {
			gone = append(gone, name)
		}
	}
	for _, kind := range wanted {
		if !a.events[kind] {
			gone = append(gone, kind)
		}
	}
	return gone
}

func (a *answering) sessions() {
	none := url.Values{}
	a.ask("POST", "/v1/checkout/sessions", url.Values{"mode": {"payment"}})
	coupon := a.must("POST", "/v1/coupons", url.Values{"amount_off": {"500"}, "currency": {"usd"}, "duration": {"once"}, "max_redemptions": {"1"}, "name": {"SPRING"}})
	a.must("POST", "/v1/coupons", url.Values{"percent_off": {"12.5"}, "duration": {"once"}})
	a.must("GET", "/v1/coupons/"+coupon, none)
	id := a.session("discounts[0][coupon]", coupon)
	a.control("/_sim/sessions/"+id+"/pay", url.Values{"card": {"4000000000000002"}})
	a.must("GET", "/v1/checkout/sessions/"+id, url.Values{"expand[0]": {"payment_intent"}})
	a.control("/_sim/sessions/"+id+"/pay", url.Values{"wait": {"true"}})
	a.must("GET", "/v1/checkout/sessions/"+id, url.Values{"expand[0]": {"payment_intent.latest_charge"}, "expand[1]": {"total_details.breakdown"}})
	a.must("GET", "/v1/checkout/sessions/"+id+"/line_items", url.Values{"expand[0]": {"data.price.product"}, "expand[1]": {"data.taxes"}, "expand[2]": {"data.discounts"}})
	closed := a.session()
	a.must("POST", "/v1/checkout/sessions/"+closed+"/expire", none)
	a.ask("POST", "/v1/checkout/sessions/"+closed+"/expire", none)
	a.ask("GET", "/v1/checkout/sessions/cs_test_none", none)
	a.must("DELETE", "/v1/coupons/"+coupon, none)
}

func (a *answering) money() {
	none := url.Values{}
	for _, card := range []string{"4242424242424242", "4000000000007726", "4000000000005126"} {
		pi := a.paid("card", card)
		refund := a.must("POST", "/v1/refunds", url.Values{"payment_intent": {pi}, "amount": {"500"}, "reason": {"requested_by_customer"}, "metadata[refund_id]": {"1"}})
		a.control("/_sim/clock", url.Values{"advance": {"1m"}})
		a.must("GET", "/v1/refunds/"+refund, url.Values{"expand[0]": {"payment_intent"}, "expand[1]": {"charge"}})
		a.must("POST", "/v1/refunds/"+refund, url.Values{"metadata[note]": {"x"}})
		a.ask("POST", "/v1/refunds", url.Values{"payment_intent": {pi}, "amount": {"99999999"}})
	}
	pi := a.paid()
	intent := a.ask("GET", "/v1/payment_intents/"+pi, none)
	charge, _ := intent["latest_charge"].(string)
	a.must("GET", "/v1/charges/"+charge, url.Values{"expand[0]": {"payment_intent"}, "expand[1]": {"refunds"}})
	a.paid("card", "4000002500003155")
	secure := a.session()
	a.control("/_sim/sessions/"+secure+"/pay", url.Values{"card": {"4000002500003155"}, "authenticate": {"fail"}})
	open := a.ask("GET", "/v1/checkout/sessions/"+secure, none)
	waiting, _ := open["payment_intent"].(string)
	a.must("POST", "/v1/payment_intents/"+waiting+"/cancel", none)
	for _, bank := range []string{"pays", "fails"} {
		a.paid("bank", bank)
	}
	a.control("/_sim/clock", url.Values{"advance": {"73h"}})
	a.must("GET", "/v1/balance", none)
}

func (a *answering) disputes() {
	none := url.Values{}
	for _, says := range []string{"winning_evidence", "losing_evidence", "We sent it."} {
		pi := a.paid("card", "4000000000000259")
		answer := a.ask("GET", "/v1/disputes", url.Values{"payment_intent": {pi}, "expand[0]": {"data.payment_intent"}})
		list, _ := answer["data"].([]any)
		id := list[0].(map[string]any)["id"].(string)
		a.must("POST", "/v1/disputes/"+id, url.Values{"evidence[uncategorized_text]": {says}, "submit": {"false"}})
		a.must("POST", "/v1/disputes/"+id, url.Values{"submit": {"true"}, "expand[0]": {"payment_intent"}})
		a.must("GET", "/v1/disputes/"+id, url.Values{"expand[0]": {"charge"}})
		if says == "We sent it." {
			a.must("POST", "/v1/disputes/"+id+"/close", none)
		}
		a.ask("POST", "/v1/disputes/"+id, url.Values{"evidence[uncategorized_text]": {"more"}})
	}
	a.paid("card", "4000000000001976")
	warned := a.ask("GET", "/v1/radar/early_fraud_warnings", url.Values{"payment_intent": {a.paid("card", "4000000000005423")}, "expand[0]": {"data.charge"}})
	if list, _ := warned["data"].([]any); len(list) == 1 {
		a.must("GET", "/v1/radar/early_fraud_warnings/"+list[0].(map[string]any)["id"].(string), url.Values{"expand[0]": {"payment_intent"}})
	}
}

func (a *answering) account() {
	none := url.Values{}
	customer := a.must("POST", "/v1/customers", url.Values{"email": {"ada@runner.example"}, "name": {"Ada"}, "phone": {"555"}, "address[line1]": {"1 Mill Lane"}, "shipping[name]": {"Ada"}, "shipping[address][line1]": {"1 Mill Lane"}})
	a.must("GET", "/v1/customers/"+customer, none)
	endpoint := a.must("POST", "/v1/webhook_endpoints", url.Values{"url": {"https://shop.example/hook"}, "enabled_events[0]": {"*"}, "api_version": {"2023-10-16"}})
	a.must("GET", "/v1/webhook_endpoints/"+endpoint, none)
	a.must("GET", "/v1/tax_codes/txcd_30011000", none)
	for _, more := range []struct {
		operation, method, path string
		form                    url.Values
	}{
		{"POST /v1/customers/{id}", "POST", "/v1/customers/" + customer, url.Values{"name": {"Ada Runner"}, "address[city]": {"Portland"}}},
		{"POST /v1/webhook_endpoints/{id}", "POST", "/v1/webhook_endpoints/" + endpoint, url.Values{"enabled_events[0]": {"charge.refunded"}}},
		{"GET /v1/tax/settings", "GET", "/v1/tax/settings", none},
	} {
		if slices.Contains(a.operations(), more.operation) {
			a.must(more.method, more.path, more.form)
		}
	}
	a.must("DELETE", "/v1/webhook_endpoints/"+endpoint, none)
}
