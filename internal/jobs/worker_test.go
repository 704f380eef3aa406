package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/jobs"
	"longrun/internal/shop"
)

var quiet = slog.New(slog.DiscardHandler)

// enqueue puts n jobs of a kind in the queue.
func enqueue(t *testing.T, db *database.DB, kind string, n int) {
	t.Helper()
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		for i := range n {
			job := shop.Job{Kind: kind, Key: fmt.Sprint(i + 1), Payload: database.PayloadFor(int64(i + 1))}
			if err := tx.Enqueue(ctx, job); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// start runs a worker with one handler until stop is called, or the test ends.
func start(t *testing.T, db *database.DB, o jobs.Options, handle jobs.Handler) (stop func()) {
	t.Helper()
	if o.Look == 0 {
		o.Look = 20 * time.Millisecond
	}
	o.Log, o.Handlers = quiet, map[string]jobs.Handler{"test": handle}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	w := jobs.NewWorker(db, o)
	go func() {
		defer close(done)
		w.Run(ctx)
	}()
	stop = func() {
		cancel()
		<-done
	}
	t.Cleanup(stop)
	return stop
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatal("never happened: " + what)
}

func due(t *testing.T, db *database.DB) bool {
	t.Helper()
	is, err := db.Jobs().Due(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return is
}

// advance moves the development clock to an offset.
func advance(t *testing.T, db *database.DB, offset time.Duration) {
	t.Helper()
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		return tx.SetClockOffset(ctx, offset.Microseconds())
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoWorkersDoEveryJobOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		const n = 200
		var mu sync.Mutex
		times := map[shop.OrderID]int{}
		handle := jobs.About(func(_ context.Context, id shop.OrderID) error {
			mu.Lock()
			defer mu.Unlock()
			times[id]++
			return nil
		})
		enqueue(t, db, "test", n)
		stopOne, stopTwo := start(t, db, jobs.Options{}, handle), start(t, db, jobs.Options{}, handle)
		eventually(t, "all jobs are done", func() bool {
			mu.Lock()
			defer mu.Unlock()
			return len(times) == n
		})
		stopOne()
		stopTwo()
		for id, k := range times {
			if k != 1 {
				t.Errorf("job %d was done %d times", id, k)
			}
		}
		if due(t, db) {
			t.Error("done jobs are still due")
		}
	})
}

func TestACommitWakesTheWorker(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		var done atomic.Int64
		start(t, db, jobs.Options{Look: time.Hour}, func(context.Context, shop.Job) error {
			done.Add(1)
			return nil
		})
		time.Sleep(50 * time.Millisecond) // it has looked once and found nothing
		enqueue(t, db, "test", 1)
		eventually(t, "the job is done without waiting for the next look", func() bool { return done.Load() == 1 })
	})
}

func TestAFailedJobIsTriedAgainAfterItsPause(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		var tries atomic.Int64
		start(t, db, jobs.Options{}, func(_ context.Context, job shop.Job) error {
			switch tries.Add(1) {
			case 1:
				return errors.New("not today")
			case 2:
				panic("a bug")
			}
			return nil
		})
		enqueue(t, db, "test", 1)
		eventually(t, "the first try", func() bool { return tries.Load() == 1 })
		time.Sleep(100 * time.Millisecond)
		if tries.Load() != 1 {
			t.Fatal("it was tried again at once")
		}
		advance(t, db, 2*time.Second)
		eventually(t, "the second try, which panics", func() bool { return tries.Load() == 2 })
		time.Sleep(100 * time.Millisecond)
		if tries.Load() != 2 {
			t.Fatal("after the panic it was tried again at once")
		}
		advance(t, db, 10*time.Second)
		eventually(t, "the third try, which goes well", func() bool { return tries.Load() == 3 && !due(t, db) })
		advance(t, db, 48*time.Hour)
		time.Sleep(100 * time.Millisecond)
		if tries.Load() != 3 {
			t.Error("a job that was done was done again")
		}
	})
}

