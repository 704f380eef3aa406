// Package accounts is the work on shoppers' accounts: signing in by a mail,
// without passwords, the sessions that this begins, and what an account
// keeps: a name, addresses and the address of e-mail itself.
//
// An address is somebody's who reads its mail. The first sign-in makes the
// account, so whether there is one changes nothing that anybody is told.
package accounts

import (
	"context"
	"crypto/rand"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Options are what accounts need of others.
type Options struct {
	// Join makes one bag of an account's (nil for none yet) and of that of a
	// browser's token, and says whether the bag has something to say of it.
	Join func(ctx context.Context, tx *database.Tx, own *shop.CartID, token string) (shop.CartID, bool, error)
}

// Service keeps accounts. Its methods may be called at the same time.
type Service struct {
	db *database.DB
	o  Options
}

// New makes it.
func New(db *database.DB, o Options) *Service { return &Service{db, o} }

// Visitor is the browser that asks.
type Visitor struct {
	Network string // its address, or the network of one, as limits count them
	Agent   string // what it calls itself
	Bag     string // token of its bag, "" without one
	Session string // token of the session that it has, "" without one
}

// newToken is the token of a cookie, 130 random bits.
func newToken() string { return rand.Text() }

// transact is db.Transact with a result.
func transact[T any](ctx context.Context, s *Service, fn func(ctx context.Context, tx *database.Tx) (T, error)) (T, error) {
	var result T
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		result, err = fn(ctx, tx)
		return err
	})
	return result, err
}

// SetName gives an account a name, or takes it away. Errors: KindInvalid with
// the field "name".
func (s *Service) SetName(ctx context.Context, in database.AccountIn, typed string) error {
	name, err := shop.CleanAccountName(typed)
	if err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		return tx.SetAccountName(ctx, in.Account.ID, name)
	})
}

// EndSession ends one session of an account; 0 ends all but the one that
// asks. One that is over already is no error.
func (s *Service) EndSession(ctx context.Context, in database.AccountIn, id shop.AccountSessionID) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if id == 0 {
			return tx.EndAccountSessions(ctx, in.Account.ID, in.Session.ID)
		}
		_, err := tx.EndAccountSession(ctx, in.Account.ID, id)
		return err
	})
}

// SignOut ends the session of a token. The bag stays with the account.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error { return tx.EndAccountToken(ctx, token) })
}
