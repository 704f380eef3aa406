package storefront_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// discount makes a code of 10% off everything, as change has it, for these
// products if any are given.
func (s *bagShop) discount(code string, change func(*shop.Discount), products ...shop.Product) {
	s.t.Helper()
	d := shop.Discount{Code: code, Kind: shop.DiscountPercent, Value: 10, Scope: shop.ScopeAll, StartsAt: shop.At(time.Now().Add(-time.Hour)), Active: true}
	if change != nil {
		change(&d)
	}
	var ids []shop.ProductID
	for _, p := range products {
		d.Scope = shop.ScopeProducts
		ids = append(ids, p.ID)
	}
	err := s.db.Transact(s.t.Context(), func(ctx context.Context, tx *database.Tx) error {
		if err := tx.InsertDiscount(ctx, &d); err != nil {
			return err
		}
		return tx.SetDiscountScope(ctx, d.ID, ids, nil)
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestACodeInTheBagsForm(t *testing.T) {
	s := newBagShop(t)
	s.discount("SPRING", nil)
	s.discount("BIG", func(d *shop.Discount) { d.Minimum = 15_200 })
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "1")
	has(t, s.get("/cart"), http.StatusOK, `name="discount" value=""`, "Apply")

	for typed, want := range map[string]string{
		"winter":                    "There is no discount code WINTER.",
		`"><script>alert(1)`:        "A discount code has 3 to 32 letters, digits and hyphens.",
		strings.Repeat("a", 500):    "A discount code has 3 to 32 letters, digits and hyphens.",
		"spring,big":                "An order takes one discount code.",
		"DROP TABLE discounts; --'": "A discount code has 3 to 32",
	} {
		w := s.submit("/cart", "updates[]", "2", "note", "Hi", "discount", typed, "apply_code", "1")
		has(t, w, http.StatusUnprocessableEntity, want, `id="discount-problem"`, `value="2"`, ">Hi</textarea>")
		if body := w.Body.String(); strings.Contains(body, "<script>alert") {
			t.Errorf("%q is written as markup", typed)
		}
		if len(typed) < 20 && !strings.Contains(w.Body.String(), `name="discount" value="`+strings.NewReplacer(`"`, "&#34;", "<", "&lt;", ">", "&gt;").Replace(typed)) {
			t.Errorf("%q is not kept in the field", typed)
		}
	}
	goesTo(t, s.submit("/cart", "updates[]", "1", "discount", "spring", "apply_code", "1"), "/cart")
	has(t, s.get("/cart"), http.StatusOK, "SPRING", "10% off", "−$14.00", "Remove", "Discount (SPRING)")
	goesTo(t, s.submit("/cart", "updates[]", "1", "discount", "", "update", "1"), "/cart") // from a page that knew of no code
	has(t, s.get("/cart"), http.StatusOK, "−$14.00")
	goesTo(t, s.submit("/cart", "updates[]", "1", "remove_code", "1"), "/cart")
	if body := s.get("/cart").Body.String(); strings.Contains(body, "SPRING") {
		t.Error("the code is still there")
	}
	goesTo(t, s.submit("/cart", "updates[]", "1", "discount", "Big", "apply_code", "1"), "/cart")
	has(t, s.get("/cart"), http.StatusOK, "BIG", "Add $12.00 more to use BIG.", "Remove")
	goesTo(t, s.submit("/cart", "updates[]", "2", "update", "1"), "/cart")
	has(t, s.get("/cart"), http.StatusOK, "Discount (BIG)", "−$28.00")
}

func TestACodeForEverythingStandsAtTheCart(t *testing.T) {
	s := newBagShop(t)
	s.discount("SPRING", nil)
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "2")
	cart := s.object(s.postJSON("/cart/update.js", `{"discount":"spring"}`), http.StatusOK)
	if diff := cmp.Diff(sorted(cartFields), keysOf(cart)); diff != "" {
		t.Error(diff)
	}
	want := map[string]any{
		"original_total_price": 28_000.0, "items_subtotal_price": 28_000.0, "total_price": 25_200.0, "total_discount": 2_800.0,
		"discount_codes": []any{map[string]any{"code": "SPRING", "applicable": true}},
		"cart_level_discount_applications": []any{map[string]any{
			"type": "discount_code", "title": "SPRING", "description": "SPRING", "value": "10.0", "value_type": "percentage",
			"allocation_method": "across", "target_selection": "all", "target_type": "line_item", "total_allocated_amount": 2_800.0,
		}},
	}
	for field, value := range want {
		if diff := cmp.Diff(value, cart[field]); diff != "" {
			t.Errorf("%s: %s", field, diff)
		}
	}
	line := cart["items"].([]any)[0].(map[string]any)
	if line["final_line_price"] != 28_000.0 || line["total_discount"] != 0.0 || len(line["discounts"].([]any)) != 0 {
		t.Errorf("the line has %v, %v, %v", line["final_line_price"], line["total_discount"], line["discounts"])
	}
	off := s.object(s.postJSON("/cart/update.js", `{"discount":""}`), http.StatusOK)
	if off["total_discount"] != 0.0 || len(off["discount_codes"].([]any)) != 0 {
		t.Errorf("without it: %v", off)
	}
}

func TestACodeForSomeProductsStandsAtTheirLines(t *testing.T) {
	s := newBagShop(t)
	s.discount("RACER", func(d *shop.Discount) { d.Kind, d.Value = shop.DiscountAmount, 1_001 }, s.racer)
	s.submit("/cart/add", "id", idOf(s.cap.Variants[0]), "quantity", "1")
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "2")
	cart := s.object(s.postJSON("/cart/update.js", `{"discount":"racer"}`), http.StatusOK)
	if cart["items_subtotal_price"] != 29_399.0 || cart["total_price"] != 29_399.0 || cart["total_discount"] != 1_001.0 ||
		len(cart["cart_level_discount_applications"].([]any)) != 0 {
		t.Errorf("the cart is %v", cart)
	}
	line, other := cart["items"].([]any)[0].(map[string]any), cart["items"].([]any)[1].(map[string]any)
	if diff := cmp.Diff(sorted(lineFields), keysOf(line)); diff != "" {
		t.Error(diff)
	}
	for field, value := range map[string]any{
		"original_line_price": 28_000.0, "final_line_price": 26_999.0, "line_level_total_discount": 1_001.0, "total_discount": 1_001.0,
		"final_price": 13_499.0, "price": 14_000.0, "discounts": []any{map[string]any{"amount": 1_001.0, "title": "RACER"}},
	} {
		if diff := cmp.Diff(value, line[field]); diff != "" {
			t.Errorf("%s: %s", field, diff)
		}
	}
	allocation := line["line_level_discount_allocations"].([]any)[0].(map[string]any)
	if allocation["amount"] != 1_001.0 || allocation["discount_application"].(map[string]any)["target_selection"] != "entitled" {
		t.Errorf("its share is %v", allocation)
	}
	if other["final_line_price"] != 2_400.0 || other["total_discount"] != 0.0 {
		t.Errorf("the cap has %v", other)
	}
}

