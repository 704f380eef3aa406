package upkeep_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/jobs"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

// clock puts the shop's clock at an instant.
func clock(t *testing.T, db *database.DB, when time.Time) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		return tx.SetClockOffset(ctx, time.Until(when).Microseconds())
	})
}

func runs(t *testing.T, db *database.DB) []shop.VerifyRun {
	t.Helper()
	list, err := db.VerifyRuns(t.Context(), 30)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTheNightHasOneCheckHoweverManyAsk(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		var log bytes.Buffer
		instances := []*upkeep.Service{upkeep.New(db, slog.New(slog.NewTextHandler(&log, nil))), upkeep.New(db, quiet)}
		night := func() {
			t.Helper()
			var all sync.WaitGroup
			for _, s := range instances {
				for range 5 {
					all.Go(func() {
						if err := s.Nightly(t.Context()); err != nil {
							t.Error(err)
						}
					})
				}
			}
			all.Wait()
		}
		handlers := map[string]jobs.Handler{shop.JobVerify: jobs.About(instances[0].RunVerify)}
		clock(t, db, time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)) // 2:30 in Portland
		night()
		if n := len(runs(t, db)); n != 0 {
			t.Fatalf("%d checks before three in the morning", n)
		}
		for day := range 2 {
			clock(t, db, time.Date(2026, 11, 22+day, 11, 30, 0, 0, time.UTC))
			night()
			work(t, db, handlers, func() bool { return runs(t, db)[0].State == shop.VerifyEnded })
			night()
			list := runs(t, db)
			if len(list) != day+1 || list[0].Key != []string{"night:2026-11-22", "night:2026-11-23"}[day] || list[0].Who != shop.ByJob || list[0].EndedAt == nil || list[0].Failure != "" {
				t.Errorf("%+v", list)
			}
		}
		head, err := db.AuditHead(t.Context())
		if err != nil || !strings.Contains(log.String(), "audit_entries=") || !strings.Contains(log.String(), "audit_hash=") || head.Count != 0 {
			t.Errorf("the log says %s, %v", log.String(), err)
		}
		if n := len(open(t, db)); n != 0 {
			t.Errorf("%d alarms", n)
		}
	})
}

func TestACheckOnDemandFindsWhatIsWrongAndRaisesTheAlarm(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		service := upkeep.New(db, quiet)
		exec(t, raw, "UPDATE stock_levels SET on_hand = 99 WHERE variant_id = 1")
		wipe(t, raw, "DELETE FROM alarms")
		for _, key := range []string{"", "short", strings.Repeat("A", 65), "ABCDEFGHIJKLMNOP:;"} {
			if _, err := service.StartVerify(t.Context(), "staff:1", key); shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("the key %q: %v", key, err)
			}
		}
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() { // pressing five times is once
				if _, err := service.StartVerify(t.Context(), "staff:1", form); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if _, err := service.StartVerify(t.Context(), "staff:2", "ZYXWVUTSRQPONMLKJIHGFEDCBA"); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("a second check at the same time: %v", err)
		}
		work(t, db, map[string]jobs.Handler{shop.JobVerify: jobs.About(service.RunVerify)}, func() bool { return runs(t, db)[0].State == shop.VerifyEnded })
		list := runs(t, db)
		run, err := db.VerifyRun(t.Context(), list[0].ID)
		if err != nil || len(list) != 1 || run.Violations == 0 || run.Who != "staff:1" {
			t.Fatalf("%+v %v", list, err)
		}
		var report shop.VerifyReport
		if err := json.Unmarshal([]byte(run.Report), &report); err != nil || int64(len(report.Violations)) != run.Violations ||
			report.Violations[0].Rule != "1" || !strings.Contains(report.Violations[0].Line, "on hand is 99") {
			t.Errorf("%s %v", run.Report, err)
		}
		alarms := open(t, db)
		if len(alarms) != 1 || alarms[0].Kind != shop.AlarmVerify || alarms[0].URL != "/staff/system/verify/1" {
			t.Errorf("%+v", alarms)
		}
		if err := service.RunVerify(t.Context(), run.ID); err != nil { // the job a second time
			t.Fatal(err)
		}
		if again := open(t, db); len(again) != 1 || again[0].Times != 1 {
			t.Errorf("a second run of the job has told again: %+v", again)
		}
	})
}

func TestACheckThatIsCutOffBeginsAgain(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := upkeep.New(db, quiet)
		run, err := service.StartVerify(t.Context(), "staff:1", form)
		if err != nil {
			t.Fatal(err)
		}
		cut, stop := context.WithCancel(t.Context())
		stop()
		if err := service.RunVerify(cut, run.ID); err == nil {
			t.Error("a check that was cut off ends well")
		}
		if now := runs(t, db)[0]; now.State != shop.VerifyOpen {
			t.Errorf("%+v", now)
		}
		if err := service.RunVerify(t.Context(), run.ID); err != nil {
			t.Fatal(err)
		}
		if now := runs(t, db)[0]; now.State != shop.VerifyEnded || now.Failure != "" || now.Violations != 0 {
			t.Errorf("%+v", now)
		}
	})
}

func TestACheckWhoseJobWasGivenUpIsInNobodysWay(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		wipe(t, raw, "DELETE FROM alarms")
		service := upkeep.New(db, quiet)
		if _, err := service.StartVerify(t.Context(), "staff:1", form); err != nil {
			t.Fatal(err)
		}
		exec(t, raw, "UPDATE jobs SET state = 'dead' WHERE kind = 'verify'")
		if _, err := service.StartVerify(t.Context(), "staff:1", "ZYXWVUTSRQPONMLKJIHGFEDCBA"); err != nil {
			t.Fatal(err)
		}
		list := runs(t, db)
		if len(list) != 2 || list[1].State != shop.VerifyEnded || list[1].Failure == "" || list[0].State != shop.VerifyOpen {
			t.Errorf("%+v", list)
		}
	})
}
