package database_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func transact(t *testing.T, db *database.DB, fn func(ctx context.Context, tx *database.Tx) error) {
	t.Helper()
	if err := db.Transact(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestALinkOpensItsOwnPurposeOnly(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		var link shop.Link
		transact(t, db, func(ctx context.Context, tx *database.Tx) (err error) {
			link, err = tx.NewLink(ctx, shop.LinkOrder, 7, nil)
			return err
		})
		token := db.Token(link)
		if len(token) != 26 || token != strings.ToLower(token) {
			t.Errorf("token %q is not 26 lower-case letters and digits", token)
		}
		got, err := db.LinkByToken(t.Context(), shop.LinkOrder, token)
		if err != nil || got.ThingID != 7 || db.Token(got) != token {
			t.Errorf("the token opens %+v, %v", got, err)
		}
		for name, try := range map[string]struct {
			purpose shop.LinkPurpose
			token   string
		}{
			"empty":           {shop.LinkOrder, ""},
			"short":           {shop.LinkOrder, token[:25]},
			"flipped":         {shop.LinkOrder, "a" + token[1:]},
			"another purpose": {"claim", token},
			"no purpose":      {"", token},
		} {
			if try.token == token && try.purpose == shop.LinkOrder {
				continue // the flip changed nothing
			}
			if _, err := db.LinkByToken(t.Context(), try.purpose, try.token); !shop.IsNotFound(err) {
				t.Errorf("%s: %v, want not found", name, err)
			}
		}
	})
}

func TestALinkCanBeWrittenAgainAfterTheKeyChanged(t *testing.T) {
	url := databasetest.URL(t, database.SQLite)
	db := databasetest.OpenURL(t, url)
	var link shop.Link
	transact(t, db, func(ctx context.Context, tx *database.Tx) (err error) {
		link, err = tx.NewLink(ctx, shop.LinkOrder, 7, nil)
		return err
	})
	options := databasetest.Options(url)
	options.Keys = [][]byte{[]byte("the new key"), databasetest.Key}
	rotated, err := database.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer rotated.Close()
	if rotated.Token(link) != db.Token(link) {
		t.Error("a rotated key lost the old link")
	}
	options.Keys = options.Keys[:1]
	stranger, err := database.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	if got := stranger.Token(link); got != "" {
		t.Errorf("without its key the row gives the token %q", got)
	}
}

func TestTheAuditChainBetraysEveryChange(t *testing.T) {
	tampers := map[string]string{
		"a changed actor":  "UPDATE audit_entries SET who = 'nobody' WHERE seq = 2",
		"changed details":  `UPDATE audit_details SET details = '{"x":9}' WHERE seq = 2`,
		"missing details":  "DELETE FROM audit_details WHERE seq = 2",
		"a missing entry":  "DELETE FROM audit_entries WHERE seq = 2",
		"a cut tail":       "DELETE FROM audit_entries WHERE seq = 3",
		"a changed head":   "UPDATE audit_head SET count = 2",
		"a swapped digest": "UPDATE audit_entries SET digest = (SELECT digest FROM audit_entries WHERE seq = 1) WHERE seq = 3",
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		for _, action := range []string{"one", "two", "three"} {
			transact(t, db, func(_ context.Context, tx *database.Tx) error {
				tx.Audit(shop.AuditEntry{Who: shop.ByCommand, Action: action, ThingKind: "settings", ThingID: "1", Details: `{"x":1}`})
				return nil
			})
		}
		flaws, err := db.CheckAudit(t.Context())
		if err != nil || len(flaws) != 0 {
			t.Fatalf("an untouched chain has flaws: %v %v", flaws, err)
		}
		for name, statement := range tampers {
			t.Run(name, func(t *testing.T) {
				flaws := tampered(t, db, statement)
				if len(flaws) == 0 {
					t.Error("not noticed")
				}
			})
		}
	})
}

var errUndo = errors.New("undo")

// tampered gives the flaws after a statement, in a transaction that is undone.
func tampered(t *testing.T, db *database.DB, statement string) (flaws []string) {
	t.Helper()
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) (err error) {
		if strings.HasPrefix(statement, "DELETE FROM audit_entries") {
			if err := database.Exec(ctx, tx, strings.Replace(statement, "audit_entries", "audit_details", 1)); err != nil {
				return err
			}
		}
		if err := database.Exec(ctx, tx, statement); err != nil {
			return err
		}
		if flaws, err = tx.CheckAudit(ctx); err != nil {
			return err
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Fatal(err)
	}
	return flaws
}

