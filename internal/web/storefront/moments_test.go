package storefront_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/catalog"
	"longrun/internal/shop"
)

// edited changes a product as staff do.
func edited(t *testing.T, s *apptest.Shop, id shop.ProductID, change func(p *shop.Product)) {
	t.Helper()
	p, err := s.App.DB.ProductForStaff(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	e := catalog.Edit{ID: id, Version: p.Version, Product: p, Key: fmt.Sprint("edit ", p.Version)}
	change(&e.Product)
	if _, err := s.App.Catalog.Save(t.Context(), "staff 1", e); err != nil {
		t.Fatal(err)
	}
}

// soon is a moment that is still to come and not waited for long.
const soon = 2500 * time.Millisecond

// TestAProductWaitsForItsMoment asks every way in before and after the moment
// at which a product is published. Nobody tells the page cache when it comes.
func TestAProductWaitsForItsMoment(t *testing.T) { apptest.Each(t, aProductWaitsForItsMoment) }

func aProductWaitsForItsMoment(t *testing.T, s *apptest.Shop) {
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer", Price: 14_000, Sizes: []string{"9"}, Stock: 9})
	s.Sell(apptest.Shoe{Handle: "other", Title: "Other", Price: 14_000, Sizes: []string{"9"}, Stock: 9})
	c := shop.Collection{Title: "Road", Published: true}
	if err := s.App.Catalog.CreateCollection(t.Context(), "test", &c, []shop.ProductID{p.ID}); err != nil {
		t.Fatal(err)
	}
	at := shop.At(time.Now().Add(soon))
	edited(t, s, p.ID, func(p *shop.Product) { p.PublishAt = &at })
	time.Sleep(700 * time.Millisecond)
	add := url.Values{"id": {fmt.Sprint(p.Variants[0].ID)}, "quantity": {"1"}}
	ways := []struct {
		method, path string
		form         url.Values
		refused      int // its status before the moment
		says         string
		allowed      int
	}{
		{"GET", "/", nil, 200, "Tern Racer", 200},
		{"GET", "/collections/all", nil, 200, "Tern Racer", 200},
		{"GET", "/collections/road", nil, 200, "Tern Racer", 200},
		{"GET", "/products.json", nil, 200, "Tern Racer", 200},
		{"GET", "/collections/road/products.json", nil, 200, "Tern Racer", 200},
		{"GET", "/products/tern", nil, 404, "Tern Racer", 200},
		{"GET", "/collections/road/products/tern", nil, 404, "Tern Racer", 200},
		{"GET", "/products/tern.js", nil, 404, "Tern Racer", 200},
		{"GET", "/products/tern.json", nil, 404, "Tern Racer", 200},
		{"GET", fmt.Sprintf("/cart/%d:1", p.Variants[0].ID), nil, 404, "", 0},
		{"POST", "/cart/add.js", add, 404, "Tern Racer", 200},
	}
	for range 2 { // once to fill the cache, once from it
		for _, w := range ways {
			a := ask(t, s, w.method, w.path, w.form)
			if w.allowed != 0 && a.StatusCode != w.refused || w.says != "" && strings.Contains(a.body, w.says) {
				t.Errorf("too early %s %s is %d and knows of it: %v", w.method, w.path, a.StatusCode, strings.Contains(a.body, w.says))
			}
		}
	}
	if time.Until(at.Time) <= 0 {
		t.Skip("this machine is too slow to look before the moment")
	}
	time.Sleep(time.Until(at.Time) + 100*time.Millisecond)
	for _, w := range ways {
		if w.allowed == 0 {
			continue
		}
		if a := ask(t, s, w.method, w.path, w.form); a.StatusCode != w.allowed || !strings.Contains(a.body, w.says) {
			t.Errorf("afterwards %s %s is %d and knows of it: %v", w.method, w.path, a.StatusCode, strings.Contains(a.body, w.says))
		}
	}
}

func TestAProductIsSoldFromItsMomentOn(t *testing.T) { apptest.Each(t, aProductIsSoldFromItsMomentOn) }

func aProductIsSoldFromItsMomentOn(t *testing.T, s *apptest.Shop) {
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer", Price: 14_000, Sizes: []string{"9"}, Stock: 9})
	add := url.Values{"id": {fmt.Sprint(p.Variants[0].ID)}, "quantity": {"1"}}
	early := s.Shopper(t)
	early.Post("/cart/add", add).Must(200, "Tern Racer")
	at := shop.At(time.Now().Add(soon))
	edited(t, s, p.ID, func(p *shop.Product) { p.OnSaleAt = &at })
	time.Sleep(700 * time.Millisecond)
	for range 2 {
		if a := ask(t, s, http.MethodGet, "/products/tern", nil); !strings.Contains(a.body, "Not on sale yet") || !strings.Contains(a.body, "On sale from") {
			t.Errorf("the page is %d and does not say that it waits", a.StatusCode)
		}
	}
	if a := ask(t, s, http.MethodPost, "/cart/add.js", add); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "not on sale yet") {
		t.Errorf("adding is %d: %s", a.StatusCode, a.body)
	}
	early.Get("/cart").Must(200, "Tern Racer in 9 is not on sale yet.")
	early.Post("/checkout", nil).Must(422, "not on sale yet")
	if time.Until(at.Time) <= 0 {
		t.Skip("this machine is too slow to look before the moment")
	}
	time.Sleep(time.Until(at.Time) + 100*time.Millisecond)
	if a := ask(t, s, http.MethodGet, "/products/tern", nil); strings.Contains(a.body, "Not on sale yet") {
		t.Error("the page still waits")
	}
	if a := ask(t, s, http.MethodPost, "/cart/add.js", add); a.StatusCode != http.StatusOK {
		t.Errorf("adding is %d: %s", a.StatusCode, a.body)
	}
	early.Get("/cart").Must(200).MustNot("not on sale yet")
}

func TestNobodyBuysMoreThanTheLimit(t *testing.T) { apptest.Each(t, nobodyBuysMoreThanTheLimit) }

func nobodyBuysMoreThanTheLimit(t *testing.T, s *apptest.Shop) {
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer", Price: 14_000, Sizes: []string{"9", "10"}, Stock: 9})
	line := func(i int, n string) url.Values {
		return url.Values{"id": {fmt.Sprint(p.Variants[i].ID)}, "quantity": {n}}
	}
	early := s.Shopper(t)
	early.Post("/cart/add", line(0, "2")).Must(200)
	early.Post("/cart/add", line(1, "2")).Must(200)
	edited(t, s, p.ID, func(p *shop.Product) { p.OrderLimit = 2 })
	early.Get("/cart").Must(200, "At most 2 of Tern Racer can be bought at once; your bag has 4.")
	early.Post("/checkout", nil).Must(422, "At most 2 of Tern Racer can be bought at once; your bag has 4.")
	late := s.Shopper(t)
	late.Post("/cart/add", line(0, "2")).Must(200)
	late.Post("/cart/add", line(1, "1"))
	late.Get("/cart").MustNot("your bag has 3")
	if a := ask(t, s, http.MethodPost, "/cart/add.js", line(0, "3")); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "At most 2") && !strings.Contains(a.body, "2 ") {
		t.Errorf("adding three is %d: %s", a.StatusCode, a.body)
	}
}
