package stripesim

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// backoff is the wait before each further try, in real time; the last repeats.
var backoff = []time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 30 * time.Second, time.Minute,
}

const (
	// maxTries at one a minute makes about three days, as long as Stripe tries.
	maxTries = 4320
	// atOnce bounds the deliveries under way.
	atOnce = 32
	// reorderWait bounds how long a reordered event is held back for a later one to overtake it.
	reorderWait = 3 * time.Second
)

// delivery is one event owed to one endpoint.
type delivery struct {
	id       int64
	event    string
	endpoint string
	tries    int
}

func newWebhookClient() *http.Client {
	return &http.Client{
		Timeout:       20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// deliverDue starts a try for every delivery that is due and not under way. Only Run calls it. What is under way is
// looked at before the books are: a try that ends in between has not yet been seen as done by the query.
func (s *Sim) deliverDue(ctx context.Context, tries *sync.WaitGroup) error {
	s.mu.Lock()
	busy := maps.Clone(s.sending)
	s.mu.Unlock()
	due, err := s.dueDeliveries(ctx)
	if err != nil {
		return err
	}
	for _, d := range due {
		if busy[d.id] || len(busy) >= atOnce {
			continue
		}
		busy[d.id] = true
		s.mu.Lock()
		s.sending[d.id] = true
		s.mu.Unlock()
		tries.Go(func() {
			s.try(ctx, d)
			s.mu.Lock()
			delete(s.sending, d.id)
			s.mu.Unlock()
			s.nudge()
		})
	}
	return nil
}

func (s *Sim) dueDeliveries(ctx context.Context) ([]delivery, error) {
	s.mu.Lock()
	unset := s.webhook.url == ""
	s.mu.Unlock()
	except := ""
	if unset {
		except = defaultEndpoint
	}
	rows, err := s.books.read.QueryContext(ctx, `SELECT id, event, endpoint, tries FROM deliveries
		WHERE state='pending' AND next_ms <= ? AND endpoint <> ? ORDER BY id LIMIT ?`,
		time.Now().UnixMilli(), except, 2*atOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var due []delivery
	for rows.Next() {
		var d delivery
		if err := rows.Scan(&d.id, &d.event, &d.endpoint, &d.tries); err != nil {
			return nil, err
		}
		due = append(due, d)
	}
	return due, rows.Err()
}

// try makes one try of a delivery and writes down how it ended. Cut short, it changes nothing and is made again.
func (s *Sim) try(ctx context.Context, d delivery) {
	state, err := s.send(ctx, d)
	if ctx.Err() != nil {
		return
	}
	next := int64(0)
	if state == "pending" {
		wait := backoff[min(d.tries, len(backoff)-1)]
		next = time.Now().Add(wait).UnixMilli()
		s.log.Warn("stripesim: webhook not taken", "event", d.event, "try", d.tries+1, "again_in", wait, "err", err)
		if d.tries+1 >= maxTries {
			state = "failed"
		}
	}
	_, err = s.books.write.ExecContext(ctx, `UPDATE deliveries SET state=?, tries=tries+1, next_ms=? WHERE id=?`,
		state, next, d.id)
	if err != nil && ctx.Err() == nil {
		s.log.Error("stripesim: record delivery", "err", err)
	}
}

// send gives the state that the delivery is in afterwards: delivered, dropped, or pending with the reason.
func (s *Sim) send(ctx context.Context, d delivery) (string, error) {
	to, e, err := s.target(ctx, d)
	if errors.Is(err, errNotFound) {
		return "dropped", nil
	} else if err != nil {
		return "pending", err
	}
	faults, err := s.takeFaults(ctx, e.Type, webhookFaults)
	if err != nil {
		return "pending", err
	}
	if faults.has("drop") {
		return "dropped", nil
	}
	if f, ok := faults.get("delay"); ok {
		pause(ctx, time.Duration(f.MS)*time.Millisecond)
	}
	if faults.has("reorder") {
		s.letOvertake(ctx, d)
	}
	copies := make([]error, 1)
	if f, ok := faults.get("duplicate"); ok {
		copies = make([]error, max(2, f.Copies))
	}
	var wg sync.WaitGroup
	for i := range copies {
		wg.Go(func() { copies[i] = s.post(ctx, to, e, faults) })
	}
	wg.Wait()
	if slices.ContainsFunc(copies, func(err error) bool { return err == nil }) {
		return "delivered", nil
	}
	return "pending", copies[0]
}

// target finds where a delivery goes and what it carries.
func (s *Sim) target(ctx context.Context, d delivery) (webhook, *event, error) {
	s.mu.Lock()
	to := s.webhook
	s.mu.Unlock()
	var e event
	err := s.look(ctx, func(l *ledger) error {
		if err := l.load(kindEvent, d.event, &e); err != nil {
			return err
		}
		if d.endpoint != defaultEndpoint {
			var at endpoint
			if err := l.load(kindEndpoint, d.endpoint, &at); err != nil {
				return err
			}
			to = webhook{at.URL, at.Sim.Secret}
		}
		return l.countPending(&e)
	})
	return to, &e, err
}

// letOvertake holds an event back until a later one has reached the same endpoint.
func (s *Sim) letOvertake(ctx context.Context, d delivery) {
	for end := time.Now().Add(reorderWait); time.Now().Before(end) && ctx.Err() == nil; pause(ctx, 20*time.Millisecond) {
		var later int
		err := s.books.read.QueryRowContext(ctx,
			`SELECT count(*) FROM deliveries WHERE id > ? AND endpoint=? AND state='delivered'`, d.id, d.endpoint).Scan(&later)
		if err != nil || later > 0 {
			return
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// awaitTaken waits until no delivery of the events is owed any more, for at most RedirectWait.
func (s *Sim) awaitTaken(ctx context.Context, events []string) {
	if len(events) == 0 {
		return
	}
	s.mu.Lock()
	except := ""
	if s.webhook.url == "" {
		except = defaultEndpoint
	}
	s.mu.Unlock()
	args := []any{except}
	for _, e := range events {
		args = append(args, e)
	}
	query := `SELECT count(*) FROM deliveries WHERE state='pending' AND endpoint <> ? AND event IN (?` +
		strings.Repeat(",?", len(events)-1) + `)`
	ctx, cancel := context.WithTimeout(ctx, s.opts.RedirectWait)
	defer cancel()
	for ; ctx.Err() == nil; pause(ctx, 10*time.Millisecond) {
		var owed int
		if err := s.books.read.QueryRowContext(ctx, query, args...).Scan(&owed); err != nil || owed == 0 {
			return
		}
	}
}
