package staff_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// staffBudget is how long a list or a search may take at the median, from the
// request to the last byte.
const staffBudget = 50 * time.Millisecond

// lists are the pages that grow with the shop.
var lists = []string{
	"/staff",
	"/staff/audit",
}

// TestEveryListBearsALargeShop asks each list of a shop with 20,000 products
// and 250,000 orders under LONGRUN_TEST_LONG=1, and of a small one always,
// where only the answers count.
func TestEveryListBearsALargeShop(t *testing.T) {
	size, asks := databasetest.Size{Products: 60, Orders: 600}, 1
	long := os.Getenv("LONGRUN_TEST_LONG") == "1"
	if long {
		size, asks = databasetest.ThePeers, 15
	}
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			s := apptest.StartWith(t, map[string]string{"DATABASE_URL": databasetest.GrownURL(t, kind, size)})
			token := session(t, s, hire(t, s, "owner@shop.example", shop.RoleOwner))
			for _, path := range lists {
				took := make([]time.Duration, asks)
				for i := range took {
					begun := time.Now()
					a := ask(t, s, "GET", path, token, nil)
					if took[i] = time.Since(begun); a.status != 200 {
						t.Fatalf("%s answers %d %s", path, a.status, a.location)
					}
				}
				slices.Sort(took)
				median := took[len(took)/2]
				if !long {
					continue
				}
				t.Logf("%8s at the median, %8s at most: %s", median.Round(100*time.Microsecond), took[len(took)-1].Round(100*time.Microsecond), path)
				if median > staffBudget {
					t.Errorf("%s takes %s", path, median)
				}
			}
		})
	}
}
