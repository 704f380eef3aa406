package staff_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// promised is a second, and two more where other tests share the processor.
const promised = 3 * time.Second

// TestTheShopFollowsEveryChangeWithinASecond reads each page before the
// change, so that it stands in the cache.
func TestTheShopFollowsEveryChangeWithinASecond(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		if _, err := s.App.Settings.Set(t.Context(), "rate_per_minute", "0", shop.ByCommand); err != nil {
			t.Fatal(err)
		}
		hire(t, s, "owner@shop.example", shop.RoleOwner)
		b, visitor := signIn(t, s, "owner@shop.example"), s.Shopper(t)
		p, other := newTern(t, s, "tern"), newTern(t, s, "kelp")
		made := b.Get("/staff/collections/new").Form("/staff/collections/new").Set("title", "Road").Set("sort", shop.SortManual).Submit("").Must(200)
		at := made.URL.Path
		b.Get(at).Form(at+"/add").Set("names", "tern\nkelp").Submit("").Must(200)
		visitor.Get("/products/tern").Form("/cart/add").Submit("").Must(200, "$140.00")
		shown := func(path string) string { return visitor.Get(path).Text() }
		follows := func(what, path string, is func(text string) bool) {
			t.Helper()
			began := time.Now()
			for !is(shown(path)) {
				if time.Since(began) > promised {
					t.Errorf("%s: %s says %.300s", what, path, shown(path))
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
		}
		has := func(word string) func(string) bool {
			return func(text string) bool { return strings.Contains(text, word) }
		}
		warm := func() {
			for _, path := range []string{"/", "/products/tern", "/products/tern.js", "/collections/road", "/collections/all", "/search?q=tern"} {
				visitor.Get(path)
			}
		}
		form := func() *apptest.Form { return b.Get(pageOf(p)).Form(pageOf(p)) }

		warm()
		form().Set("title", "Petrel").Submit("").Must(200, "saved")
		follows("a title", "/products/tern", has("Petrel"))
		follows("a title", "/collections/road", has("Petrel"))

		warm()
		form().Set(cell(p, 0, "price"), "133.00").Set(cell(p, 1, "price"), "133.00").Set(cell(p, 2, "price"), "133.00").Submit("").Must(200, "saved")
		follows("a price", "/products/tern", has("$133.00"))
		follows("a price", "/collections/all", has("$133.00"))
		follows("a price in the bag", "/cart", has("$133.00"))
		if got := now(t, s, p.ID); got.PriceLow != 13_300 {
			t.Errorf("it is listed from %s", got.PriceLow)
		}

		warm()
		var list []string
		for _, v := range p.Variants {
			list = append(list, v.SKU+"\t122.00")
		}
		look := b.Post("/staff/products/prices", url.Values{"list": {strings.Join(list, "\n")}}).Must(200, "3 prices will change")
		look.Form("/staff/products/prices").Submit("").Must(200)
		follows("a list of prices", "/products/tern", has("$122.00"))
		follows("a list of prices", "/collections/road", has("$122.00"))
		if got := now(t, s, p.ID); got.PriceLow != 12_200 {
			t.Errorf("it is listed from %s", got.PriceLow)
		}

		warm()
		visitor.Get("/collections/road")
		b.Get(at).Form(at+"/order").Set(fmt.Sprintf("at-%d", other.ID), "1").Submit("").Must(200)
		follows("an order", "/collections/road", func(text string) bool { return strings.Index(text, "Tern kelp") < strings.Index(text, "Petrel") })

		warm()
		gone := form()
		for n := range p.Variants {
			gone.Set(cell(p, n, "count"), "0")
		}
		gone.Submit("").Must(200, "saved")
		follows("a count", "/products/tern", has("Sold out"))

		warm()
		form().Set("handle", "petrel").Submit("").Must(200, "saved")
		follows("an address", "/products/petrel", has("Petrel"))
		began := time.Now()
		for visitor.Get("/products/tern").URL.Path != "/products/petrel" {
			if time.Since(began) > promised {
				t.Error("the old address does not lead to the new one")
				break
			}
			time.Sleep(20 * time.Millisecond)
		}

		visitor.Get("/products/petrel").Must(200)
		form().Set("status", "archived").Submit("").Must(200, "saved")
		follows("the archive", "/collections/road", func(text string) bool { return !strings.Contains(text, "Petrel") })
		began = time.Now()
		for visitor.Get("/products/petrel").Status != 404 {
			if time.Since(began) > promised {
				t.Error("what is archived is still there")
				break
			}
			time.Sleep(20 * time.Millisecond)
		}

		visitor.Get("/products/kelp").Must(200)
		b.Get(pageOf(other) + "/delete").Form(pageOf(other) + "/delete").Submit("").Must(200)
		began = time.Now()
		for visitor.Get("/products/kelp").Status != 404 {
			if time.Since(began) > promised {
				t.Error("what is deleted is still there")
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		s.Verify()
	})
}
