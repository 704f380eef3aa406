package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// figure is what was measured of one kind of request.
type figure struct {
	name     string
	n        int
	took     time.Duration
	p50, p99 time.Duration
}

func (f figure) perSecond() float64 { return float64(f.n) / f.took.Seconds() }

// task is one request, or one chain of them, by one client.
type task func(ctx context.Context, c *client, i int) error

// load runs a task from many clients at once for a while. The first error
// ends it.
func load(ctx context.Context, s *server, name string, clients int, lasting time.Duration, do task) (figure, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		all   []time.Duration
		turn  atomic.Int64
		began = time.Now()
	)
	for range clients {
		wg.Go(func() {
			c := newClient(s)
			var mine []time.Duration
			for time.Since(began) < lasting && ctx.Err() == nil {
				start := time.Now()
				if err := do(ctx, c, int(turn.Add(1))); err != nil {
					cancel(fmt.Errorf("%s: %w", name, err))
				}
				mine = append(mine, time.Since(start))
			}
			mu.Lock()
			all = append(all, mine...)
			mu.Unlock()
		})
	}
	wg.Wait()
	f := figure{name: name, n: len(all), took: time.Since(began)}
	slices.Sort(all)
	if len(all) > 0 {
		f.p50, f.p99 = all[len(all)/2], all[len(all)*99/100]
	}
	return f, context.Cause(ctx)
}

// measure takes every figure, the fixed bytes first.
func measure(ctx context.Context, s *server, o options) ([]figure, error) {
	tasks := []struct {
		name string
		do   task
	}{
		{"20 KB of fixed bytes", get(func(int) string { return "/dev/fixed" })},
		{"product", get(func(i int) string { return "/products/" + handle(i%o.products) })},
		{"one product, again and again", get(func(int) string { return "/products/" + handle(0) })},
		{"collection", get(func(i int) string { return fmt.Sprintf("/collections/all?page=%d", 1+i%20) })},
		{"add to bag", addToBag(o)},
		{"view bag", viewBag(o)},
		{"place and settle", placeAndSettle(o)},
	}
	var figures []figure
	for _, t := range tasks {
		f, err := load(ctx, s, t.name, o.clients, o.seconds, t.do)
		if err != nil {
			return nil, err
		}
		figures = append(figures, f)
	}
	return figures, nil
}

func print(w io.Writer, o options, figures []figure) {
	fmt.Fprintf(w, "%d products × %d variants, %s, %d at a time, %v each\n\n", o.products, o.variants, o.kind(), o.clients, o.seconds)
	fmt.Fprintln(w, "| what | per second | ratio | p50 ms | p99 ms |")
	fmt.Fprintln(w, "|---|---:|---:|---:|---:|")
	for _, f := range figures {
		fmt.Fprintf(w, "| %s | %.0f | %.2f | %.1f | %.1f |\n", f.name, f.perSecond(), f.perSecond()/figures[0].perSecond(),
			float64(f.p50.Microseconds())/1000, float64(f.p99.Microseconds())/1000)
	}
}

// kind is the database in words.
func (o options) kind() string {
	if strings.HasPrefix(o.database, "postgres") {
		return "PostgreSQL"
	}
	return "SQLite"
}

func get(path func(i int) string) task {
	return func(ctx context.Context, c *client, i int) error {
		_, err := c.get(ctx, path(i), http.StatusOK)
		return err
	}
}
