package storefront_test

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinksThatChangeTheBagActOnlyFromTheShopItself(t *testing.T) {
	s := newBagShop(t)
	racer, cap := idOf(s.racer.Variants[0]), idOf(s.cap.Variants[0])
	s.submit("/cart/add", "id", racer, "quantity", "1")
	s.submit("/cart/add", "id", cap, "quantity", "1")
	both := map[string]int{"Tern Racer - 9 / D": 1, "Cap": 1}
	remove, fill := "/cart/change?line=1&quantity=0", "/cart/"+racer+":2,"+cap+":3?note=Hi&attributes[Club]=Harriers"
	for name, header := range map[string][]string{
		"another site": {"Sec-Fetch-Site", "cross-site"}, "a sister site": {"Sec-Fetch-Site", "same-site"},
		"an address typed in": {"Sec-Fetch-Site", "none"}, "nothing known": nil,
		"another site, old browser": {"Referer", "https://evil.example/shop.test/"},
	} {
		has(t, s.get(remove, header...), http.StatusOK, "Take this out of your bag?", `action="/cart/change"`, `name="line" value="1"`, `name="quantity" value="0"`)
		has(t, s.get(fill, header...), http.StatusOK, "Put these in your bag?", `action="/cart/`+racer+":2,"+cap+`:3"`, `name="attributes[Club]" value="Harriers"`)
		if diff := cmp.Diff(both, s.quantities()); diff != "" {
			t.Errorf("%s has changed the bag: %s", name, diff)
		}
	}
	goesTo(t, s.get(remove, "Sec-Fetch-Site", "same-origin"), "/cart")
	if diff := cmp.Diff(map[string]int{"Tern Racer - 9 / D": 1}, s.quantities()); diff != "" {
		t.Error(diff)
	}
	goesTo(t, s.submit("/cart/change", "line", "1", "quantity", "0"), "/cart")
	goesTo(t, s.get(fill, "Referer", "http://shop.test/cart"), "/cart")
	if diff := cmp.Diff(map[string]int{"Tern Racer - 9 / D": 2, "Cap": 3}, s.quantities()); diff != "" {
		t.Error(diff)
	}
	goesTo(t, s.submit("/cart/"+cap+":1", "note", "Bye"), "/cart")
	if diff := cmp.Diff(map[string]int{"Cap": 1}, s.quantities()); diff != "" {
		t.Errorf("a link's bag replaces what was there: %s", diff)
	}
	if cart := s.cartObject(); cart["note"] != "Bye" || cart["attributes"].(map[string]any)["Club"] != "Harriers" {
		t.Errorf("the cart is %v", cart)
	}
}

func TestLinksThatMakeNoSense(t *testing.T) {
	s := newBagShop(t)
	cap := idOf(s.cap.Variants[0])
	s.submit("/cart/add", "id", cap, "quantity", "1")
	for target, status := range map[string]int{
		"/cart/change?line=1&quantity=-1": 404, "/cart/change?line=1": 404, "/cart/change": 404, "/cart/change?line=9&quantity=0": 303,
		"/cart/nowhere": 404, "/cart/1": 404, "/cart/1:x": 404, "/cart/" + cap + ":1,": 404, "/cart/" + cap + ":0": 422, "/cart/424242:1": 404,
	} {
		if w := s.get(target, "Sec-Fetch-Site", "same-origin"); w.Code != status {
			t.Errorf("%s: answer %d, want %d", target, w.Code, status)
		}
		if diff := cmp.Diff(map[string]int{"Cap": 1}, s.quantities()); diff != "" {
			t.Errorf("%s has changed the bag: %s", target, diff)
		}
	}
}

func TestRemovePressedTwiceTakesOutOneLine(t *testing.T) {
	s := newBagShop(t)
	s.submit("/cart/add", "id", idOf(s.cap.Variants[0]), "quantity", "1")
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "1")
	_, rest, _ := strings.Cut(s.get("/cart").Body.String(), `href="/cart/change?`)
	query, _, _ := strings.Cut(rest, `"`)
	for range 2 {
		goesTo(t, s.get("/cart/change?"+html.UnescapeString(query), "Sec-Fetch-Site", "same-origin"), "/cart")
	}
	if diff := cmp.Diff(map[string]int{"Cap": 1}, s.quantities()); diff != "" {
		t.Error(diff)
	}
}
