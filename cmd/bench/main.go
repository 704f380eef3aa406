// Command bench builds the shop, starts it on generated data, puts load on it
// from this machine, and prints what it measured.
//
// Machines are noisy, so each figure stands beside its ratio to the same
// server answering 20 KB of fixed bytes through the same middleware in the
// same run.
//
// With -orders it measures what orders cost instead, Stripe being a stub that
// answers at once: orders placed and settled, beside the very statements of
// such orders sent as plain SQL, and how long an addition to a bag takes when
// they come at a steady rate, whoever is still being served.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// options say how much is measured.
type options struct {
	products, variants int
	seconds            time.Duration
	clients            int
	database           string
	orders             bool
	rate               int
	profile            string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var o options
	flag.IntVar(&o.products, "products", 1000, "how many products")
	flag.IntVar(&o.variants, "variants", 10, "how many variants each")
	flag.DurationVar(&o.seconds, "time", 5*time.Second, "how long each figure is measured")
	flag.IntVar(&o.clients, "clients", 16, "how many requests at a time")
	flag.StringVar(&o.database, "database", "", "postgres://… or sqlite:… of an empty or a grown database; an empty SQLite without")
	flag.BoolVar(&o.orders, "orders", false, "measure orders beside plain SQL, and additions to bags that come at a steady rate")
	flag.IntVar(&o.rate, "rate", 200, "with -orders, how many additions to bags come each second")
	flag.StringVar(&o.profile, "profile", "", "with -orders, a file for a CPU profile of the shop's work on purchases, one after the other")
	flag.Parse()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "longrun-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s, err := build(ctx, dir, o.database)
	if err != nil {
		return err
	}
	if err := s.importProducts(ctx, o.products, o.variants); err != nil {
		return err
	}
	if o.orders {
		return ordersAndBags(ctx, s, o)
	}
	if err := s.start(ctx); err != nil {
		return err
	}
	defer s.stop()
	idle, err := s.memory()
	if err != nil {
		return err
	}
	figures, err := measure(ctx, s, o)
	if err != nil {
		return err
	}
	peak, err := s.memory()
	if err != nil {
		return err
	}
	print(os.Stdout, o, figures)
	fmt.Printf("\nfirst page after start %d ms · binary %.1f MB · memory idle %.1f MB, under load %.1f MB at most\n",
		s.firstPage.Milliseconds(), mega(s.size), mega(idle.now), mega(peak.most))
	return nil
}

func mega(bytes int64) float64 { return float64(bytes) / 1e6 }
