package upkeep_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

// verify is what Verify says, each line with its rule.
func verify(t *testing.T, db *database.DB) (violations, notices []string) {
	t.Helper()
	found, told, err := upkeep.New(db, nil).Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		violations = append(violations, v.Rule+" "+v.Line)
	}
	for _, n := range told {
		notices = append(notices, n.Line)
	}
	return violations, notices
}

// breakages are statements that break one row, what Verify must say then, and
// how to mend it again.
var breakages = []struct{ name, breaks, says, mends string }{
	{"a count that was changed by hand", "UPDATE stock_levels SET on_hand = 99 WHERE variant_id = 1",
		"1 variant 1: movements in shop come to 6, on hand is 99", "UPDATE stock_levels SET on_hand = 6 WHERE variant_id = 1"},
	{"a movement that is gone", "UPDATE stock_movements SET delta = -1 WHERE variant_id = 1 AND step = 'sold' AND cause_id = '1'",
		"1 variant 1: movements in shop come to 7, on hand is 6", "UPDATE stock_movements SET delta = -2 WHERE variant_id = 1 AND step = 'sold' AND cause_id = '1'"},
	{"a movement in a place without a count", "INSERT INTO stock_movements (variant_id, place, delta, cause_kind, cause_id, step, who, at) SELECT 1, 'attic', 1, 'x', 'x', 'x', 'x', at FROM stock_movements WHERE id = 1",
		"1 variant 1: pieces moved in attic, which has no count of it", "DELETE FROM stock_movements WHERE place = 'attic'"},
	{"more held than holds hold", "UPDATE stock_levels SET held = 5 WHERE variant_id = 1",
		"1 variant 1: 5 held in shop, live holds come to 2", "UPDATE stock_levels SET held = 2 WHERE variant_id = 1"},
	{"a hold without a count", "UPDATE stock_holds SET state = 'held', variant_id = 3 WHERE cause_id = 3 AND variant_id = 1",
		"1 variant 3: 2 of it are held, and the shop has no count of it", "UPDATE stock_holds SET state = 'released', variant_id = 1 WHERE cause_id = 3 AND variant_id = 3"},
	{"an oversold pair", "UPDATE stock_levels SET on_hand = 1 WHERE variant_id = 1",
		"1 variant 1: 1 on hand and 2 held, though it may not be oversold", "UPDATE stock_levels SET on_hand = 6 WHERE variant_id = 1"},
	{"a tracked variant without a count", "UPDATE variants SET tracked = NOT tracked WHERE id = 3",
		"1 variant 3: its stock is tracked, and the shop has no count of it", "UPDATE variants SET tracked = NOT tracked WHERE id = 3"},
	{"a waiting order that holds too little", "UPDATE stock_holds SET quantity = 1 WHERE cause_id = 2 AND variant_id = 1",
		"1 order 2: it waits for 2 of variant 1 and holds 1", "UPDATE stock_holds SET quantity = 2 WHERE cause_id = 2 AND variant_id = 1"},
	{"a paid order whose shoes never left", "UPDATE stock_movements SET cause_id = '99' WHERE cause_id = '1' AND variant_id = 2 AND cause_kind = 'order'",
		"1 order 1: it was paid for 1 of variant 2, and 0 left the shop", "UPDATE stock_movements SET cause_id = '1' WHERE cause_id = '99' AND variant_id = 2 AND cause_kind = 'order'"},
	{"shoes that left for a cancelled order", "UPDATE stock_movements SET cause_id = '3' WHERE cause_id = '1' AND variant_id = 2 AND cause_kind = 'order'",
		"1 order 3: 1 of variant 2 left the shop for it, and it is cancelled", "UPDATE stock_movements SET cause_id = '1' WHERE cause_id = '3' AND variant_id = 2 AND cause_kind = 'order'"},
	{"a cancelled order that still holds", "UPDATE stock_holds SET state = 'held' WHERE cause_id = 3 AND variant_id = 1",
		"1 order 3: it is cancelled and still holds 2 of variant 1", "UPDATE stock_holds SET state = 'released' WHERE cause_id = 3 AND variant_id = 1"},
	{"a hold that has ended and has not", "UPDATE stock_holds SET ended_at = NULL WHERE cause_id = 3 AND variant_id = 1",
		"1 hold 5: it is released, and its end does not fit that", "UPDATE stock_holds SET ended_at = created_at WHERE cause_id = 3 AND variant_id = 1"},

	{"a paid order without a payment", "UPDATE payment_attempts SET state = 'expired' WHERE order_id = 1",
		"2 order 1: it is paid, by 0 payments", "UPDATE payment_attempts SET state = 'paid' WHERE order_id = 1"},
	{"a payment of an order that is not paid", "UPDATE payment_attempts SET state = 'paid' WHERE order_id = 3",
		"2 attempt 3: it is paid, and order 3 is cancelled", "UPDATE payment_attempts SET state = 'late' WHERE order_id = 3"},
	{"a payment of another amount", "UPDATE payment_attempts SET amount = 1 WHERE order_id = 1",
		"2 attempt 1: it asks for 1 cents, order 1 comes to 24304", "UPDATE payment_attempts SET amount = 24304 WHERE order_id = 1"},
	{"a payment in another currency", "UPDATE payment_attempts SET currency = 'eur' WHERE order_id = 1",
		"2 attempt 1: its currency eur is not that of order 1", "UPDATE payment_attempts SET currency = 'usd' WHERE order_id = 1"},
	{"a payment without a session", "UPDATE payment_attempts SET session_id = NULL WHERE order_id = 1",
		"2 attempt 1: it is paid without a Stripe session", "UPDATE payment_attempts SET session_id = 'cs_test_1' WHERE order_id = 1"},
	{"a waiting order nobody can pay", "UPDATE payment_attempts SET state = 'failed' WHERE order_id = 2",
		"2 order 2: it is pending with 0 payments that may still come", "UPDATE payment_attempts SET state = 'open' WHERE order_id = 2"},
	{"late money that nobody gives back", "UPDATE refunds SET cause = 'goodwill'",
		"2 attempt 3: it came too late, and 0 refunds give it back", "UPDATE refunds SET cause = 'late_payment'"},
	{"late money given back in part", "UPDATE refunds SET amount = 100",
		"2 attempt 3: it came too late, and 0 refunds give it back", "UPDATE refunds SET amount = 25704"},
	{"an order without its link", "UPDATE links SET thing_id = 99 WHERE thing_id = 2",
		"2 order 2: it has no private link", "UPDATE links SET thing_id = 2 WHERE thing_id = 99"},

	{"a line that was changed", "UPDATE order_lines SET price = 1, amount = 2 WHERE order_id = 2 AND position = 1",
		"3 order 2: its lines come to 12004 cents, its subtotal says 24004", "UPDATE order_lines SET price = 6001, amount = 12002 WHERE order_id = 2 AND position = 1"},
	{"a discount that was changed", "UPDATE order_lines SET discount = 400 WHERE order_id = 1 AND position = 1",
		"3 order 1: its lines' discounts come to 400 cents, its discount says 500", "UPDATE order_lines SET discount = 500 WHERE order_id = 1 AND position = 1"},
	{"shipping charged though it is free", "UPDATE orders SET shipping = 1, discount = discount + 1 WHERE id = 4",
		"3 order 4: it ships free for 1 cents", "UPDATE orders SET shipping = 0, discount = discount - 1 WHERE id = 4"},
	{"money that is missing", "UPDATE order_tenders SET amount = 25303",
		"3 order 1: 25303 cents were received, it comes to 25304", "UPDATE order_tenders SET amount = 25304"},
	{"money for an order that is not paid", "INSERT INTO order_tenders (order_id, kind, amount) VALUES (2, 'stripe', 5)",
		"3 order 2: it is pending, and 5 cents were received", "DELETE FROM order_tenders WHERE order_id = 2"},
	{"a piece that is missing", "UPDATE order_units SET order_id = 99, position = position + 10 WHERE order_id = 2 AND order_line_id = 4 AND position = 2",
		"3 order 2, line 4: 1 units of 2", "UPDATE order_units SET order_id = 2, position = 2 WHERE order_id = 99"},
	{"a piece that was paid otherwise", "UPDATE order_units SET paid_net = 1 WHERE order_line_id = 5",
		"3 order 2, line 5: its units come to 1 cents, the line to 6001", "UPDATE order_units SET paid_net = 6001 WHERE order_line_id = 5"},
	{"more tax on pieces than was paid", "UPDATE order_units SET paid_tax = 2000 WHERE order_line_id = 2",
		"3 order 1: the tax of its units and shipping comes to 2775 cents, its tax says 1000", "UPDATE order_units SET paid_tax = 225 WHERE order_line_id = 2"},
	{"tax that no piece and no shipping explains", "UPDATE orders SET shipping_tax = 7 WHERE id = 1",
		"3 order 1: the tax of its units and shipping comes to 907 cents, its tax says 1000", "UPDATE orders SET shipping_tax = 100 WHERE id = 1"},
	{"a paid piece without its tax", "UPDATE order_units SET paid_tax = NULL WHERE order_line_id = 2",
		"3 order 1: it is paid, and the tax of 1 of its units does not fit that", "UPDATE order_units SET paid_tax = 225 WHERE order_line_id = 2"},
	{"more given back than received", "UPDATE refunds SET attempt_id = 1, order_id = 1",
		"3 order 1: 25704 cents are given back of 25304 that were received", "UPDATE refunds SET attempt_id = 3, order_id = 3"},
	{"a refund of another order's payment", "UPDATE refunds SET order_id = 2",
		"3 refund 1: it is of order 2, its payment of order 3", "UPDATE refunds SET order_id = 3"},

	{"a paid order without a number", "UPDATE orders SET number = NULL WHERE id = 4",
		"numbers order 4: it is paid, and its number, tax or day of payment do not fit that", "UPDATE orders SET number = 1002 WHERE id = 4"},
	{"a number left out", "UPDATE orders SET number = 1007 WHERE id = 4",
		"numbers order number 1006 is missing before order 4", "UPDATE orders SET number = 1002 WHERE id = 4"},
	{"a counter that ran ahead", "UPDATE counters SET value = 1009",
		"numbers order numbers end at 1002, their counter says 1009", "UPDATE counters SET value = 1002"},

	{"a mail handed over at no time", "UPDATE mails SET handed_at = NULL WHERE id = 1",
		"5 mail 1: it is handed, and the time of its hand-over does not fit that", "UPDATE mails SET handed_at = created_at WHERE id = 1"},
	{"a mail that nobody will hand over", "UPDATE jobs SET state = 'done' WHERE kind = 'mail' AND key = 'late-refund:1'",
		"5 mail 2 (late-refund:1): it waits, and no job will hand it over", "UPDATE jobs SET state = 'ready' WHERE kind = 'mail' AND key = 'late-refund:1'"},
	{"a mail about nothing", "UPDATE mails SET thing_id = 77 WHERE id = 2",
		"5 mail 2: it is about refund 77, which is not there", "UPDATE mails SET thing_id = 1 WHERE id = 2"},
	{"a paid order nobody was told of", "UPDATE mails SET key = 'other' WHERE id = 1",
		"5 order 1: it is paid, and no confirmation was ever put in the outbox", "UPDATE mails SET key = 'order-confirmation:1' WHERE id = 1"},
	{"a confirmation of what was not paid", "UPDATE mails SET thing_id = 2 WHERE id = 1",
		"5 mail 1: it confirms order 2, which is pending", "UPDATE mails SET thing_id = 1 WHERE id = 1"},

	{"an audit entry that was changed", "UPDATE audit_entries SET who = 'nobody'",
		"7 audit: entry 1 does not fit the one before it", "UPDATE audit_entries SET who = 'command'"},

	{"a state nobody stepped to", "UPDATE steps SET thing_id = 4 WHERE thing_kind = 'order' AND thing_id = 3 AND to_state = 'cancelled'",
		`8 order 3: its steps end at "pending", it is cancelled`, "UPDATE steps SET thing_id = 3 WHERE thing_kind = 'order' AND thing_id = 4 AND to_state = 'cancelled'"},
	{"a step that skips", "UPDATE steps SET from_state = 'processing' WHERE thing_kind = 'order' AND thing_id = 3 AND to_state = 'cancelled'",
		`8 order 3: a step leads from "processing", it was at "pending"`, "UPDATE steps SET from_state = 'pending' WHERE thing_kind = 'order' AND thing_id = 3 AND to_state = 'cancelled'"},
	{"a step that is not allowed", "UPDATE steps SET to_state = 'paid' WHERE thing_kind = 'refund' AND thing_id = 1 AND from_state = 'recorded'",
		`8 refund 1: a step leads from "recorded" to "paid", which is not allowed`, "UPDATE steps SET to_state = 'succeeded' WHERE thing_kind = 'refund' AND thing_id = 1 AND from_state = 'recorded'"},
	{"a thing without any step", "UPDATE steps SET thing_kind = 'walk' WHERE thing_kind = 'refund'",
		"8 refund 1: it is succeeded without any step", "UPDATE steps SET thing_kind = 'refund' WHERE thing_kind = 'walk'"},
	{"steps of an unknown kind of thing", "INSERT INTO steps (id, thing_kind, thing_id, from_state, to_state, cause, who, at) SELECT 9001, 'walk', 1, '', 'x', '', '', at FROM steps WHERE id = 1",
		"8 step 9001: nobody knows what a walk is", "DELETE FROM steps WHERE id = 9001"},
	{"steps of a thing that is gone", "INSERT INTO steps (id, thing_kind, thing_id, from_state, to_state, cause, who, at) SELECT 9002, 'order', 77, '', 'pending', '', '', at FROM steps WHERE id = 1",
		"8 step 9002: it is of order 77, which is not there", "DELETE FROM steps WHERE id = 9002"},
}

