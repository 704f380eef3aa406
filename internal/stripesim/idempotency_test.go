package stripesim

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"
)

// withKey posts a form under an idempotency key and gives the whole response.
func (w *world) withKey(key, path, body string) (*http.Response, string) {
	w.t.Helper()
	req, err := http.NewRequest(http.MethodPost, w.url+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+testKey)
	req.Header.Set("Idempotency-Key", key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	var out strings.Builder
	if _, err := io.Copy(&out, res.Body); err != nil {
		w.t.Fatal(err)
	}
	return res, out.String()
}

func TestOneKeyHasOneAnswer(t *testing.T) {
	tests := []struct {
		name          string
		path1, body1  string
		path2, body2  string
		before        func(*world)
		status        int
		replayed      bool
		sameBody      bool
		secondMessage string
	}{
		{"the same request again is replayed", "/v1/customers", "email=a%40x.com", "/v1/customers", "email=a%40x.com",
			nil, 200, true, true, ""},
		{"the same parameters in another order are the same request", "/v1/customers", "email=a%40x.com&name=A",
			"/v1/customers", "name=A&email=a%40x.com", nil, 200, true, true, ""},
		{"another parameter is refused", "/v1/customers", "email=a%40x.com", "/v1/customers", "email=b%40x.com",
			nil, 400, false, false, "Keys for idempotent requests can only be used with the same parameters"},
		{"another path is refused", "/v1/customers", "name=A", "/v1/coupons", "name=A",
			nil, 400, false, false, "Try using a key other than 'k1'"},
		{"a refusal of parameters is not kept", "/v1/customers", "colour=red", "/v1/customers", "email=a%40x.com",
			nil, 200, false, false, ""},
		{"a refusal by the books is kept", "/v1/refunds", "payment_intent=pi_x", "/v1/refunds", "payment_intent=pi_x",
			nil, 400, true, true, "No such payment_intent"},
		{"an answer 500 is kept", "/v1/customers", "email=a%40x.com", "/v1/customers", "email=a%40x.com",
			func(w *world) { w.fault("500", "POST /v1/customers") }, 500, true, true, "api_error"},
		{"an answer 409 is not kept", "/v1/customers", "email=a%40x.com", "/v1/customers", "email=a%40x.com",
			func(w *world) { w.fault("409", "POST /v1/customers") }, 200, false, false, ""},
		{"an answer 429 is not kept", "/v1/customers", "email=a%40x.com", "/v1/customers", "email=a%40x.com",
			func(w *world) { w.fault("429", "POST /v1/customers") }, 200, false, false, ""},
		{"a proxy's page hides an answer that is kept", "/v1/customers", "email=a%40x.com", "/v1/customers", "email=a%40x.com",
			func(w *world) { w.fault("html502", "POST /v1/customers") }, 200, true, false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			if tt.before != nil {
				tt.before(w)
			}
			first, body1 := w.withKey("k1", tt.path1, tt.body1)
			second, body2 := w.withKey("k1", tt.path2, tt.body2)
			replayed := second.Header.Get("Idempotent-Replayed") == "true"
			if second.StatusCode != tt.status || replayed != tt.replayed || (body1 == body2) != tt.sameBody {
				t.Errorf("got %d, replayed %v\n%s\n%s", second.StatusCode, replayed, body1, body2)
			}
			if !strings.Contains(body2, tt.secondMessage) {
				t.Errorf("got %s, want %q", body2, tt.secondMessage)
			}
			if replayed && second.Header.Get("Original-Request") != first.Header.Get("Request-Id") && tt.sameBody {
				t.Errorf("original request %q", second.Header.Get("Original-Request"))
			}
			if second.Header.Get("Idempotency-Key") != "k1" {
				t.Error("the key is not echoed")
			}
		})
	}
}

func TestAKeyInUseIsRefused(t *testing.T) {
	w := newWorld(t)
	w.fault("slow", "POST /v1/customers", "ms", "600")
	first := make(chan int)
	go func() {
		res, _ := w.withKey("k1", "/v1/customers", "name=A")
		first <- res.StatusCode
	}()
	eventually(t, "the first request is under way", func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.running["k1"]
	})
	res, body := w.withKey("k1", "/v1/customers", "name=A")
	if res.StatusCode != 409 || !strings.Contains(body, "There is currently another in-progress request using this Idempotent Key (k1)") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if status := <-first; status != 200 {
		t.Errorf("the first was answered %d", status)
	}
}

func TestAKeyIsForgottenAfterADay(t *testing.T) {
	w := newWorld(t)
	_, first := w.withKey("k1", "/v1/customers", "name=A")
	w.control("/_sim/clock", url.Values{"advance": {"23h59m"}})
	if _, again := w.withKey("k1", "/v1/customers", "name=A"); again != first {
		t.Error("forgotten too early")
	}
	w.control("/_sim/clock", url.Values{"advance": {"2m"}})
	if _, later := w.withKey("k1", "/v1/customers", "name=A"); later == first {
		t.Error("still kept after a day")
	}
}

func TestACutConnectionAndARetryMakeOneSession(t *testing.T) {
	for _, kind := range []string{"cut", "cut_before", "html502", "409"} {
		t.Run("after "+kind, func(t *testing.T) {
			w := newWorld(t)
			w.fault(kind, "POST /v1/checkout/sessions")
			params := sessionParams()
			params.IdempotencyKey = stripe.String("cs-1")
			s, err := newClient(w.url, 2).CheckoutSessions.New(params)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for i := w.api.CheckoutSessions.List(&stripe.CheckoutSessionListParams{}); i.Next(); {
				ids = append(ids, i.CheckoutSession().ID)
			}
			if len(ids) != 1 || ids[0] != s.ID {
				t.Errorf("sessions %v, answered %s", ids, s.ID)
			}
		})
	}
}

func TestACutAfterExecutionIsAnErrorThatLeavesTheSession(t *testing.T) {
	w := newWorld(t)
	w.fault("cut", "POST /v1/checkout/sessions", "count", "0")
	start := time.Now()
	if _, err := w.api.CheckoutSessions.New(sessionParams()); err == nil {
		t.Error("the cut went unseen")
	}
	if time.Since(start) > 5*time.Second {
		t.Error("the cut came late")
	}
	if _, body := w.send("GET", "/_sim/sessions", nil, nil); strings.Count(body, `"id"`) == 0 {
		t.Errorf("nothing was executed: %s", body)
	}
}
