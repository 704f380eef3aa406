package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/templates"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

// server is the kit with a door of the test's own behind it.
type server struct {
	t    *testing.T
	db   *database.DB
	kit  *web.Kit
	echo *echo.Echo
	log  *safeBuffer
}

type door func(*echo.Echo)

func (d door) Routes(e *echo.Echo) { d(e) }

func newServer(t *testing.T, db *database.DB, change func(*web.Options), routes func(*web.Kit, *echo.Echo)) *server {
	t.Helper()
	s := &server{t: t, db: db, log: &safeBuffer{}}
	o := web.Options{
		Reader: db.Reader, Templates: templates.Files, BaseURL: "https://shop.example", Environment: web.Production,
		PayOrigins: []string{"https://checkout.stripe.com"}, Log: slog.New(slog.NewTextHandler(s.log, nil)),
	}
	if change != nil {
		change(&o)
	}
	var err error
	if s.kit, err = web.New(o); err != nil {
		t.Fatal(err)
	}
	s.echo = s.kit.Handler(door(func(e *echo.Echo) {
		if routes != nil {
			routes(s.kit, e)
		}
	}))
	return s
}

// onSQLite is for what does not depend on the database.
func onSQLite(t *testing.T, change func(*web.Options), routes func(*web.Kit, *echo.Echo)) *server {
	t.Helper()
	return newServer(t, databasetest.Open(t, database.SQLite), change, routes)
}

func (s *server) watch() {
	ctx, stop := context.WithCancel(s.t.Context())
	done := make(chan struct{})
	go func() { defer close(done); s.kit.Watch(ctx) }()
	s.t.Cleanup(func() { stop(); <-done })
}

// do sends a request; header has pairs of name and value.
func (s *server) do(method, target string, body io.Reader, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "https://shop.example/", body)
	path, query, _ := strings.Cut(target, "?")
	r.URL.RawPath, r.URL.RawQuery, r.RequestURI = "", query, target
	if u, err := r.URL.Parse(target); err == nil {
		r.URL.Path, r.URL.RawPath = u.Path, u.RawPath
	} else {
		r.URL.Path = path
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
			continue
		}
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.echo.ServeHTTP(w, r)
	return w
}

func (s *server) get(target string, header ...string) *httptest.ResponseRecorder {
	return s.do(http.MethodGet, target, nil, header...)
}

func (s *server) post(target, kind, body string, header ...string) *httptest.ResponseRecorder {
	return s.do(http.MethodPost, target, strings.NewReader(body), append(header, "Content-Type", kind)...)
}

const form = "application/x-www-form-urlencoded"

// sell puts a product on sale.
func (s *server) sell(handle, title string) shop.Product {
	s.t.Helper()
	products := []shop.Product{{
		Handle: handle, Title: title, Status: shop.ProductActive, Published: true,
		Variants: []shop.Variant{{
			Position: 1, Option1: shop.DefaultTitle, Price: 14_000, WeightUnit: "g", Policy: shop.PolicyDeny,
			Tracked: true, Taxable: true, RequiresShipping: true, Stock: shop.StockLevel{OnHand: 5},
		}},
	}}
	s.transact(func(ctx context.Context, tx *database.Tx) error {
		return tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: handle, Step: "open"})
	})
	return products[0]
}

func (s *server) transact(fn func(ctx context.Context, tx *database.Tx) error) {
	s.t.Helper()
	if err := s.db.Transact(s.t.Context(), fn); err != nil {
		s.t.Fatal(err)
	}
}

// hold takes one piece of a product, as a checkout does, and says so to the
// page cache.
func (s *server) hold(p shop.Product) {
	s.t.Helper()
	s.transact(func(ctx context.Context, tx *database.Tx) error {
		ids := []shop.VariantID{p.Variants[0].ID}
		if ok, err := tx.HoldStock(ctx, ids[0], 1, false); err != nil || !ok {
			return fmt.Errorf("holding: %v, %w", ok, err)
		}
		return tx.StockChanged(ctx, ids)
	})
}

// shelf is a cached page that says how many of a product are free, and counts
// how often it was made.
type shelf struct {
	made   atomic.Int64
	during func() // between reading and showing
	until  *shop.Instant
	once   bool
}

func (p *shelf) routes(k *web.Kit, e *echo.Echo, r *database.DB) {
	k.Cached(e, "/shelf/:handle", func(c echo.Context) (web.View, error) {
		p.made.Add(1)
		product, err := r.ProductByHandle(c.Request().Context(), c.Param("handle"))
		if err != nil {
			return web.View{}, err
		}
		base, err := k.Page(c)
		if err != nil {
			return web.View{}, err
		}
		if p.during != nil {
			p.during()
		}
		text := fmt.Sprintf("%d free, sorted %q. %s", product.Variants[0].Stock.Free(), c.QueryParam("sort"), strings.Repeat("Run. ", 400))
		return web.View{
			Template: "errors/message", Page: &web.MessagePage{Page: base, Heading: product.Title, Text: text},
			Shown: web.Shown{Products: []shop.ProductID{product.ID}, Until: p.until, Once: p.once},
		}, nil
	}, "sort")
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
