// Package stripesim behaves like Stripe's API at version 2023-10-16, for development and tests: stateful checkout
// sessions with totals and taxes, payments by test card, refunds, signed webhooks with retries, a hosted payment page,
// a clock of its own and switches for the faults a shop has to survive.
//
// It keeps its books in one SQLite file and knows nothing of the shop: the two speak HTTP only. It moves no money and
// accepts only the published test card numbers, of which it keeps brand and last four digits.
package stripesim

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// apiVersion is the only version whose shapes the simulator speaks.
const apiVersion = "2023-10-16"

// Options says where a simulator keeps its books and whom it talks to.
type Options struct {
	// File is the path of the books; it is created when missing.
	File string
	// BaseURL is how browsers and the shop reach the simulator, for example http://127.0.0.1:12111.
	BaseURL string
	// SecretKey is the one key the API accepts; empty accepts every sk_test_ and rk_test_ key.
	SecretKey string
	// WebhookURL receives the events a shop subscribes to; while it is empty they wait in the books.
	WebhookURL string
	// WebhookSecret signs those events (whsec_…).
	WebhookSecret string
	// RedirectWait bounds how long the hosted page waits for the webhook's answer before it sends the buyer back;
	// zero means ten seconds.
	RedirectWait time.Duration
	// Log receives one line per failed delivery and unexpected error; nil means slog.Default.
	Log *slog.Logger
}

// Sim is one simulated Stripe account. Its methods may be called at the same time.
type Sim struct {
	opts   Options
	log    *slog.Logger
	books  *books
	client *http.Client
	offset atomic.Int64
	wake   chan struct{}

	mu      sync.Mutex
	webhook webhook
	running map[string]bool
	sending map[int64]bool
}

// webhook is the endpoint given by Options, beside those created through the API.
type webhook struct{ url, secret string }

// Open opens or creates the books and returns a simulator at the clock they were closed with.
func Open(o Options) (*Sim, error) {
	if o.File == "" || o.BaseURL == "" {
		return nil, errors.New("stripesim: File and BaseURL must be given")
	}
	if strings.HasPrefix(o.SecretKey, "sk_live_") || strings.HasPrefix(o.SecretKey, "rk_live_") {
		return nil, errors.New("stripesim: refuses to stand in for Stripe where a live key is in use")
	}
	if o.WebhookURL != "" && o.WebhookSecret == "" {
		return nil, errors.New("stripesim: WebhookURL needs a WebhookSecret, or anybody could sign events")
	}
	o.RedirectWait = cmp.Or(o.RedirectWait, 10*time.Second)
	b, err := openBooks(o.File)
	if err != nil {
		return nil, err
	}
	s := &Sim{
		opts: o, log: cmp.Or(o.Log, slog.Default()), books: b,
		client:  newWebhookClient(),
		wake:    make(chan struct{}, 1),
		running: map[string]bool{},
		sending: map[int64]bool{},
		webhook: webhook{o.WebhookURL, o.WebhookSecret},
	}
	if err := s.loadClock(context.Background()); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return s, nil
}

// SetWebhook changes where events go and the secret that signs them; events still waiting go there too.
func (s *Sim) SetWebhook(url, secret string) {
	s.mu.Lock()
	s.webhook = webhook{url, secret}
	s.mu.Unlock()
	s.nudge()
}

// Run delivers events and expires sessions until ctx ends, then returns nil once the tries under way have ended.
func (s *Sim) Run(ctx context.Context) error {
	var tries sync.WaitGroup
	defer tries.Wait()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		if err := s.tidy(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("stripesim: expire sessions", "err", err)
		}
		if err := s.deliverDue(ctx, &tries); err != nil && ctx.Err() == nil {
			s.log.Error("stripesim: deliver events", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// Close closes the books; call it after Run has returned.
func (s *Sim) Close() error { return s.books.close() }

func (s *Sim) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
