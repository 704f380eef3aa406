package database_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// upTo begins an INSERT of as many rows as its placeholder says.
const upTo = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "

// systemRows are statements that fill the queue, the inbox, the outbox and
// the alarms: nearly all is over, a little waits, a little is dead.
var systemRows = []string{
	`INSERT INTO jobs (kind, key, payload, state, run_at, attempts, fence, last_error, created_at, finished_at) ` + upTo + `
		SELECT CASE i % 3 WHEN 0 THEN 'mail' WHEN 1 THEN 'stripe_event' ELSE 'refund' END, 'k' || CAST(i AS text), '{"id":1}',
			CASE WHEN i % 5000 = 0 THEN 'dead' WHEN i % 5000 = 1 THEN 'ready' ELSE 'done' END, @at, 1, 1, 'no', @at, @at FROM n`,
	`INSERT INTO mails (kind, key, recipient, thing_id, message_id, state, created_at, handed_at) ` + upTo + `
		SELECT CASE WHEN i % 10000 = 0 THEN 'late_refund' ELSE 'order_confirmation' END, 'k' || CAST(i AS text), 'r' || CAST(i % 50000 AS text) || '@runner.example',
			i, 'm' || CAST(i AS text), CASE WHEN i % 5000 = 0 THEN 'queued' ELSE 'handed' END, @at, CASE WHEN i % 5000 = 0 THEN NULL ELSE @at END FROM n`,
	`INSERT INTO stripe_events (id, type, object_id, object_kind, api_version, live_mode, created_at, received_at, payload) ` + upTo + `
		SELECT 'evt_' || CAST(i AS text), CASE WHEN i % 10000 = 0 THEN 'charge.refunded' ELSE 'checkout.session.completed' END,
			'cs_' || CAST(i / 2 AS text), 'x', '2023-10-16', @no, @at, @at, '` + strings.Repeat("x", 500) + `' FROM n`,
	`INSERT INTO alarms (kind, key, message, url, times, opened_at, last_at, closed_at, closed_by, note) ` + upTo + `
		SELECT 'order_review', CAST(i AS text), 'x', '', 1, @at, @at, @at, 'staff:1', 'x' FROM n`,
}

