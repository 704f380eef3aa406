package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"longrun/internal/config"
	"longrun/internal/stripesim"
)

// RunSimulator serves the Stripe simulator on a listener until ctx ends. It
// shares nothing with the shop but HTTP; events go to the shop's webhook.
func RunSimulator(ctx context.Context, c config.Config, listener net.Listener, log *slog.Logger) error {
	if c.Stripe.Live() {
		return errors.New("the simulator refuses to run beside a live key")
	}
	sim, err := stripesim.Open(stripesim.Options{
		File: c.SimulatorFile(), BaseURL: "http://" + listener.Addr().String(), SecretKey: c.Stripe.Key,
		WebhookURL: c.BaseURL + "/webhooks/stripe", WebhookSecret: c.Stripe.WebhookSecrets[0], Log: log,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: sim.Handler(), ReadHeaderTimeout: 5 * time.Second}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return sim.Run(ctx) })
	group.Go(func() error { return serveUntil(ctx, server, listener) })
	return errors.Join(group.Wait(), sim.Close())
}

// drain is how long running requests may take to end at a graceful stop.
const drain = 25 * time.Second

// serveUntil serves until ctx ends, then lets running requests finish.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		stopped <- server.Shutdown(limit)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
