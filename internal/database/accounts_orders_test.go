package database_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// accountOf makes an account of an address.
func accountOf(t *testing.T, db *database.DB, email string) shop.Account {
	t.Helper()
	var a shop.Account
	transact(t, db, func(ctx context.Context, tx *database.Tx) (err error) {
		a, err = tx.LockAccountByEmail(ctx, email)
		return err
	})
	return a
}

// TestAnAccountsOrdersAreFoundQuickly asks for the orders of a runner among
// those of 250,000 orders, where LONGRUN_TEST_LONG wants the large size, and
// else among 400.
func TestAnAccountsOrdersAreFoundQuickly(t *testing.T) {
	n := 400
	if os.Getenv("LONGRUN_TEST_LONG") == "1" {
		n = 250_000
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		manyOrders(t, db, n)
		a := accountOf(t, db, "NAME7.runner7@example.com")
		var took []time.Duration
		var all []int64
		for before := int64(0); ; {
			began := time.Now()
			list, err := db.AccountOrders(t.Context(), a.ID, before, 10)
			took = append(took, time.Since(began))
			if err != nil {
				t.Fatal(err)
			}
			if len(list) == 0 {
				break
			}
			for _, o := range list {
				before = *o.Number
				all = append(all, before)
				if o.Pieces < 1 || o.First != "Tern Racer" {
					t.Fatalf("%+v", o)
				}
			}
		}
		if want := max(1, n/5_000); len(all) != want || !slices.IsSortedFunc(all, func(a, b int64) int { return int(b - a) }) {
			t.Errorf("%d orders, want %d: %v", len(all), want, all)
		}
		if unnumbered, err := db.AccountOrdersUnnumbered(t.Context(), a.ID, 10); err != nil || len(unnumbered) != 0 {
			t.Errorf("%v %v", unnumbered, err)
		}
		slices.Sort(took)
		median := took[len(took)/2]
		t.Logf("%d orders: a page in %v (median of %d, most %v)", n, median, len(took), took[len(took)-1])
		if median > 50*time.Millisecond {
			t.Errorf("a page takes %v", median)
		}
	})
}

// Orders that were placed after an address was given up are no longer the
// account's, and those of before still are.
func TestAnAddressThatWasGivenUpKeepsItsPast(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		manyOrders(t, db, 400) // placed from January 1, 2026 on, one a minute
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return tx.SetClockOffset(ctx, time.Until(moment("2026-01-01T03:20:00Z").Time).Microseconds())
		})
		of := func(a shop.Account) int {
			t.Helper()
			list, err := db.AccountOrders(t.Context(), a.ID, 0, 1000)
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		// One address is of an order before the change, the other of one after it.
		early, late := accountOf(t, db, "name7.runner7@example.com"), accountOf(t, db, "name301.runner301@example.com")
		if of(early) != 1 || of(late) != 1 {
			t.Fatalf("%d and %d orders", of(early), of(late))
		}
		for _, a := range []shop.Account{early, late} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				return tx.SetAccountEmail(ctx, a, "new-"+a.Email)
			})
		}
		if of(early) != 1 || of(late) != 0 {
			t.Errorf("after the change %d and %d orders", of(early), of(late))
		}
		if again := accountOf(t, db, "name301.runner301@example.com"); again.ID == late.ID || of(again) != 1 {
			t.Error("who has the address now does not see its orders")
		}
	})
}
