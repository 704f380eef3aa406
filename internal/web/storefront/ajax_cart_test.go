package storefront_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const cartFields = `token note attributes original_total_price total_price total_discount total_weight item_count items
	requires_shipping currency items_subtotal_price cart_level_discount_applications discount_codes`

const lineFields = `id properties quantity variant_id key title price original_price presentment_price discounted_price line_price
	original_line_price total_discount discounts sku grams vendor taxable product_id product_has_only_default_variant gift_card
	final_price final_line_price url featured_image image handle requires_shipping product_type product_title
	product_description variant_title variant_options options_with_values line_level_discount_allocations
	line_level_total_discount quantity_rule has_components`

func TestAnEmptyCartHasAllFieldsATokenAndNoCookie(t *testing.T) {
	s := newBagShop(t)
	for _, target := range []string{"/cart.js", "/cart.json", "/cart.js?v=0.4&_=1700000000"} {
		w := s.get(target)
		cart := s.object(w, http.StatusOK)
		if diff := cmp.Diff(sorted(cartFields), keysOf(cart)); diff != "" {
			t.Errorf("%s: %s", target, diff)
		}
		if cart["token"] == "" || cart["item_count"] != 0.0 || len(cart["items"].([]any)) != 0 || cart["currency"] != "USD" {
			t.Errorf("%s: %v", target, cart)
		}
		if w.Header().Get("Set-Cookie") != "" || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
			t.Errorf("%s: headers %v", target, w.Header())
		}
	}
}

func TestALineHasShopifysFields(t *testing.T) {
	s := newBagShop(t)
	v := s.racer.Variants[0]
	w := s.postJSON("/cart/add.js", `{"id":`+idOf(v)+`,"quantity":2,"properties":{"Name":"Ida","_lot":"7","Age":40}}`)
	line := s.object(w, http.StatusOK) // the bare line
	if diff := cmp.Diff(sorted(lineFields), keysOf(line)); diff != "" {
		t.Error(diff)
	}
	cookie := w.Result().Cookies()
	if len(cookie) != 1 || cookie[0].Name != "bag" || !cookie[0].HttpOnly || cookie[0].SameSite != http.SameSiteLaxMode || cookie[0].Path != "/" {
		t.Errorf("the first item sets the cookie %v", cookie)
	}
	key := line["key"].(string)
	want := map[string]any{
		"id": float64(v.ID), "variant_id": float64(v.ID), "quantity": 2.0, "title": "Tern Racer - 9 / D", "price": 14_000.0,
		"line_price": 28_000.0, "final_line_price": 28_000.0, "sku": "TR-9D", "grams": 800.0, "vendor": "Tarnfell", "taxable": true,
		"url": "/products/tern-racer?variant=" + idOf(v), "handle": "tern-racer", "product_type": "Shoes",
		"product_description": "Light & quick.", "variant_title": "9 / D", "variant_options": []any{"9", "D"},
		"properties": map[string]any{"Name": "Ida", "_lot": "7", "Age": "40"},
		"options_with_values": []any{
			map[string]any{"name": "Size", "value": "9"}, map[string]any{"name": "Width", "value": "D"},
		},
	}
	for field, value := range want {
		if diff := cmp.Diff(value, line[field]); diff != "" {
			t.Errorf("%s: %s", field, diff)
		}
	}
	image := line["featured_image"].(map[string]any)
	if strings.Count(key, ":") != 1 || !strings.HasPrefix(image["url"].(string), "http://shop.test/assets/") || image["width"] == 0.0 {
		t.Errorf("key %q, image %v", key, image)
	}
	cart := s.cartObject()
	if cart["token"] == cookie[0].Value || cart["token"] != s.cartObject()["token"] {
		t.Error("the public token is the cookie's, or another each time")
	}
	if cart["total_price"] != 28_000.0 || cart["item_count"] != 2.0 || cart["total_weight"] != 1_600.0 || cart["requires_shipping"] != true {
		t.Errorf("the cart is %v", cart)
	}
}

func TestAThingWithoutOptionsIsItsProduct(t *testing.T) {
	s := newBagShop(t)
	line := s.object(s.postJSON("/cart/add.js", `{"id":"`+idOf(s.cap.Variants[0])+`"}`), http.StatusOK)
	if line["title"] != "Cap" || line["variant_title"] != nil || line["product_has_only_default_variant"] != true {
		t.Errorf("the line is %v", line)
	}
	if diff := cmp.Diff([]any{"Default Title"}, line["variant_options"]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]any{}, line["properties"]); diff != "" {
		t.Errorf("libraries index properties: %s", diff)
	}
}

