package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	stubKey    = "sk_test_bench"
	stubSecret = "whsec_ofTheBenchAndNobodyElse"
)

// stub answers as Stripe does for a purchase, at once and out of memory: what
// is measured beside it is the shop alone.
type stub struct {
	url  string
	http *http.Client

	mu       sync.Mutex
	sessions map[string]map[string]any
}

// startStub serves a stub for as long as the program runs.
func startStub() (*stub, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &stub{
		url: "http://" + listener.Addr().String(), sessions: map[string]map[string]any{},
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 30 * time.Second},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/checkout/sessions", s.create)
	mux.HandleFunc("GET /v1/checkout/sessions/{id}", s.read)
	mux.HandleFunc("GET /v1/checkout/sessions/{id}/line_items", none)
	go func() { _ = http.Serve(listener, mux) }()
	return s, nil
}

func none(w http.ResponseWriter, _ *http.Request) {
	say(w, map[string]any{"object": "list", "data": []any{}, "has_more": false})
}

func say(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // who asked may be gone
}

// create opens a session over what is asked for.
func (s *stub) create(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	id := "cs_test_" + rand.Text() + rand.Text()
	metadata := map[string]string{}
	subtotal := int64(0)
	for name := range r.PostForm {
		if key, ok := strings.CutPrefix(name, "metadata["); ok {
			metadata[strings.TrimSuffix(key, "]")] = r.PostForm.Get(name)
		}
	}
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(r.PostForm.Get(name), 10, 64)
		return n
	}
	for i := 0; r.PostForm.Has(fmt.Sprintf("line_items[%d][quantity]", i)); i++ {
		line := fmt.Sprintf("line_items[%d]", i)
		subtotal += number(line+"[quantity]") * number(line+"[price_data][unit_amount]")
	}
	shipping := number("shipping_options[0][shipping_rate_data][fixed_amount][amount]")
	session := map[string]any{
		"id": id, "object": "checkout.session", "url": s.url + "/pay/" + id, "status": "open", "payment_status": "unpaid",
		"currency": "usd", "amount_subtotal": subtotal, "amount_total": subtotal + shipping, "expires_at": number("expires_at"),
		"livemode": false, "metadata": metadata, "client_reference_id": r.PostForm.Get("client_reference_id"),
		"total_details": map[string]any{"amount_discount": 0, "amount_shipping": shipping, "amount_tax": 0},
		"shipping_cost": map[string]any{"amount_tax": 0},
	}
	s.mu.Lock()
	s.sessions[id] = session
	s.mu.Unlock()
	say(w, session)
}

func (s *stub) read(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	session, ok := s.sessions[r.PathValue("id")]
	s.mu.Unlock()
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		say(w, map[string]any{"error": map[string]any{"type": "invalid_request_error", "code": "resource_missing"}})
		return
	}
	say(w, session)
}

// pay makes a session paid and returns the event that says so, signed.
func (s *stub) pay(id string) (body []byte, signature string) {
	address := map[string]any{"line1": "1 Track Road", "city": "Portland", "state": "OR", "postal_code": "97209", "country": "US"}
	s.mu.Lock()
	paid := map[string]any{}
	for name, value := range s.sessions[id] {
		paid[name] = value
	}
	paid["status"], paid["payment_status"], paid["url"] = "complete", "paid", nil
	paid["payment_intent"] = map[string]any{
		"id": "pi_" + id[8:], "object": "payment_intent", "status": "succeeded",
		"latest_charge": map[string]any{"id": "ch_" + id[8:], "object": "charge", "payment_method_details": map[string]any{
			"type": "card", "card": map[string]any{"brand": "visa", "last4": "4242"}}},
	}
	paid["customer_details"] = map[string]any{"email": "ada@example.com", "name": "Ada Runner", "address": address}
	paid["shipping_details"] = map[string]any{"name": "Ada Runner", "address": address}
	s.sessions[id] = paid
	s.mu.Unlock()
	body = fmt.Appendf(nil, `{"id":"evt_%s","object":"event","api_version":"2023-10-16","created":%d,"livemode":false,
		"type":"checkout.session.completed","data":{"object":{"id":%q,"object":"checkout.session"}}}`, id[8:], time.Now().Unix(), id)
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(stubSecret))
	mac.Write([]byte(at + "." + string(body)))
	return body, "t=" + at + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

// tell sends an event to the shop.
func (s *stub) tell(shop string, body []byte, signature string) error {
	request, err := http.NewRequest(http.MethodPost, shop+"/webhooks/stripe", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Stripe-Signature", signature)
	response, err := s.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the shop answered an event with %d", response.StatusCode)
	}
	return nil
}
