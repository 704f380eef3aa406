// Package apptest starts the whole server for tests, with the simulator to
// pay at, and gives them a shopper whose browser has no JavaScript.
package apptest

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"longrun/internal/app"
	"longrun/internal/config"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/mail"
	"longrun/internal/shop"
)

// Shop is a running server with everything in it.
type Shop struct {
	App       *app.App
	URL       string // of the shop
	Simulator string // of the simulator
	t         testing.TB
}

// Start runs a shop on a fresh, empty database of a kind until the test ends.
func Start(t testing.TB, kind database.Kind) *Shop {
	t.Helper()
	return StartWith(t, map[string]string{"DATABASE_URL": databasetest.URL(t, kind)})
}

// Each runs a test on a shop on SQLite and on one on PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, s *Shop)) {
	t.Helper()
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) { test(t, Start(t, kind)) })
	}
}

// StartWith runs a shop with these names in its environment.
func StartWith(t testing.TB, env map[string]string) *Shop {
	t.Helper()
	return start(t, env, func(*app.App) {})
}

// StartDemo runs the demo shop, whose shoppers buy while the test runs.
func StartDemo(t testing.TB, kind database.Kind) *Shop {
	t.Helper()
	return start(t, map[string]string{"DATABASE_URL": databasetest.URL(t, kind)}, func(a *app.App) { a.Demo = true })
}

// StartStill runs a shop on a database that only answers requests: without
// its worker and its clock nothing else asks the database.
func StartStill(t testing.TB, url string) *Shop {
	t.Helper()
	return start(t, map[string]string{"DATABASE_URL": url}, func(a *app.App) { a.Still = true })
}

func start(t testing.TB, env map[string]string, change func(*app.App)) *Shop {
	t.Helper()
	c := configure(t, env)
	ctx, cancel := context.WithCancel(context.Background())
	a, err := app.Open(ctx, c, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	change(a)
	ready, done := make(chan app.Addresses, 1), make(chan error, 1)
	go func() { done <- a.Serve(ctx, func(at app.Addresses) { ready <- at }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serving: %v", err)
		}
		_ = a.Close()
	})
	select {
	case at := <-ready:
		return &Shop{App: a, URL: c.BaseURL, Simulator: at.Simulator, t: t}
	case err := <-done:
		done <- err
		t.Fatalf("the shop did not start: %v", err)
	case <-time.After(20 * time.Second):
		t.Fatal("the shop did not start within 20 s")
	}
	return nil
}

func configure(t testing.TB, env map[string]string) config.Config {
	t.Helper()
	dir := t.TempDir()
	values := map[string]string{
		"ADDR":         fmt.Sprintf("127.0.0.1:%d", freePorts(t)),
		"DATA_DIR":     dir,
		"DATABASE_URL": "sqlite:" + filepath.Join(dir, "shop.db"),
		"LOG_LEVEL":    "warn",
	}
	for name, value := range env {
		values[name] = value
	}
	c, err := config.Read(func(name string) string { return values[name] })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// freePorts finds two neighbouring ports, for the shop and its simulator.
func freePorts(t testing.TB) int {
	t.Helper()
	for range 100 {
		a, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := a.Addr().(*net.TCPAddr).Port
		b, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port+1))
		_ = a.Close()
		if err == nil {
			_ = b.Close()
			return port
		}
	}
	t.Fatal("no two neighbouring free ports")
	return 0
}

// Advance moves the clock of the shop and of the simulator.
func (s *Shop) Advance(d time.Duration) {
	s.t.Helper()
	response, err := http.PostForm(s.URL+"/dev/clock", url.Values{"advance": {d.String()}})
	if err != nil {
		s.t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode >= 400 {
		s.t.Fatalf("moving the clock answered %d", response.StatusCode)
	}
}

// Mail is the caught mail, newest first.
func (s *Shop) Mail() []mail.CaughtMessage {
	s.t.Helper()
	list, err := mail.Caught(s.App.Config.MailDir())
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

// WaitForMail waits for n caught mails and returns them, newest first.
func (s *Shop) WaitForMail(n int) []mail.CaughtMessage {
	s.t.Helper()
	for range 400 {
		if list := s.Mail(); len(list) >= n {
			return list
		}
		time.Sleep(25 * time.Millisecond)
	}
	s.t.Fatalf("%d mails after 10 s, want %d", len(s.Mail()), n)
	return nil
}

// Verify fails the test for every violation of what must always be true.
func (s *Shop) Verify() {
	s.t.Helper()
	violations, _, err := s.App.Upkeep.Verify(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, v := range violations {
		s.t.Errorf("verify: %v", v)
	}
}

// Shoe is a product that a test sells.
type Shoe struct {
	Handle string
	Title  string
	Price  shop.Cents
	Sizes  []string
	Stock  int64 // of each size
}

// Sell puts a shoe on sale and returns it with its ids.
func (s *Shop) Sell(shoe Shoe) shop.Product {
	s.t.Helper()
	p := shop.Product{
		Handle: shoe.Handle, Title: shoe.Title, Description: "<p>A shoe.</p>", Vendor: "Maker", Type: "Road shoes",
		Status: shop.ProductActive, Published: true, Options: []shop.ProductOption{{Name: "Size"}},
	}
	for _, size := range shoe.Sizes {
		p.Variants = append(p.Variants, shop.Variant{
			Option1: size, SKU: shoe.Handle + "-" + size, Price: shoe.Price, Tracked: true, Taxable: true,
			TaxCode: "txcd_99999999", RequiresShipping: true,
			Stock: shop.StockLevel{Place: shop.PlaceShop, OnHand: shoe.Stock},
		})
	}
	if err := s.App.Catalog.Create(context.Background(), "test", &p); err != nil {
		s.t.Fatal(err)
	}
	return p
}
