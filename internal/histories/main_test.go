// Package histories drives the work of the shop through random histories:
// bags, codes, checkouts, payments, refunds, lost and repeated webhooks, a
// Stripe that misbehaves, crashes, and a clock that moves. Each ends with the
// shop at rest, where it must agree with a model of a few maps, with Stripe's
// own books to the cent, and with everything that must always be true.
//
// A failing history names its seed, and the commands that are left when all
// that do not matter are dropped. LONGRUN_TEST_SEED runs that seed alone.
package histories_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

func TestMain(m *testing.M) {
	// What is thrown away at once need not be written to a disk.
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() && os.Getenv("TMPDIR") == "" {
		_ = os.Setenv("TMPDIR", "/dev/shm")
	}
	databasetest.Main(m)
}

const (
	perShop = 20 // histories that share a database, one after the other
	shops   = 10 // at the same time: a call that Stripe fails is tried again after a pause
)

// histories is how many are run on each database: LONGRUN_TEST_HISTORIES, or a
// sample, or with LONGRUN_TEST_LONG=1 thousands.
func histories() int {
	if n, err := strconv.Atoi(os.Getenv("LONGRUN_TEST_HISTORIES")); err == nil && n > 0 {
		return n
	}
	if os.Getenv("LONGRUN_TEST_LONG") == "1" {
		return 2400
	}
	return 60
}

func TestRandomHistoriesEndAsTheModelSays(t *testing.T) {
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			open(t, kind) // or leave this kind out
			if seed, err := strconv.ParseUint(os.Getenv("LONGRUN_TEST_SEED"), 10, 64); err == nil {
				replay(t, kind, newHistory(seed))
				return
			}
			many(t, kind, histories())
		})
	}
}

// many runs n histories in several shops at once, seeds 1 to n.
func many(t *testing.T, kind database.Kind, n int) {
	var all sync.WaitGroup
	var commands atomic.Int64
	slots := make(chan struct{}, shops)
	happened.forget()
	begun := time.Now()
	for first := 1; first <= n; first += perShop {
		slots <- struct{}{}
		if t.Failed() {
			break
		}
		all.Go(func() {
			defer func() { <-slots }()
			t.Run(fmt.Sprintf("from seed %d", first), func(t *testing.T) {
				w := open(t, kind)
				for seed := first; seed < first+perShop && seed <= n; seed++ {
					h := newHistory(uint64(seed))
					if err := h.run(w); err != nil {
						t.Errorf("seed %d: %v", seed, err)
						shrink(t, kind, h)
						return
					}
					commands.Add(int64(len(h.commands)))
				}
			})
		})
	}
	all.Wait()
	took := time.Since(begun)
	t.Logf("%d histories of %d commands in %s: %.1f histories per second", n, commands.Load(),
		took.Round(time.Millisecond), float64(n)/took.Seconds())
	t.Logf("in them: %s", happened.list())
	for _, what := range []string{"kept", "late and kept", "late and given back", "died", "refunds", "refunds failed", "dashboard refunds", "parcels"} {
		if happened.count(what) == 0 && n >= 300 && !t.Failed() {
			t.Errorf("no history had any of: %s", what)
		}
	}
}

// tally counts what happened, for a test that tests nothing is green as well.
type tally struct {
	mu sync.Mutex
	of map[string]int
}

var happened tally

func (t *tally) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of = map[string]int{}
}

func (t *tally) note(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of == nil { // one history alone
		t.of = map[string]int{}
	}
	t.of[what]++
}

func (t *tally) count(what string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.of[what]
}

func (t *tally) list() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var parts []string
	for _, what := range slices.Sorted(maps.Keys(t.of)) {
		parts = append(parts, fmt.Sprintf("%d %s", t.of[what], what))
	}
	return strings.Join(parts, ", ")
}

// replay runs one history alone and says what it does.
func replay(t *testing.T, kind database.Kind, h history) {
	for i, c := range h.commands {
		t.Logf("%2d %s", i, c)
	}
	if err := h.run(open(t, kind)); err != nil {
		t.Errorf("seed %d: %v", h.seed, err)
		shrink(t, kind, h)
	}
}

// shrink drops commands as long as the history still fails in a shop of its
// own, and says which are left.
func shrink(t *testing.T, kind database.Kind, h history) {
	t.Helper()
	err := h.run(open(t, kind))
	if err == nil {
		t.Logf("seed %d alone, in a new shop, does not fail: what came before it matters", h.seed)
		return
	}
	end := time.Now().Add(2 * time.Minute)
	for size := len(h.commands) / 2; size > 0 && time.Now().Before(end); size /= 2 {
		for at := 0; at+size <= len(h.commands) && time.Now().Before(end); {
			fewer := h.without(at, size)
			if e := fewer.run(open(t, kind)); e != nil {
				h, err = fewer, e
			} else {
				at += size
			}
		}
	}
	t.Logf("LONGRUN_TEST_SEED=%d; of its commands these are enough:", h.seed)
	for _, c := range h.commands {
		t.Logf("   %s", c)
	}
	t.Logf("   and then: %v", err)
}
