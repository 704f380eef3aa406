package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// ordersAndBags measures the program beside a stub of Stripe, then the same
// orders as plain SQL on the same database.
func ordersAndBags(ctx context.Context, s *server, o options) error {
	stripe, err := startStub()
	if err != nil {
		return err
	}
	if s.database == "" {
		s.database = "sqlite:" + filepath.Join(s.dir, "data", "longrun.db")
	}
	s.env = []string{"STRIPE_API_URL=" + stripe.url, "STRIPE_SECRET_KEY=" + stubKey, "STRIPE_WEBHOOK_SECRET=" + stubSecret}
	st, err := openStage(ctx, s.database, stripe)
	if err != nil {
		return err
	}
	defer st.db.Close()
	past, err := st.past(ctx)
	if err != nil {
		return err
	}
	bags, placed, err := throughTheProgram(ctx, s, stripe, st, o)
	if err != nil {
		return err
	}
	a, b, err := st.rehearse(ctx)
	if err != nil {
		return fmt.Errorf("rehearsing: %w", err)
	}
	play, err := compare(a, b)
	if err != nil {
		return fmt.Errorf("comparing purchases: %w", err)
	}
	alone, err := st.alone(ctx, o)
	if err != nil {
		return err
	}
	plain, err := st.replay(ctx, play, o.clients, o.seconds)
	if err != nil {
		return fmt.Errorf("plain SQL: %w", err)
	}
	plain.name = fmt.Sprintf("the same %d statements as plain SQL", len(play))
	printOrders(os.Stdout, o, past, bags, []figure{plain, placed, alone})
	return nil
}

// past is how many orders there are before the run.
func (st *stage) past(ctx context.Context) (n int64, err error) {
	raw := sql.OpenDB(st.recorder.connectors[0])
	defer raw.Close()
	err = raw.QueryRowContext(ctx, "SELECT count(*) FROM orders").Scan(&n)
	return n, err
}

// throughTheProgram starts the program and measures additions to bags, which
// come at a steady rate, and then orders over HTTP, bag and webhook included.
func throughTheProgram(ctx context.Context, s *server, stripe *stub, st *stage, o options) (bags, placed figure, err error) {
	if err := s.start(ctx); err != nil {
		return bags, placed, err
	}
	defer s.stop()
	if err := s.calm(ctx); err != nil {
		return bags, placed, err
	}
	first := newClient(s)
	for i := range min(spread, o.products) { // before anything is measured
		if _, err := first.variantOf(ctx, handle(i)); err != nil {
			return bags, placed, err
		}
	}
	s.variants = first.variant
	if bags, err = arriving(ctx, s, "add to bag", o.rate, o.seconds, addToBag(o)); err != nil {
		return bags, placed, err
	}
	began := time.Now()
	placed, err = load(ctx, s, "placed and settled over HTTP", o.clients, o.seconds, placeBesideStub(o, stripe))
	if err != nil {
		return bags, placed, err
	}
	for waits := true; waits; time.Sleep(5 * time.Millisecond) { // what is still to be settled counts, too
		if waits, err = st.db.Jobs().Due(ctx); err != nil {
			return bags, placed, err
		}
		if time.Since(began) > o.seconds+5*time.Minute {
			return bags, placed, fmt.Errorf("the orders are not settled five minutes later\n%s", s.log.String())
		}
	}
	placed.took = time.Since(began)
	return bags, placed, nil
}

// placeBesideStub buys a shoe: bag, checkout, payment, webhook. The worker
// settles it when it comes to it.
func placeBesideStub(o options, stripe *stub) task {
	add := addToBag(o)
	return func(ctx context.Context, c *client, i int) error {
		if err := add(ctx, c, i); err != nil {
			return err
		}
		response, err := c.post(ctx, "/checkout", url.Values{}, http.StatusSeeOther)
		if err != nil {
			return err
		}
		body, signature := stripe.pay(path.Base(response.Header.Get("Location")))
		return stripe.tell(c.server.url, body, signature)
	}
}

// arriving sends requests at a steady rate, whether or not those before were
// answered: what takes long keeps none that comes later from being counted.
func arriving(ctx context.Context, s *server, name string, rate int, lasting time.Duration, do task) (figure, error) {
	var all sync.WaitGroup
	var mu sync.Mutex
	var took []time.Duration
	var failed atomic.Pointer[error]
	clients := sync.Pool{New: func() any { return newClient(s) }}
	gap := time.Second / time.Duration(rate)
	began := time.Now()
	warm := rate // the first second only opens connections
	for i := range int(lasting/gap) + warm {
		due := began.Add(time.Duration(i) * gap)
		time.Sleep(time.Until(due))
		all.Go(func() {
			c := clients.Get().(*client)
			defer clients.Put(c)
			if err := do(ctx, c, i); err != nil {
				failed.Store(&err)
			}
			mu.Lock()
			defer mu.Unlock()
			if i >= warm {
				took = append(took, time.Since(due))
			}
		})
	}
	all.Wait()
	f := figure{name: name, n: len(took), took: time.Since(began) - time.Second}
	if err := failed.Load(); err != nil {
		return f, fmt.Errorf("%s: %w", name, *err)
	}
	slices.Sort(took)
	f.p50, f.p99 = took[len(took)/2], took[len(took)*99/100]
	return f, ctx.Err()
}

// alone has the shop's work buy, one purchase after the other, without HTTP
// before it, for the profile.
func (st *stage) alone(ctx context.Context, o options) (figure, error) {
	if o.profile != "" {
		f, err := os.Create(o.profile)
		if err != nil {
			return figure{}, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return figure{}, err
		}
		defer pprof.StopCPUProfile()
	}
	began, n := time.Now(), 0
	for ; time.Since(began) < o.seconds; n++ {
		st.recorder.pause()
		if err := st.buy(ctx); err != nil {
			return figure{}, err
		}
	}
	return figure{name: "the shop's work alone, one after the other", n: n, took: time.Since(began)}, nil
}

func printOrders(w io.Writer, o options, past int64, bags figure, figures []figure) {
	fmt.Fprintf(w, "%s, %d orders before, %d at a time, %v each, Stripe a stub that answers at once\n\n", o.kind(), past, o.clients, o.seconds)
	fmt.Fprintln(w, "| orders | per second | ratio |")
	fmt.Fprintln(w, "|---|---:|---:|")
	for _, f := range figures {
		fmt.Fprintf(w, "| %s | %.0f | %.2f |\n", f.name, f.perSecond(), f.perSecond()/figures[0].perSecond())
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	fmt.Fprintf(w, "\nadd to bag, %d a second arriving: %d answered, p50 %.1f ms, p99 %.1f ms\n", o.rate, bags.n, ms(bags.p50), ms(bags.p99))
}
