package storefront_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRefusalsHaveShopifysWords(t *testing.T) {
	s := newBagShop(t)
	nine, wide := idOf(s.racer.Variants[0]), idOf(s.racer.Variants[1])
	tests := []struct {
		name, target, body string
		status             int
		want               map[string]any
	}{
		{"more than is left", "/cart/add.js", `{"id":` + nine + `,"quantity":9}`, 422,
			map[string]any{"status": 422.0, "message": "Cart Error", "description": "Only 5 items were added to your cart."}},
		{"more than all", "/cart/add.js", `{"id":` + nine + `}`, 422,
			map[string]any{"status": 422.0, "message": "Cart Error", "description": "The maximum quantity of this item is already in your cart."}},
		{"sold out", "/cart/add.js", `{"id":` + wide + `}`, 422,
			map[string]any{"status": 422.0, "message": "Cart Error", "description": "The product 'Tern Racer - 9 / 2E' is already sold out."}},
		{"unknown", "/cart/update.js", `{"updates":{"9007199254740991":1}}`, 404,
			map[string]any{"status": 404.0, "message": "Cart Error", "description": "Cannot find variant"}},
		{"not in the cart", "/cart/change.js", `{"id":` + wide + `,"quantity":1}`, 400,
			map[string]any{"status": "bad_request", "message": "no valid id or line parameter", "description": "no valid id or line parameter"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, s.object(s.postJSON(tt.target, tt.body), tt.status)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	if diff := cmp.Diff(map[string]int{"Tern Racer - 9 / D": 5}, s.quantities()); diff != "" {
		t.Error(diff)
	}
}

// TestBadInputChangesNothing sends what issue and security paper name to every
// address that changes the bag, as JSON and as a form.
func TestBadInputChangesNothing(t *testing.T) {
	s := newBagShop(t)
	id := idOf(s.cap.Variants[0])
	s.object(s.postJSON("/cart/add.js", `{"id":`+id+`,"quantity":2}`), http.StatusOK)
	want := map[string]int{"Cap": 2}
	refused := func(name string, status int, body string) {
		t.Helper()
		if status < 400 || status >= 500 || status == http.StatusTooManyRequests {
			t.Errorf("%s: answer %d: %.200s", name, status, body)
		}
		if diff := cmp.Diff(want, s.quantities()); diff != "" {
			t.Errorf("%s has changed the bag: %s", name, diff)
		}
	}
	json := func(target, body string) {
		t.Helper()
		w := s.postJSON(target, body)
		refused(target+" "+body[:min(len(body), 80)], w.Code, w.Body.String())
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
			t.Errorf("%s: the refusal is %s", target, w.Header().Get("Content-Type"))
		}
	}
	form := func(target string, fields ...string) {
		t.Helper()
		w := s.submit(target, fields...)
		refused(target+" "+strings.Join(fields, " "), w.Code, w.Body.String())
	}
	for _, bad := range []string{"-1", "10001", `"２"`, `"0x1"`, "1.5", "1e3", "1e0", "9223372036854775807", "2147483648", "null", `""`, `"1 OR 1"`, "true", "[1]", "{}"} {
		json("/cart/add.js", `{"id":`+id+`,"quantity":`+bad+`}`)
		json("/cart/add.js", `{"items":[{"id":`+id+`},{"id":`+id+`,"quantity":`+bad+`}]}`)
		json("/cart/update.js", `{"updates":{"`+id+`":`+bad+`}}`)
		json("/cart/update.js", `{"updates":[`+bad+`]}`)
		json("/cart/change.js", `{"line":1,"quantity":`+bad+`}`)
	}
	for _, bad := range []string{"-1", "10001", "２", "0x1", "1.5", "1e3", "9223372036854775807", "", " 1", "+1", "1 OR 1"} {
		form("/cart/add", "id", id, "quantity", bad)
		form("/cart/change", "id", id, "quantity", bad)
		form("/cart", "updates[]", bad)
		form("/cart", "updates["+id+"]", bad)
		form("/cart", "updates[]", bad, "checkout", "1")
	}
	for _, bad := range []string{"0", "-1", "1.5", "null", `"x"`, "9007199254740993", "424242", "[]"} {
		json("/cart/add.js", `{"id":`+bad+`}`)
		json("/cart/change.js", `{"id":`+bad+`,"quantity":1}`)
	}
	form("/cart/add", "id", id, "quantity", "0")
	form("/cart/add", "quantity", "1")
	form("/cart", "updates[]", "1", "updates[]", "1")
	json("/cart/add.js", `{"id":`+id+`,"quantity":0}`)
	json("/cart/add.js", `{}`)
	json("/cart/add.js", `{"items":[]}`)
	json("/cart/add.js", `{"id":`+id+`,"quantity":1,"quantity":1}`)
	json("/cart/add.js", `{"id":`+id+`,"Quantity":1,"quantity":1}`)
	json("/cart/update.js", `{"updates":{"`+id+`":1,"`+id+`":1}}`)
	json("/cart/add.js", `{"id":`+id+`}{"id":`+id+`}`)
	json("/cart/add.js", `{"id":`+id+`,"properties":{"a":"`+strings.Repeat("x", 501)+`"}}`)
	json("/cart/add.js", `{"id":`+id+`,"properties":{"a":["b"]}}`)
	json("/cart/add.js", strings.Repeat("[", 10_000))
	json("/cart/add.js", `{"items":[`+strings.TrimSuffix(strings.Repeat(`{"id":`+id+`},`, 10_000), ",")+`]}`)
	many := make([]string, 60_000) // more than a statement can have arguments
	for i := range many {
		many[i] = `"` + strconv.Itoa(i+1) + `":1`
	}
	json("/cart/update.js", `{"updates":{`+strings.Join(many, ",")+"}}")
	json("/cart/update.js", `{"note":"`+strings.Repeat("x", 2<<20)+`"}`)
	json("/cart/update.js", `{"note":"\u0007"}`)
	json("/cart/nowhere.js", `{}`)
}

func TestOtherKindsOfContentAreNotRead(t *testing.T) {
	s := newBagShop(t)
	body := `{"id":` + idOf(s.cap.Variants[0]) + `}`
	for _, kind := range []string{"text/plain", "application/xml", "x", "text/plain; application/json"} {
		for _, target := range []string{"/cart/add.js", "/cart/update.js", "/cart/change.js", "/cart/clear.js"} {
			s.object(s.do(http.MethodPost, target, kind, body), http.StatusUnsupportedMediaType)
		}
	}
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		s.object(s.do(http.MethodPost, "/cart/add.js", jsonKind, body, header...), http.StatusForbidden)
	}
	if diff := cmp.Diff(map[string]int{}, s.quantities()); diff != "" {
		t.Error(diff)
	}
}

func TestNobodyReachesAnothersBag(t *testing.T) {
	s := newBagShop(t)
	id := idOf(s.racer.Variants[0])
	line := s.object(s.postJSON("/cart/add.js", `{"id":`+id+`,"quantity":2}`), http.StatusOK)
	theirs := s.cartObject()["token"].(string)
	mine := s.cookies
	for name, token := range map[string]string{"their public token": theirs, "an empty one": "", "a made-up one": strings.Repeat("a", 26)} {
		s.cookies = map[string]string{"bag": token}
		if diff := cmp.Diff(map[string]int{}, s.quantities()); diff != "" {
			t.Errorf("%s opens a bag: %s", name, diff)
		}
		s.object(s.postJSON("/cart/change.js", `{"id":"`+line["key"].(string)+`","quantity":0}`), http.StatusBadRequest)
		s.object(s.postJSON("/cart/clear.js", ""), http.StatusOK)
	}
	s.cookies = mine
	if diff := cmp.Diff(map[string]int{"Tern Racer - 9 / D": 2}, s.quantities()); diff != "" {
		t.Error(diff)
	}
}
