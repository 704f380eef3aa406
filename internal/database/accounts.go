package database

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"strings"

	"longrun/internal/shop"
)

const noAccount = "There is no such account."

// AccountByID is an account.
func (r Reader) AccountByID(ctx context.Context, id shop.AccountID) (shop.Account, error) {
	var a shop.Account
	err := r.take(ctx, &a, noAccount, "SELECT * FROM accounts WHERE id = ?", id)
	return a, err
}

// AccountByEmail is the account whose present address this is, whatever its
// case. It must decide no answer that somebody who is not signed in gets.
func (r Reader) AccountByEmail(ctx context.Context, email string) (shop.Account, error) {
	var a shop.Account
	if email == "" {
		return a, shop.NotFound(noAccount)
	}
	err := r.take(ctx, &a, noAccount, "SELECT * FROM accounts WHERE email = ?", shop.SameEmail(email))
	return a, err
}

// AccountOfCart is the account to which a bag belongs, or KindNotFound.
func (r Reader) AccountOfCart(ctx context.Context, cart shop.CartID) (shop.Account, error) {
	var a shop.Account
	err := r.take(ctx, &a, noAccount, "SELECT * FROM accounts WHERE cart_id = ?", cart)
	return a, err
}

// LockAccountByEmail is the account of an address, made if there is none, and
// locked until the end: before its bag, which comes before everything else.
func (tx *Tx) LockAccountByEmail(ctx context.Context, email string) (shop.Account, error) {
	a := shop.Account{Email: shop.SameEmail(email), CustomerKey: strings.ToLower(rand.Text()), CreatedAt: tx.now}
	isNew, err := tx.insertOnce(ctx, &a)
	if err != nil {
		return a, err
	}
	if isNew {
		err = tx.insert(ctx, &shop.AccountEmail{AccountID: a.ID, Email: a.Email, FromAt: tx.now})
		return a, err
	}
	var there shop.Account
	err = tx.take(ctx, &there, noAccount, "SELECT * FROM accounts WHERE email = ?"+tx.lock(), a.Email)
	return there, err
}

// LockAccount is AccountByID with the row locked until the end.
func (tx *Tx) LockAccount(ctx context.Context, id shop.AccountID) (shop.Account, error) {
	var a shop.Account
	err := tx.take(ctx, &a, noAccount, "SELECT * FROM accounts WHERE id = ?"+tx.lock(), id)
	return a, err
}

// SetAccountName writes the name of an account.
func (tx *Tx) SetAccountName(ctx context.Context, id shop.AccountID, name string) error {
	return tx.one(ctx, "UPDATE accounts SET name = ? WHERE id = ?", name, id)
}

// SetAccountCart makes a bag that of a locked account.
func (tx *Tx) SetAccountCart(ctx context.Context, id shop.AccountID, cart shop.CartID) error {
	return tx.one(ctx, "UPDATE accounts SET cart_id = ? WHERE id = ?", cart, id)
}

// SetAccountCustomer notes what Stripe calls an account, unless that is known
// already, and says whether it was noted.
func (tx *Tx) SetAccountCustomer(ctx context.Context, id shop.AccountID, customer string) (bool, error) {
	return one(tx.exec(ctx, "UPDATE accounts SET customer_id = ? WHERE id = ? AND customer_id IS NULL", customer, id))
}

// ForgetAccountCustomer lets go of a customer that Stripe does not have any
// more; the next is asked for under a new key.
func (tx *Tx) ForgetAccountCustomer(ctx context.Context, id shop.AccountID, customer string) error {
	_, err := tx.exec(ctx, "UPDATE accounts SET customer_id = NULL, customer_key = ? WHERE id = ? AND customer_id = ?",
		strings.ToLower(rand.Text()), id, customer)
	return err
}

// SetAccountEmail makes an address that of a locked account, and keeps since
// when. shop.ErrExists means that another account has it; the transaction can
// then only be rolled back.
func (tx *Tx) SetAccountEmail(ctx context.Context, a shop.Account, email string) error {
	taken, err := tx.AccountByEmail(ctx, email)
	if err == nil && taken.ID != a.ID {
		return shop.ErrExists
	}
	if err != nil && !shop.IsNotFound(err) {
		return err
	}
	if _, err := tx.exec(ctx, "UPDATE accounts SET email = ? WHERE id = ?", email, a.ID); err != nil {
		if isDuplicate(err) {
			return shop.ErrExists
		}
		return err
	}
	if _, err := tx.exec(ctx, "UPDATE account_emails SET until_at = ? WHERE account_id = ? AND until_at IS NULL", tx.now, a.ID); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO account_emails (account_id, email, from_at) VALUES (?, ?, ?)
		ON CONFLICT (account_id, email) DO UPDATE SET until_at = NULL`, a.ID, email, tx.now)
	return err
}

// digestOfToken is what a row keeps of a token.
func digestOfToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