func TestAJobIsGivenUp(t *testing.T) {
	tests := []struct {
		name  string
		tries int64
		fail  error
	}{
		{"at once, when trying again cannot help", 1, fmt.Errorf("550: %w", shop.ErrPermanent)},
		{"after twenty tries", 20, errors.New("not today")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			databasetest.Each(t, func(t *testing.T, db *database.DB) {
				var tries atomic.Int64
				stop := start(t, db, jobs.Options{}, func(context.Context, shop.Job) error {
					tries.Add(1)
					return tt.fail
				})
				enqueue(t, db, "test", 1)
				hours := time.Duration(0)
				eventually(t, "all tries", func() bool {
					hours += 2 // more than the longest pause
					advance(t, db, hours*time.Hour)
					return tries.Load() >= tt.tries
				})
				stop()
				advance(t, db, (hours+1000)*time.Hour)
				if got := tries.Load(); got != tt.tries || due(t, db) {
					t.Errorf("it was tried %d times, want %d, and is due again: %v", got, tt.tries, due(t, db))
				}
			})
		})
	}
}

func TestAJobThatNeverComesBackIsGivenUp(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		enqueue(t, db, "test", 1)
		for range 20 { // twenty workers that died with it
			claimed, err := db.Jobs().Claim(t.Context(), 1, -time.Second)
			if err != nil || len(claimed) != 1 {
				t.Fatalf("claimed %d, %v", len(claimed), err)
			}
		}
		var begun atomic.Int64
		start(t, db, jobs.Options{}, func(context.Context, shop.Job) error {
			begun.Add(1)
			return nil
		})
		eventually(t, "it is buried", func() bool { return !due(t, db) })
		if begun.Load() != 0 {
			t.Error("it was begun once more")
		}
	})
}

func TestWhoLostTheLeaseStopsAndRecordsNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		began, stopped := make(chan shop.Job, 1), make(chan struct{})
		start(t, db, jobs.Options{Lease: 150 * time.Millisecond}, func(ctx context.Context, job shop.Job) error {
			began <- job
			<-ctx.Done()
			close(stopped)
			return nil
		})
		enqueue(t, db, "test", 1)
		job := <-began
		time.Sleep(400 * time.Millisecond) // longer than the lease, which is renewed
		if due(t, db) {
			t.Fatal("a job that runs can be claimed by another")
		}
		next := takeOver(t, db, job)
		select {
		case <-stopped:
		case <-time.After(5 * time.Second):
			t.Fatal("who lost the lease goes on")
		}
		time.Sleep(50 * time.Millisecond)
		if err := db.Jobs().Finish(t.Context(), next); err != nil {
			t.Errorf("the new holder cannot finish: %v", err)
		}
	})
}

// takeOver ends a job's lease and claims it for another worker.
func takeOver(t *testing.T, db *database.DB, job shop.Job) shop.Job {
	t.Helper()
	for range 50 {
		if err := db.Jobs().Extend(t.Context(), job, -time.Second); err != nil {
			t.Fatal(err)
		}
		claimed, err := db.Jobs().Claim(t.Context(), 1, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if len(claimed) == 1 {
			return claimed[0]
		}
	}
	t.Fatal("the job could not be taken over")
	return shop.Job{}
}

func TestAStopLetsRunningJobsFinish(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		began := make(chan struct{})
		var finished atomic.Bool
		stop := start(t, db, jobs.Options{}, func(ctx context.Context, _ shop.Job) error {
			close(began)
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(200 * time.Millisecond):
			}
			finished.Store(true)
			return nil
		})
		enqueue(t, db, "test", 1)
		<-began
		stop()
		if !finished.Load() {
			t.Error("a running job was cut off at once")
		}
	})
}

func TestAStopGivesBackWhatTakesTooLong(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		began := make(chan struct{})
		stop := start(t, db, jobs.Options{Grace: 50 * time.Millisecond}, func(ctx context.Context, _ shop.Job) error {
			close(began)
			<-ctx.Done()
			return ctx.Err()
		})
		enqueue(t, db, "test", 1)
		<-began
		stop()
		advance(t, db, 2*time.Second)
		if !due(t, db) {
			t.Error("a job that was cut off is not given back")
		}
	})
}

func TestAJobHasItsTime(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		ended := make(chan error, 1)
		start(t, db, jobs.Options{Limit: 50 * time.Millisecond}, func(ctx context.Context, _ shop.Job) error {
			<-ctx.Done()
			ended <- ctx.Err()
			return ctx.Err()
		})
		enqueue(t, db, "test", 1)
		if err := <-ended; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("it ended with %v", err)
		}
	})
}

func TestAnUnknownKindWaitsForANewerRelease(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		stop := start(t, db, jobs.Options{}, nil)
		enqueue(t, db, "from the future", 1)
		eventually(t, "it is put off", func() bool { return !due(t, db) })
		stop()
		advance(t, db, 10*time.Second)
		if !due(t, db) {
			t.Error("it is lost")
		}
	})
}
