package database

import (
	"context"
	"fmt"
	"time"

	"longrun/internal/shop"
)

// overdue is how long a job may be due before it is called stuck, and undone
// how long a payment may be in the making.
const overdue, undone = 15 * time.Minute, time.Hour

// Notices are up to 200 of each thing that somebody should look at though
// nothing is wrong with the books: dead and stuck jobs, orders that wait for
// staff, refunds that failed, payments that nobody knows the end of.
func (r Reader) Notices(ctx context.Context, now shop.Instant) ([]string, error) {
	args := map[string]any{"overdue": now.Add(-overdue), "undone": now.Add(-undone)}
	var lines []string
	for _, q := range []struct{ line, sql string }{
		{"order {thing} needs review: {word}",
			"SELECT id AS thing, review AS word FROM orders WHERE review <> '' ORDER BY id"},
		{"job {thing} is dead after {a} tries: {word}",
			"SELECT id AS thing, attempts AS a, kind || ' ' || key || ': ' || last_error AS word FROM jobs WHERE state = 'dead' ORDER BY id"},
		{"job {thing} has been due for a while, {a} tries: {word}",
			"SELECT id AS thing, attempts AS a, kind || ' ' || key || ': ' || last_error AS word FROM jobs WHERE state = 'ready' AND run_at < @overdue ORDER BY id"},
		{"refund {thing} of order {a} failed: {word}",
			`SELECT id AS thing, order_id AS a, last_error AS word FROM refunds r WHERE state = 'failed'
				AND NOT EXISTS (SELECT 1 FROM refunds a WHERE a.again_of = r.id) ORDER BY id`},
		{"dispute {thing} of order {a} is {word} and keeps {b} cents",
			"SELECT id AS thing, order_id AS a, state AS word, withdrawn AS b FROM disputes WHERE state = 'won' AND withdrawn > 0 OR state = 'lost' AND withdrawn <> amount ORDER BY id"},
		{"the answer to dispute {thing} of order {a} was not taken: {word}",
			"SELECT id AS thing, order_id AS a, last_error AS word FROM disputes WHERE last_error <> '' AND ended_at IS NULL ORDER BY id"},
		{"attempt {thing} of order {a} has been in the making for a while",
			"SELECT id AS thing, order_id AS a FROM payment_attempts WHERE state = 'creating' AND created_at < @undone ORDER BY id"},
	} {
		var answers []answer
		if err := r.named(ctx, &answers, q.sql, args); err != nil {
			return nil, fmt.Errorf("looking for notices: %w", err)
		}
		for _, a := range answers {
			lines = append(lines, a.line(q.line))
		}
	}
	return lines, nil
}
