package app_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// TestShopifysOwnAnswersStay holds the two answers that look like bad input
// and are not: 0 takes a line out, and more than is left adds what is left.
func TestShopifysOwnAnswersStay(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	b := emptyHanded(t, s, p.Variants[0].ID)
	add := func(quantity int) badRequest { return b.add(fmt.Sprint(quantity)) }
	update := badRequest{path: "/cart/update.js", body: fmt.Sprintf(`{"updates":{"%d":0}}`, b.variant)}
	change := badRequest{path: "/cart/change.js", body: fmt.Sprintf(`{"id":%d,"quantity":0}`, b.variant)}
	tooMany := badRequest{path: "/cart/change.js", body: fmt.Sprintf(`{"id":%d,"quantity":9}`, b.variant)}
	tests := []struct {
		name   string
		send   badRequest
		status int
		says   string
		inBag  int
	}{
		{"two go in", add(2), 200, "Tern", 2},
		{"nine more: three go in", add(9), 422, "Only 3 items were added to your cart", 5},
		{"one more: none is left", add(1), 422, "already in your cart", 5},
		{"0 on change takes it out", change, 200, `"item_count":0`, 0},
		{"one goes in again", add(1), 200, "Tern", 1},
		{"nine on change: five are left", tooMany, 422, "Cart Error", 5},
		{"0 on update takes it out", update, 200, `"item_count":0`, 0},
	}
	for _, tt := range tests {
		status, body := b.send(tt.send)
		if status != tt.status || !strings.Contains(body, tt.says) {
			t.Errorf("%s: answered %d, want %d and %q: %.300s", tt.name, status, tt.status, tt.says, body)
		}
		if got := b.inBag(); got != tt.inBag {
			t.Errorf("%s: %d in the bag, want %d", tt.name, got, tt.inBag)
		}
	}
	s.Verify()
}

// inBag is how many things the browser's bag holds.
func (b *badShop) inBag() int {
	b.t.Helper()
	status, body := b.send(badRequest{method: http.MethodGet, path: "/cart.js"})
	var cart struct {
		ItemCount int `json:"item_count"`
	}
	if err := json.Unmarshal([]byte(body), &cart); err != nil || status != http.StatusOK {
		b.t.Fatalf("/cart.js: %d %v", status, err)
	}
	return cart.ItemCount
}

// TestAForeignSessionPaysNothing opens one's own success page with the
// session of somebody else, who has paid and of whose payment no webhook has
// come: neither order changes.
func TestAForeignSessionPaysNothing(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		b := newBadShop(t, s)
		b.simulator("/_sim/faults", url.Values{"kind": {"drop"}})
		b.simulator("/_sim/faults", url.Values{"kind": {"500"}, "match": {"GET /v1/checkout/sessions"}}) // no sweep finds it, either
		b.simulator("/_sim/sessions/"+b.foreign+"/pay", nil)
		tables := openTables(t, s.App.Config.DatabaseURL)
		before := tables.settled()
		for _, session := range []string{b.foreign, "cs_test_unknown", "", "../" + b.foreign, strings.Repeat("x", 1000)} {
			status, body := b.send(badRequest{method: http.MethodGet, path: b.order + "?session_id=" + url.QueryEscape(session)})
			if status != http.StatusOK || !strings.Contains(body, "Confirming your payment") {
				t.Errorf("with %.60q the page answers %d: %.300s", session, status, body)
			}
			tables.mustBe(t, before)
		}
		orders, err := s.App.DB.Orders(t.Context(), 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range orders {
			if o.State != shop.OrderPending {
				t.Errorf("order %d is %s", o.ID, o.State)
			}
		}
	})
}

// simulator steers the simulator.
func (b *badShop) simulator(path string, form url.Values) {
	b.t.Helper()
	response, err := http.PostForm(b.Simulator+path, form)
	if err != nil {
		b.t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		b.t.Fatalf("%s: %d", path, response.StatusCode)
	}
}
