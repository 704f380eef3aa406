package database

import (
	"context"

	"longrun/internal/shop"
)

// AccountIn is a living session with its account.
type AccountIn struct {
	Account shop.Account
	Session shop.AccountSession
	Now     shop.Instant // when it was asked
}

// AccountByToken is the session of a token and its account. A token that is
// unknown and one whose session is over give the same KindNotFound.
func (r Reader) AccountByToken(ctx context.Context, token string) (AccountIn, error) {
	var in AccountIn
	const message = "You are not signed in."
	if len(token) != staffTokenLength {
		return in, shop.NotFound(message)
	}
	if err := r.take(ctx, &in.Session, message, "SELECT * FROM account_sessions WHERE digest = ?", digestOfToken(token)); err != nil {
		return in, err
	}
	var err error
	if in.Now, err = r.Now(ctx); err != nil {
		return in, err
	}
	if !in.Session.Alive(in.Now) {
		return in, shop.NotFound(message)
	}
	in.Account, err = r.AccountByID(ctx, in.Session.AccountID)
	return in, err
}

// AccountSessions are the sessions of an account that are still good, the
// newest first.
func (r Reader) AccountSessions(ctx context.Context, id shop.AccountID, now shop.Instant) ([]shop.AccountSession, error) {
	var all, alive []shop.AccountSession
	err := r.raw(ctx, &all, "SELECT * FROM account_sessions WHERE account_id = ? ORDER BY id DESC LIMIT 100", id)
	for _, s := range all {
		if s.Alive(now) {
			alive = append(alive, s)
		}
	}
	return alive, err
}

// AddAccountSession writes a session under the tokens of its two cookies.
func (tx *Tx) AddAccountSession(ctx context.Context, s *shop.AccountSession, token, bagToken string) error {
	s.Digest, s.BagDigest, s.CreatedAt, s.SeenAt = digestOfToken(token), CartDigest(bagToken), tx.now, tx.now
	return tx.insert(ctx, s)
}

// EndAccountSession ends one session of an account and says whether there was
// such a one.
func (tx *Tx) EndAccountSession(ctx context.Context, account shop.AccountID, id shop.AccountSessionID) (bool, error) {
	return one(tx.exec(ctx, "DELETE FROM account_sessions WHERE id = ? AND account_id = ?", id, account))
}

// EndAccountSessions ends all sessions of an account but one; 0 spares none.
func (tx *Tx) EndAccountSessions(ctx context.Context, account shop.AccountID, but shop.AccountSessionID) error {
	_, err := tx.exec(ctx, "DELETE FROM account_sessions WHERE account_id = ? AND id <> ?", account, but)
	return err
}

// EndAccountToken ends the session of a token; one that is not there is no
// error.
func (tx *Tx) EndAccountToken(ctx context.Context, token string) error {
	_, err := tx.exec(ctx, "DELETE FROM account_sessions WHERE digest = ?", digestOfToken(token))
	return err
}

// TouchAccount notes that a session of a shopper was used, at most every
// shop.AccountTouchEvery, and says whether it did.
func (s *Sessions) TouchAccount(ctx context.Context, in AccountIn) (bool, error) {
	if in.Now.Before(in.Session.SeenAt.Add(shop.AccountTouchEvery)) {
		return false, nil
	}
	return true, s.db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, "UPDATE account_sessions SET seen_at = ? WHERE id = ? AND seen_at < ?", tx.now, in.Session.ID, tx.now)
		return err
	})
}
