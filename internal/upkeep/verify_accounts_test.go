package upkeep_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

// accountBreakages break what must be true of account 1, which has two
// addresses, and of a mail that it has signed in with.
var accountBreakages = []struct{ name, breaks, says, mends string }{
	{"an address of e-mail that nobody has confirmed", "UPDATE accounts SET email = 'eve@runner.example' WHERE id = 1",
		"accounts account 1: its address is not the one that it has confirmed last", "UPDATE accounts SET email = 'ada@runner.example' WHERE id = 1"},
	{"an address of e-mail in capitals", "UPDATE accounts SET email = 'Ada@runner.example' WHERE id = 1",
		"accounts account 1: its address is not written as addresses are compared", "UPDATE accounts SET email = 'ada@runner.example' WHERE id = 1"},
	{"a mail that was used after its time", "UPDATE account_sign_ins SET expires_at = used_at WHERE id = 1",
		"accounts sign-in 1: it was used after its time, or without a mail, or both used and replaced", "UPDATE account_sign_ins SET expires_at = used_at + %s WHERE id = 1"},
	{"a mail that was used and replaced", "UPDATE account_sign_ins SET void_at = used_at WHERE id = 1",
		"accounts sign-in 1: it was used after its time, or without a mail, or both used and replaced", "UPDATE account_sign_ins SET void_at = NULL WHERE id = 1"},
	{"no default among two addresses", "UPDATE account_addresses SET is_default = %f",
		"accounts account 1: it has 2 addresses, of which 0 are its default", "UPDATE account_addresses SET is_default = %t WHERE id = 1"},
}

// anAccount has signed in once and keeps two addresses.
func anAccount(t *testing.T, db *database.DB) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		wish := shop.AccountSignIn{Email: "ada@runner.example"}
		if err := tx.AddSignIn(ctx, &wish, "browser"); err != nil {
			return err
		}
		if err := tx.MailSignIn(ctx, wish); err != nil {
			return err
		}
		if _, err := tx.UseSignIn(ctx, wish.ID); err != nil {
			return err
		}
		a, err := tx.LockAccountByEmail(ctx, wish.Email)
		if err != nil {
			return err
		}
		if err := tx.AddAccountSession(ctx, &shop.AccountSession{AccountID: a.ID}, "token", "bag"); err != nil {
			return err
		}
		if err := tx.AddEmailChange(ctx, &shop.AccountEmailChange{AccountID: a.ID, Email: "new@runner.example"}); err != nil {
			return err
		}
		for i, ref := range []string{"first", "second"} {
			if _, err := tx.AddAddress(ctx, &shop.AccountAddress{AccountID: a.ID, Ref: ref, IsDefault: i == 0}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestVerifyCatchesBrokenRowsOfAccounts(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		anAccount(t, db)
		if violations, _ := verify(t, db); len(violations) > 0 {
			t.Fatalf("broken already:\n%s", strings.Join(violations, "\n"))
		}
		words := strings.NewReplacer("%s", "interval '1 minute'", "%f", "false", "%t", "true")
		if db.Kind() == database.SQLite {
			words = strings.NewReplacer("%s", "60000000", "%f", "0", "%t", "1")
		}
		unguard(t, db, raw)
		for _, tt := range accountBreakages {
			exec(t, raw, words.Replace(tt.breaks))
			if violations, _ := verify(t, db); !has(violations, tt.says) {
				t.Errorf("%s: said:\n%s\nwant:\n%s", tt.name, strings.Join(violations, "\n"), tt.says)
			}
			exec(t, raw, words.Replace(tt.mends))
			if violations, _ := verify(t, db); len(violations) > 0 {
				t.Fatalf("%s: after mending:\n%s", tt.name, strings.Join(violations, "\n"))
			}
		}
	})
}

func TestWhatAccountsLeaveBehindGoesInItsTime(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		anAccount(t, db)
		for _, tt := range []struct {
			later                             time.Duration
			signIns, changes, sessions, there int
		}{
			{23 * time.Hour, 1, 1, 1, 1}, {25 * time.Hour, 0, 1, 1, 1}, {31 * day, 0, 0, 1, 1}, {61 * day, 0, 0, 0, 1},
		} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				return tx.SetClockOffset(ctx, tt.later.Microseconds())
			})
			if err := upkeep.New(db, nil).Retention(t.Context()); err != nil {
				t.Fatal(err)
			}
			for table, want := range map[string]int{"account_sign_ins": tt.signIns, "account_email_changes": tt.changes, "account_sessions": tt.sessions, "accounts": tt.there} {
				if n := count(t, raw, table); n != want {
					t.Errorf("after %v %s has %d rows, want %d", tt.later, table, n, want)
				}
			}
		}
	})
}
