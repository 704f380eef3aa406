//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longrun/internal/app"
	"longrun/internal/config"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// crash is a shop, Stripe's simulator, each a process of its own, and one
// shopper, who buys a pair while the shop is killed.
type crash struct {
	*onlooker
	shop, sim *program
	shopURL   string
	simURL    string
	dataDir   string // of the shop
	variant   shop.VariantID
	pairs     int // on the shelf before the first is sold
	pieces    int // that the shopper wants
	browser   *http.Client

	// What the shopper has seen.
	bagged  bool
	payPage string
	paid    bool

	sink *sink     // takes the mail, nil where the shop catches it
	died time.Time // when the shop was killed
	sent int       // mails that had gone by then
}

// newCrash starts everything, with three pairs on the shelf; env adds to the
// shop's environment.
func newCrash(t *testing.T, kind database.Kind, env ...string) *crash {
	t.Helper()
	return newCrashOn(t, kind, databasetest.URL(t, kind), 3, env...)
}

// newCrashOn is newCrash on a database, with so many pairs.
func newCrashOn(t *testing.T, kind database.Kind, url string, pairs int, env ...string) *crash {
	t.Helper()
	dir := t.TempDir()
	shopAddr, simAddr := fmt.Sprintf("127.0.0.1:%d", freePort(t)), fmt.Sprintf("127.0.0.1:%d", freePort(t))
	c := &crash{
		onlooker: &onlooker{t: t, kind: kind, url: url},
		pairs:    pairs, pieces: 1,
		shopURL: "http://" + shopAddr, simURL: "http://" + simAddr, dataDir: filepath.Join(dir, "shop"),
	}
	t.Cleanup(c.leave)
	own := append([]string{
		"PATH=" + os.Getenv("PATH"), "ADDR=" + shopAddr, "DATABASE_URL=" + c.url,
		"DATA_DIR=" + c.dataDir, "STRIPE_API_URL=" + c.simURL, "LOG_LEVEL=info",
	}, env...)
	c.shop = newProgram(t, dir, own, c.shopURL+"/healthz", "serve")
	sims := []string{"PATH=" + os.Getenv("PATH"), "ADDR=" + shopAddr, "DATA_DIR=" + filepath.Join(dir, "sim")}
	c.sim = newProgram(t, dir, sims, c.simURL+"/_sim/clock", "stripesim", "--addr", simAddr)
	if err := os.MkdirAll(filepath.Join(dir, "sim"), 0o750); err != nil {
		t.Fatal(err)
	}
	c.stockShelf(own)
	c.browser = newBrowser()
	c.sim.start()
	c.shop.start()
	return c
}

// newBrowser keeps cookies and follows nothing.
func newBrowser() *http.Client {
	jar, _ := cookiejar.New(nil)
	return &http.Client{
		Jar: jar, Timeout: 40 * time.Second, Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// stockShelf puts the pairs on sale before the shop first opens.
func (c *crash) stockShelf(env []string) {
	c.t.Helper()
	names := map[string]string{}
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		names[name] = value
	}
	settings, err := config.Read(func(name string) string { return names[name] })
	if err != nil {
		c.t.Fatal(err)
	}
	a, err := app.Open(c.t.Context(), settings, slog.New(slog.DiscardHandler))
	if err != nil {
		c.t.Fatal(err)
	}
	defer a.Close()
	p := shop.Product{
		Handle: "tern", Title: "Tern", Status: shop.ProductActive, Published: true,
		Options: []shop.ProductOption{{Name: "Size"}},
		Variants: []shop.Variant{{
			Option1: "9", Price: 14_000, Tracked: true, Taxable: true, TaxCode: "txcd_99999999", RequiresShipping: true,
			Stock: shop.StockLevel{Place: shop.PlaceShop, OnHand: int64(c.pairs)},
		}},
	}
	if err := a.Catalog.Create(c.t.Context(), "test", &p); err != nil {
		c.t.Fatal(err)
	}
	c.variant = p.Variants[0].ID
	if _, err := a.Access.MakeDemoOwner(c.t.Context()); err != nil {
		c.t.Fatal(err)
	}
}

// cut kills the shop where it stands. Locks are let go while it is frozen, so
// that it gets nothing more done.
func (c *crash) cut(release ...func()) {
	c.t.Helper()
	c.shop.freeze()
	for _, r := range release {
		r()
	}
	c.bury()
}

// bury notes how far the shop has come, and that it is dead.
func (c *crash) bury() {
	c.leave()
	c.died, c.sent = time.Now(), len(c.messageIDs())
	c.shop.kill()
}

// fault makes the simulator misbehave, for as long as count says, 0 for good.
func (c *crash) fault(kind, match string, count, ms int) {
	c.t.Helper()
	c.simulator(http.MethodPost, "/_sim/faults", url.Values{
		"kind": {kind}, "match": {match}, "count": {fmt.Sprint(count)}, "ms": {fmt.Sprint(ms)},
	}, nil)
}

// noFaults lets the simulator behave again.
func (c *crash) noFaults() {
	c.t.Helper()
	c.simulator(http.MethodDelete, "/_sim/faults", nil, nil)
}

// simulator asks the simulator and reads its answer into dst.
func (c *crash) simulator(method, path string, form url.Values, dst any) {
	c.t.Helper()
	request, err := http.NewRequest(method, c.simURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", "Bearer sk_test_longrunDevelopment")
	response, err := (&http.Client{Timeout: 20 * time.Second}).Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		c.t.Fatalf("the simulator answers %s %s with %d: %s", method, path, response.StatusCode, body)
	}
	if dst != nil {
		if err := json.Unmarshal(body, dst); err != nil {
			c.t.Fatal(err)
		}
	}
}

// simSession is a session in the simulator's own record.
type simSession struct {
	ID            string `json:"id"`
	Status        string `json:"status"`
	PaymentStatus string `json:"payment_status"`
	AmountTotal   int64  `json:"amount_total"`
	SuccessURL    string `json:"success_url"`
}

func (c *crash) simSessions() []simSession {
	c.t.Helper()
	var all struct{ Sessions []simSession }
	c.simulator(http.MethodGet, "/_sim/sessions", nil, &all)
	return all.Sessions
}

// awaitSession waits until the simulator has a session.
func (c *crash) awaitSession() {
	c.t.Helper()
	for range 1000 {
		if len(c.simSessions()) > 0 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	c.t.Fatal("no session is opened")
}
