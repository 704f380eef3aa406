package stripesim

import (
	"context"
	"time"
)

// replyLife is how long an idempotency key keeps its answer.
const replyLife = 24 * time.Hour

// tidy expires the sessions that are due, says what became of refunds, payments by bank and disputes, and forgets old idempotency keys, all by the
// simulator's clock.
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
		if err := eachDue(l, kindSession, l.expire); err != nil {
			return err
		}
		if err := eachDue(l, kindRefund, l.ripen); err != nil {
			return err
		}
		if err := eachDue(l, kindIntent, l.bankSays); err != nil {
			return err
		}
		return eachDue(l, kindDispute, l.overdue)
	})
}

// eachDue ends every object of the kind whose time has passed.
func eachDue[T any](l *ledger, kind string, end func(*T) error) error {
	ids, err := l.due(kind)
	if err != nil {
		return err
	}
	for _, id := range ids {
		v, err := known[T](l, kind, id)
		if err != nil {
			return err
		}
		if err := end(v); err != nil {
			return err
		}
	}
	return nil
}

// due names the objects of a kind whose time has passed.
func (l *ledger) due(kind string) ([]string, error) {
	rows, err := l.QueryContext(l.ctx,
		`SELECT id FROM objects WHERE due > 0 AND due <= ? AND kind = ? ORDER BY due`, l.now, kind)
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
