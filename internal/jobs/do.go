package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"longrun/internal/shop"
)

// maxTries is how often a job is tried, over about half a day, before it
// waits for staff.
const maxTries = 20

// pauses are how long to wait after each failure, the last for all later
// ones. They are real time.
var pauses = []time.Duration{time.Second, 5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour}

// pauseAfter is the pause after so many tries.
func pauseAfter(tries int) time.Duration {
	return pauses[max(0, min(tries, len(pauses))-1)]
}

var errTooOften = errors.New("it was begun again and again and never came back")

// do runs a claimed job and writes down how it ended.
func (w *Worker) do(ctx context.Context, job shop.Job) {
	if job.Attempts > maxTries { // only a worker that died leaves such a job
		w.end(ctx, job, fmt.Errorf("%w: %w", shop.ErrPermanent, errTooOften))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, w.limit(job))
	defer cancel()
	over := make(chan struct{})
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		w.renew(ctx, cancel, job, over)
	}()
	err := w.call(ctx, job)
	close(over)
	<-renewed
	w.end(ctx, job, err)
}

func (w *Worker) limit(job shop.Job) time.Duration {
	if longer := w.o.Longer[job.Kind]; longer > 0 {
		return longer
	}
	return w.o.Limit
}

// renew keeps a job's lease while it runs. Once another worker has the job,
// this one stops.
func (w *Worker) renew(ctx context.Context, cancel context.CancelFunc, job shop.Job, over <-chan struct{}) {
	tick := time.NewTicker(w.o.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-over:
			return
		case <-tick.C:
			err := w.queue.Extend(context.WithoutCancel(ctx), job, w.o.Lease)
			if shop.KindOf(err) == shop.KindConflict {
				cancel()
				return
			}
			w.complain(ctx, "a lease could not be renewed", err)
		}
	}
}

// call runs the handler and turns a panic into an error.
func (w *Worker) call(ctx context.Context, job shop.Job) (err error) {
	handle := w.o.Handlers[job.Kind]
	if handle == nil { // a newer release may know it
		return fmt.Errorf("nobody here does jobs of the kind %q", job.Kind)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
			w.o.Log.Error("a job panicked", "kind", job.Kind, "job", job.ID, "panic", p, "stack", string(debug.Stack()))
		}
	}()
	return handle(ctx, job)
}

// end records how a job ended. It does so even when the worker is being
// stopped; what cannot be recorded is claimed again after its lease.
func (w *Worker) end(ctx context.Context, job shop.Job, failure error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	var err error
	for range 3 { // a record whose commit was cut off is tried again; twice changes nothing
		if err = w.record(ctx, job, failure); !errors.Is(err, shop.ErrUnknown) {
			break
		}
	}
	log := w.o.Log.With("kind", job.Kind, "job", job.ID, "try", job.Attempts)
	switch {
	case shop.KindOf(err) == shop.KindConflict:
		log.Warn("another worker has taken a job over")
	case err != nil:
		log.Error("how a job ended could not be recorded", "err", err, "failure", failure)
	case failure != nil && given(job, failure):
		log.Error("a job is given up", "err", failure)
	case failure != nil:
		log.Warn("a job will be tried again", "err", failure)
	}
}

func (w *Worker) record(ctx context.Context, job shop.Job, failure error) error {
	switch {
	case failure == nil:
		return w.queue.Finish(ctx, job)
	case given(job, failure):
		return w.queue.Bury(ctx, job, failure)
	}
	return w.queue.Fail(ctx, job, pauseAfter(job.Attempts), failure)
}

// given says whether a job that failed is given up.
func given(job shop.Job, failure error) bool {
	return job.Attempts >= maxTries || errors.Is(failure, shop.ErrPermanent)
}
