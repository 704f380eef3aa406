// Package upkeep looks after the whole shop: it checks what must always be
// true, lets rows go whose time is over, raises and closes alarms, and gives
// jobs another life.
package upkeep

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Service looks after a database. Its methods may be called at the same time,
// by several instances, while the shop sells.
type Service struct {
	db  *database.DB
	log *slog.Logger
}

// New makes it; log nil means slog.Default.
func New(db *database.DB, log *slog.Logger) *Service {
	if log == nil {
		log = slog.Default()
	}
	return &Service{db, log}
}

// Violation is something that must never be so.
type Violation struct {
	Rule string // the invariant's number, "numbers", or "file"
	Line string // a sentence that names the thing
}

// Notice is something to look at that breaks no rule: an order that waits
// for staff, a job that was given up.
type Notice struct {
	Line string
}

// mostViolations bounds what one run remembers; a shop with more of them has
// one fault behind most of them.
const mostViolations = 2000

var errEnough = errors.New("enough violations")

// Verify checks every invariant of the whole database. It only reads.
func (s *Service) Verify(ctx context.Context) ([]Violation, []Notice, error) {
	var violations []Violation
	err := s.db.Verify(ctx, func(flaw database.Flaw) error {
		if len(violations) == mostViolations {
			return errEnough
		}
		violations = append(violations, Violation{Rule: flaw.Rule, Line: flaw.Line})
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return violations, nil, err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return violations, nil, err
	}
	lines, err := s.db.Notices(ctx, now)
	notices := make([]Notice, len(lines))
	for i, line := range lines {
		notices[i] = Notice{line}
	}
	return violations, notices, err
}

const day = 24 * time.Hour

// retention is how long rows of each kind are kept.
var retention = []struct {
	kind database.Retention
	keep time.Duration
}{
	{database.RetainJobs, 30 * day},
	{database.RetainChanges, day},
	{database.RetainEvents, 90 * day},
	{database.RetainStaffSessions, day},
	{database.RetainSignIns, shop.StaffKnownNetwork},
	{database.RetainAlarms, 365 * day},
	{database.RetainVerifyRuns, 90 * day},
	{database.RetainVisitors, day},
	{database.RetainAccountSessions, shop.AccountIdle},
	{database.RetainOldAccountSessions, shop.AccountSessionLife},
	{database.RetainAccountSignIns, day},
	{database.RetainAccountEmails, 30 * day},
	{database.RetainMessages, 365 * day},
	{database.RetainWaitsAsked, shop.WaitKeepAsked},
	{database.RetainWaits, shop.WaitKeepWaiting},
	{database.RetainWaitsEnded, shop.WaitKeepEnded},
	{database.RetainWaitsUnwanted, shop.WaitKeepUnwanted},
	{database.RetainWaitLinks, shop.WaitKeepWaiting + shop.WaitKeepEnded + day},
}

// batch is how many rows go in one transaction, few enough that it ends
// within 100 ms.
const batch = 200

// Retention lets go of what has been kept long enough, in short transactions.
// The clock runs it every night, and it may be cut off at any point.
func (s *Service) Retention(ctx context.Context) error {
	now, err := s.db.Now(ctx)
	if err != nil {
		return err
	}
	for _, r := range retention {
		gone := int64(0)
		for {
			ids, err := s.db.Expired(ctx, r.kind, now.Add(-r.keep), batch)
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				break
			}
			n := int64(0)
			err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
				n, err = tx.Expire(ctx, r.kind, ids)
				return err
			})
			if err != nil {
				return fmt.Errorf("letting go of %s: %w", r.kind.Kind, err)
			}
			gone += n
		}
		if gone > 0 {
			s.log.Info("kept long enough", "kind", r.kind.Kind, "rows", gone)
		}
	}
	return nil
}
