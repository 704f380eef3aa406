package jobs_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"longrun/internal/jobs"
	"longrun/internal/shop"
)

func TestTheClockCallsSoonAndThenRegularly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := jobs.NewClock(quiet)
		var calls, failures, panics atomic.Int64
		clock.Every("counting", time.Minute, func(context.Context) error { calls.Add(1); return nil })
		clock.Every("failing", time.Minute, func(context.Context) error { failures.Add(1); return errors.New("no") })
		clock.Every("panicking", time.Minute, func(context.Context) error { panics.Add(1); panic("a bug") })
		clock.Every("nightly", 24*time.Hour, func(context.Context) error { calls.Add(1000); return nil })
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { clock.Run(ctx); close(done) }()
		time.Sleep(time.Minute)
		if got := calls.Load(); got != 1001 {
			t.Errorf("%d calls in the first minute, want one of each", got)
		}
		time.Sleep(59 * time.Minute)
		for name, n := range map[string]int64{"counting": calls.Load() - 1000, "failing": failures.Load(), "panicking": panics.Load()} {
			if n < 54 || n > 60 {
				t.Errorf("%s was called %d times in an hour", name, n)
			}
		}
		cancel()
		<-done
	})
}

func TestTheClockNeverCallsATaskTwiceAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := jobs.NewClock(quiet)
		var running, most atomic.Int64
		clock.Every("slow", time.Second, func(ctx context.Context) error {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			select {
			case <-ctx.Done():
			case <-time.After(10 * time.Second):
			}
			return nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		clock.Run(ctx)
		if most.Load() != 1 {
			t.Errorf("%d calls at once", most.Load())
		}
	})
}

func TestPayloadsNameTheirThing(t *testing.T) {
	about := jobs.About(func(_ context.Context, id shop.MailID) error {
		if id != 7 {
			t.Errorf("mail %d", id)
		}
		return nil
	})
	event := jobs.AboutEvent(func(_ context.Context, id string) error {
		if id != "evt_1" {
			t.Errorf("event %q", id)
		}
		return nil
	})
	tests := []struct {
		name    string
		handle  jobs.Handler
		payload string
		bad     bool
	}{
		{"an id", about, `{"id":7}`, false},
		{"an event", event, `{"event":"evt_1"}`, false},
		{"no id", about, `{}`, true},
		{"a negative id", about, `{"id":-7}`, true},
		{"no JSON", about, `7`, true},
		{"no event", event, `{"id":7}`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.handle(t.Context(), shop.Job{Payload: tt.payload})
			if errors.Is(err, shop.ErrPermanent) != tt.bad {
				t.Errorf("%v", err)
			}
		})
	}
}
