package stripesim

import (
	"context"
	"time"
)

// replyLife is how long an idempotency key keeps its answer.
const replyLife = 24 * time.Hour

// tidy expires the sessions that are due and forgets old idempotency keys, both by the simulator's clock.
func (s *Sim) tidy(ctx context.Context) error {
	now := s.Now().Unix()
	var due int
	err := s.books.read.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM objects WHERE due > 0 AND due <= ?) + (SELECT count(*) FROM replies WHERE created < ?)`,
		now, now-int64(replyLife.Seconds())).Scan(&due)
	if err != nil || due == 0 {
		return err
	}
	return s.change(ctx, eventRequest{}, func(l *ledger) error {
		if _, err := l.ExecContext(ctx, `DELETE FROM replies WHERE created < ?`, l.now-int64(replyLife.Seconds())); err != nil {
			return err
		}
		ids, err := l.dueSessions()
		if err != nil {
			return err
		}
		for _, id := range ids {
			s, err := inPath[session](l, kindSession, id)
			if err != nil {
				return err
			}
			if err := l.expire(s); err != nil {
				return err
			}
		}
		return nil
	})
}

// dueSessions names open sessions whose time has passed.
func (l *ledger) dueSessions() ([]string, error) {
	rows, err := l.QueryContext(l.ctx,
		`SELECT id FROM objects WHERE due > 0 AND due <= ? AND kind = ? ORDER BY due`, l.now, kindSession)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
