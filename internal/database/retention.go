package database

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"longrun/internal/shop"
)

// retention is how things of one kind go when their time is over.
type retention struct {
	kind string // a shop.Retention's
	find string // ids that are due, by what was before an instant; {table|index} where SQLite would not find the index
	drop string // what is done about them, looking again at the instant if it has a second place; "" for orders, which are forgotten
}

// The kinds of things that go. Events keep their id, which keeps them from
// being taken in twice; mails keep theirs, which keeps them from being sent
// twice.
var retentions = []retention{
	{shop.RetainBags,
		`SELECT c.id FROM carts c WHERE c.updated_at < ?
			AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.cart_id = c.id AND o.state = 'pending')
			AND NOT EXISTS (SELECT 1 FROM accounts a JOIN account_sessions s ON s.account_id = a.id WHERE a.cart_id = c.id) ORDER BY c.updated_at, c.id LIMIT ?`,
		"DELETE FROM carts WHERE id IN ? AND updated_at < ?"},
	{shop.RetainGivenUp, "SELECT o.id FROM {orders o|orders_given_up} WHERE o.state = 'cancelled' AND o.erased_at IS NULL AND o.closed_at < ? AND NOT (" +
		unfinished + ") ORDER BY o.closed_at, o.id LIMIT ?", ""},
	{shop.RetainSold, "SELECT o.id FROM {orders o|orders_sold} WHERE o.state = 'paid' AND o.erased_at IS NULL AND o.paid_at < ? AND NOT (" +
		unfinished + ") ORDER BY o.paid_at, o.id LIMIT ?", ""},
	{shop.RetainMessages,
		"SELECT id FROM contact_messages WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM contact_messages WHERE id IN ?"},
	{shop.RetainMails,
		"SELECT id FROM {mails|mails_addressed} WHERE created_at < ? AND recipient <> '' AND state <> 'queued' ORDER BY created_at, id LIMIT ?",
		"UPDATE mails SET recipient = '', refusal = '' WHERE id IN ? AND state <> 'queued'"},
	{shop.RetainEvents,
		"SELECT id FROM stripe_events WHERE received_at < ? AND payload <> '' ORDER BY received_at LIMIT ?",
		"UPDATE stripe_events SET payload = '' WHERE id IN ?"},
	{shop.RetainVisitors,
		"SELECT order_id FROM order_visitors WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM order_visitors WHERE order_id IN ?"},
	{shop.RetainSignIns,
		"SELECT subject FROM sign_in_counts WHERE last_at < ? ORDER BY last_at LIMIT ?",
		"DELETE FROM sign_in_counts WHERE subject IN ? AND last_at < ?"},
	{shop.RetainWaitsAsked,
		"SELECT id FROM stock_waits WHERE state = 'asked' AND asked_at < ? ORDER BY asked_at LIMIT ?",
		"DELETE FROM stock_waits WHERE id IN ? AND state = 'asked'"},
	{shop.RetainWaits,
		"SELECT id FROM stock_waits WHERE state = 'waiting' AND asked_at < ? ORDER BY asked_at LIMIT ?",
		"DELETE FROM stock_waits WHERE id IN ? AND state = 'waiting'"},
	{shop.RetainWaitsEnded,
		"SELECT id FROM stock_waits WHERE state IN ('told', 'bought', 'left') AND ended_at < ? ORDER BY ended_at LIMIT ?",
		"DELETE FROM stock_waits WHERE id IN ? AND state IN ('told', 'bought', 'left')"},
	{shop.RetainWaitsUnwanted,
		"SELECT id FROM stock_waits WHERE state = 'unwanted' AND ended_at < ? ORDER BY ended_at LIMIT ?",
		"DELETE FROM stock_waits WHERE id IN ? AND state = 'unwanted'"},
	{shop.RetainWaitLinks,
		"SELECT id FROM links WHERE purpose = 'wait' AND created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM links WHERE id IN ? AND purpose = 'wait'"},
	{shop.RetainAccountIdle,
		"SELECT id FROM account_sessions WHERE seen_at < ? ORDER BY seen_at LIMIT ?",
		"DELETE FROM account_sessions WHERE id IN ? AND seen_at < ?"},
	{shop.RetainAccountOld,
		"SELECT id FROM account_sessions WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM account_sessions WHERE id IN ?"},
	{shop.RetainAccountSignIns,
		"SELECT id FROM account_sign_ins WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM account_sign_ins WHERE id IN ?"},
	{shop.RetainAccountChanges,
		"SELECT id FROM account_email_changes WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM account_email_changes WHERE id IN ?"},
	{shop.RetainJobs,
		"SELECT id FROM jobs WHERE state = 'done' AND finished_at < ? ORDER BY id LIMIT ?",
		"DELETE FROM jobs WHERE id IN ? AND state = 'done'"},
	{shop.RetainPrivacyLink,
		"SELECT id FROM privacy_requests WHERE kind = 'link' AND created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM privacy_requests WHERE id IN ?"},
	{shop.RetainPrivacy,
		"SELECT id FROM privacy_requests WHERE kind IN ('export', 'erase') AND state = 'done' AND created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM privacy_requests WHERE id IN ? AND state = 'done'"},
	{shop.RetainLinks,
		"SELECT id FROM links WHERE expires_at < ? ORDER BY expires_at LIMIT ?",
		"DELETE FROM links WHERE id IN ?"},
	{shop.RetainAlarms,
		"SELECT id FROM alarms WHERE closed_at < ? ORDER BY closed_at LIMIT ?",
		"DELETE FROM alarms WHERE id IN ? AND closed_at IS NOT NULL"},
	{shop.RetainVerifyRuns,
		"SELECT id FROM verify_runs WHERE ended_at < ? ORDER BY id LIMIT ?",
		"DELETE FROM verify_runs WHERE id IN ? AND state = 'ended'"},
	{shop.RetainSessions,
		"SELECT id FROM staff_sessions WHERE created_at < ? ORDER BY created_at LIMIT ?",
		"DELETE FROM staff_sessions WHERE id IN ?"},
	{shop.RetainChanges,
		"SELECT id FROM changes WHERE at < ? ORDER BY at LIMIT ?",
		"DELETE FROM changes WHERE id IN ?"},
}

