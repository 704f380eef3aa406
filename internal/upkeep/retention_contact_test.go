package upkeep_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

func TestMessagesAreKeptForAYear(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.AddMessage(ctx, &shop.ContactMessage{Key: "k", Email: "ada@runner.example", Body: "Hello"})
			return err
		})
		for _, tt := range []struct {
			later time.Duration
			left  int
		}{{364 * day, 1}, {366 * day, 0}} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				return tx.SetClockOffset(ctx, tt.later.Microseconds())
			})
			if err := upkeep.New(db, nil).Retention(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := count(t, raw, "contact_messages"); n != tt.left {
				t.Errorf("after %v there are %d messages, want %d", tt.later, n, tt.left)
			}
		}
	})
}

func TestWhereACheckoutBeganIsKeptForADay(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		if count(t, raw, "orders") == 0 {
			t.Fatal("the fixture has no order")
		}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.AddVisitor(ctx, 1, "visitor:x") })
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return tx.SetClockOffset(ctx, (25 * time.Hour).Microseconds())
		})
		if err := upkeep.New(db, nil).Retention(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(t, raw, "order_visitors"); n != 0 {
			t.Errorf("%d are left", n)
		}
	})
}
