package app_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// badRequest is something that the shop must refuse.
type badRequest struct {
	name    string
	method  string // POST when empty
	path    string
	kind    string // content type; JSON when the body begins with "{", else a form
	body    string
	headers map[string]string
	status  int // the answer that is wanted, 0 for any from 400 to 499
}

// badShop is a shop with one shoe, a browser with a pair of it in the bag,
// and what a forger could know.
type badShop struct {
	*apptest.Shop
	t       *testing.T
	variant shop.VariantID
	browser *http.Client
	order   string // path of an order that waits for its payment
	foreign string // the session of somebody else's order
}

func newBadShop(t *testing.T, s *apptest.Shop) *badShop {
	t.Helper()
	if _, err := s.App.Settings.Set(t.Context(), "rate_per_minute", "0", shop.ByCommand); err != nil {
		t.Fatal(err)
	}
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	time.Sleep(1100 * time.Millisecond) // the limit in force is read once a second
	b := emptyHanded(t, s, p.Variants[0].ID)
	for _, at := range []*string{&b.order, &b.foreign} { // two shoppers wait at the payment page
		paying := s.Shopper(t).Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Submit("checkout").Must(200)
		*at = paying.URL.Path[strings.LastIndex(paying.URL.Path, "/")+1:]
	}
	b.order = b.successPath(b.order)
	if status, body := b.send(b.add("2")); status != http.StatusOK {
		t.Fatalf("filling the bag: %d %s", status, body)
	}
	return b
}

// emptyHanded is a browser with nothing in its bag.
func emptyHanded(t *testing.T, s *apptest.Shop, variant shop.VariantID) *badShop {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &badShop{Shop: s, t: t, variant: variant, browser: &http.Client{
		Jar: jar, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// successPath is where a session's payment page leads back to, without the
// session.
func (b *badShop) successPath(session string) string {
	b.t.Helper()
	order, err := b.App.DB.AttemptBySession(b.t.Context(), session)
	if err != nil {
		b.t.Fatal(err)
	}
	link, err := b.App.DB.LinkOf(b.t.Context(), shop.LinkOrder, int64(order.OrderID))
	if err != nil {
		b.t.Fatal(err)
	}
	return "/checkout/success/" + b.App.DB.Token(link)
}

// add is an add of a quantity as it stands in JSON.
func (b *badShop) add(quantity string) badRequest {
	return badRequest{path: "/cart/add.js", body: fmt.Sprintf(`{"id":%d,"quantity":%s}`, b.variant, quantity), status: 422}
}

// typed is an add of a quantity as it stands in a form.
func (b *badShop) typed(quantity string) badRequest {
	return badRequest{path: "/cart/add", body: fmt.Sprintf("id=%d&quantity=%s", b.variant, quantity), status: 422}
}

// send sends a request and returns the answer.
func (b *badShop) send(bad badRequest) (status int, body string) {
	b.t.Helper()
	method := bad.method
	if method == "" {
		method = http.MethodPost
	}
	request, err := http.NewRequest(method, b.URL+bad.path, strings.NewReader(bad.body))
	if err != nil {
		b.t.Fatal(err)
	}
	kind := bad.kind
	switch {
	case kind == "" && strings.HasPrefix(bad.body, "{"):
		kind = "application/json"
	case kind == "":
		kind = "application/x-www-form-urlencoded"
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range bad.headers {
		request.Header.Set(name, value)
	}
	response, err := b.browser.Do(request)
	if err != nil {
		b.t.Fatalf("%s: %v", bad.name, err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatalf("%s: %v", bad.name, err)
	}
	return response.StatusCode, string(read)
}

// signature signs a webhook's body as Stripe does.
func signature(secret, body string, at time.Time) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil)))
}

// TestBadInputIsRefusedAndChangesNothing sends what nobody should send
// through the whole server. Each gets an answer that says so, and every row
// of the database stays as it is.
func TestBadInputIsRefusedAndChangesNothing(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		b := newBadShop(t, s)
		tables := openTables(t, s.App.Config.DatabaseURL)
		before := tables.settled()
		for _, bad := range b.requests() {
			t.Run(bad.name, func(t *testing.T) {
				status, body := b.send(bad)
				if status < 400 || status > 499 || bad.status != 0 && status != bad.status {
					t.Errorf("answered %d, want %d: %.400s", status, bad.status, body)
				}
				if len(strings.TrimSpace(body)) < 10 {
					t.Errorf("the answer says nothing: %q", body)
				}
				tables.mustBe(t, before)
			})
			if t.Failed() {
				before = tables.state()
			}
		}
		s.Verify()
	})
}

func (b *badShop) requests() []badRequest {
	return slices.Concat(b.quantities(), b.shapes(), b.forgeries(), b.letters(), b.waits())
}

