// Package checkouttest gives tests a shop that can sell and a Stripe that
// behaves like Stripe: a database, the simulator behind real HTTP with its
// fault switches, a webhook door, and shoppers who fill bags and pay.
package checkouttest

import (
	"context"
	"database/sql"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/shop"
	"longrun/internal/stripesim"
)

const (
	secret = "whsec_for_tests"
	key    = "sk_test_for_tests"
)

// World is a shop and its Stripe.
type World struct {
	T        testing.TB
	raw      *sql.DB
	kind     database.Kind
	DB       *database.DB
	Pay      *payment.Client
	Orders   *orders.Orders
	Checkout *checkout.Checkout
	Stripe   string // the simulator's address
	URL      string // the database's
}

// Each runs a test in a world on SQLite and in one on PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, w *World)) {
	t.Helper()
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel() // most of a test is waiting
			test(t, New(t, kind))
		})
	}
}

// New starts a world on a fresh database of a kind; it ends with the test.
func New(t testing.TB, kind database.Kind) *World {
	t.Helper()
	url := databasetest.URL(t, kind)
	db := databasetest.OpenURL(t, url)
	w := &World{T: t, DB: db, URL: url, kind: kind, raw: openRaw(t, kind, url)}
	door := httptest.NewServer(http.HandlerFunc(w.webhook))
	server := httptest.NewUnstartedServer(nil)
	w.Stripe = "http://" + server.Listener.Addr().String()
	quiet := slog.New(slog.DiscardHandler)
	sim, err := stripesim.Open(stripesim.Options{
		File: filepath.Join(t.TempDir(), "stripesim.db"), BaseURL: w.Stripe, SecretKey: key,
		WebhookURL: door.URL, WebhookSecret: secret, RedirectWait: 2 * time.Second, Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = sim.Handler()
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.Start()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = sim.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-ended
		server.CloseClientConnections()
		server.Close()
		door.Close()
		_ = sim.Close()
	})
	w.Pay = payment.New(payment.Options{
		APIURL: w.Stripe, Key: key, WebhookSecrets: []string{secret},
		CheckoutHosts: []string{server.Listener.Addr().String()}, Log: quiet,
	})
	w.Orders = orders.New(db, w.Pay, quiet)
	w.Checkout = checkout.New(db, w.Pay, w.Orders, checkout.Options{
		BaseURL: "http://shop.test", Environment: "test", Tax: true, Log: quiet,
	})
	return w
}

// webhook is the door that stores events, as the real one does.
func (w *World) webhook(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadRequest)
		return
	}
	now, err := w.DB.Now(r.Context())
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	event, err := w.Pay.Event(body, r.Header.Get("Stripe-Signature"), now.Time)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadRequest)
		return
	}
	if _, err := w.DB.Jobs().Inbox(r.Context(), event); err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
	}
}

// Work does the jobs that wait, as the worker would, until none is left or
// one fails, which fails the test. Mail is left alone.
func (w *World) Work() {
	w.T.Helper()
	for {
		jobs, err := w.DB.Jobs().Claim(w.T.Context(), 10, time.Minute)
		if err != nil {
			w.T.Errorf("claiming jobs: %v", err)
		}
		if len(jobs) == 0 {
			return
		}
		for _, job := range jobs {
			if err := w.do(job); err != nil {
				w.T.Errorf("job %s %s: %v", job.Kind, job.Key, err)
			}
			if err := w.DB.Jobs().Finish(w.T.Context(), job); err != nil {
				w.T.Errorf("finishing job %d: %v", job.ID, err)
			}
		}
	}
}

// WorkUntil works until done says so, for events that Stripe sends when it
// likes; after five seconds it gives up.
func (w *World) WorkUntil(done func() bool) {
	w.T.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if w.Work(); done() {
			return
		}
	}
	w.T.Error("it did not come to pass")
}

func (w *World) do(job shop.Job) error {
	switch job.Kind {
	case shop.JobStripeEvent:
		return w.Orders.Event(w.T.Context(), job.Key)
	case shop.JobRefund:
		id, err := thing(job)
		if err != nil {
			return err
		}
		return w.Orders.GiveBack(w.T.Context(), shop.RefundID(id))
	case shop.JobDispute:
		id, err := thing(job)
		if err != nil {
			return err
		}
		return w.Orders.AnswerDispute(w.T.Context(), shop.DisputeID(id))
	}
	return nil
}
