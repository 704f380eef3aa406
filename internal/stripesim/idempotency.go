package stripesim

import (
	"database/sql"
	"errors"
	"net/http"
)

// claim takes a key for one request at a time.
func (s *Sim) claim(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running[key] {
		return false
	}
	s.running[key] = true
	return true
}

func (s *Sim) release(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.running, key)
}

func keyInUse(key string) *apiError {
	e := refuse("idempotency_key_in_use", "",
		"There is currently another in-progress request using this Idempotent Key (%s).", key)
	e.Status, e.Type = http.StatusConflict, "idempotency_error"
	return e
}

// once answers from the kept reply of the call's key, or executes the call and keeps its reply with what it changed.
// What is refused before execution begins is not kept.
func (l *ledger) once(c *call, do action, faults faultSet) (reply, error) {
	if kept, found, err := l.kept(c); err != nil || found {
		return kept, err
	}
	if e := c.p.fault(); e != nil {
		return reply{err: e}, nil
	}
	if _, err := l.ExecContext(l.ctx, `SAVEPOINT run`); err != nil {
		return reply{}, err
	}
	out, err := l.run(c, do)
	if err != nil {
		return reply{}, err
	}
	if out.err != nil {
		if _, err := l.ExecContext(l.ctx, `ROLLBACK TO run`); err != nil {
			return reply{}, err
		}
		l.emitted = nil
	}
	if faults.has("500") {
		out = reply{err: internalError()}
	}
	return out, l.keep(c, out)
}

func (l *ledger) kept(c *call) (reply, bool, error) {
	out := reply{replayed: true}
	if c.key == "" {
		return out, false, nil
	}
	var fingerprint string
	err := l.QueryRowContext(l.ctx,
		`SELECT fingerprint, status, body, request_id FROM replies WHERE key=? AND created >= ?`,
		c.key, l.now-int64(replyLife.Seconds())).Scan(&fingerprint, &out.status, &out.body, &out.original)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return out, false, nil
	case err != nil:
		return out, false, err
	case fingerprint != c.fingerprint:
		e := refuse("", "", "Keys for idempotent requests can only be used with the same parameters they were first used with. "+
			"Try using a key other than '%s' if you meant to execute a different request.", c.key)
		e.Type = "idempotency_error"
		return reply{err: e}, true, nil
	}
	return out, true, nil
}

func (l *ledger) keep(c *call, out reply) error {
	if c.key == "" || out.err != nil && out.err.early {
		return nil
	}
	out = out.sealed()
	_, err := l.ExecContext(l.ctx,
		`INSERT OR REPLACE INTO replies (key, fingerprint, status, body, request_id, created) VALUES (?,?,?,?,?,?)`,
		c.key, c.fingerprint, out.status, string(out.body), c.id, l.now)
	return err
}
