package accounts

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Asked is the form that asks for a mail to sign in with, as it was sent.
type Asked struct {
	Email    string
	ReturnTo string // where to go then; shop.AccountReturn decides
	Visitor
}

// Ask takes down that somebody would like to sign in, and returns the token of
// the cookie by which the browser that asked is known when the code is typed.
// It looks at nothing but what was typed, so that neither its answer nor its
// time tells whether there is such an account: SendMail does, later. Errors:
// KindInvalid with the field "email", KindTooMany.
func (s *Service) Ask(ctx context.Context, a Asked) (browser string, err error) {
	email, err := shop.CleanEmail("email", a.Email)
	if err != nil {
		return "", err
	}
	browser = newToken()
	wish := shop.AccountSignIn{
		Email: shop.SameEmail(email), ReturnTo: shop.AccountReturn(a.ReturnTo),
		Network: shop.ShownNetwork(a.Network), Agent: shop.KeptAgent(a.Agent),
	}
	return browser, s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		wish.ID = 0
		allowed, err := tx.Ask(ctx, shop.AskSubject("account-ask", a.Network), shop.AccountAskLimit)
		if err != nil {
			return err
		}
		if !allowed {
			return shop.Errorf(shop.KindTooMany, "That was asked many times from where you are. Please try again in an hour. You can buy without signing in.")
		}
		if err := tx.AddSignIn(ctx, &wish, browser); err != nil {
			return err
		}
		return tx.Enqueue(ctx, shop.Job{Kind: shop.JobAccountMail, Key: fmt.Sprint(wish.ID), Payload: database.PayloadFor(int64(wish.ID))})
	})
}

// SendMail is the job of kind shop.JobAccountMail: it mails link and code of a
// wish, within the limits, and makes older mails to the same address useless.
// Beyond a limit it does nothing and says so to nobody. Done twice it is one
// mail.
func (s *Service) SendMail(ctx context.Context, id shop.AccountSignInID) error {
	wish, err := s.db.SignIn(ctx, id)
	if shop.IsNotFound(err) || err == nil && wish.MailedAt != nil {
		return nil
	}
	if err != nil {
		return err
	}
	known, err := s.known(ctx, wish.Email)
	if err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if allowed, err := mayMail(ctx, tx, wish, known); err != nil || !allowed {
			return err
		}
		wish, err := tx.LockSignIn(ctx, id)
		if err != nil || wish.MailedAt != nil || wish.VoidAt != nil || !tx.Now().Before(wish.ExpiresAt) {
			return err
		}
		if err := tx.MailSignIn(ctx, wish); err != nil {
			return err
		}
		return tx.EnqueueMail(ctx, shop.Mail{
			Kind: shop.MailAccountSignIn, Key: fmt.Sprintf("account-sign-in:%d", wish.ID), Recipient: wish.Email, ThingID: int64(wish.ID),
		})
	})
}

// known says whether the shop has had to do with an address.
func (s *Service) known(ctx context.Context, email string) (bool, error) {
	_, err := s.db.AccountByEmail(ctx, email)
	if err == nil {
		return true, nil
	}
	if !shop.IsNotFound(err) {
		return false, err
	}
	return s.db.HasOrders(ctx, email)
}

// mayMail counts one more mail. The counts come before any wish is locked, so
// that mails to one address wait for each other here.
func mayMail(ctx context.Context, tx *database.Tx, wish shop.AccountSignIn, known bool) (bool, error) {
	for _, ask := range []struct {
		subject string
		limit   shop.AskLimit
		skip    bool
	}{
		{shop.AskSubject("account-mail", wish.Email), shop.AccountMailLimit, false},
		{shop.AskSubject("account-pair", wish.Email, wish.Network), shop.AccountPairLimit, false},
		{shop.AskSubject("account-strangers"), shop.AccountStrangerLimit, known},
	} {
		if ask.skip {
			continue
		}
		if allowed, err := tx.Ask(ctx, ask.subject, ask.limit); err != nil || !allowed {
			return false, err
		}
	}
	return true, nil
}
