package storefront_test

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// has checks that a page has each text, as a reader sees it.
func has(t *testing.T, w *httptest.ResponseRecorder, status int, texts ...string) {
	t.Helper()
	page := html.UnescapeString(w.Body.String())
	if w.Code != status || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Fatalf("answer %d %s, want a page and %d: %.300s", w.Code, w.Header().Get("Content-Type"), status, page)
	}
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("the page does not have %q:\n%s", text, between(page, "<main", "</main>"))
		}
	}
}

func between(s, from, to string) string {
	_, rest, _ := strings.Cut(s, from)
	inside, _, _ := strings.Cut(rest, to)
	return inside
}

var seenField = regexp.MustCompile(`name="seen" value="([^"]*)"`)

// seen is the mark in the form of the bag as it is shown now.
func (s *bagShop) seen() string {
	s.t.Helper()
	m := seenField.FindStringSubmatch(s.get("/cart").Body.String())
	if m == nil {
		s.t.Fatal("the bag's form does not say what it shows")
	}
	return m[1]
}

func (s *bagShop) price(v shop.Variant, price shop.Cents) {
	s.t.Helper()
	err := s.db.Transact(s.t.Context(), func(ctx context.Context, tx *database.Tx) error {
		v.Price = price
		return tx.UpdateVariant(ctx, v)
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// goesTo checks a 303.
func goesTo(t *testing.T, w *httptest.ResponseRecorder, target string) {
	t.Helper()
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != target {
		t.Fatalf("answer %d to %q, want 303 to %q: %.300s", w.Code, w.Header().Get("Location"), target, w.Body)
	}
}

func TestTheBagWithoutAScript(t *testing.T) {
	s := newBagShop(t)
	w := s.get("/cart")
	has(t, w, http.StatusOK, "<h1>Your Bag</h1>", "There is nothing in it yet.", "New in the shop")
	if w.Header().Get("Set-Cookie") != "" || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
		t.Errorf("headers of an empty bag: %v", w.Header())
	}
	goesTo(t, s.submit("/cart/add", "id", idOf(s.cap.Variants[0]), "quantity", "1"), "/cart")
	has(t, s.get("/cart"), http.StatusOK, "Cap", "$24.00", "$76.01 away from free shipping", "Taxes and shipping calculated at checkout", `value="1" min="0"`)
	goesTo(t, s.submit("/cart", "updates[]", "3", "note", "Ring twice", "gift_note", "Run!", "update", "1", "seen", s.seen()), "/cart")
	has(t, s.get("/cart"), http.StatusOK, "$72.00", "$28.01 away from free shipping", ">Ring twice</textarea>", ">Run!</textarea>", "$8.00")
	goesTo(t, s.submit("/cart", "updates[]", "0", "update", "1"), "/cart")
	has(t, s.get("/cart"), http.StatusOK, "There is nothing in it yet.")
}

func TestTheOptionsDecideWhatIsAdded(t *testing.T) {
	s := newBagShop(t)
	first := idOf(s.racer.Variants[0])
	goesTo(t, s.submit("/cart/add", "id", first, "quantity", "1", "options[Size]", "10", "options[Width]", "D"), "/cart")
	goesTo(t, s.submit("/cart/add", "id", first, "quantity", "2"), "/cart")
	goesTo(t, s.submit("/cart/add", "id", first, "quantity", "1", "options[Size]", "9"), "/cart")
	if diff := cmp.Diff(map[string]int{"Tern Racer - 10 / D": 1, "Tern Racer - 9 / D": 3}, s.quantities()); diff != "" {
		t.Error(diff)
	}
}

func TestARefusedAddComesBackFilledIn(t *testing.T) {
	s := newBagShop(t)
	first := idOf(s.racer.Variants[0])
	tests := []struct {
		name                  string
		quantity, size, width string
		want                  []string
	}{
		{"no number", "two", "10", "D", []string{`value="two"`, "must be a whole number", `value="10" checked`}},
		{"none", "0", "9", "D", []string{`value="0"`, "whole number from 1 to 10000"}},
		{"sold out", "1", "9", "2E", []string{"Tern Racer in 9 / 2E has just sold out."}},
		{"not made", "1", "10", "2E", []string{"Tern Racer is not made in 10 / 2E.", `value="10" checked`}},
		{"more than is left", "7", "9", "D", []string{"Only 5 of Tern Racer in 9 / D can be had now", `value="7"`}},
	}
	for _, tt := range tests {
		w := s.submit("/cart/add", "id", first, "quantity", tt.quantity, "options[Size]", tt.size, "options[Width]", tt.width)
		t.Run(tt.name, func(t *testing.T) {
			has(t, w, http.StatusUnprocessableEntity, append(tt.want, `action="/cart/add"`, `role="alert"`)...)
		})
	}
	if diff := cmp.Diff(map[string]int{"Tern Racer - 9 / D": 5}, s.quantities()); diff != "" {
		t.Errorf("what is left is added: %s", diff)
	}
	has(t, s.submit("/cart/add", "id", "424242", "quantity", "1"), http.StatusNotFound, "not sold here any more")
}

func TestARefusedUpdateComesBackFilledIn(t *testing.T) {
	s := newBagShop(t)
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "1")
	has(t, s.submit("/cart", "updates[]", "many", "note", "Ring twice", "checkout", "1"), http.StatusUnprocessableEntity,
		`value="many"`, ">Ring twice</textarea>", "must be a number", `role="alert"`)
	has(t, s.submit("/cart", "updates[]", "1", "note", strings.Repeat("x", 501)), http.StatusUnprocessableEntity, "at most 500 characters", strings.Repeat("x", 501))
	has(t, s.submit("/cart", "updates[]", "9", "checkout", "1"), http.StatusUnprocessableEntity, "Only 5 of Tern Racer in 9 / D can be had now", `value="5"`)
	if s.cartObject()["note"] != "" {
		t.Error("a refused update has kept the note")
	}
}

func TestAChangedPriceIsReadBeforePaying(t *testing.T) {
	s := newBagShop(t)
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "1")
	seen := s.seen()
	s.price(s.racer.Variants[0], 15_000)
	// Without a checkout behind this test, going on to pay would fail.
	goesTo(t, s.submit("/cart", "updates[]", "1", "seen", seen, "checkout", "1"), "/cart")
	has(t, s.get("/cart"), http.StatusOK, "Since you last looked", "Tern Racer in 9 / D costs $150.00 now; it was $140.00.")
	goesTo(t, s.submit("/cart", "updates[]", "1", "seen", s.seen(), "update", "1"), "/cart")
	if strings.Contains(s.get("/cart").Body.String(), "Since you last looked") {
		t.Error("what was read is said again")
	}
}

