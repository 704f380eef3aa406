package waiting_test

import (
	"os"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// The line is looked at every minute, on every instance: with 60,000 of them it must stay cheap.
func TestLookingAtLongLinesIsQuick(t *testing.T) {
	if os.Getenv("LONGRUN_TEST_LONG") == "" {
		t.Skip("large: set LONGRUN_TEST_LONG=1")
	}
	each(t, func(t *testing.T, l *line) {
		for i := range 40 {
			l.Shoe("Tern "+string(rune('A'+i)), 14_000, 0)
		}
		l.Exec(`INSERT INTO stock_waits (variant_id, email, address, state, round, asked_at, joined_at, ended_at)
			SELECT 1 + n % 40, 'r' || n || '@runner.example', 'r' || n || '@runner.example', CASE WHEN n % 3 = 0 THEN 'told' ELSE 'waiting' END, 1,
				v.at, v.at, CASE WHEN n % 3 = 0 THEN v.old END
			FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60000) SELECT n FROM c) x,
				(SELECT m.at, p.created_at AS old FROM stock_movements m, products p LIMIT 1) v`)
		l.AdvanceOurs(2 * shop.WaitPause)
		if l.DB.Kind() == database.Postgres {
			l.Exec("ANALYZE")
		}
		quick := func(what string, do func() error) {
			begin := time.Now()
			for range 5 {
				if err := do(); err != nil {
					t.Fatal(err)
				}
			}
			each := time.Since(begin) / 5
			t.Logf("%s: %s", what, each.Round(time.Microsecond))
			if each > 50*time.Millisecond {
				t.Errorf("%s takes %s", what, each)
			}
		}
		ctx, now := t.Context(), l.Now()
		quick("which sizes are due", func() error {
			_, err := l.DB.WaitsDue(ctx, now, now.Add(-shop.WaitPause), 0, 100)
			return err
		})
		quick("the longest lines", func() error { _, err := l.DB.LongestWaits(ctx, 100); return err })
		quick("how many wait for forty sizes", func() error {
			ids := make([]shop.VariantID, 40)
			for i := range ids {
				ids[i] = shop.VariantID(i + 1)
			}
			_, err := l.DB.WaitCounts(ctx, ids)
			return err
		})
		l.comes(100)
		quick("telling a hundred", func() error { return l.lines.Tell(ctx) })
	})
}
