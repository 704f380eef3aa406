package database

import (
	"context"

	"longrun/internal/shop"
)

const noEmailChange = "This link was used, is too old, or was replaced by a newer one."

// AddEmailChange writes a wish for another address; older ones of the account
// are useless from now on.
func (tx *Tx) AddEmailChange(ctx context.Context, c *shop.AccountEmailChange) error {
	_, err := tx.exec(ctx, "UPDATE account_email_changes SET void_at = ? WHERE account_id = ? AND used_at IS NULL AND void_at IS NULL", tx.now, c.AccountID)
	if err != nil {
		return err
	}
	c.Nonce, c.KeyID, c.Digest = tx.newNonce(shop.LinkAccountEmail)
	c.CreatedAt, c.ExpiresAt = tx.now, tx.now.Add(shop.AccountEmailLife)
	return tx.insert(ctx, c)
}

// EmailChange is a wish for another address.
func (r Reader) EmailChange(ctx context.Context, id shop.AccountEmailChangeID) (shop.AccountEmailChange, error) {
	var c shop.AccountEmailChange
	err := r.take(ctx, &c, noEmailChange, "SELECT * FROM account_email_changes WHERE id = ?", id)
	return c, err
}

// EmailChangeByLink is the wish whose mailed link has a token.
func (r Reader) EmailChangeByLink(ctx context.Context, token string) (shop.AccountEmailChange, error) {
	var c shop.AccountEmailChange
	if len(token) != staffTokenLength {
		return c, shop.NotFound(noEmailChange)
	}
	err := r.take(ctx, &c, noEmailChange, "SELECT * FROM account_email_changes WHERE digest = ?", digestOfToken(token))
	return c, err
}

// UseEmailChange uses a wish up and says whether it was good.
func (tx *Tx) UseEmailChange(ctx context.Context, id shop.AccountEmailChangeID) (bool, error) {
	return one(tx.exec(ctx, `UPDATE account_email_changes SET used_at = ? WHERE id = ?
		AND used_at IS NULL AND void_at IS NULL AND expires_at > ?`, tx.now, id, tx.now))
}