func TestAStaleBagPageIsShownAgain(t *testing.T) {
	s := newBagShop(t)
	s.submit("/cart/add", "id", idOf(s.racer.Variants[0]), "quantity", "1")
	seen := s.seen()
	s.submit("/cart/add", "id", idOf(s.cap.Variants[0]), "quantity", "1") // in another window
	has(t, s.submit("/cart", "updates[]", "0", "seen", seen), http.StatusUnprocessableEntity, "changed in another window")
	if diff := cmp.Diff(map[string]int{"Tern Racer - 9 / D": 1, "Cap": 1}, s.quantities()); diff != "" {
		t.Error(diff)
	}
}

func TestAddGoesBackToThisShopOnly(t *testing.T) {
	s := newBagShop(t)
	id := idOf(s.cap.Variants[0])
	for to, want := range map[string]string{
		"": "/cart", "/": "/", "/collections/all?page=2": "/collections/all?page=2", "/products/cap": "/products/cap",
		"//evil.example": "/cart", `/\evil.example`: "/cart", "///evil.example": "/cart", "https://evil.example": "/cart", "https:evil.example": "/cart",
		"/\t/evil.example": "/cart", "/%09/evil.example": "/cart", "/a//evil.example": "/cart", "/.evil.example": "/cart", "evil.example": "/cart",
		"/a\\b": "/cart", "/a\r\nSet-Cookie: x": "/cart", "javascript:alert(1)": "/cart", "/@evil.example": "/cart",
	} {
		w := s.submit("/cart/add", "id", id, "quantity", "1", "return_to", to)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Errorf("return_to %q leads to %d %q, want %q", to, w.Code, w.Header().Get("Location"), want)
		}
	}
}

func TestPropertiesOfProgramsAreNotShown(t *testing.T) {
	s := newBagShop(t)
	s.submit("/cart/add", "id", idOf(s.cap.Variants[0]), "quantity", "1", "properties[Name]", "Ida <b>", "properties[_lot]", "secret-lot")
	w := s.get("/cart")
	has(t, w, http.StatusOK, "Name: Ida <b>")
	if body := w.Body.String(); strings.Contains(body, "secret-lot") || strings.Contains(body, "Ida <b>") {
		t.Error("the page shows a program's property, or markup")
	}
}
