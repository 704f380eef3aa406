package accounts

import (
	"context"
	"crypto/subtle"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Entry is a session that has begun.
type Entry struct {
	Token    string // for its cookie
	BagToken string // for the bag's cookie: the account's bag, as long as the session lasts
	ReturnTo string
	BagSays  bool // the two bags did not fit together without a word: show the bag
}

// LinkOver is what is said of a mailed link that is over, and of one that
// never was.
const LinkOver = "This link was used, is too old, or a newer mail has taken its place. Ask for a new one; it takes a minute."

const codeOver = "This code is over: it was used, is too old, or a newer mail has taken its place. Use the link in the newest mail, or ask for another."

// UseLink signs in whoever has a mailed link, once. KindNotFound if it is over.
func (s *Service) UseLink(ctx context.Context, token string, v Visitor) (Entry, error) {
	return transact(ctx, s, func(ctx context.Context, tx *database.Tx) (Entry, error) {
		wish, err := tx.SignInByLink(ctx, token)
		if shop.IsNotFound(err) {
			return Entry{}, shop.NotFound(LinkOver)
		}
		if err != nil {
			return Entry{}, err
		}
		return s.begin(ctx, tx, wish, v)
	})
}

// EnterCode signs in whoever types the mailed code into the browser that asked
// for it. A wrong one is KindInvalid with the field "code", and counts; after
// shop.AccountCodeTries no code is read any more, but the link still works.
// KindNotFound if it is over, or if another browser asked.
func (s *Service) EnterCode(ctx context.Context, browser, typed string, v Visitor) (Entry, error) {
	code := shop.CleanCode(typed)
	if code == "" {
		return Entry{}, refuse("The code in the mail has six digits, such as 123 456.")
	}
	var entry Entry
	var refusal error // committed with its count
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		refusal = nil
		wish, err := lockWish(ctx, tx, browser)
		if err != nil {
			return err
		}
		if refusal, err = tryCode(ctx, tx, wish, code); err != nil || refusal != nil {
			return err
		}
		entry, err = s.begin(ctx, tx, wish, v)
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	return entry, refusal
}

// lockWish is the wish of a browser, if its code may still be typed.
func lockWish(ctx context.Context, tx *database.Tx, browser string) (shop.AccountSignIn, error) {
	wish, err := tx.SignInByBrowser(ctx, browser)
	if err != nil {
		return wish, err
	}
	if wish, err = tx.LockSignIn(ctx, wish.ID); err != nil {
		return wish, err
	}
	if wish.UsedAt != nil || wish.VoidAt != nil || !tx.Now().Before(wish.ExpiresAt) {
		return wish, shop.NotFound(codeOver)
	}
	return wish, nil
}

// tryCode counts a code before it looks at it, and says why it is refused. A
// wish whose mail was not sent has no code, which looks no different.
func tryCode(ctx context.Context, tx *database.Tx, wish shop.AccountSignIn, code string) (refusal, err error) {
	left, err := tx.CountCode(ctx, wish.ID)
	if err != nil {
		return nil, err
	}
	if !left {
		return refuse("That were too many wrong codes. The link in the mail still works, or ask for a new mail."), nil
	}
	allowed, err := tx.Ask(ctx, shop.AskSubject("account-code", wish.Email), shop.AccountGuessLimit)
	if err != nil {
		return nil, err
	}
	if !allowed {
		return refuse("Codes for this address were typed very often today, so none is read until tomorrow. The link in the mail works."), nil
	}
	want := tx.LinkCode(wish.Link())
	if wish.MailedAt == nil || want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(code)) != 1 {
		return refuse("That is not the code in the newest mail. After a few wrong ones only the link works."), nil
	}
	return nil, nil
}

func refuse(sentence string) *shop.Error {
	e := shop.Invalid("%s", sentence)
	e.Fields = map[string]string{"code": sentence}
	return e
}

// begin uses a wish up and begins a session under new tokens, whatever the
// browser brought; the session that it had is over. It makes the account if
// there is none, and one bag of two.
func (s *Service) begin(ctx context.Context, tx *database.Tx, wish shop.AccountSignIn, v Visitor) (Entry, error) {
	used, err := tx.UseSignIn(ctx, wish.ID)
	if err != nil {
		return Entry{}, err
	}
	if !used {
		return Entry{}, shop.NotFound(LinkOver)
	}
	account, err := tx.LockAccountByEmail(ctx, wish.Email)
	if err != nil {
		return Entry{}, err
	}
	cart, says, err := s.o.Join(ctx, tx, account.CartID, v.Bag)
	if err != nil {
		return Entry{}, err
	}
	if err := tx.SetAccountCart(ctx, account.ID, cart); err != nil {
		return Entry{}, err
	}
	if v.Session != "" {
		if err := tx.EndAccountToken(ctx, v.Session); err != nil {
			return Entry{}, err
		}
	}
	entry := Entry{Token: newToken(), BagToken: newToken(), ReturnTo: wish.ReturnTo, BagSays: says}
	session := shop.AccountSession{AccountID: account.ID, Network: shop.ShownNetwork(v.Network), Agent: shop.KeptAgent(v.Agent)}
	return entry, tx.AddAccountSession(ctx, &session, entry.Token, entry.BagToken)
}
