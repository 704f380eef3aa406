package storefront_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/storefront"
	"longrun/templates"
)

// bagShop is a shop behind its whole server, and one browser.
type bagShop struct {
	t       *testing.T
	db      *database.DB
	cart    *cart.Service
	handler http.Handler
	cookies map[string]string
	racer   shop.Product // Size × Width, 5 of 9 / D, none of 9 / 2E, 1 of 10 / D
	cap     shop.Product // no options, not counted
}

func newBagShop(t *testing.T) *bagShop {
	t.Helper()
	db := databasetest.Open(t, database.SQLite)
	s := &bagShop{t: t, db: db, cart: cart.New(db), cookies: map[string]string{}}
	kit, err := web.New(web.Options{
		Reader: db.Reader, Templates: templates.Files, BaseURL: "http://shop.test", Environment: web.Development,
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = kit.Handler(storefront.New(storefront.Options{Kit: kit, Reader: db.Reader, Cart: s.cart}))
	s.racer = s.sell(shop.Product{
		Handle: "tern-racer", Title: "Tern Racer", Vendor: "Tarnfell", Type: "Shoes", Description: "<p>Light &amp; quick.</p>",
		Options: []shop.ProductOption{{Position: 1, Name: "Size"}, {Position: 2, Name: "Width"}},
		Tags:    []shop.ProductTag{{Tag: "race"}, {Tag: "road"}},
		Images:  []shop.ProductImage{{Position: 1, Alt: "From the side", SourceURL: "https://elsewhere.example/a.jpg"}},
		Variants: []shop.Variant{
			variant(1, "9", "D", 5), variant(2, "9", "2E", 0), variant(3, "10", "D", 1),
		},
	})
	s.cap = s.sell(shop.Product{Handle: "cap", Title: "Cap", Variants: []shop.Variant{{
		Position: 1, Option1: shop.DefaultTitle, Price: 2_400, WeightUnit: "g", Policy: shop.PolicyDeny, RequiresShipping: true,
	}}})
	return s
}

func variant(position int, size, width string, onHand int64) shop.Variant {
	return shop.Variant{
		Position: position, Option1: size, Option2: width, SKU: "TR-" + size + width, Price: 14_000, CompareAt: new(shop.Cents(16_000)),
		Grams: 800, WeightUnit: "g", Policy: shop.PolicyDeny, Tracked: true, Taxable: true, RequiresShipping: true,
		Stock: shop.StockLevel{OnHand: onHand},
	}
}

func (s *bagShop) sell(p shop.Product) shop.Product {
	s.t.Helper()
	p.Status, p.Published = shop.ProductActive, true
	products := []shop.Product{p}
	err := s.db.Transact(s.t.Context(), func(ctx context.Context, tx *database.Tx) error {
		return tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: p.Handle, Step: "open"})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return products[0]
}

// do sends a request with the browser's cookies and keeps those it is given.
func (s *bagShop) do(method, target, kind, body string, header ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(method, "http://shop.test"+target, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		s.cookies[c.Name] = c.Value
	}
	return w
}

func (s *bagShop) get(target string, header ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.do(http.MethodGet, target, "", "", header...)
}

const (
	formKind = "application/x-www-form-urlencoded"
	jsonKind = "application/json;" // as theme libraries write it
)

// submit posts form fields, given as name, value, name, value.
func (s *bagShop) submit(target string, fields ...string) *httptest.ResponseRecorder {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return s.do(http.MethodPost, target, formKind, form.Encode(), "Sec-Fetch-Site", "same-origin")
}

func (s *bagShop) postJSON(target, body string) *httptest.ResponseRecorder {
	s.t.Helper()
	return s.do(http.MethodPost, target, jsonKind, body, "X-Requested-With", "XMLHttpRequest")
}

// object is a JSON answer of a status.
func (s *bagShop) object(w *httptest.ResponseRecorder, status int) map[string]any {
	s.t.Helper()
	body, _ := io.ReadAll(w.Result().Body)
	var object map[string]any
	if w.Code != status || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		s.t.Fatalf("answer %d %s, want JSON and %d: %s", w.Code, w.Header().Get("Content-Type"), status, body)
	}
	if err := json.Unmarshal(body, &object); err != nil {
		s.t.Fatalf("%v: %s", err, body)
	}
	return object
}

func (s *bagShop) cartObject() map[string]any {
	s.t.Helper()
	return s.object(s.get("/cart.js"), http.StatusOK)
}

// quantities are the cart's lines by title.
func (s *bagShop) quantities() map[string]int {
	s.t.Helper()
	found := map[string]int{}
	for _, item := range s.cartObject()["items"].([]any) {
		line := item.(map[string]any)
		found[line["title"].(string)] += int(line["quantity"].(float64))
	}
	return found
}

func keysOf(object any) []string {
	return slices.Sorted(maps.Keys(object.(map[string]any)))
}

func sorted(names string) []string {
	list := strings.Fields(names)
	slices.Sort(list)
	return list
}

func idOf(v shop.Variant) string { return strconv.FormatInt(int64(v.ID), 10) }
