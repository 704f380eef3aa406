package storefront_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// ask asks a whole shop without following where it leads.
func ask(t *testing.T, s *apptest.Shop, method, path string, form url.Values) answer {
	t.Helper()
	r, err := http.NewRequest(method, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", formKind)
	}
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response, string(text)}
}

// rename gives a product another address, as staff do.
func rename(t *testing.T, s *apptest.Shop, id shop.ProductID, handle string) {
	t.Helper()
	p, err := s.App.DB.ProductForStaff(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	e := catalog.Edit{ID: id, Version: p.Version, Product: p, Key: handle + fmt.Sprint(p.Version), Redirect: true}
	e.Product.Handle = handle
	if _, err := s.App.Catalog.Save(t.Context(), "staff 1", e); err != nil {
		t.Fatal(err)
	}
}

func TestAnOldAddressLeadsOn(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 3})
		c := shop.Collection{Title: "Road", Published: true}
		if err := s.App.Catalog.CreateCollection(t.Context(), "test", &c, []shop.ProductID{p.ID}); err != nil {
			t.Fatal(err)
		}
		if err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return tx.AddRedirect(ctx, "/collections/street", "/collections/road")
		}); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second comes from the cache
			if a := ask(t, s, http.MethodGet, "/products/tern", nil); a.StatusCode != http.StatusOK {
				t.Fatalf("it is %d before", a.StatusCode)
			}
		}
		rename(t, s, p.ID, "tern-racer")
		time.Sleep(700 * time.Millisecond) // until the change is noticed
		for path, want := range map[string]string{
			"/products/tern":                          "/products/tern-racer",
			"/products/tern?variant=1&utm=a%0d%0ab":   "/products/tern-racer?variant=1&utm=a%0d%0ab",
			"/products/tern.js":                       "/products/tern-racer.js",
			"/products/tern.json":                     "/products/tern-racer.json",
			"/collections/all/products/tern":          "/products/tern-racer",
			"/collections/street":                     "/collections/road",
			"/collections/street?sort_by=manual":      "/collections/road?sort_by=manual",
			"/collections/street/products.json":       "/collections/road/products.json",
			"/collections/street/products/tern-racer": "/collections/road/products/tern-racer",
		} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				a := ask(t, s, method, path, nil)
				if a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != want || a.Header.Get("Cache-Control") != "no-cache" {
					t.Errorf("%s %s is %d to %s, %s", method, path, a.StatusCode, a.Header.Get("Location"), a.Header.Get("Cache-Control"))
				}
			}
			if a := ask(t, s, http.MethodGet, want, nil); a.StatusCode != http.StatusOK {
				t.Errorf("%s is %d", want, a.StatusCode)
			}
		}
		for _, path := range []string{"/products/never", "/collections/never", "/products/tern%2f", "/collections/all?page=99"} {
			if a := ask(t, s, http.MethodGet, path, nil); a.StatusCode != http.StatusNotFound {
				t.Errorf("%s is %d", path, a.StatusCode)
			}
		}
		rename(t, s, p.ID, "tern")
		time.Sleep(700 * time.Millisecond)
		if a := ask(t, s, http.MethodGet, "/products/tern", nil); a.StatusCode != http.StatusOK {
			t.Errorf("back again it is %d", a.StatusCode)
		}
		if a := ask(t, s, http.MethodGet, "/products/tern-racer", nil); a.Header.Get("Location") != "/products/tern" {
			t.Errorf("the address in between leads to %q", a.Header.Get("Location"))
		}
	})
}
