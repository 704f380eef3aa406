package upkeep_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

const day = 24 * time.Hour

func TestRetentionLetsGoOfWhatIsOldAndNothingElse(t *testing.T) {
	tests := []struct {
		name                  string
		later                 time.Duration
		jobs, changes, events int // what is left
	}{
		{"after an hour all is there", time.Hour, 453, 5, 3},
		{"after two days the change rows are gone", 2 * day, 453, 0, 3},
		{"after 31 days finished jobs are gone, the others stay", 31 * day, 3, 0, 3},
		{"after 91 days events keep their ids only", 91 * day, 3, 0, 0},
	}
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		exec(t, raw, "DELETE FROM changes")
		exec(t, raw, "DELETE FROM jobs")
		transact(t, db, fill)
		for _, id := range []string{"evt_1", "evt_2", "evt_3"} {
			if _, err := db.Jobs().Inbox(t.Context(), shop.StripeEvent{ID: id, Type: "x", Payload: "{}", ReceivedAt: shop.At(time.Now())}); err != nil {
				t.Fatal(err)
			}
		}
		exec(t, raw, "UPDATE jobs SET state = 'done', finished_at = created_at WHERE key LIKE 'done%'")
		exec(t, raw, "UPDATE jobs SET state = 'dead', finished_at = created_at WHERE key = 'evt_1'")
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				transact(t, db, func(ctx context.Context, tx *database.Tx) error {
					return tx.SetClockOffset(ctx, tt.later.Microseconds())
				})
				if err := upkeep.New(db, nil).Retention(t.Context()); err != nil {
					t.Fatal(err)
				}
				for what, want := range map[string]int{
					"jobs": tt.jobs, "changes": tt.changes, "stripe_events WHERE payload <> ''": tt.events, "stripe_events": 3,
				} {
					if got := count(t, raw, what); got != want {
						t.Errorf("%d rows of %s, want %d", got, what, want)
					}
				}
			})
		}
		if isNew, err := db.Jobs().Inbox(t.Context(), shop.StripeEvent{ID: "evt_2", Type: "x", Payload: "{}"}); err != nil || isNew {
			t.Errorf("an old event is taken in again: %v, %v", isNew, err)
		}
	})
}

// fill makes 450 jobs, more than go in one transaction, and 5 changes.
func fill(ctx context.Context, tx *database.Tx) error {
	for i := range 450 {
		if err := tx.Enqueue(ctx, shop.Job{Kind: "test", Key: fmt.Sprint("done", i)}); err != nil {
			return err
		}
	}
	for range 5 {
		if err := tx.Changed(ctx, shop.ChangeCatalog, ""); err != nil {
			return err
		}
	}
	return nil
}

func count(t *testing.T, raw *sql.DB, from string) int {
	t.Helper()
	var n int
	if err := raw.QueryRowContext(t.Context(), "SELECT count(*) FROM "+from).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
