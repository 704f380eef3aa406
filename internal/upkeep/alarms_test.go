package upkeep_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/jobs"
	"longrun/internal/mail"
	"longrun/internal/post"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
	"longrun/templates"
)

var quiet = slog.New(slog.DiscardHandler)

const form = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// open are the open alarms.
func open(t *testing.T, db *database.DB) []shop.Alarm {
	t.Helper()
	list, err := db.OpenAlarms(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// work runs a worker until done says so.
func work(t *testing.T, db *database.DB, handlers map[string]jobs.Handler, done func() bool) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		jobs.NewWorker(db, jobs.Options{Handlers: handlers, Log: quiet, Look: 10 * time.Millisecond}).Run(ctx)
	}()
	defer func() { stop(); <-ended }()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it did not come to pass")
		}
	}
}

func enqueue(t *testing.T, db *database.DB, kind, key string) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		return tx.Enqueue(ctx, shop.Job{Kind: kind, Key: key, Payload: `{"id":1}`})
	})
}

func auditActions(t *testing.T, db *database.DB) (actions []string) {
	t.Helper()
	list, err := db.Audit(t.Context(), database.AuditSearch{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range list {
		actions = append(actions, line.Action)
	}
	return actions
}

// outbox hands mail over to a folder.
func outbox(t *testing.T, db *database.DB) (*post.Outbox, func() []mail.CaughtMessage) {
	t.Helper()
	dir := t.TempDir()
	folder, err := mail.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	writer, err := mail.NewWriter(mail.WriterOptions{Files: templates.Files, From: "Longrun <hello@shop.example>", BaseURL: "https://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	return post.New(db, writer, folder, "https://shop.example"), func() []mail.CaughtMessage {
		list, err := mail.Caught(dir)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
}

// A dead job is told by mail, closed with a note, and told again the next
// time; replayed it runs.
func TestADeadJobFromItsAlarmToItsSecondLife(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := upkeep.New(db, quiet)
		if err := settings.New(db, false).SetAlarms(t.Context(), settings.Alarms{To: []string{"Ada@shop.example"}, On: shop.AlarmKinds()}, "staff:1"); err != nil {
			t.Fatal(err)
		}
		out, caught := outbox(t, db)
		var broken atomic.Bool
		var done atomic.Int64
		broken.Store(true)
		handlers := map[string]jobs.Handler{
			shop.JobMail: jobs.About(out.HandOver),
			"test": func(context.Context, shop.Job) error {
				if broken.Load() {
					return fmt.Errorf("%w: the shelf has fallen <down>", shop.ErrPermanent)
				}
				done.Add(1)
				return nil
			},
		}
		enqueue(t, db, "test", "1")
		work(t, db, handlers, func() bool { return len(caught()) == 1 })
		told := caught()[0]
		for _, want := range []string{"Dead job", "the shelf has fallen <down>", "https://shop.example/staff/system/jobs?state=dead&kind=test", "https://shop.example/staff/system/alarms"} {
			if !strings.Contains(told.Text, want) {
				t.Errorf("the mail lacks %q:\n%s", want, told.Text)
			}
		}
		if told.To != "ada@shop.example" || told.Subject != "Dead job at Longrun" || strings.Contains(told.HTML, "<down>") {
			t.Errorf("%q to %s", told.Subject, told.To)
		}
		first := open(t, db)[0]
		for _, note := range []string{"", " \n ", strings.Repeat("ü", 501)} {
			var refused *shop.Error
			if err := service.CloseAlarm(t.Context(), "staff:1", first.ID, note); !errors.As(err, &refused) || refused.Fields["note"] == "" {
				t.Errorf("the note %.5q gives %v", note, err)
			}
		}
		for range 2 { // pressing twice is once
			if err := service.CloseAlarm(t.Context(), "staff:1", first.ID, " Put up again. "); err != nil {
				t.Fatal(err)
			}
		}
		if err := service.CloseAlarm(t.Context(), "staff:2", first.ID, "I did it."); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("closed by another: %v", err)
		}
		if err := service.CloseAlarm(t.Context(), "staff:2", 99, "I did it."); !shop.IsNotFound(err) {
			t.Errorf("an alarm that is not there: %v", err)
		}
		enqueue(t, db, "test", "2")
		work(t, db, handlers, func() bool { return len(open(t, db)) == 1 })
		if again := open(t, db)[0]; again.ID == first.ID || again.Times != 1 {
			t.Errorf("%+v", again)
		}
		broken.Store(false)
		dead, err := db.JobList(t.Context(), database.JobSearch{State: shop.JobDead, Limit: 10})
		if err != nil || len(dead) != 2 {
			t.Fatalf("%+v %v", dead, err)
		}
		for range 2 {
			if err := service.ReplayJob(t.Context(), "staff:1", dead[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := service.ReplayDead(t.Context(), "staff:1", "test"); err != nil || n != 1 {
			t.Errorf("%d replayed, %v", n, err)
		}
		if _, err := service.ReplayDead(t.Context(), "staff:1", ""); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("without a kind: %v", err)
		}
		work(t, db, handlers, func() bool { return done.Load() == 2 })
		if got := strings.Join(auditActions(t, db), " "); got != "job.replay_all job.replay alarm.close settings.set" {
			t.Errorf("the audit log says %s", got)
		}
		if job, err := db.Job(t.Context(), dead[0].ID); err != nil || job.Attempts != 1 {
			t.Errorf("%+v %v", job, err)
		}
	})
}

func TestManyDeadJobsAreReplayedInSteps(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			for i := range 450 {
				if err := tx.Enqueue(ctx, shop.Job{Kind: "test", Key: fmt.Sprint(i)}); err != nil {
					return err
				}
			}
			return tx.Enqueue(ctx, shop.Job{Kind: "other", Key: "1"})
		})
		claimed, err := db.Jobs().Claim(t.Context(), 1000, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		for _, job := range claimed {
			if job.Kind == "other" || job.ID%50 == 0 {
				continue
			}
			if err := db.Jobs().Bury(t.Context(), job, errors.New("no")); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := upkeep.New(db, quiet).ReplayDead(t.Context(), "staff:1", "test"); err != nil || n != 441 {
			t.Errorf("%d replayed, %v", n, err)
		}
	})
}

func TestAJobThatWaitsCanRunNow(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := upkeep.New(db, quiet)
		enqueue(t, db, "test", "1")
		job, err := db.Jobs().Claim(t.Context(), 1, time.Minute)
		if err != nil || len(job) != 1 {
			t.Fatal(err)
		}
		id := job[0].ID
		if err := service.RunJob(t.Context(), "staff:1", id); err != nil { // it runs already
			t.Fatal(err)
		}
		if err := db.Jobs().Fail(t.Context(), job[0], time.Hour, errors.New("not yet")); err != nil {
			t.Fatal(err)
		}
		if due, err := db.Jobs().Due(t.Context()); err != nil || due {
			t.Fatalf("%v %v", due, err)
		}
		for range 2 {
			if err := service.RunJob(t.Context(), "staff:1", id); err != nil {
				t.Fatal(err)
			}
		}
		if due, err := db.Jobs().Due(t.Context()); err != nil || !due {
			t.Errorf("it still waits: %v", err)
		}
		if got := auditActions(t, db); len(got) != 1 || got[0] != "job.run_now" {
			t.Errorf("the audit log says %v", got)
		}
	})
}

