package database_test

import (
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

func TestZZVerify(t *testing.T) {
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			small, large := map[string]time.Duration{}, map[string]time.Duration{}
			for i, m := range []map[string]time.Duration{small, large} {
				db := databasetest.Grown(t, kind, databasetest.Size{Products: 2000 << i, Orders: 25000 << i})
				if err := db.TimedVerify(t.Context(), m); err != nil {
					t.Fatal(err)
				}
			}
			for _, k := range database.Sorted(large) {
				t.Logf("%8s %8s %.1f  %.90s", small[k].Round(time.Millisecond), large[k].Round(time.Millisecond), float64(large[k])/float64(small[k]), k)
			}
		})
	}
}
