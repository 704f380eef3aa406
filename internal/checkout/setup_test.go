package checkout_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"testing"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/payment"
	"longrun/internal/shop"
)

func setUp(t *testing.T, w *checkouttest.World) checkout.Setup {
	t.Helper()
	s, err := w.Checkout.SetUp(t.Context(), shop.ByCommand)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheEndpointIsMadeOnceAndToldItsSecretOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		first, second := setUp(t, w), setUp(t, w)
		if first.Did != "made" || !strings.HasPrefix(first.Secret, "whsec_") || first.Version != "2023-10-16" || first.URL != "http://shop.test/webhooks/stripe" || len(first.Problems) > 0 {
			t.Errorf("first: %+v", first)
		}
		if second.Did != "" || second.Secret != "" || second.Endpoint != first.Endpoint {
			t.Errorf("second: %+v", second)
		}
		all, err := w.Pay.Endpoints(t.Context())
		if err != nil || len(all) != 1 || !slices.Equal(all[0].Events, payment.EventTypes) || !all[0].Enabled {
			t.Errorf("endpoints: %+v, %v", all, err)
		}
		if n := w.Count("SELECT count(*) FROM audit_entries WHERE action = 'stripe.setup' AND thing_id = ?", first.Endpoint); n != 1 {
			t.Errorf("%d entries in the audit log", n)
		}
		if n := w.Count("SELECT count(*) FROM audit_details WHERE CAST(details AS text) LIKE '%whsec_%'"); n != 0 {
			t.Error("the secret is in the audit log")
		}
	})
}

func TestAnEndpointThatIsNotRightIsCorrected(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	first := setUp(t, w)
	for name, change := range map[string]url.Values{
		"it was switched off":    {"disabled": {"true"}},
		"it hears too little":    {"enabled_events[0]": {"checkout.session.completed"}},
		"it hears of everything": {"enabled_events[0]": {"*"}},
	} {
		api(t, w, "/v1/webhook_endpoints/"+first.Endpoint, change)
		if got := setUp(t, w); got.Did != "corrected" || got.Endpoint != first.Endpoint || got.Secret != "" || len(got.Problems) > 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := setUp(t, w); got.Did != "" {
		t.Errorf("in the end: %+v", got)
	}
}

// api sends a form to the simulated Stripe as somebody in its pages might.
func api(t *testing.T, w *checkouttest.World, path string, form url.Values) {
	t.Helper()
	r, err := http.NewRequest("POST", w.Stripe+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer sk_test_for_tests")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if answer.StatusCode != 200 {
		t.Fatalf("%s: %d %s", path, answer.StatusCode, body)
	}
}

func TestTaxSettingsThatLackSomethingAreAProblem(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	w.Control("/_sim/tax", "status", "pending")
	if got := setUp(t, w); len(got.Problems) != 1 || !strings.Contains(got.Problems[0], "head_office") {
		t.Errorf("%+v", got)
	}
	w.Control("/_sim/tax", "status", "active")
	if got := setUp(t, w); len(got.Problems) != 0 {
		t.Errorf("%+v", got)
	}
}

// through is a shop that speaks to Stripe through a proxy that changes the
// answers, or with another key.
func through(t *testing.T, w *checkouttest.World, o payment.Options, change *strings.Replacer) *checkout.Checkout {
	t.Helper()
	target, err := url.Parse(w.Stripe)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Header.Del("Accept-Encoding") },
		ModifyResponse: func(r *http.Response) error {
			body, err := io.ReadAll(r.Body)
			said := string(body)
			if r.Request.Method == http.MethodGet {
				said = change.Replace(said)
			}
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(said)), int64(len(said))
			r.Header.Del("Content-Length")
			return err
		},
	}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	if o.APIURL == "" {
		o.APIURL = server.URL
	}
	o.Log = slog.New(slog.DiscardHandler)
	return checkout.New(w.DB, payment.New(o), w.Orders, checkout.Options{BaseURL: "http://shop.test", Tax: true, Log: o.Log})
}

func TestWhatCannotBeSetUpIsSaidPlainly(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	same := strings.NewReplacer()
	tests := []struct {
		name   string
		o      payment.Options
		change *strings.Replacer
		says   string
	}{
		{"a key that Stripe does not know", payment.Options{Key: "sk_test_other"}, same, "Stripe does not know this key. Look at STRIPE_SECRET_KEY."},
		{"a key of the other mode", payment.Options{Key: "sk_test_for_tests"}, strings.NewReplacer(`"livemode": false`, `"livemode": true`, `"livemode":false`, `"livemode":true`), "looks like a test key, and Stripe says that it is a live one"},
		{"nobody there", payment.Options{Key: "sk_test_for_tests", APIURL: "http://127.0.0.1:1"}, same, "Stripe cannot be reached."},
		{"somebody else there", payment.Options{Key: "sk_test_for_tests"}, strings.NewReplacer("{", "<"), "Stripe cannot be reached."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := through(t, w, tt.o, tt.change).SetUp(t.Context(), shop.ByCommand)
			if err == nil || !strings.Contains(shop.MessageOf(err), tt.says) {
				t.Errorf("it says %q (%v)", shop.MessageOf(err), err)
			}
		})
	}
	if all, err := w.Pay.Endpoints(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("endpoints: %+v, %v", all, err)
	}
}

func TestAnEndpointOfAnotherVersionStaysUntilItsSuccessorIsInPlace(t *testing.T) {
	w := checkouttest.New(t, "sqlite")
	old := setUp(t, w)
	shopOf := through(t, w, payment.Options{Key: "sk_test_for_tests"}, strings.NewReplacer(`"2023-10-16"`, `"2020-08-27"`))
	got, err := shopOf.SetUp(t.Context(), shop.ByCommand)
	if err != nil || got.Did != "made" || got.Endpoint == old.Endpoint || len(got.Notes) != 1 || !strings.Contains(got.Notes[0], old.Endpoint+" sends events here in the version 2020-08-27") {
		t.Errorf("%+v, %v", got, err)
	}
}
