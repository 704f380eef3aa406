package stripecontract_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/payment"
	"longrun/internal/testneed"
)

// call is one request of ours and how stripe-mock answered it.
type call struct {
	method, path string
	form         url.Values
	status       int
	answer       string
}

func (c call) line() string { return c.method + " " + c.path }

// wire is a client of ours whose every request is written down on its way to
// stripe-mock.
type wire struct {
	client *payment.Client
	mu     sync.Mutex
	calls  []call
}

func startWire(t *testing.T) *wire {
	t.Helper()
	target, err := url.Parse(startMock(t))
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{}
	proxy := &httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: w.writeDown,
	}
	server := httptest.NewServer(withForm(proxy))
	t.Cleanup(server.Close)
	w.client = payment.New(payment.Options{APIURL: server.URL, Key: "sk_test_123", CheckoutHosts: []string{"checkout.stripe.com"}})
	return w
}

// withForm keeps a copy of each request's form for writeDown.
func withForm(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		r.Header.Set("X-Form", url.QueryEscape(string(body)))
		next.ServeHTTP(w, r)
	})
}

func (w *wire) writeDown(resp *http.Response) error {
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	raw, err := url.QueryUnescape(resp.Request.Header.Get("X-Form"))
	if err != nil {
		return err
	}
	form, err := url.ParseQuery(raw)
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.calls = append(w.calls, call{resp.Request.Method, resp.Request.URL.Path, form, resp.StatusCode, string(answer)})
	w.mu.Unlock()
	if resp.StatusCode == http.StatusOK {
		answer = alive(resp.Request, form, answer)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(answer)), int64(len(answer))
	resp.Header.Set("Content-Length", fmt.Sprint(len(answer)))
	return nil
}

// alive puts into a fixed answer what Stripe would have remembered, as far as
// our client looks at it: a session's metadata and address, that it is
// complete, and that lists end.
func alive(r *http.Request, form url.Values, answer []byte) []byte {
	var object map[string]any
	if json.Unmarshal(answer, &object) != nil {
		return answer
	}
	switch object["object"] {
	case "list":
		object["has_more"] = false
	case "checkout.session":
		object["status"] = "complete"
		object["url"] = "https://checkout.stripe.com/c/pay/cs_test_a1b2c3"
		object["metadata"] = map[string]string{"reference": form.Get("metadata[reference]")}
		if !strings.HasPrefix(r.URL.Path, "/v1/checkout/sessions/") {
			object["id"] = "cs_test_a1b2c3"
		}
	}
	changed, err := json.Marshal(object)
	if err != nil {
		return answer
	}
	return changed
}

// taken hands over the calls since the last time.
func (w *wire) taken() []call {
	w.mu.Lock()
	defer w.mu.Unlock()
	calls := w.calls
	w.calls = nil
	return calls
}

// startMock starts the stripe-mock that LONGRUN_STRIPE_MOCK names and returns
// its address.
func startMock(t *testing.T) string {
	t.Helper()
	binary := os.Getenv("LONGRUN_STRIPE_MOCK")
	if binary == "" {
		testneed.Missing(t, "stripe-mock v0.183.0 in LONGRUN_STRIPE_MOCK")
	}
	// Without an address for HTTPS it would open one on all interfaces.
	plain, secure := freeAddress(t), freeAddress(t)
	var output bytes.Buffer
	cmd := exec.Command(binary, "-http-addr", plain, "-https-addr", secure, "-strict-version-check")
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if conn, err := net.Dial("tcp", plain); err == nil {
			_ = conn.Close()
			return "http://" + plain
		}
	}
	t.Fatal("stripe-mock did not start")
	return ""
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