func TestMailThatDoesNotLeaveRaisesAnAlarm(t *testing.T) {
	tests := []struct {
		name   string
		later  time.Duration
		spoil  string
		alarms int
	}{
		{"after ten minutes all is well", 10 * time.Minute, "", 0},
		{"after twenty it is not", 20 * time.Minute, "", 1},
		{"a mail that was given up is told of as a dead job", 20 * time.Minute, "UPDATE jobs SET state = 'dead' WHERE kind = 'mail'", 0},
	}
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		wipe(t, raw, "UPDATE payment_attempts SET ended_at = NULL")
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				wipe(t, raw, "DELETE FROM alarms")
				if tt.spoil != "" {
					exec(t, raw, tt.spoil)
				}
				transact(t, db, func(ctx context.Context, tx *database.Tx) error {
					return tx.SetClockOffset(ctx, tt.later.Microseconds())
				})
				for range 2 {
					if err := upkeep.New(db, quiet).Watch(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				list := open(t, db)
				if len(list) != tt.alarms {
					t.Fatalf("%+v", list)
				}
				if tt.alarms == 1 && (list[0].Kind != shop.AlarmMail || list[0].Times != 2 || !strings.HasPrefix(list[0].Message, "One mail has been waiting for more than 15 minutes, the oldest since ")) {
					t.Errorf("%+v", list[0])
				}
			})
		}
	})
}

func TestASilentWebhookRaisesAnAlarm(t *testing.T) {
	event := func(id string) shop.StripeEvent {
		return shop.StripeEvent{ID: id, Type: "x", ObjectID: "x", Payload: "{}"}
	}
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		wipe(t, raw, "DELETE FROM jobs WHERE kind = 'mail'")
		now := time.Now()
		watched := func(name string, later time.Duration, want int) {
			t.Helper()
			transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.SetClockOffset(ctx, later.Microseconds()) })
			wipe(t, raw, "DELETE FROM alarms")
			if err := upkeep.New(db, quiet).Watch(t.Context()); err != nil {
				t.Fatal(err)
			}
			if list := open(t, db); len(list) != want || want == 1 && list[0].Kind != shop.AlarmWebhook {
				t.Errorf("%s: %+v", name, list)
			}
		}
		watched("an hour after the payments", time.Hour, 0)
		watched("three hours after, without any webhook", 3*time.Hour, 1)
		watched("two days after: the past is past", 48*time.Hour, 0)
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return tx.SetClockOffset(ctx, (time.Minute).Microseconds())
		})
		if _, err := db.Jobs().Inbox(t.Context(), event("evt_1")); err != nil {
			t.Fatal(err)
		}
		watched("a webhook came with them", 3*time.Hour, 0)
		at := shop.At(now.Add(time.Hour))
		execArgs(t, db, raw, "UPDATE payment_attempts SET ended_at = ? WHERE state = 'paid'", at)
		watched("a later payment without one", 4*time.Hour, 1)
	})
}

// wipe runs a statement that may find nothing.
func wipe(t *testing.T, raw *sql.DB, statement string) {
	t.Helper()
	if _, err := raw.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// execArgs runs a statement with an instant in it.
func execArgs(t *testing.T, db *database.DB, raw *sql.DB, statement string, at shop.Instant) {
	t.Helper()
	var arg any = at.Time
	if db.Kind() == database.SQLite {
		arg = at.UnixMicro()
	} else {
		statement = strings.ReplaceAll(statement, "?", "$1")
	}
	if _, err := raw.ExecContext(t.Context(), statement, arg); err != nil {
		t.Fatal(err)
	}
}
