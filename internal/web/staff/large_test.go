package staff_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

// staffBudget is how long a page may take at the median, from the request to
// the last byte.
const staffBudget = 50 * time.Millisecond

// TestEveryPageBearsALargeShop asks each page of a shop with 20,000 products
// and 250,000 orders under LONGRUN_TEST_LONG=1, and of a small one always,
// where only the answers count.
func TestEveryPageBearsALargeShop(t *testing.T) {
	size, asks := databasetest.Size{Products: 60, Orders: 600}, 1
	long := os.Getenv("LONGRUN_TEST_LONG") == "1"
	if long {
		size, asks = databasetest.ThePeers, 11
	}
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			begun := time.Now()
			g := openGrown(t, databasetest.GrownURL(t, kind, size))
			t.Logf("%d products and %d orders grown in %s", size.Products, size.Orders, time.Since(begun).Round(time.Second))
			list := g.addresses(t)
			if !long {
				return
			}
			for i := range pages {
				if list[i] == "" {
					continue
				}
				took := g.time(t, list[i], asks)
				mark := ""
				if took[asks/2] > staffBudget {
					mark = "  TOO LONG"
					t.Fail()
				}
				t.Logf("%7s least %7s median %7s most  %s%s", ms(took[0]), ms(took[asks/2]), ms(took[asks-1]), list[i], mark)
			}
		})
	}
}

// time asks a page so often and gives how long each answer took, the shortest
// first.
func (g grown) time(t *testing.T, path string, asks int) []time.Duration {
	t.Helper()
	took := make([]time.Duration, asks)
	for i := range took {
		begun := time.Now()
		if a := ask(t, g.Shop, "GET", path, g.token, nil); a.status != 200 && a.status != 303 {
			t.Fatalf("%s answers %d %s", path, a.status, a.location)
		}
		took[i] = time.Since(begun)
	}
	slices.Sort(took)
	return took
}

func ms(d time.Duration) string { return d.Round(100 * time.Microsecond).String() }