func TestVerifyCatchesEveryBrokenRow(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		if violations, _ := verify(t, db); len(violations) > 0 {
			t.Fatalf("the sample shop is broken already:\n%s", strings.Join(violations, "\n"))
		}
		unguard(t, db, raw)
		for _, tt := range breakages {
			t.Run(tt.name, func(t *testing.T) {
				exec(t, raw, tt.breaks)
				violations, _ := verify(t, db)
				if !has(violations, tt.says) {
					t.Errorf("said:\n%s\nwant:\n%s", strings.Join(violations, "\n"), tt.says)
				}
				exec(t, raw, tt.mends)
				if violations, _ := verify(t, db); len(violations) > 0 {
					t.Fatalf("after mending:\n%s", strings.Join(violations, "\n"))
				}
			})
		}
	})
}

// unguard takes the database's own checks away, so that rows can be broken.
func unguard(t *testing.T, db *database.DB, raw *sql.DB) {
	t.Helper()
	if db.Kind() == database.SQLite {
		exec(t, raw, "PRAGMA foreign_keys = OFF")
		return
	}
	exec(t, raw, "SET session_replication_role = replica")
}

func exec(t *testing.T, raw *sql.DB, statement string) {
	t.Helper()
	result, err := raw.ExecContext(t.Context(), statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	if n, err := result.RowsAffected(); err == nil && n == 0 && !strings.HasPrefix(statement, "PRAGMA") && !strings.HasPrefix(statement, "SET") {
		t.Fatalf("%s: no row", statement)
	}
}

func has(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}

func TestVerifyCatchesATotalThatDoesNotAddUp(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		if db.Kind() == database.SQLite {
			exec(t, raw, "PRAGMA ignore_check_constraints = ON")
		} else {
			exec(t, raw, "SET session_replication_role = replica")
			dropChecks(t, raw, "orders")
		}
		exec(t, raw, "UPDATE orders SET total = 5 WHERE id = 2")
		violations, _ := verify(t, db)
		if !has(violations, "3 order 2: lines, shipping and discount come to 24804 cents, its total says 5") {
			t.Errorf("said:\n%s", strings.Join(violations, "\n"))
		}
		if db.Kind() == database.SQLite && !has(violations, "file the database file: CHECK constraint failed in orders") {
			t.Errorf("SQLite's own check is not told:\n%s", strings.Join(violations, "\n"))
		}
	})
}

