package storefront_test

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/cart"
	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/storefront"
	"longrun/templates"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

// buyer is a shopper with a browser, before a shop with its Stripe.
type buyer struct {
	*checkouttest.World
	kit    *web.Kit
	server *httptest.Server
	client *http.Client
}

func eachBuyer(t *testing.T, test func(t *testing.T, b *buyer)) {
	t.Helper()
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) { test(t, newBuyer(t, w)) })
}

func onSQLite(t *testing.T) *buyer { return newBuyer(t, checkouttest.New(t, database.SQLite)) }

func newBuyer(t testing.TB, w *checkouttest.World) *buyer {
	t.Helper()
	b := &buyer{World: w}
	b.server = httptest.NewUnstartedServer(nil)
	base := "http://" + b.server.Listener.Addr().String()
	var err error
	b.kit, err = web.New(web.Options{
		Reader: w.DB.Reader, Templates: templates.Files, BaseURL: base, Environment: web.Production,
		PayOrigins: []string{w.Stripe}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	b.server.Config = b.kit.NewServer(storefront.New(storefront.Options{
		Kit: b.kit, Reader: w.DB.Reader, Cart: cart.New(w.DB), Checkout: w.Checkout, Orders: w.Orders,
		PayHosts: []string{strings.TrimPrefix(w.Stripe, "http://")},
	}))
	b.server.Start()
	t.Cleanup(b.server.Close)
	jar, _ := cookiejar.New(nil)
	b.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return b
}

// answer is a response read whole.
type answer struct {
	*http.Response
	body string
}

func (b *buyer) do(method, path, kind, body string, header ...string) answer {
	b.T.Helper()
	r, err := http.NewRequest(method, b.server.URL+path, strings.NewReader(body))
	if err != nil {
		b.T.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := b.client.Do(r)
	if err != nil {
		b.T.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.T.Fatal(err)
	}
	return answer{response, string(text)}
}

func (b *buyer) get(path string, header ...string) answer {
	b.T.Helper()
	return b.do("GET", path, "", "", header...)
}

// post sends a form, its fields given as name, value, name, value.
func (b *buyer) post(path string, fields ...string) answer {
	b.T.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.do("POST", path, formKind, form.Encode(), "Sec-Fetch-Site", "same-origin")
}

// see gets a page that must be there.
func (b *buyer) see(path string) string {
	b.T.Helper()
	a := b.get(path)
	if a.StatusCode != http.StatusOK {
		b.T.Fatalf("GET %s is %d: %s", path, a.StatusCode, a.body)
	}
	return a.body
}

func (b *buyer) put(v shop.Variant) {
	b.T.Helper()
	if a := b.post("/cart/add", "id", idOf(v), "quantity", "1"); a.StatusCode != http.StatusSeeOther {
		b.T.Fatalf("adding is %d: %s", a.StatusCode, a.body)
	}
}

// checkOut presses Checkout and returns where it led.
func (b *buyer) checkOut() checkout.Placement {
	b.T.Helper()
	a := b.post("/checkout")
	if a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), b.Stripe) {
		b.T.Fatalf("checkout is %d to %s: %s", a.StatusCode, a.Header.Get("Location"), a.body)
	}
	p := checkout.Placement{RedirectURL: a.Header.Get("Location")}
	var link shop.Link
	order, err := b.DB.Orders(b.T.Context(), 0, 1)
	if err == nil {
		link, err = b.DB.LinkOf(b.T.Context(), shop.LinkOrder, int64(order[0].ID))
	}
	if err != nil {
		b.T.Fatal(err)
	}
	p.OrderToken = b.DB.Token(link)
	return p
}

// shelve puts a whole product on sale, under its own handle if it has one.
func (b *buyer) shelve(p shop.Product) shop.Product {
	b.T.Helper()
	if p.Handle == "" {
		p.Handle = strings.ToLower(rand.Text())
	}
	products := []shop.Product{p}
	b.Tx(func(ctx context.Context, tx *database.Tx) error {
		return tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: p.Handle, Step: "open", Who: shop.ByCommand})
	})
	return products[0]
}

func shoe(handle, title string, variants ...shop.Variant) shop.Product {
	for i := range variants {
		variants[i].Position = i + 1
	}
	return shop.Product{
		Handle: handle, Title: title, Vendor: "Hollis & Wade", Status: shop.ProductActive, Published: true,
		Options:  []shop.ProductOption{{Position: 1, Name: "Size"}, {Position: 2, Name: "Width"}},
		Variants: variants,
	}
}