func retentionOf(kind string) (retention, error) {
	for _, r := range retentions {
		if r.kind == kind {
			return r, nil
		}
	}
	return retention{}, fmt.Errorf("nobody here knows how %q are let go", kind)
}

// Expired are up to limit ids of things of a shop.Retention's kind whose time
// was over before an instant.
func (r Reader) Expired(ctx context.Context, kind string, before shop.Instant, limit int) ([]string, error) {
	due, err := retentionOf(kind)
	if err != nil {
		return nil, err
	}
	var ids []string
	if err := r.raw(ctx, &ids, r.hinted(due.find), before, limit); err != nil {
		return nil, fmt.Errorf("looking for old %s: %w", kind, err)
	}
	return ids, nil
}

// hinted is a statement with its {table|index} as the engine reads them.
func (r Reader) hinted(statement string) string {
	before, rest, found := strings.Cut(statement, "{")
	if !found {
		return statement
	}
	hint, after, _ := strings.Cut(rest, "}")
	table, index, _ := strings.Cut(hint, "|")
	return before + r.along(table, index) + after
}

// Expire lets things go that Expired has found, and says how many.
func (tx *Tx) Expire(ctx context.Context, kind string, before shop.Instant, ids []string) (int64, error) {
	due, err := retentionOf(kind)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	if due.drop == "" {
		var orders []shop.OrderID
		for _, id := range ids {
			n, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				return 0, err
			}
			orders = append(orders, shop.OrderID(n))
		}
		return int64(len(orders)), tx.ForgetOrders(ctx, orders, shop.ByJob, "Their time was over.")
	}
	args := []any{ids, before}
	return tx.exec(ctx, due.drop, args[:strings.Count(due.drop, "?")]...)
}

// CountRetention notes how many things of a kind a run has let go.
func (tx *Tx) CountRetention(ctx context.Context, kind string, gone int64) error {
	_, err := tx.exec(ctx, `INSERT INTO retention_counts (kind, gone, total, ran_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (kind) DO UPDATE SET gone = excluded.gone, total = retention_counts.total + excluded.gone, ran_at = excluded.ran_at`,
		kind, gone, gone, tx.now)
	return err
}

// RetentionCounts are what the runs have let go, by kind.
func (r Reader) RetentionCounts(ctx context.Context) (map[string]shop.RetentionCount, error) {
	var rows []shop.RetentionCount
	err := r.raw(ctx, &rows, "SELECT * FROM retention_counts")
	counts := map[string]shop.RetentionCount{}
	for _, row := range rows {
		counts[row.Kind] = row
	}
	return counts, err
}
