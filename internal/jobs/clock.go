package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

// Clock calls functions of work from time to time, on every instance. What
// may happen only once is kept to once by the database, not by the clock.
type Clock struct {
	log   *slog.Logger
	tasks []task
}

type task struct {
	name     string
	interval time.Duration
	do       func(ctx context.Context) error
}

// NewClock makes a clock with nothing to do; log nil means slog.Default.
func NewClock(log *slog.Logger) *Clock {
	if log == nil {
		log = slog.Default()
	}
	return &Clock{log: log}
}

// Every has do called about every interval, the first time soon after Run
// begins. Calls of one task never overlap. Call it before Run.
func (c *Clock) Every(name string, interval time.Duration, do func(ctx context.Context) error) {
	c.tasks = append(c.tasks, task{name, interval, do})
}

// Run keeps calling until ctx ends, and returns when the calls that are
// running have ended, which ctx tells them to.
func (c *Clock) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, t := range c.tasks {
		all.Go(func() { c.run(ctx, t) })
	}
	all.Wait()
}

// run calls one task. Instances that were started together drift apart: the
// first call comes within a tenth of the interval, a minute at most, and each
// pause is up to a tenth longer than the interval.
func (c *Clock) run(ctx context.Context, t task) {
	pause := jitter(min(t.interval/10, time.Minute))
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		if err := c.call(ctx, t); err != nil && ctx.Err() == nil {
			c.log.Error("a task of the clock failed", "task", t.name, "err", err)
		}
		pause = t.interval + jitter(t.interval/10)
	}
}

// call runs a task once and turns a panic into an error.
func (c *Clock) call(ctx context.Context, t task) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return t.do(ctx)
}

func jitter(most time.Duration) time.Duration {
	if most <= 0 {
		return 0
	}
	return rand.N(most)
}
