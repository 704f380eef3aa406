package database

import (
	"context"
	"crypto/sha256"

	"longrun/internal/shop"
)

// staffTokenLength is that of a session's token: 130 bits in base 32.
const staffTokenLength = 26

// SignedIn is a living session with its person.
type SignedIn struct {
	Staff   shop.Staff
	Session shop.StaffSession
	Now     shop.Instant // when it was asked
}

// SessionByToken is the session of a token and its person. A token that is
// unknown, over, or of somebody who is not active gives the same KindNotFound.
func (r Reader) SessionByToken(ctx context.Context, token string) (SignedIn, error) {
	var in SignedIn
	const message = "You are not signed in."
	if len(token) != staffTokenLength {
		return in, shop.NotFound(message)
	}
	var err error
	if in.Now, err = r.Now(ctx); err != nil {
		return in, err
	}
	digest := sha256.Sum256([]byte(token))
	if err := r.take(ctx, &in.Session, message, "SELECT * FROM staff_sessions WHERE digest = ?", digest[:]); err != nil {
		return in, err
	}
	if in.Staff, err = r.StaffByID(ctx, in.Session.StaffID); err != nil {
		return in, err
	}
	if !in.Session.Alive(in.Now) || in.Staff.State != shop.StaffActive {
		return in, shop.NotFound(message)
	}
	return in, nil
}

// StaffSessions are the sessions in which somebody has signed in and that are
// still good, the newest first.
func (r Reader) StaffSessions(ctx context.Context, id shop.StaffID, now shop.Instant) ([]shop.StaffSession, error) {
	var all, alive []shop.StaffSession
	err := r.raw(ctx, &all, "SELECT * FROM staff_sessions WHERE staff_id = ? AND stage = 'full' ORDER BY id DESC LIMIT 200", id)
	for _, s := range all {
		if s.Alive(now) {
			alive = append(alive, s)
		}
	}
	return alive, err
}

// AddSession writes a session of a token and fills its id and times.
func (tx *Tx) AddSession(ctx context.Context, s *shop.StaffSession, token string) error {
	digest := sha256.Sum256([]byte(token))
	s.Digest, s.CreatedAt, s.SeenAt = digest[:], tx.now, tx.now
	if s.ConfirmedAt.IsZero() {
		s.ConfirmedAt = tx.now
	}
	return tx.insert(ctx, s)
}

// EndSession ends one session of somebody and says whether there was such a
// one.
func (tx *Tx) EndSession(ctx context.Context, staff shop.StaffID, id shop.StaffSessionID) (bool, error) {
	n, err := tx.exec(ctx, "DELETE FROM staff_sessions WHERE id = ? AND staff_id = ?", id, staff)
	return n == 1, err
}

// EndSessions ends all sessions of somebody but one; 0 spares none.
func (tx *Tx) EndSessions(ctx context.Context, staff shop.StaffID, but shop.StaffSessionID) error {
	_, err := tx.exec(ctx, "DELETE FROM staff_sessions WHERE staff_id = ? AND id <> ?", staff, but)
	return err
}

// ConfirmSession notes that the password was given again.
func (tx *Tx) ConfirmSession(ctx context.Context, id shop.StaffSessionID) error {
	return tx.one(ctx, "UPDATE staff_sessions SET confirmed_at = ? WHERE id = ?", tx.now, id)
}

// Sessions is the narrow write on sessions that the web door has of its own:
// it keeps one going and ends it. Work begins them.
type Sessions struct{ db *DB }

// Sessions gives that write.
func (db *DB) Sessions() *Sessions { return &Sessions{db} }

// Touch notes that a session was used, at most every shop.StaffTouchEvery.
func (s *Sessions) Touch(ctx context.Context, in SignedIn) error {
	if in.Now.Before(in.Session.SeenAt.Add(shop.StaffTouchEvery)) {
		return nil
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, "UPDATE staff_sessions SET seen_at = ? WHERE id = ? AND seen_at < ?", tx.now, in.Session.ID, tx.now)
		return err
	})
}

// End ends the session of a token; one that is not there is no error.
func (s *Sessions) End(ctx context.Context, token string) error {
	digest := sha256.Sum256([]byte(token))
	return s.db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, "DELETE FROM staff_sessions WHERE digest = ?", digest[:])
		return err
	})
}
