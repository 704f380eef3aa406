// Package jobs is the worker and the clock. The worker takes jobs from the
// database, where the transaction that wanted them put them; the clock calls
// what has to be done from time to time. Every instance runs both; neither
// needs a leader.
//
// A job is one call of work. It may be done twice, when a lease ran out or a
// commit was cut off, and must change nothing the second time.
package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Handler does a job. An error that wraps shop.ErrPermanent buries the job;
// after any other it is tried again.
type Handler func(ctx context.Context, job shop.Job) error

// Options say what a worker does and how fast.
type Options struct {
	Handlers map[string]Handler // by the job's kind
	Log      *slog.Logger       // nil for slog.Default
	AtOnce   int                // jobs at the same time, 0 for 8
	Look     time.Duration      // how often to look without being woken, 0 for 500 ms
	Lease    time.Duration      // how long a job is lent, 0 for 60 s; renewed at a third
	Limit    time.Duration      // how long a job may take, 0 for 30 s

	Longer map[string]time.Duration // how long jobs of some kinds may take instead
	Grace  time.Duration            // how long running jobs may go on after the stop, 0 for 10 s
}

func (o Options) filled() Options {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.AtOnce == 0 {
		o.AtOnce = 8
	}
	for _, d := range []struct {
		field     *time.Duration
		otherwise time.Duration
	}{
		{&o.Look, 500 * time.Millisecond}, {&o.Lease, time.Minute}, {&o.Limit, 30 * time.Second}, {&o.Grace, 10 * time.Second},
	} {
		if *d.field == 0 {
			*d.field = d.otherwise
		}
	}
	return o
}

// Worker does jobs.
type Worker struct {
	queue *database.Jobs
	wake  <-chan struct{}
	o     Options
	free  chan struct{} // a token for each job that may still begin
	work  sync.WaitGroup
}

// NewWorker makes a worker over the queue of db.
func NewWorker(db *database.DB, o Options) *Worker {
	o = o.filled()
	w := &Worker{queue: db.Jobs(), wake: db.Wake(), o: o, free: make(chan struct{}, o.AtOnce)}
	for range o.AtOnce {
		w.free <- struct{}{}
	}
	return w
}

// Run does jobs until ctx ends. Then it begins no more, gives those that run
// the time of Grace, and cuts the rest off, which gives them back. Call it
// once.
func (w *Worker) Run(ctx context.Context) {
	running, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	look := time.NewTicker(w.o.Look)
	defer look.Stop()
	for ctx.Err() == nil {
		if w.round(ctx, running) {
			continue
		}
		select {
		case <-ctx.Done():
		case <-w.wake:
		case <-look.C:
		}
	}
	w.wait(cut)
}

// lastWait is how long a job that is cut off may take to give itself back.
const lastWait = 2 * time.Second

// wait gives running jobs the time of Grace, then cuts them off. It does not
// wait for ever for one that does not listen: its lease runs out.
func (w *Worker) wait(cut context.CancelFunc) {
	done := make(chan struct{})
	go func() {
		w.work.Wait()
		close(done)
	}()
	for _, pause := range []time.Duration{w.o.Grace, lastWait} {
		select {
		case <-done:
			return
		case <-time.After(pause):
			cut()
		}
	}
	w.o.Log.Error("a job did not stop and is left behind")
}

// round begins what is due, as far as there is room, and says whether there
// may be more. It waits while there is no room at all.
func (w *Worker) round(ctx, running context.Context) (more bool) {
	room := w.room(ctx)
	if room == 0 {
		return false
	}
	claimed := w.claim(ctx, room)
	for range room - len(claimed) {
		w.free <- struct{}{}
	}
	for _, job := range claimed {
		w.work.Go(func() {
			defer func() { w.free <- struct{}{} }()
			w.do(running, job)
		})
	}
	return len(claimed) == room
}

// room takes all tokens there are, at least one unless ctx ends.
func (w *Worker) room(ctx context.Context) int {
	select {
	case <-ctx.Done():
		return 0
	case <-w.free:
	}
	for n := 1; ; n++ {
		select {
		case <-w.free:
		default:
			return n
		}
	}
}

// claim takes due jobs. It asks first whether there are any, since claiming
// takes SQLite's only writer.
func (w *Worker) claim(ctx context.Context, limit int) []shop.Job {
	due, err := w.queue.Due(ctx)
	if err != nil || !due {
		w.complain(ctx, "the queue cannot be read", err)
		return nil
	}
	claimed, err := w.queue.Claim(ctx, limit, w.o.Lease)
	if err != nil {
		w.complain(ctx, "no job could be claimed", err)
		return nil
	}
	return claimed
}

func (w *Worker) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		w.o.Log.Error(what, "err", err)
	}
}