// dropChecks takes the check constraints of a table away.
func dropChecks(t *testing.T, raw *sql.DB, table string) {
	t.Helper()
	rows, err := raw.QueryContext(t.Context(), "SELECT conname FROM pg_constraint WHERE conrelid = '"+table+"'::regclass AND contype = 'c'")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if _, err := raw.ExecContext(t.Context(), "ALTER TABLE "+table+" DROP CONSTRAINT "+name); err != nil {
			t.Fatal(err)
		}
	}
}

func TestVerifyReadsSQLitesOwnChecks(t *testing.T) {
	db, raw := sampled(t, database.SQLite) // PostgreSQL keeps its references itself
	exec(t, raw, "PRAGMA foreign_keys = OFF")
	exec(t, raw, "UPDATE order_lines SET order_id = 99 WHERE id = 4")
	violations, _ := verify(t, db)
	if !has(violations, "file row 4 of order_lines names a row of orders that is not there") {
		t.Errorf("said:\n%s", strings.Join(violations, "\n"))
	}
}

func TestNoticesAreNoViolations(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		_, before := verify(t, db)
		if diff := cmp.Diff([]string{"order 4 needs review: free of charge: nobody has asked where it goes"}, before); diff != "" {
			t.Errorf("in the sample shop:\n%s", diff)
		}
		exec(t, raw, "UPDATE jobs SET state = 'dead', attempts = 20, last_error = 'no such mailbox' WHERE kind = 'mail' AND key = 'late-refund:1'")
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return tx.Enqueue(ctx, shop.Job{Kind: shop.JobRefund, Key: "refund:9", RunAt: tx.Now().Add(-1000e9)})
		})
		violations, notices := verify(t, db)
		if len(violations) > 0 {
			t.Errorf("violations: %v", violations)
		}
		told := strings.Join(notices, "\n")
		for _, want := range []string{"is dead after 20 tries: mail late-refund:1: no such mailbox", "has been due for a while, 0 tries: refund refund:9"} {
			if !strings.Contains(told, want) {
				t.Errorf("told:\n%s\nwant %q", told, want)
			}
		}
	})
}
