package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// Retention is how rows of one kind go when their time is over.
type Retention struct {
	Kind string // for the log
	find string // ids that are due, by what was before an instant
	drop string // what is done about them
}

// The kinds of rows that go. Events keep their id, which keeps them from being
// taken in twice; only what they carried goes.
var (
	RetainJobs = Retention{"finished jobs",
		"SELECT id FROM jobs WHERE state = 'done' AND finished_at < ? ORDER BY id LIMIT ?",
		"DELETE FROM jobs WHERE id IN ? AND state = 'done'"}
	RetainChanges = Retention{"change rows",
		"SELECT id FROM changes WHERE at < ? ORDER BY at LIMIT ?",
		"DELETE FROM changes WHERE id IN ?"}
	RetainEvents = Retention{"payloads of Stripe's events",
		"SELECT id FROM stripe_events WHERE received_at < ? AND payload <> '' ORDER BY received_at LIMIT ?",
		"UPDATE stripe_events SET payload = '' WHERE id IN ?"}
	RetainStaffSessions = Retention{"sessions that are over",
		"SELECT id FROM staff_sessions WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM staff_sessions WHERE id IN ?"}
	RetainSignIns = Retention{"counts of sign-ins",
		"SELECT subject FROM sign_in_counts WHERE last_at < ? ORDER BY last_at LIMIT ?",
		"DELETE FROM sign_in_counts WHERE subject IN ?"}
	RetainAlarms = Retention{"closed alarms",
		"SELECT id FROM alarms WHERE closed_at < ? ORDER BY closed_at LIMIT ?",
		"DELETE FROM alarms WHERE id IN ? AND closed_at IS NOT NULL"}
	RetainVisitors = Retention{"visitors of checkouts",
		"SELECT order_id FROM order_visitors WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM order_visitors WHERE order_id IN ?"}
	RetainMessages = Retention{"messages to the shop",
		"SELECT id FROM contact_messages WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM contact_messages WHERE id IN ?"}
	RetainWaitsAsked = Retention{"waits that nobody said yes to",
		"SELECT id FROM stock_waits WHERE state = 'asked' AND asked_at < ? ORDER BY asked_at LIMIT ?",
		"DELETE FROM stock_waits WHERE id IN ? AND state = 'asked'"}
	RetainWaits = Retention{"waits for sizes that never came back",
		"SELECT id FROM stock_waits WHERE state = 'waiting' AND asked_at < ? ORDER BY asked_at LIMIT ?",
		"DELETE FROM stock_waits WHERE id IN ? AND state = 'waiting'"}
	RetainWaitsEnded = Retention{"waits that are over",
		"SELECT id FROM stock_waits WHERE state IN ('told', 'bought', 'left') AND ended_at < ? ORDER BY ended_at LIMIT ?",
		"DELETE FROM stock_waits WHERE id IN ? AND state IN ('told', 'bought', 'left')"}
	RetainWaitsUnwanted = Retention{"wishes to hear of no size",
		"SELECT id FROM stock_waits WHERE state = 'unwanted' AND ended_at < ? ORDER BY ended_at LIMIT ?",
		"DELETE FROM stock_waits WHERE id IN ? AND state = 'unwanted'"}
	RetainWaitLinks = Retention{"links to waits",
		"SELECT id FROM links WHERE purpose = 'wait' AND created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM links WHERE id IN ? AND purpose = 'wait'"}
	RetainAccountSessions = Retention{"shoppers' sessions that nobody uses",
		"SELECT id FROM account_sessions WHERE seen_at < ? ORDER BY seen_at LIMIT ?",
		"DELETE FROM account_sessions WHERE id IN ?"}
	RetainOldAccountSessions = Retention{"shoppers' sessions that are too old",
		"SELECT id FROM account_sessions WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM account_sessions WHERE id IN ?"}
	RetainAccountSignIns = Retention{"mails to sign in with",
		"SELECT id FROM account_sign_ins WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM account_sign_ins WHERE id IN ?"}
	RetainAccountEmails = Retention{"changes of shoppers' addresses of e-mail",
		"SELECT id FROM account_email_changes WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM account_email_changes WHERE id IN ?"}
	RetainVerifyRuns = Retention{"checks of the database",
		"SELECT id FROM verify_runs WHERE ended_at < ? ORDER BY id LIMIT ?",
		"DELETE FROM verify_runs WHERE id IN ? AND state = 'ended'"}
)

// Expired are up to limit ids of a kind whose time was over before an
// instant.
func (r Reader) Expired(ctx context.Context, kind Retention, before shop.Instant, limit int) ([]string, error) {
	var ids []string
	err := r.raw(ctx, &ids, kind.find, before, limit)
	if err != nil {
		return nil, fmt.Errorf("looking for old %s: %w", kind.Kind, err)
	}
	return ids, nil
}

// Expire lets rows go that Expired has found.
func (tx *Tx) Expire(ctx context.Context, kind Retention, ids []string) (int64, error) {
	if len(ids) == 0 {
		return 0, nil
	}
	return tx.exec(ctx, kind.drop, ids)
}