func TestARefusedCodeInTheCartsJSON(t *testing.T) {
	s := newBagShop(t)
	s.discount("BIG", func(d *shop.Discount) { d.Minimum = 100_000 })
	s.submit("/cart/add", "id", idOf(s.cap.Variants[0]), "quantity", "1")
	for _, typed := range []string{`"winter"`, `"A,B"`, `"big,winter"`, `12`, `"<b>"`} {
		answer := s.object(s.postJSON("/cart/update.js", `{"discount":`+typed+`,"note":"kept out"}`), http.StatusUnprocessableEntity)
		if answer["status"] != 422.0 || answer["message"] != "Cart Error" || answer["description"] == "" {
			t.Errorf("%s: %v", typed, answer)
		}
	}
	if w := s.postJSON("/cart/update.js", `{"discount":{"a":1}}`); w.Code != http.StatusBadRequest {
		t.Errorf("an object as a code: %d", w.Code)
	}
	cart := s.object(s.postJSON("/cart/update.js", `{"discount":"big"}`), http.StatusOK)
	if diff := cmp.Diff([]any{map[string]any{"code": "BIG", "applicable": false}}, cart["discount_codes"]); diff != "" || cart["note"] != "" {
		t.Errorf("%s, note %v", diff, cart["note"])
	}
}

func TestADiscountLinkActsOnlyFromTheShopItself(t *testing.T) {
	s := newBagShop(t)
	s.discount("SPRING", nil)
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "1")
	codes := func() int { return len(s.cartObject()["discount_codes"].([]any)) }
	for name, header := range map[string][]string{
		"another site": {"Sec-Fetch-Site", "cross-site"}, "an address typed in": {"Sec-Fetch-Site", "none"}, "nothing known": nil,
	} {
		has(t, s.get("/discount/spring?redirect=/products/cap", header...), http.StatusOK, "Use the discount code SPRING?", `action="/discount/SPRING"`, `name="redirect" value="/products/cap"`)
		if codes() != 0 {
			t.Errorf("%s has changed the bag", name)
		}
	}
	goesTo(t, s.get("/discount/spring?redirect=/products/cap", "Sec-Fetch-Site", "same-origin"), "/products/cap")
	if codes() != 1 {
		t.Error("the link from the shop itself did nothing")
	}
	s.postJSON("/cart/update.js", `{"discount":""}`)
	for _, elsewhere := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", ""} {
		goesTo(t, s.submit("/discount/SPRING", "redirect", elsewhere), "/cart")
	}
	if codes() != 1 {
		t.Error("the button did nothing")
	}
	has(t, s.get("/discount/winter", "Sec-Fetch-Site", "same-origin"), http.StatusUnprocessableEntity, "There is no discount code WINTER.")
	for _, target := range []string{"/discount/%3Cscript%3E", "/discount/ab", "/discount/" + strings.Repeat("A", 500)} {
		if w := s.get(target, "Sec-Fetch-Site", "same-origin"); w.Code != http.StatusNotFound {
			t.Errorf("%.40s: %d", target, w.Code)
		}
	}
	if w := s.do(http.MethodPost, "/discount/SPRING", formKind, "", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("another site may post: %d", w.Code)
	}
}

func TestALinkToAFilledBagBringsItsCode(t *testing.T) {
	s := newBagShop(t)
	s.discount("SPRING", nil)
	link := "/cart/" + idOf(s.racer.Variants[0]) + ":2?discount="
	has(t, s.get(link+"spring"), http.StatusOK, "Put these in your bag?", `name="discount" value="spring"`)
	goesTo(t, s.get(link+"spring", "Sec-Fetch-Site", "same-origin"), "/cart")
	if cart := s.cartObject(); cart["total_discount"] != 2_800.0 {
		t.Errorf("%v off", cart["total_discount"])
	}
	has(t, s.get(link+"winter", "Sec-Fetch-Site", "same-origin"), http.StatusUnprocessableEntity, "There is no discount code WINTER.", "Tern Racer")
}

func TestALinkGivesACodeToABagThatIsEmptyYet(t *testing.T) {
	s := newBagShop(t)
	s.discount("SPRING", nil)
	goesTo(t, s.submit("/discount/SPRING"), "/cart")
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "1")
	if cart := s.cartObject(); cart["total_discount"] != 1_400.0 {
		t.Errorf("%v off", cart["total_discount"])
	}
}
