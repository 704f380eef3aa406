package accounts

import (
	"context"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// ErrSignInAgain says that what was asked needs a sign-in that is fresher than
// shop.AccountFresh: that is how the present address agrees to its change.
var ErrSignInAgain = errors.New("the sign-in is not fresh")

// EmailOver is what is said of a link that confirms no address any more.
const EmailOver = "This link was used, is too old, or was replaced by a newer one. Your address is as it was."

// AskEmail mails a link to an address that an account would like as its own.
// Whether the address is another account's is not said: only who reads its
// mail learns that. Errors: ErrSignInAgain; KindInvalid with the field
// "email"; KindTooMany.
func (s *Service) AskEmail(ctx context.Context, in database.AccountIn, typed string) error {
	if !in.Session.Fresh(in.Now) {
		return ErrSignInAgain
	}
	email, err := shop.CleanEmail("email", typed)
	if err != nil {
		return err
	}
	email = shop.SameEmail(email)
	if email == in.Account.Email {
		e := shop.Invalid("This is your address already.")
		e.Fields = map[string]string{"email": e.Message}
		return e
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := mayChange(ctx, tx, in.Account.ID, email); err != nil {
			return err
		}
		change := shop.AccountEmailChange{AccountID: in.Account.ID, Email: email}
		if err := tx.AddEmailChange(ctx, &change); err != nil {
			return err
		}
		return tx.EnqueueMail(ctx, shop.Mail{
			Kind: shop.MailAccountEmail, Key: fmt.Sprintf("account-email:%d", change.ID), Recipient: email, ThingID: int64(change.ID),
		})
	})
}

// mayChange counts the mail for the account that asks and for the mailbox.
func mayChange(ctx context.Context, tx *database.Tx, id shop.AccountID, email string) error {
	mine, err := tx.Ask(ctx, shop.AskSubject("account-change", fmt.Sprint(id)), shop.AccountChangeLimit)
	if err != nil {
		return err
	}
	theirs, err := tx.Ask(ctx, shop.AskSubject("account-mail", email), shop.AccountMailLimit)
	if err != nil {
		return err
	}
	if !mine || !theirs {
		return shop.Errorf(shop.KindTooMany, "That was asked often within the hour. Please try again later.")
	}
	return nil
}

// ConfirmEmail makes the address to which a link was mailed the account's, in
// a browser in which the account is signed in. All its other sessions are
// over, and the old address is told. Errors: KindNotFound for a
// link that is over or another account's; KindConflict for an address that is another account's.
func (s *Service) ConfirmEmail(ctx context.Context, in database.AccountIn, token string) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		change, err := tx.EmailChangeByLink(ctx, token)
		if shop.IsNotFound(err) || err == nil && change.AccountID != in.Account.ID {
			return shop.NotFound(EmailOver)
		}
		if err != nil {
			return err
		}
		used, err := tx.UseEmailChange(ctx, change.ID)
		if err != nil {
			return err
		}
		if !used {
			return shop.NotFound(EmailOver)
		}
		return changeEmail(ctx, tx, in, change)
	})
}

func changeEmail(ctx context.Context, tx *database.Tx, in database.AccountIn, change shop.AccountEmailChange) error {
	account, err := tx.LockAccount(ctx, in.Account.ID)
	if err != nil {
		return err
	}
	err = tx.SetAccountEmail(ctx, account, change.Email)
	if errors.Is(err, shop.ErrExists) {
		return shop.Conflict("There is an account with this address already. Sign in to that one, or choose another address.")
	}
	if err != nil {
		return err
	}
	if err := tx.EndAccountSessions(ctx, account.ID, in.Session.ID); err != nil {
		return err
	}
	return tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailAccountChanged, Key: fmt.Sprintf("account-changed:%d", change.ID), Recipient: account.Email, ThingID: int64(change.ID),
	})
}
