package storefront_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"longrun/internal/web/storefront"
)

// mayWrite is the list of GETs that may write: the success page settles what
// Stripe itself says, and Shopify's links act when followed from the shop's
// own pages.
var mayWrite = map[string]bool{
	"/checkout/success/:token": true,
	"/cart/change":             true,
	"/cart/:link":              true,
	"/discount/:code":          true,
}

func TestNoOtherGETWrites(t *testing.T) {
	b := onSQLite(t)
	p := b.shelve(shoe("tern", "Tern Racer", variant(1, "9", "D", 3)))
	b.put(p.Variants[0])
	placed := b.checkOut()
	before := b.version()
	b.put(p.Variants[0])
	if b.version() == before {
		t.Fatal("this test would not notice a write")
	}
	fill := strings.NewReplacer(":token", placed.OrderToken, ":handle", "tern", ":collection", "all")
	e := b.kit.Handler(storefront.New(storefront.Options{Kit: b.kit, Reader: b.DB.Reader}))
	walked := 0
	for _, route := range e.Routes() {
		if route.Method != echo.GET || mayWrite[route.Path] {
			continue
		}
		for _, query := range []string{"", "?id=1&quantity=2&line=1&variant=1&checkout=1", "?session_id=cs_test_1"} {
			before := b.version()
			path := regexp.MustCompile(`:\w+|\*`).ReplaceAllString(fill.Replace(route.Path), "x")
			a := b.get(path+query, "Sec-Fetch-Site", "same-origin")
			if b.version() != before {
				t.Errorf("GET %s wrote, answering %d", path+query, a.StatusCode)
			}
			if a.StatusCode >= 500 {
				t.Errorf("GET %s is %d", path+query, a.StatusCode)
			}
			walked++
		}
	}
	if walked < 30 {
		t.Errorf("only %d addresses were asked", walked)
	}
}

// version is raised by every commit of anybody else.
func (b *buyer) version() int { return b.Count("SELECT data_version FROM pragma_data_version") }
