package database_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestATransactionIsAllOrNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		boom := errors.New("boom")
		err := db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			if err := tx.Changed(ctx, shop.ChangeProduct, "1"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatalf("the error of the function got lost: %v", err)
		}
		if n := changes(t, db); n != 0 {
			t.Errorf("%d rows of a failed transaction are there", n)
		}
		if err := db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			return tx.Changed(ctx, shop.ChangeProduct, "1")
		}); err != nil {
			t.Fatal(err)
		}
		if n := changes(t, db); n != 1 {
			t.Errorf("%d rows after a commit, want 1", n)
		}
	})
}

func changes(t *testing.T, db *database.DB) int {
	t.Helper()
	rows, err := db.ChangesAfter(t.Context(), 0, shop.Instant{})
	if err != nil {
		t.Fatal(err)
	}
	return len(rows)
}

func TestAPanicRollsBackAndFreesTheWriter(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		func() {
			defer func() { _ = recover() }()
			_ = db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				_ = tx.Changed(ctx, shop.ChangeProduct, "1")
				panic("a bug")
			})
		}()
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if err := db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error { return nil }); err != nil {
			t.Fatalf("the next transaction: %v", err)
		}
		if n := changes(t, db); n != 0 {
			t.Errorf("%d rows of a panicked transaction are there", n)
		}
	})
}

func TestATransactionInsideATransactionPanics(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		_ = db.Transact(t.Context(), func(ctx context.Context, _ *database.Tx) error {
			return db.Transact(ctx, func(context.Context, *database.Tx) error { return nil })
		})
	})
}

func TestManyWritersLoseNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		const writers, each = 16, 10
		var wg sync.WaitGroup
		numbers := make(chan int64, writers*each)
		for range writers {
			wg.Go(func() {
				for range each {
					err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
						n, err := tx.NextNumber(ctx, "order_number")
						if err == nil {
							numbers <- n
						}
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		close(numbers)
		seen := map[int64]bool{}
		for n := range numbers {
			if seen[n] {
				t.Errorf("number %d was given twice", n)
			}
			seen[n] = true
		}
		if !seen[1001] || !seen[1000+writers*each] {
			t.Errorf("the numbers are not consecutive from 1001: %d of them", len(seen))
		}
	})
}

func TestACancelledCallerLeavesNoOpenTransaction(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			if err := tx.Changed(ctx, shop.ChangeProduct, "1"); err != nil {
				return err
			}
			cancel()
			return tx.Changed(ctx, shop.ChangeProduct, "2")
		})
		if err == nil {
			t.Fatal("a cancelled transaction went through")
		}
		for i := range 3 {
			if err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				return tx.Changed(ctx, shop.ChangeProduct, strconv.Itoa(i))
			}); err != nil {
				t.Fatalf("the next transaction: %v", err)
			}
		}
	})
}

func TestTheClockIsFixedInATransactionAndMovesWithTheOffset(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		err := db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
			before := tx.Now()
			time.Sleep(5 * time.Millisecond)
			if !tx.Now().Equal(before.Time) {
				t.Error("the time went on inside a transaction")
			}
			return tx.SetClockOffset(ctx, (40 * time.Minute).Microseconds())
		})
		if err != nil {
			t.Fatal(err)
		}
		now, err := db.Now(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if d := time.Until(now.Time); d < 39*time.Minute || d > 41*time.Minute {
			t.Errorf("the shop's time is %v ahead, want 40m", d)
		}
	})
}
