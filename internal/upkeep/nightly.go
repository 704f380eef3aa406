package upkeep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// nightHour is the hour of the shop's day from which the nightly check runs.
const nightHour = 3

// Nightly asks for the check of the night, once per day of the shop however
// many instances call it. While another check is open it waits for the next
// call.
func (s *Service) Nightly(ctx context.Context) error {
	now, err := s.db.Now(ctx)
	if err != nil {
		return err
	}
	settings, err := s.db.Settings(ctx)
	if err != nil {
		return err
	}
	local := now.In(settings.Location())
	if local.Hour() < nightHour {
		return nil
	}
	key := "night:" + local.Format("2006-01-02")
	if _, err := s.db.VerifyRunByKey(ctx, key); !shop.IsNotFound(err) {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.AddVerifyRun(ctx, &shop.VerifyRun{Key: key, Who: shop.ByJob})
		return err
	})
}

// StartVerify asks for a check of the whole database, which a job carries
// out. form is the key of the form that asks: the same form twice is one
// check. While another is open it is KindConflict.
func (s *Service) StartVerify(ctx context.Context, who, form string) (shop.VerifyRun, error) {
	run := shop.VerifyRun{Key: "asked:" + form, Who: who}
	if !shop.IsFormKey(form) {
		return run, shop.Invalid("The form is out of date. Please load the page again.")
	}
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		run.ID = 0
		isNew, err := tx.AddVerifyRun(ctx, &run)
		if err != nil {
			return err
		}
		if !isNew {
			if run, err = tx.VerifyRunByKey(ctx, run.Key); shop.IsNotFound(err) {
				return shop.Conflict("A check is running already. Its result will be on this page.")
			}
			return err
		}
		return audit(tx, shop.AuditEntry{Who: who, Action: "verify.start", ThingKind: "verify", ThingID: fmt.Sprint(run.ID)}, struct{}{})
	})
	return run, err
}

// RunVerify carries out a check that was asked for. It is the job of kind
// shop.JobVerify. Cut off by a stop, it returns an error and begins again in
// its next try; what it finds, or why it could not, it writes down.
func (s *Service) RunVerify(ctx context.Context, id int64) error {
	run, err := s.db.VerifyRun(ctx, id)
	if err != nil || run.State != shop.VerifyOpen {
		return err
	}
	violations, notices, err := s.Verify(ctx)
	if ctx.Err() != nil {
		return s.cutOff(ctx, id)
	}
	if err != nil {
		s.log.Error("the database could not be checked", "err", err)
		run.Failure = "It could not be finished: " + err.Error()
	} else {
		run.Failure = ""
	}
	report := shop.VerifyReport{Violations: []shop.VerifyLine{}, Notices: []shop.VerifyLine{}}
	for _, v := range violations {
		report.Violations = append(report.Violations, shop.VerifyLine(v))
	}
	for _, n := range notices {
		report.Notices = append(report.Notices, shop.VerifyLine{Line: n.Line})
	}
	b, err := json.Marshal(report)
	if err != nil {
		return err
	}
	run.Violations, run.Notices, run.Report = int64(len(violations)), int64(len(notices)), string(b)
	if err := s.endVerify(ctx, run); err != nil {
		return err
	}
	return s.logHead(ctx, run)
}

// cutOff notes that a check was cut off, which its time or a stop has done.
func (s *Service) cutOff(ctx context.Context, id int64) error {
	cause := ctx.Err()
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		return tx.NoteVerifyRun(ctx, id, "It was cut off and will be begun again.")
	})
	return errors.Join(fmt.Errorf("check %d was cut off: %w", id, cause), err)
}

// endVerify writes a check's end down, and raises the alarm of what it found.
func (s *Service) endVerify(ctx context.Context, run shop.VerifyRun) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		ended, err := tx.EndVerifyRun(ctx, run)
		if err != nil || !ended || run.Violations == 0 && run.Failure == "" {
			return err
		}
		message := fmt.Sprintf("A check of the database found %d violations.", run.Violations)
		if run.Violations == 1 {
			message = "A check of the database found a violation."
		}
		if run.Failure != "" {
			message = "The database could not be checked. " + run.Failure
		}
		return tx.Raise(ctx, shop.Alarm{Kind: shop.AlarmVerify, Message: message, URL: fmt.Sprintf("/staff/system/verify/%d", run.ID)})
	})
}

// logHead writes the end of the audit chain to the log, which betrays a tail
// that is cut off later.
func (s *Service) logHead(ctx context.Context, run shop.VerifyRun) error {
	head, err := s.db.AuditHead(ctx)
	if err != nil {
		return err
	}
	s.log.Info("the database was checked", "check", run.Key, "violations", run.Violations, "notices", run.Notices,
		"audit_entries", head.Count, "audit_hash", fmt.Sprintf("%x", head.Hash))
	return nil
}