// TestTheSystemsListsAreQuickHoweverMuchThereIs measures; LONGRUN_TEST_LONG=1
// makes it large and holds it to 50 ms.
func TestTheSystemsListsAreQuickHoweverMuchThereIs(t *testing.T) {
	rows, limit := 5_000, time.Second
	if os.Getenv("LONGRUN_TEST_LONG") == "1" {
		rows, limit = 250_000, 50*time.Millisecond
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		now, err := db.Now(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		pool, _ := db.Pools()
		writer, err := pool.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		instant, no := "1790000000000000 + i * 1000", "0"
		if db.Kind() == database.Postgres {
			instant, no = "to_timestamp(1790000000) + i * interval '1 ms'", "false"
			if _, err := writer.ExecContext(t.Context(), "SET statement_timeout = 0"); err != nil {
				t.Fatal(err)
			}
		}
		for _, statement := range append(slices.Clone(systemRows), "ANALYZE") {
			statement = strings.NewReplacer("@at", instant, "@no", no).Replace(statement)
			args := []any{rows}
			if db.Kind() == database.Postgres {
				statement = strings.ReplaceAll(statement, "?", "$1")
			}
			if statement == "ANALYZE" {
				args = nil
			}
			if _, err := writer.ExecContext(t.Context(), statement, args...); err != nil {
				t.Fatalf("%.60s: %v", statement, err)
			}
		}
		if err := writer.Close(); err != nil {
			t.Fatal(err)
		}
		middle := &database.Moment{At: shop.At(time.UnixMicro(1790000000000000 + int64(rows)*500)), ID: "evt_5"}
		for name, read := range systemReads(db, now, shop.JobID(rows/2), middle) {
			var took []time.Duration
			for range 11 {
				start := time.Now()
				if err := read(t.Context()); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			t.Logf("%-40s %s", name, took[5])
			if took[5] > limit {
				t.Errorf("%s takes %s", name, took[5])
			}
		}
	})
}

// systemReads are all questions that the pages of the system ask.
func systemReads(db *database.DB, now shop.Instant, half shop.JobID, middle *database.Moment) map[string]func(context.Context) error {
	list := func(s database.JobSearch) func(context.Context) error {
		return func(ctx context.Context) error { s.Limit = 51; _, err := db.JobList(ctx, s); return err }
	}
	mails := func(s database.MailSearch) func(context.Context) error {
		return func(ctx context.Context) error { s.Limit = 51; _, err := db.MailList(ctx, s); return err }
	}
	events := func(s database.EventSearch) func(context.Context) error {
		return func(ctx context.Context) error { s.Limit = 51; _, err := db.EventList(ctx, s); return err }
	}
	return map[string]func(context.Context) error{
		"jobs done":                  list(database.JobSearch{State: shop.JobDone}),
		"jobs done, from the middle": list(database.JobSearch{State: shop.JobDone, Before: half}),
		"jobs dead of a kind":        list(database.JobSearch{State: shop.JobDead, Kind: shop.JobMail}),
		"jobs done of no kind":       list(database.JobSearch{State: shop.JobDone, Kind: "none"}),
		"jobs waiting":               list(database.JobSearch{State: shop.JobReady}),
		"dead jobs to replay":        func(ctx context.Context) error { _, err := db.DeadJobs(ctx, shop.JobMail, 0, 200); return err },
		"mails":                      mails(database.MailSearch{}),
		"mails, from the middle":     mails(database.MailSearch{Before: shop.MailID(half)}),
		"mails of somebody":          mails(database.MailSearch{Recipient: "r7@runner.example"}),
		"mails of nobody":            mails(database.MailSearch{Recipient: "nobody@runner.example"}),
		"mails of a rare kind":       mails(database.MailSearch{Kind: shop.MailLateRefund}),
		"mails of a kind and state":  mails(database.MailSearch{Kind: shop.MailOrderConfirmation, State: shop.MailQueued}),
		"mails that wait":            mails(database.MailSearch{State: shop.MailQueued}),
		"mails of all marks":         mails(database.MailSearch{Recipient: "r7@runner.example", Kind: shop.MailOrderConfirmation, State: shop.MailHanded}),
		"events":                     events(database.EventSearch{}),
		"events, from the middle":    events(database.EventSearch{After: middle}),
		"events of a rare type":      events(database.EventSearch{Type: "charge.refunded"}),
		"events of a common type":    events(database.EventSearch{Type: "checkout.session.completed", After: middle}),
		"events of no type":          events(database.EventSearch{Type: "none"}),
		"events about something":     events(database.EventSearch{Named: "cs_100"}),
		"events about nothing":       events(database.EventSearch{Named: "none"}),
		"jobs of an event":           func(ctx context.Context) error { _, err := db.EventJobs(ctx, "evt_7"); return err },
		"last event":                 func(ctx context.Context) error { _, err := db.LastEvent(ctx); return err },
		"queue counts":               func(ctx context.Context) error { _, err := db.WaitingCounts(ctx, 1000); return err },
		"oldest mail":                func(ctx context.Context) error { _, err := db.OldestMail(ctx); return err },
		"mails waiting":              func(ctx context.Context) error { _, _, err := db.MailsWaiting(ctx, now, 1000); return err },
		"payments untold": func(ctx context.Context) error {
			_, err := db.PaymentsUntold(ctx, now.Add(-time.Hour), now)
			return err
		},
		"open alarms":   func(ctx context.Context) error { _, err := db.OpenAlarms(ctx, 101); return err },
		"closed alarms": func(ctx context.Context) error { _, err := db.ClosedAlarms(ctx, nil, 26); return err },
		"closed alarms, from middle": func(ctx context.Context) error {
			_, err := db.ClosedAlarms(ctx, &database.Moment{At: middle.At, ID: "5"}, 26)
			return err
		},
		"old alarms": func(ctx context.Context) error {
			_, err := db.Expired(ctx, database.RetainAlarms, now.Add(-1e6*time.Hour), 200)
			return err
		},
		"a claim": func(ctx context.Context) error { _, err := db.Jobs().Due(ctx); return err },
	}
}