func TestCartAnswersOfEachKind(t *testing.T) {
	s := newBagShop(t)
	nine, ten, cap := idOf(s.racer.Variants[0]), idOf(s.racer.Variants[2]), idOf(s.cap.Variants[0])
	added := s.object(s.postJSON("/cart/add.js", `{"items":[{"id":`+nine+`},{"id":`+cap+`,"quantity":"2"}],"sections":"a,b,a"}`), http.StatusOK)
	if diff := cmp.Diff([]string{"items", "sections"}, keysOf(added)); diff != "" || len(added["items"].([]any)) != 2 {
		t.Errorf("items: %s %v", diff, added)
	}
	if diff := cmp.Diff(map[string]any{"a": nil, "b": nil}, added["sections"]); diff != "" {
		t.Error(diff)
	}
	key := added["items"].([]any)[0].(map[string]any)["key"].(string)
	steps := []struct {
		name, target, kind, body string
		want                     map[string]int
	}{
		{"update by id", "/cart/update.js", jsonKind, `{"updates":{"` + nine + `":3}}`, map[string]int{"Tern Racer - 9 / D": 3, "Cap": 2}},
		{"update by key", "/cart/update.js", jsonKind, `{"updates":{"` + key + `":"2"}}`, map[string]int{"Tern Racer - 9 / D": 2, "Cap": 2}},
		{"update by line", "/cart/update.js", jsonKind, `{"updates":[4,1]}`, map[string]int{"Tern Racer - 9 / D": 1, "Cap": 4}},
		{"update adds", "/cart/update.js", jsonKind, `{"updates":{"` + ten + `":1}}`, map[string]int{"Tern Racer - 9 / D": 1, "Tern Racer - 10 / D": 1, "Cap": 4}},
		{"update with a form", "/cart/update.js", formKind, "updates%5B" + cap + "%5D=2&note=Hi", map[string]int{"Tern Racer - 9 / D": 1, "Tern Racer - 10 / D": 1, "Cap": 2}},
		{"update of nothing", "/cart/update.js", jsonKind, `{"updates":{}}`, map[string]int{"Tern Racer - 9 / D": 1, "Tern Racer - 10 / D": 1, "Cap": 2}},
		{"change by line", "/cart/change.js", jsonKind, `{"line":1,"quantity":0}`, map[string]int{"Tern Racer - 9 / D": 1, "Cap": 2}},
		{"change by id", "/cart/change.js", jsonKind, `{"id":` + nine + `,"quantity":2}`, map[string]int{"Tern Racer - 9 / D": 2, "Cap": 2}},
		{"change by key", "/cart/change.js", jsonKind, `{"id":"` + key + `","quantity":"3"}`, map[string]int{"Tern Racer - 9 / D": 3, "Cap": 2}},
		{"change with a form", "/cart/change.js", formKind, "id=" + nine + "&quantity=1", map[string]int{"Tern Racer - 9 / D": 1, "Cap": 2}},
		{"clear", "/cart/clear.js", jsonKind, "", map[string]int{}},
	}
	for _, step := range steps {
		cart := s.object(s.do(http.MethodPost, step.target, step.kind, step.body, "Accept", "*/*"), http.StatusOK)
		if diff := cmp.Diff(sorted(cartFields), keysOf(cart)); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
		if diff := cmp.Diff(step.want, s.quantities()); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
	}
	if s.cartObject()["note"] != "Hi" {
		t.Error("clear has taken the note away")
	}
}

func TestThePathWithoutSuffixAnswersPrograms(t *testing.T) {
	s := newBagShop(t)
	body := "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n" + idOf(s.cap.Variants[0]) +
		"\r\n--x\r\nContent-Disposition: form-data; name=\"properties[a b]\"\r\n\r\nyes\r\n--x--\r\n"
	w := s.do(http.MethodPost, "/cart/add", "multipart/form-data; boundary=x", body, "Accept", "application/javascript")
	line := s.object(w, http.StatusOK)
	if diff := cmp.Diff(map[string]any{"a b": "yes"}, line["properties"]); diff != "" {
		t.Error(diff)
	}
	s.object(s.do(http.MethodPost, "/cart/add", formKind, "items%5B0%5D%5Bid%5D="+idOf(s.cap.Variants[0])+"&items%5B0%5D%5Bquantity%5D=2",
		"X-Requested-With", "XMLHttpRequest"), http.StatusOK)
	if diff := cmp.Diff(map[string]int{"Cap": 3}, s.quantities()); diff != "" {
		t.Error(diff)
	}
}

func TestAttributesMergeAndNullTakesOneAway(t *testing.T) {
	s := newBagShop(t)
	s.object(s.postJSON("/cart/update.js", `{"attributes":{"Gift wrap":"yes","Club":"Harriers"}}`), http.StatusOK)
	s.object(s.postJSON("/cart/update.js", `{"attributes":{"Gift wrap":null,"Age":40}}`), http.StatusOK)
	if diff := cmp.Diff(map[string]any{"Club": "Harriers", "Age": "40"}, s.cartObject()["attributes"]); diff != "" {
		t.Error(diff)
	}
}
