package database

import (
	"context"

	"longrun/internal/shop"
)

// PersonAccount is an account with all that hangs on it.
type PersonAccount struct {
	shop.Account
	Emails    []shop.AccountEmail       `gorm:"-"`
	Addresses []shop.AccountAddress     `gorm:"-"`
	Sessions  []shop.AccountSession     `gorm:"-"`
	Changes   []shop.AccountEmailChange `gorm:"-"`
}

// AccountsOfPerson are the accounts of which an address is the present one.
// What hangs on them goes with them.
func (r Reader) AccountsOfPerson(ctx context.Context, email string) ([]PersonAccount, error) {
	var list []PersonAccount
	err := r.raw(ctx, &list, "SELECT * FROM accounts WHERE email IN ?", writings(email))
	for i := 0; err == nil && i < len(list); i++ {
		a := &list[i]
		for _, part := range []struct {
			dest  any
			table string
		}{
			{&a.Emails, "account_emails"}, {&a.Addresses, "account_addresses"}, {&a.Sessions, "account_sessions"}, {&a.Changes, "account_email_changes"},
		} {
			if err == nil {
				err = r.raw(ctx, part.dest, "SELECT * FROM "+part.table+" WHERE account_id = ? ORDER BY id", a.ID)
			}
		}
	}
	return list, err
}

// SignInsOfPerson are the wishes to sign in with an address, at most a
// hundred.
func (r Reader) SignInsOfPerson(ctx context.Context, email string) ([]shop.AccountSignIn, error) {
	var list []shop.AccountSignIn
	err := r.raw(ctx, &list, "SELECT * FROM account_sign_ins WHERE email IN ? ORDER BY id DESC LIMIT 100", writings(email))
	return list, err
}

// eraseAccounts takes an address's account away with its bag and all that
// hangs on it, and the address out of the past of another account, which had
// it before. The mails that name these things have gone before.
func (tx *Tx) eraseAccounts(ctx context.Context, p Person) (int64, error) {
	same := writings(p.Email)
	var locked []int64 // before its bag
	if err := tx.raw(ctx, &locked, "SELECT id FROM accounts WHERE email IN ? ORDER BY id"+tx.lock(), same); err != nil {
		return 0, err
	}
	total := int64(0)
	for _, statement := range []string{
		"DELETE FROM account_sign_ins WHERE email IN ?",
		"DELETE FROM account_email_changes WHERE lower(email) IN ?",
		`DELETE FROM carts WHERE id IN (SELECT cart_id FROM accounts WHERE email IN ?)
			AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.cart_id = carts.id AND o.state = 'pending')`,
		"DELETE FROM accounts WHERE email IN ?",
		"DELETE FROM account_emails WHERE email IN ? AND until_at IS NOT NULL",
	} {
		n, err := tx.exec(ctx, statement, same)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}
