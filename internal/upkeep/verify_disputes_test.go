package upkeep_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// disputeBreakages are breakages of a shop with one dispute, 1, of order 1,
// that is to be answered and has taken what was paid.
var disputeBreakages = []struct{ name, breaks, says, mends string }{
	{"a dispute of another order", "UPDATE disputes SET order_id = 2", "3 dispute 1: it is of order 2, its payment of order 1", "UPDATE disputes SET order_id = 1"},
	{"a dispute of another charge", "UPDATE disputes SET charge_id = 'ch_other'", "3 dispute 1: it is about charge ch_other, payment 1 has another",
		"UPDATE disputes SET charge_id = (SELECT charge_id FROM payment_attempts WHERE id = 1)"},
	{"more kept than is disputed", "UPDATE disputes SET withdrawn = 501", "3 dispute 1: it is needs_response and of 500 cents, and keeps 501", "UPDATE disputes SET withdrawn = 500"},
	{"an inquiry that keeps money", "UPDATE disputes SET state = 'warning_needs_response'", "3 dispute 1: it is warning_needs_response and of 500 cents, and keeps 500", "UPDATE disputes SET state = 'needs_response'"},
	{"an end too early", "UPDATE disputes SET ended_at = created_at", "3 dispute 1: it is needs_response, and whether it has ended does not fit that", "UPDATE disputes SET ended_at = NULL"},
	{"an answer that was never sent", "UPDATE disputes SET evidence_state = 'sent'", "3 dispute 1: its answer is sent, and when it was sent", "UPDATE disputes SET evidence_state = 'none'"},
	{"a draft that Stripe cannot have", "UPDATE disputes SET evidence_staged = 1", "3 dispute 1: its answer is none", "UPDATE disputes SET evidence_staged = 0"},
	{"a state that no step leads to", "UPDATE disputes SET state = 'under_review'", "8 dispute 1: its steps end at \"needs_response\", it is under_review", "UPDATE disputes SET state = 'needs_response'"},
	{"a step of no dispute", "INSERT INTO steps (thing_kind, thing_id, from_state, to_state, cause, who, at) SELECT 'dispute', 77, '', 'won', '', 'stripe', created_at FROM disputes",
		"it is of dispute 77, which is not there", "DELETE FROM steps WHERE thing_id = 77 AND thing_kind = 'dispute'"},
}

func TestVerifyCatchesBrokenDisputes(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		exec(t, raw, "UPDATE payment_attempts SET charge_id = 'ch_1' WHERE id = 1")
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			a, err := tx.AttemptOfOrder(ctx, 1)
			if err != nil {
				return err
			}
			return tx.AddDispute(ctx, &shop.Dispute{
				OrderID: 1, AttemptID: a.ID, StripeID: "dp_1", ChargeID: a.ChargeID, Amount: 500, Currency: "usd", Reason: "general",
				State: shop.DisputeWaits, Withdrawn: 500, Fee: 1_500, Movements: 1, CreatedAt: a.CreatedAt,
			})
		})
		if violations, _ := verify(t, db); len(violations) > 0 {
			t.Fatalf("the sample is broken already:\n%s", strings.Join(violations, "\n"))
		}
		unguard(t, db, raw)
		for _, tt := range disputeBreakages {
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
