// Package upkeep looks after the whole shop: it checks what must always be
// true, lets rows go whose time is over, raises and closes alarms, and gives
// jobs another life.
package upkeep

import (
	"context"
	"errors"
	"log/slog"

	"longrun/internal/database"
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