func TestAJobIsLentToOneAndFenced(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		for range 2 { // the second is the same job
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				return tx.Enqueue(ctx, shop.Job{Kind: "work", Key: "1", Payload: database.PayloadFor(5)})
			})
		}
		select {
		case <-db.Wake():
		default:
			t.Error("the worker was not woken")
		}
		first, err := db.Jobs().Claim(ctx, 10, time.Millisecond)
		if err != nil || len(first) != 1 {
			t.Fatalf("claimed %d jobs, %v", len(first), err)
		}
		var p database.JobPayload
		if err := json.Unmarshal([]byte(first[0].Payload), &p); err != nil || p.ID != 5 {
			t.Errorf("payload %q", first[0].Payload)
		}
		time.Sleep(5 * time.Millisecond) // the lease ends
		second, err := db.Jobs().Claim(ctx, 10, time.Minute)
		if err != nil || len(second) != 1 {
			t.Fatalf("an ended lease was not lent again: %d, %v", len(second), err)
		}
		if err := db.Jobs().Finish(ctx, first[0]); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("the old holder's result was taken: %v", err)
		}
		if third, _ := db.Jobs().Claim(ctx, 10, time.Minute); len(third) != 0 {
			t.Error("a job was lent to two")
		}
		if err := db.Jobs().Finish(ctx, second[0]); err != nil {
			t.Error(err)
		}
		if due, err := db.Jobs().Due(ctx); due || err != nil {
			t.Errorf("a finished job is due: %v", err)
		}
	})
}

func TestAFailedJobWaitsAndABuriedOneStays(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return tx.Enqueue(ctx, shop.Job{Kind: "work", Key: "1"})
		})
		claim := func() []shop.Job {
			jobs, err := db.Jobs().Claim(ctx, 10, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			return jobs
		}
		if err := db.Jobs().Fail(ctx, claim()[0], time.Hour, errors.New("not yet")); err != nil {
			t.Fatal(err)
		}
		if len(claim()) != 0 {
			t.Error("a failed job did not wait")
		}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return tx.SetClockOffset(ctx, time.Hour.Microseconds())
		})
		jobs := claim()
		if len(jobs) != 1 || jobs[0].Attempts != 2 || jobs[0].LastError != "not yet" {
			t.Fatalf("after its pause: %+v", jobs)
		}
		if err := db.Jobs().Bury(ctx, jobs[0], errors.New("never")); err != nil {
			t.Fatal(err)
		}
		if len(claim()) != 0 {
			t.Error("a dead job was lent")
		}
	})
}

func TestAWebhookIsStoredOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		event := shop.StripeEvent{ID: "evt_1", Type: "checkout.session.completed", CreatedAt: shop.At(time.Now())}
		for i, want := range []bool{true, false} {
			isNew, err := db.Jobs().Inbox(t.Context(), event)
			if err != nil || isNew != want {
				t.Errorf("delivery %d: new %v, %v", i+1, isNew, err)
			}
		}
		jobs, err := db.Jobs().Claim(t.Context(), 10, time.Minute)
		if err != nil || len(jobs) != 1 || jobs[0].Kind != shop.JobStripeEvent {
			t.Errorf("jobs %+v, %v", jobs, err)
		}
	})
}

func TestAMailIsQueuedOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		mail := shop.Mail{Kind: shop.MailOrderConfirmation, Key: "order-confirmation:1", Recipient: "ada@example.com", ThingID: 1}
		for range 2 {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.EnqueueMail(ctx, mail) })
		}
		jobs, err := db.Jobs().Claim(t.Context(), 10, time.Minute)
		if err != nil || len(jobs) != 1 {
			t.Fatalf("%d jobs, %v", len(jobs), err)
		}
	})
}

func TestSettingsAreNumberedVersions(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		s, err := db.Settings(t.Context())
		if err != nil || s.Version != 1 || s.FreeShippingOver != 10_000 {
			t.Fatalf("first settings %+v, %v", s, err)
		}
		s.FreeShippingOver = 0 // a zero must be kept, too
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.AddSettings(ctx, s, "test")
			return err
		})
		got, err := db.Settings(t.Context())
		if err != nil || got.Version != 2 || got.FreeShippingOver != 0 {
			t.Errorf("second settings %+v, %v", got, err)
		}
		err = db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.AddSettings(ctx, s, "a second person with the old version")
			return err
		})
		if !errors.Is(err, shop.ErrExists) {
			t.Errorf("two people changed version 1: %v", err)
		}
		old, err := db.SettingsVersion(t.Context(), 1)
		if err != nil || old.FreeShippingOver != 10_000 {
			t.Errorf("version 1 is now %+v, %v", old, err)
		}
	})
}
