package database

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"longrun/internal/shop"
)

// LinkCode is the code that goes with a link: six digits, which the row alone
// does not give away; "" if the key that made it is no longer known.
func (r Reader) LinkCode(l shop.Link) string {
	k, ok := r.keys.byID(l.KeyID)
	if !ok {
		return ""
	}
	// 2^64 is so much larger than a million that no code is likelier.
	mac := k.mac("code", string(l.Purpose), string(l.Nonce))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(mac)%1_000_000)
}

// newNonce is a link's nonce, the key that signs it, and its token's digest.
func (tx *Tx) newNonce(purpose shop.LinkPurpose) (nonce []byte, keyID string, digest []byte) {
	nonce = make([]byte, 16)
	_, _ = rand.Read(nonce)
	k := tx.keys[0]
	return nonce, k.id, digestOfToken(k.token(purpose, nonce))
}

// AddSignIn writes a wish to sign in of a browser with a token.
func (tx *Tx) AddSignIn(ctx context.Context, s *shop.AccountSignIn, browser string) error {
	s.Nonce, s.KeyID, s.Digest = tx.newNonce(shop.LinkAccountSignIn)
	s.Browser, s.CreatedAt, s.ExpiresAt = digestOfToken(browser), tx.now, tx.now.Add(shop.AccountMailLife)
	return tx.insert(ctx, s)
}

const noSignIn = "This is over. Please ask for a new mail."

// SignIn is a wish to sign in.
func (r Reader) SignIn(ctx context.Context, id shop.AccountSignInID) (shop.AccountSignIn, error) {
	var s shop.AccountSignIn
	err := r.take(ctx, &s, noSignIn, "SELECT * FROM account_sign_ins WHERE id = ?", id)
	return s, err
}

// SignInByBrowser is the wish of the browser with a token. It gives its code
// a place to be typed and nothing else.
func (r Reader) SignInByBrowser(ctx context.Context, token string) (shop.AccountSignIn, error) {
	var s shop.AccountSignIn
	if len(token) != staffTokenLength {
		return s, shop.NotFound(noSignIn)
	}
	err := r.take(ctx, &s, noSignIn, "SELECT * FROM account_sign_ins WHERE browser = ?", digestOfToken(token))
	return s, err
}

// SignInByLink is the wish whose mailed link has a token.
func (r Reader) SignInByLink(ctx context.Context, token string) (shop.AccountSignIn, error) {
	var s shop.AccountSignIn
	if len(token) != staffTokenLength {
		return s, shop.NotFound(noSignIn)
	}
	err := r.take(ctx, &s, noSignIn, "SELECT * FROM account_sign_ins WHERE digest = ?", digestOfToken(token))
	return s, err
}

// LockSignIn is SignIn with the row locked until the end.
func (tx *Tx) LockSignIn(ctx context.Context, id shop.AccountSignInID) (shop.AccountSignIn, error) {
	var s shop.AccountSignIn
	err := tx.take(ctx, &s, noSignIn, "SELECT * FROM account_sign_ins WHERE id = ?"+tx.lock(), id)
	return s, err
}

// MailSignIn notes that a locked wish has its mail, and makes the older mails
// to the same address useless.
func (tx *Tx) MailSignIn(ctx context.Context, s shop.AccountSignIn) error {
	if err := tx.one(ctx, "UPDATE account_sign_ins SET mailed_at = ? WHERE id = ? AND mailed_at IS NULL", tx.now, s.ID); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "UPDATE account_sign_ins SET void_at = ? WHERE email = ? AND id < ? AND used_at IS NULL AND void_at IS NULL",
		tx.now, s.Email, s.ID)
	return err
}

// CountCode counts one code that is tried for a wish, and says whether it may
// be: at most shop.AccountCodeTries.
func (tx *Tx) CountCode(ctx context.Context, id shop.AccountSignInID) (bool, error) {
	return one(tx.exec(ctx, "UPDATE account_sign_ins SET tries = tries + 1 WHERE id = ? AND tries < ?", id, shop.AccountCodeTries))
}

// UseSignIn uses a wish up and says whether it was mailed, unused, in time and
// not replaced by a newer mail.
func (tx *Tx) UseSignIn(ctx context.Context, id shop.AccountSignInID) (bool, error) {
	return one(tx.exec(ctx, `UPDATE account_sign_ins SET used_at = ? WHERE id = ? AND mailed_at IS NOT NULL
		AND used_at IS NULL AND void_at IS NULL AND expires_at > ?`, tx.now, id, tx.now))
}

// HasOrders says whether the shop has an order for an address of e-mail.
func (r Reader) HasOrders(ctx context.Context, email string) (bool, error) {
	var n int64
	err := r.raw(ctx, &n, "SELECT count(*) FROM (SELECT 1 FROM order_words WHERE word = ? LIMIT 1) found", shop.SameEmail(email))
	return n > 0, err
}
