package histories_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/cart"
	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/fulfilment"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/stripesim"
	"longrun/internal/upkeep"
)

const secret = "whsec_for_tests"

var quiet = slog.New(slog.DiscardHandler)

// world is a shop and its Stripe. Nothing in it runs by itself: events wait
// until a command delivers them, jobs until a command does them.
type world struct {
	work // what a crash throws away

	kind   database.Kind
	url    string
	stripe string
	sim    http.Handler
	post   post
	made   int // histories so far, for names that must differ
	faults []fault

	mu    sync.Mutex
	life  int  // of the shop, one more after each crash
	fuse  int  // calls to Stripe until the shop dies, 0 for none
	early bool // it dies before Stripe hears of the last one
	die   context.CancelFunc
}

// work is the work of one life of the shop.
type work struct {
	db         *database.DB
	pay        *payment.Client
	orders     *orders.Orders
	checkout   *checkout.Checkout
	cart       *cart.Service
	fulfilment *fulfilment.Service
	upkeep     *upkeep.Service
}

// open starts a world that ends with the test.
func open(t testing.TB, kind database.Kind) *world {
	t.Helper()
	w := &world{kind: kind, url: databasetest.URL(t, kind)}
	server := httptest.NewUnstartedServer(http.HandlerFunc(w.listen))
	w.stripe = "http://" + server.Listener.Addr().String()
	sim, err := stripesim.Open(stripesim.Options{
		File: filepath.Join(t.TempDir(), "stripesim.db"), BaseURL: w.stripe, WebhookSecret: secret, Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.sim = sim.Handler()
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.Start()
	t.Cleanup(func() {
		_ = w.db.Close()
		server.CloseClientConnections()
		server.Close()
		_ = sim.Close()
	})
	if err := w.begin(); err != nil {
		t.Fatal(err)
	}
	return w
}

// begin opens the shop for its next life.
func (w *world) begin() error {
	db, err := database.Open(context.Background(), databasetest.Options(w.url))
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.life++
	s := work{db: db}
	s.pay = payment.New(payment.Options{
		APIURL: w.stripe, Key: w.key(), WebhookSecrets: []string{secret},
		CheckoutHosts: []string{strings.TrimPrefix(w.stripe, "http://")}, Log: quiet,
	})
	s.orders = orders.New(db, s.pay, quiet)
	s.checkout = checkout.New(db, s.pay, s.orders, checkout.Options{
		BaseURL: "http://shop.test", Environment: "test", Tax: true, Log: quiet,
	})
	s.cart, s.fulfilment, s.upkeep = cart.New(db), fulfilment.New(db, quiet), upkeep.New(db, quiet)
	w.work = s
	return nil
}

// key tells Stripe's door which life of the shop is calling.
func (w *world) key() string { return fmt.Sprintf("sk_test_life%d", w.life) }

// errDied says that the shop died on the way.
var errDied = errors.New("the shop died")

// do lets the shop do something, and opens it again should it die of it.
func (w *world) do(what func(ctx context.Context) error) error {
	ctx, die := context.WithCancel(context.Background())
	defer die()
	w.mu.Lock()
	w.die = die
	life := w.life
	w.mu.Unlock()
	w.switchOn()
	err := what(ctx)
	w.switchOff()
	w.mu.Lock()
	died := w.die == nil
	w.mu.Unlock()
	if !died {
		return err
	}
	if life != w.life {
		return errors.New("the shop has lived on after its death")
	}
	if err := w.begin(); err != nil {
		return err
	}
	happened.note("died")
	return errDied
}

// fault is one of the simulator's switches. They are on only while the shop is
// at work, since they would befall the test's own questions as well.
type fault struct {
	Kind, Match string
	Count       int
}

func (w *world) switchOn() {
	for _, f := range w.faults {
		status, body := w.ask("POST", "/_sim/faults", "kind", f.Kind, "match", f.Match, "count", fmt.Sprint(f.Count))
		wrong(status == http.StatusOK, "a fault: %s", body)
	}
}

// switchOff keeps the faults that are still to come.
func (w *world) switchOff() {
	if len(w.faults) == 0 {
		return
	}
	var left struct{ Faults []fault }
	w.show("/_sim/faults", &left)
	w.faults = left.Faults
	w.ask("DELETE", "/_sim/faults")
}

// crash throws the shop away between two things.
func (w *world) crash() error {
	_ = w.db.Close()
	return w.begin()
}

// listen is Stripe's door: it burns the fuse of a shop that is to die, and
// does not know a dead one any more.
func (w *world) listen(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	if r.Header.Get("Authorization") != "Bearer "+w.key() || w.die == nil {
		w.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	dies := w.fuse == 1
	if w.fuse > 0 {
		w.fuse--
	}
	early := w.early
	w.mu.Unlock()
	if !dies {
		w.sim.ServeHTTP(rw, r)
		return
	}
	if !early {
		func() {
			defer func() { _ = recover() }() // a connection that a fault cuts
			w.sim.ServeHTTP(httptest.NewRecorder(), r)
		}()
	}
	w.mu.Lock()
	die := w.die
	w.die = nil
	w.mu.Unlock()
	_ = w.db.Close()
	die()
	panic(http.ErrAbortHandler)
}

// ask asks the simulator for something, form fields as name, value, name, value.
func (w *world) ask(method, at string, fields ...string) (status int, body []byte) {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	r := httptest.NewRequest(method, w.stripe+at, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer sk_test_books")
	rw := httptest.NewRecorder()
	w.sim.ServeHTTP(rw, r)
	return rw.Code, rw.Body.Bytes()
}

// advance moves the shop's clock and Stripe's alike.
func (w *world) advance(d time.Duration) {
	err := w.db.Transact(context.Background(), func(ctx context.Context, tx *database.Tx) error {
		offset, err := tx.ClockOffset(ctx)
		if err != nil {
			return err
		}
		return tx.SetClockOffset(ctx, (offset + d).Microseconds())
	})
	must(err, "moving the clock")
	status, body := w.ask("POST", "/_sim/clock", "advance", d.String())
	if status >= 300 {
		panic(broken{fmt.Sprintf("moving Stripe's clock: %d %s", status, body)})
	}
}
