package stripesim

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"
	stripewebhook "github.com/stripe/stripe-go/v76/webhook"
)

const (
	testKey    = "sk_test_simulator"
	testSecret = "whsec_test"
)

// world is a running simulator, a client that speaks to it, and a shop that collects its events.
type world struct {
	*Sim
	t    *testing.T
	file string
	url  string
	api  *client.API
	shop *shop
	stop func()
}

// newWorld starts a simulator with fresh books; the test runs beside others.
func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	w := &world{t: t, file: filepath.Join(t.TempDir(), "books.db"), shop: newShop(t)}
	w.start()
	t.Cleanup(func() { w.stop() })
	return w
}

// start opens the books and serves them; stop undoes it.
func (w *world) start() {
	w.t.Helper()
	server := httptest.NewUnstartedServer(nil)
	w.url = "http://" + server.Listener.Addr().String()
	sim, err := Open(Options{
		File: w.file, BaseURL: w.url, SecretKey: testKey, WebhookURL: w.shop.URL, WebhookSecret: testSecret,
		RedirectWait: 3 * time.Second, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.Sim = sim
	server.Config.Handler = sim.Handler()
	server.Start()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- sim.Run(ctx) }()
	w.api = newClient(w.url, 0)
	w.stop = sync.OnceFunc(func() {
		server.Close()
		cancel()
		if err := <-done; err != nil {
			w.t.Error(err)
		}
		if err := sim.Close(); err != nil {
			w.t.Error(err)
		}
	})
}

func newClient(base string, retries int64) *client.API {
	return client.New(testKey, stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		URL: stripe.String(base), HTTPClient: &http.Client{Timeout: 10 * time.Second},
		MaxNetworkRetries: stripe.Int64(retries), LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
		EnableTelemetry: stripe.Bool(false),
	}))
}

// shop is a webhook endpoint that keeps the events it was sent.
type shop struct {
	*httptest.Server
	mu      sync.Mutex
	secret  string
	events  []stripe.Event
	headers []string
	refused []error
	// answers are the statuses to give, one per delivery; 200 when they run out.
	answers []int
}

func newShop(t *testing.T) *shop {
	s := &shop{secret: testSecret}
	s.Server = httptest.NewServer(http.HandlerFunc(s.take))
	t.Cleanup(s.Close)
	return s
}

func (s *shop) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	header := r.Header.Get("Stripe-Signature")
	var e stripe.Event
	if err == nil {
		s.mu.Lock()
		e, err = stripewebhook.ConstructEvent(body, header, s.secret)
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.headers = append(s.headers, header)
	if len(s.answers) > 0 {
		status := s.answers[0]
		s.answers = s.answers[1:]
		w.WriteHeader(status)
		return
	}
	if err != nil {
		s.refused = append(s.refused, err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.events = append(s.events, e)
}

// types lists the types of the events taken so far.
func (s *shop) types() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []string{}
	for _, e := range s.events {
		all = append(all, string(e.Type))
	}
	return all
}

func (s *shop) count(eventType string) int {
	n := 0
	for _, t := range s.types() {
		if t == eventType {
			n++
		}
	}
	return n
}

// eventually fails the test unless ok holds within five seconds.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never happened: %s", what)
}

// sessionParams asks for two lines, taxes, an address and one shipping option.
func sessionParams() *stripe.CheckoutSessionParams {
	line := func(name string, cents, quantity int64) *stripe.CheckoutSessionLineItemParams {
		return &stripe.CheckoutSessionLineItemParams{
			Quantity: stripe.Int64(quantity),
			PriceData: &stripe.CheckoutSessionLineItemPriceDataParams{
				Currency: stripe.String("usd"), UnitAmount: stripe.Int64(cents), TaxBehavior: stripe.String("exclusive"),
				ProductData: &stripe.CheckoutSessionLineItemPriceDataProductDataParams{
					Name: stripe.String(name), TaxCode: stripe.String("txcd_30011000"),
					Metadata: map[string]string{"sku": name},
				},
			},
		}
	}
	return &stripe.CheckoutSessionParams{
		Mode: stripe.String("payment"), ClientReferenceID: stripe.String("order-1"),
		SuccessURL: stripe.String("http://shop.test/success/abc?session_id={CHECKOUT_SESSION_ID}"),
		CancelURL:  stripe.String("http://shop.test/cancelled/abc"),
		LineItems:  []*stripe.CheckoutSessionLineItemParams{line("Shoe", 8999, 1), line("Sock", 1250, 2)},
		AutomaticTax: &stripe.CheckoutSessionAutomaticTaxParams{
			Enabled: stripe.Bool(true),
		},
		ShippingAddressCollection: &stripe.CheckoutSessionShippingAddressCollectionParams{
			AllowedCountries: stripe.StringSlice([]string{"US"}),
		},
		ShippingOptions: []*stripe.CheckoutSessionShippingOptionParams{shippingParams("Standard", 700)},
		PaymentIntentData: &stripe.CheckoutSessionPaymentIntentDataParams{
			Description: stripe.String("Order 1"), Metadata: map[string]string{"attempt_id": "7"},
		},
		Metadata: map[string]string{"order_id": "1"},
	}
}

func shippingParams(name string, cents int64) *stripe.CheckoutSessionShippingOptionParams {
	return &stripe.CheckoutSessionShippingOptionParams{
		ShippingRateData: &stripe.CheckoutSessionShippingOptionShippingRateDataParams{
			DisplayName: stripe.String(name), Type: stripe.String("fixed_amount"), TaxBehavior: stripe.String("exclusive"),
			TaxCode: stripe.String("txcd_92010001"),
			FixedAmount: &stripe.CheckoutSessionShippingOptionShippingRateDataFixedAmountParams{
				Amount: stripe.Int64(cents), Currency: stripe.String("usd"),
			},
		},
	}
}

// newSession creates the session of sessionParams.
func (w *world) newSession() *stripe.CheckoutSession {
	w.t.Helper()
	s, err := w.api.CheckoutSessions.New(sessionParams())
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// control posts a form to a control endpoint and returns status and body.
func (w *world) control(path string, form url.Values) (int, string) {
	w.t.Helper()
	return w.send(http.MethodPost, path, form, nil)
}

// send makes a request with a form and some headers.
func (w *world) send(method, path string, form url.Values, headers map[string]string) (int, string) {
	w.t.Helper()
	req, err := http.NewRequest(method, w.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	quiet := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := quiet.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// pay pays a session through the control endpoint and waits for the webhook.
func (w *world) pay(id string, form url.Values) (int, string) {
	w.t.Helper()
	if form == nil {
		form = url.Values{}
	}
	form.Set("wait", "true")
	return w.control("/_sim/sessions/"+id+"/pay", form)
}

// fault switches a fault on.
func (w *world) fault(kind, match string, more ...string) {
	w.t.Helper()
	form := url.Values{"kind": {kind}, "match": {match}, "count": {"1"}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	if status, body := w.control("/_sim/faults", form); status != http.StatusOK {
		w.t.Fatalf("fault %s: %d %s", kind, status, body)
	}
}

// raw sends a body as it stands.
func (w *world) raw(method, path, body string, headers map[string]string) (int, string) {
	w.t.Helper()
	req, err := http.NewRequest(method, w.url+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res.StatusCode, string(out)
}
