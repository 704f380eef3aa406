package accounts_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longrun/internal/accounts"
	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

// world is a shop where people sign in.
type world struct {
	*testing.T
	db       *database.DB
	accounts *accounts.Service
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		test(&world{t, db, accounts.New(db, accounts.Options{Join: cart.Join})})
	})
}

func (w *world) tx(fn func(ctx context.Context, tx *database.Tx) error) {
	w.Helper()
	if err := w.db.Transact(w.Context(), fn); err != nil {
		w.Fatal(err)
	}
}

// ask asks for a mail and does its job so many times.
func (w *world) ask(email string, jobs int) shop.AccountSignIn {
	w.Helper()
	browser, err := w.accounts.Ask(w.Context(), accounts.Asked{Email: email, Visitor: accounts.Visitor{Network: "192.0.2.1"}})
	if err != nil {
		w.Fatal(err)
	}
	wish, err := w.db.SignInByBrowser(w.Context(), browser)
	if err != nil {
		w.Fatal(err)
	}
	for range jobs {
		if err := w.accounts.SendMail(w.Context(), wish.ID); err != nil {
			w.Fatal(err)
		}
	}
	if wish, err = w.db.SignIn(w.Context(), wish.ID); err != nil {
		w.Fatal(err)
	}
	return wish
}

func (w *world) mails(email string) int {
	w.Helper()
	list, err := w.db.MailList(w.Context(), database.MailSearch{Recipient: email, Limit: 100})
	if err != nil {
		w.Fatal(err)
	}
	return len(list)
}

func TestAWishIsMailedOnceHoweverOftenItsJobRuns(t *testing.T) {
	each(t, func(w *world) {
		if wish := w.ask("Ada@Runner.example", 3); wish.MailedAt == nil || w.mails("ada@runner.example") != 1 {
			w.Errorf("%d mails", w.mails("ada@runner.example"))
		}
		late := w.ask("ben@runner.example", 0)
		w.tx(func(ctx context.Context, tx *database.Tx) error {
			return tx.SetClockOffset(ctx, (shop.AccountMailLife + time.Minute).Microseconds())
		})
		if err := w.accounts.SendMail(w.Context(), late.ID); err != nil || w.mails("ben@runner.example") != 0 {
			w.Error("a wish that is over is mailed")
		}
		if err := w.accounts.SendMail(w.Context(), 4711); err != nil {
			w.Errorf("a wish that is gone: %v", err)
		}
	})
}

// Whoever floods the shop with addresses that it has never heard of keeps
// nobody out whom it knows.
func TestAFloodOfStrangersKeepsOnlyStrangersOut(t *testing.T) {
	each(t, func(w *world) {
		w.tx(func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.LockAccountByEmail(ctx, "ada@runner.example")
			if err != nil {
				return err
			}
			subject := shop.AskSubject("account-strangers")
			if _, err := tx.LockSignInCounts(ctx, []string{subject}); err != nil {
				return err
			}
			return tx.SetSignInCount(ctx, shop.SignInCount{Subject: subject, Failures: shop.AccountStrangerLimit.Most - 1, LastAt: tx.Now()})
		})
		for email, want := range map[string]int{"first@runner.example": 1, "ada@runner.example": 1} {
			if w.ask(email, 1); w.mails(email) != want {
				w.Errorf("%s has %d mails", email, w.mails(email))
			}
		}
		if w.ask("second@runner.example", 1); w.mails("second@runner.example") != 0 {
			w.Error("strangers are mailed without end")
		}
		w.tx(func(ctx context.Context, tx *database.Tx) error {
			return tx.SetClockOffset(ctx, (shop.AccountStrangerLimit.Within + time.Minute).Microseconds())
		})
		if w.ask("second@runner.example", 1); w.mails("second@runner.example") != 1 {
			w.Error("a stranger is kept out for ever")
		}
	})
}

func TestALinkPressedTenTimesAtOnceIsOneSession(t *testing.T) {
	each(t, func(w *world) {
		wish := w.ask("ada@runner.example", 1)
		token := w.db.Token(wish.Link())
		var in, over atomic.Int64
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				_, err := w.accounts.UseLink(context.Background(), token, accounts.Visitor{})
				switch {
				case err == nil:
					in.Add(1)
				case shop.IsNotFound(err):
					over.Add(1)
				default:
					w.Error(err)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 || over.Load() != 9 {
			w.Errorf("%d came in, %d were told that it is over", in.Load(), over.Load())
		}
	})
}

func TestTwoFirstSignInsAtOnceAreOneAccount(t *testing.T) {
	each(t, func(w *world) {
		ids := make([]shop.AccountID, 10)
		var all sync.WaitGroup
		for i := range ids {
			all.Go(func() {
				err := w.db.Transact(context.Background(), func(ctx context.Context, tx *database.Tx) error {
					a, err := tx.LockAccountByEmail(ctx, "ada@runner.example")
					ids[i] = a.ID
					return err
				})
				if err != nil {
					w.Error(err)
				}
			})
		}
		all.Wait()
		for _, id := range ids {
			if id != ids[0] || id == 0 {
				w.Fatalf("the accounts are %v", ids)
			}
		}
	})
}

func TestAnAccountKeepsSoManyAddresses(t *testing.T) {
	each(t, func(w *world) {
		var in database.AccountIn
		w.tx(func(ctx context.Context, tx *database.Tx) (err error) {
			in.Account, err = tx.LockAccountByEmail(ctx, "ada@runner.example")
			in.Now = tx.Now()
			return err
		})
		add := func(ref string) error {
			return w.accounts.AddAddress(w.Context(), in, shop.AccountAddress{
				Ref: ref, Name: "Ada", Line1: "4 Weir Street", City: "Troy", State: "NY", PostalCode: "12180",
			}, false)
		}
		if err := add("made-up"); shop.KindOf(err) != shop.KindInvalid {
			w.Errorf("a key that the shop has not made: %v", err)
		}
		keys := make([]string, shop.MaxAddresses+1)
		for i := range keys {
			keys[i] = w.db.NewFormKey(accounts.AddressForm, in.Now)
		}
		for i, key := range keys[:shop.MaxAddresses] {
			if err := add(key); err != nil {
				w.Fatalf("address %d: %v", i+1, err)
			}
		}
		if err := add(keys[0]); err != nil {
			w.Errorf("the same form again: %v", err)
		}
		if err := add(keys[shop.MaxAddresses]); shop.KindOf(err) != shop.KindInvalid {
			w.Errorf("one more: %v", err)
		}
		list, err := w.db.AccountAddresses(w.Context(), in.Account.ID)
		if err != nil || len(list) != shop.MaxAddresses || !list[0].IsDefault || list[1].IsDefault {
			w.Errorf("%d addresses, %v", len(list), err)
		}
		if err := w.accounts.DeleteAddress(w.Context(), in, list[0].Ref); err != nil {
			w.Fatal(err)
		}
		if list, _ = w.db.AccountAddresses(w.Context(), in.Account.ID); len(list) != shop.MaxAddresses-1 || !list[0].IsDefault {
			w.Error("without its default an account has none")
		}
	})
}
