package stripesim

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Now is the simulator's time: the process's, moved by the offset that the books keep.
func (s *Sim) Now() time.Time {
	return time.Now().Add(time.Duration(s.offset.Load()) * time.Millisecond).UTC()
}

func (s *Sim) loadClock(ctx context.Context) error {
	var ms int64
	err := s.books.read.QueryRowContext(ctx, `SELECT value FROM settings WHERE name='clock_offset_ms'`).Scan(&ms)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	s.offset.Store(ms)
	return nil
}

// SetClock moves the simulator's time to now, keeps the difference in the books, and expires what that makes due.
func (s *Sim) SetClock(ctx context.Context, now time.Time) error {
	ms := time.Until(now).Milliseconds()
	_, err := s.books.write.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES ('clock_offset_ms', ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, ms)
	if err != nil {
		return err
	}
	s.offset.Store(ms)
	defer s.nudge()
	return s.tidy(ctx)
}
