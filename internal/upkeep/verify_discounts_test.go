package upkeep_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// reduce gives orders 1, paid, 2, waiting, and 3, cancelled, the code SPRING.
func reduce(t *testing.T, db *database.DB, raw *sql.DB) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		spring := shop.Discount{Code: "SPRING", Kind: shop.DiscountAmount, Value: 500, Scope: shop.ScopeAll, StartsAt: tx.Now(), MaxUses: new(int64(3)), Active: true}
		if err := tx.InsertDiscount(ctx, &spring); err != nil {
			return err
		}
		for order := shop.OrderID(1); order <= 3; order++ {
			if held, err := tx.HoldUse(ctx, spring.ID, order); err != nil || !held {
				t.Fatalf("order %d: %v %v", order, held, err)
			}
		}
		if err := tx.KeepUse(ctx, 1); err != nil {
			return err
		}
		return tx.ReleaseUse(ctx, 3)
	})
	exec(t, raw, "UPDATE orders SET discount_code = 'SPRING' WHERE id < 4")
}

// discountBreakages are breakages of a shop after reduce.
var discountBreakages = []struct{ name, breaks, says, mends string }{
	{"a use that is not counted", "UPDATE discounts SET uses = 1", "discounts discount 1: its count says 1 uses, 2 orders hold or have one", "UPDATE discounts SET uses = 2"},
	{"a use that nobody has", "UPDATE discounts SET uses = 3", "discounts discount 1: its count says 3 uses, 2 orders hold or have one", "UPDATE discounts SET uses = 2"},
	{"a waiting order that has used its code", "UPDATE discount_uses SET state = 'used' WHERE order_id = 2",
		"discounts order 2: it is pending, and its use of discount 1 does not fit that", "UPDATE discount_uses SET state = 'held' WHERE order_id = 2"},
	{"a paid order that still holds its use", "UPDATE discount_uses SET state = 'held' WHERE order_id = 1",
		"discounts order 1: it is paid, and its use of discount 1 does not fit that", "UPDATE discount_uses SET state = 'used' WHERE order_id = 1"},
	{"a cancelled order that keeps its use", "UPDATE discount_uses SET state = 'held' WHERE order_id = 3",
		"discounts order 3: it is cancelled, and its use of discount 1 does not fit that", "UPDATE discount_uses SET state = 'released' WHERE order_id = 3"},
	{"an order with a code and no use", "DELETE FROM discount_uses WHERE order_id = 3",
		"discounts order 3: its code SPRING is not that of its use of a discount",
		"INSERT INTO discount_uses (order_id, discount_id, state, at) SELECT 3, 1, 'released', at FROM discount_uses WHERE order_id = 1"},
	{"an order with another code than its use", "UPDATE orders SET discount_code = 'WINTER' WHERE id = 1",
		"discounts order 1: its code WINTER is not that of its use of a discount", "UPDATE orders SET discount_code = 'SPRING' WHERE id = 1"},
	{"an order with a use and no code", "UPDATE orders SET discount_code = '' WHERE id = 2",
		"discounts order 2: its code  is not that of its use of a discount", "UPDATE orders SET discount_code = 'SPRING' WHERE id = 2"},
}

func TestVerifyCatchesEveryBrokenUseOfACode(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		reduce(t, db, raw)
		if violations, _ := verify(t, db); len(violations) > 0 {
			t.Fatalf("the shop is broken already:\n%s", strings.Join(violations, "\n"))
		}
		unguard(t, db, raw)
		for _, tt := range discountBreakages {
			exec(t, raw, tt.breaks)
			if violations, _ := verify(t, db); !has(violations, tt.says) {
				t.Errorf("%s: said:\n%s\nwant:\n%s", tt.name, strings.Join(violations, "\n"), tt.says)
			}
			exec(t, raw, tt.mends)
			if violations, _ := verify(t, db); len(violations) > 0 {
				t.Fatalf("%s: after mending:\n%s", tt.name, strings.Join(violations, "\n"))
			}
		}
	})
}

func TestVerifyCatchesUsesBeyondTheLimit(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		reduce(t, db, raw)
		if _, err := raw.Exec("UPDATE discounts SET max_uses = 1"); err == nil {
			t.Error("the database lets a limit fall below the uses there are")
		}
		if db.Kind() == database.SQLite {
			exec(t, raw, "PRAGMA ignore_check_constraints = ON")
		} else {
			dropChecks(t, raw, "discounts")
		}
		exec(t, raw, "UPDATE discounts SET max_uses = 1")
		if violations, _ := verify(t, db); !has(violations, "discounts discount 1: 2 uses, its limit is 1") {
			t.Errorf("said:\n%s", strings.Join(violations, "\n"))
		}
	})
}