// quantities are numbers that are none.
func (b *badShop) quantities() []badRequest {
	var all []badRequest
	for _, q := range []string{"-1", "10001", `"２"`, `"0x1"`, "1.5", "1e3", "null", `""`, "9223372036854775807", "0"} {
		bad := b.add(q)
		bad.name = "adding " + q
		all = append(all, bad)
	}
	for _, q := range []string{"-1", "10001", "%EF%BC%92", "0x1", "1.5", "1e3", "", "9223372036854775807", "0"} {
		bad := b.typed(q)
		bad.name = "typing " + q
		all = append(all, bad)
	}
	return append(all,
		badRequest{name: "adding an unknown variant", path: "/cart/add.js", body: `{"id":424242,"quantity":1}`, status: 404},
		badRequest{name: "typing an unknown variant", path: "/cart/add", body: "id=424242&quantity=1", status: 404},
		badRequest{name: "adding nothing", path: "/cart/add.js", body: `{}`, status: 400},
		badRequest{name: "an unknown discount code", path: "/cart/update.js", body: `{"discount":"WINTER"}`, status: 422},
		badRequest{name: "two discount codes", path: "/cart/update.js", body: `{"discount":"SPRING,WINTER"}`, status: 422},
		badRequest{name: "a discount code of 500 characters", path: "/cart", body: "discount=" + strings.Repeat("A", 500), status: 422},
		badRequest{name: "a discount code with markup", path: "/cart", body: "discount=%3Cscript%3Ealert(1)%3C/script%3E", status: 422},
		badRequest{name: "a discount code with a zero byte", path: "/cart", body: "discount=ABC%00", status: 0},
		badRequest{name: "a link to no discount code", method: http.MethodGet, path: "/discount/..%2f..%2fstaff", status: 404},
	)
}

// shapes are requests that are too large, too long, or said in two ways.
func (b *badShop) shapes() []badRequest {
	id := fmt.Sprint(b.variant)
	fields := "id=" + id + "&quantity=1" + strings.Repeat("&x=1", 127)
	return []badRequest{
		{name: "a key twice", path: "/cart/add.js", body: `{"id":` + id + `,"quantity":1,"quantity":2}`, status: 400},
		{name: "a key twice in other case", path: "/cart/add.js", body: `{"id":` + id + `,"quantity":1,"Quantity":2}`, status: 400},
		{name: "two documents", path: "/cart/add.js", body: `{"id":` + id + `}{"id":` + id + `}`, status: 400},
		{name: "half a document", path: "/cart/add.js", body: `{"id":` + id, status: 400},
		{name: "a body of 2 MB", path: "/cart/add.js", body: `{"id":` + id + `,"x":"` + strings.Repeat("x", 2<<20) + `"}`, status: 413},
		{name: "a form of 2 MB", path: "/cart/add", body: "id=" + id + "&x=" + strings.Repeat("x", 2<<20), status: 413},
		{name: "another content type", path: "/cart/add.js", kind: "text/plain", body: `{"id":` + id + `}`, status: 415},
		{name: "XML", path: "/cart/add", kind: "application/xml", body: "<id>" + id + "</id>", status: 415},
		{name: "a form of 129 fields", path: "/cart/add", body: fields, status: 400},
		{name: "an address of 3 KiB", method: http.MethodGet, path: "/products/tern?x=" + strings.Repeat("x", 3<<10), status: 414},
		{name: "a header of 20 KiB", method: http.MethodGet, path: "/cart", headers: map[string]string{"X-Long": strings.Repeat("x", 20<<10)}, status: 431},
		{name: "an order without its token", method: http.MethodGet, path: "/orders/", status: 404},
		{name: "an order with a token of blanks", method: http.MethodGet, path: "/orders/%20", status: 404},
		{name: "an order with its number", method: http.MethodGet, path: "/orders/1", status: 404},
		{name: "a success page without its token", method: http.MethodGet, path: "/checkout/success/?session_id=" + b.foreign, status: 404},
		{name: "a success page with an unknown token", method: http.MethodGet, path: "/checkout/success/" + strings.Repeat("a", 26) + "?session_id=" + b.foreign, status: 404},
		{name: "another method", method: http.MethodDelete, path: "/cart", status: 405},
	}
}

// forgeries are requests in another's name.
func (b *badShop) forgeries() []badRequest {
	body := `{"id":"evt_forged","object":"event","api_version":"2023-10-16","type":"checkout.session.completed","created":1,` +
		`"livemode":false,"data":{"object":{"id":"` + b.foreign + `","object":"checkout.session","payment_status":"paid"}}}`
	secret, now := b.App.Config.Stripe.WebhookSecrets[0], time.Now()
	webhook := func(name, signature string) badRequest {
		return badRequest{name: "a webhook " + name, path: "/webhooks/stripe", body: body, headers: map[string]string{"Stripe-Signature": signature}, status: 400}
	}
	unsigned := webhook("without a signature", "")
	unsigned.headers = nil
	changed := webhook("changed after it was signed", signature(secret, body, now))
	changed.body = strings.Replace(body, "evt_forged", "evt_forger", 1)
	form := fmt.Sprintf("id=%d&quantity=1", b.variant)
	return []badRequest{
		unsigned, changed,
		webhook("with an empty signature", ""),
		webhook("with the time alone", fmt.Sprintf("t=%d", now.Unix())),
		webhook("signed with another secret", signature("whsec_0123456789abcdef0123456789abcdef", body, now)),
		webhook("signed with no secret", signature("", body, now)),
		webhook("301 seconds old", signature(secret, body, now.Add(-301*time.Second))),
		webhook("six minutes ahead", signature(secret, body, now.Add(6*time.Minute))),
		{name: "a form on another site", path: "/cart/add", body: form, headers: map[string]string{"Sec-Fetch-Site": "cross-site"}, status: 403},
		{name: "a script on a sister site", path: "/cart/add.js", body: `{"id":1}`, headers: map[string]string{"Sec-Fetch-Site": "same-site"}, status: 403},
		{name: "an old browser on another site", path: "/checkout", headers: map[string]string{"Sec-Fetch-Site": "", "Origin": "https://evil.example"}, status: 403},
	}
}
