package upkeep_test

import (
	"database/sql"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// refundBreakages are breakages of a shop after pack, in which refund 3 of
// order 1 gives back unit 3 and $1.00 besides, and is about to be sent.
var refundBreakages = []struct{ name, breaks, says, mends string }{
	{"a refund that is more than its parts", "UPDATE refunds SET goodwill = 99 WHERE id = 3",
		"3 refund 3: it is of 6326 cents, its parts come to 6325", "UPDATE refunds SET goodwill = 100 WHERE id = 3"},
	{"a refund without what went back before", "UPDATE refunds SET given_before = 1 WHERE id = 3",
		"3 refund 3: it is of 6326 cents, its parts come to 6325", "UPDATE refunds SET given_before = 0 WHERE id = 3"},
	{"a failed refund that holds its units", "UPDATE refunds SET state = 'failed', ended_at = created_at WHERE id = 3",
		"3 refund 3: it is failed, and 1 of its units do not fit that", "UPDATE refunds SET state = 'recorded', ended_at = NULL WHERE id = 3"},
	{"a cancelled piece of which nothing goes back", "UPDATE refund_units SET unit_id = 1 WHERE refund_id = 2",
		"3 order 1, unit 2: it is cancelled, and 0 cents are given back of 5976", "UPDATE refund_units SET unit_id = 2 WHERE refund_id = 2"},
	{"a refund that went well and that Stripe never heard of", "UPDATE refunds SET state = 'succeeded', ended_at = created_at WHERE id = 3",
		"3 refund 3: it is succeeded, and whether Stripe knows it does not fit that", "UPDATE refunds SET state = 'recorded', ended_at = NULL WHERE id = 3"},
	{"a refund in the place of one that has not failed", "UPDATE refunds SET again_of = 2 WHERE id = 3",
		"3 refund 3: it is in the place of refund 2, which is recorded and of order 1", "UPDATE refunds SET again_of = NULL WHERE id = 3"},
	{"more than was received", "UPDATE order_tenders SET amount = 12051 WHERE order_id = 1",
		"3 order 1: 12302 cents are given back of 12051 that were received", "UPDATE order_tenders SET amount = (SELECT total + tax FROM orders WHERE id = 1) WHERE order_id = 1"},
	{"a late payment given back in part", "UPDATE refunds SET amount = 1 WHERE id = 1",
		"2 attempt 3: it came too late, and 0 refunds give it back", "UPDATE refunds SET amount = (SELECT amount FROM payment_attempts WHERE id = 3) WHERE id = 1"},
	{"a mail about no refund", "INSERT INTO mails (kind, key, recipient, thing_id, message_id, state, created_at, handed_at) SELECT 'refund', 'refund:77', 'x', 77, 'x', 'handed', created_at, created_at FROM mails WHERE id = 1",
		"it is about refund 77, which is not there", "DELETE FROM mails WHERE key = 'refund:77'"},
}

func TestVerifyCatchesBrokenRefunds(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		pack(t, db)
		work := orders.New(db, nil, nil)
		choice := shop.RefundChoice{Units: []shop.UnitID{3}, Goodwill: 100, Reason: "Sorry."}
		plan, left, err := work.PlanRefund(t.Context(), 1, choice)
		if err != nil {
			t.Fatal(err)
		}
		err = work.Refund(t.Context(), "staff:1", orders.Refunding{Order: 1, Choice: choice, Key: "formkey1", Expected: plan.Amount(), Left: left})
		if err != nil {
			t.Fatal(err)
		}
		if violations, _ := verify(t, db); len(violations) > 0 {
			t.Fatalf("the sample is broken already:\n%s", strings.Join(violations, "\n"))
		}
		unguard(t, db, raw)
		for _, tt := range refundBreakages {
			t.Run(tt.name, func(t *testing.T) {
				exec(t, raw, tt.breaks)
				violations, _ := verify(t, db)
				if !strings.Contains(strings.Join(violations, "\n"), tt.says) {
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

// The rows of refunds are the same after their migration was taken back and
// done again, also of one that failed. (What was given back again is one row
// too many for the schema before.)
func TestRefundsSurviveTheirMigration(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		pack(t, db)
		exec(t, raw, "UPDATE refund_units SET live = (refund_id = 0)")
		exec(t, raw, "UPDATE refunds SET state = 'failed', last_error = 'no', ended_at = created_at WHERE id = 2")
		exec(t, raw, "INSERT INTO steps (thing_kind, thing_id, from_state, to_state, cause, who, at) SELECT 'refund', 2, 'recorded', 'failed', 'no', 'stripe', created_at FROM refunds WHERE id = 2")
		sound := func(when string) {
			t.Helper()
			if violations, _ := verify(t, db); len(violations) > 0 {
				t.Fatalf("%s:\n%s", when, strings.Join(violations, "\n"))
			}
		}
		sound("before")
		list, err := db.Migrations(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for n := len(list) - 1; n >= 0 && list[n].Version >= 11; n-- {
			if err := db.MigrateDown(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.MigrateUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		refunds, err := db.RefundsOfOrder(t.Context(), 1)
		if err != nil || len(refunds) != 1 || refunds[0].State != shop.RefundFailed || refunds[0].Amount != 5976 {
			t.Errorf("%+v %v", refunds, err)
		}
		sound("after")
		if err := orders.New(db, nil, nil).RefundAgain(t.Context(), "staff:1", 1, 2, 5976); err != nil {
			t.Fatal(err)
		}
		sound("after giving back again")
	})
}
