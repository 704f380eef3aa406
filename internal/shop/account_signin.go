package shop

import (
	"strings"
	"time"
)

// AccountSignIn is one wish to sign in: the mail that answers it carries a
// link, good in any browser, and a code, good in the browser that asked. Both
// are worked out from Nonce and the secret key, so the row gives neither away.
type AccountSignIn struct {
	ID        AccountSignInID
	Email     string // as SameEmail writes it; of anybody, account or not
	Browser   []byte // SHA-256 of the token in the cookie of the browser that asked
	Nonce     []byte
	KeyID     string // which secret key made it
	Digest    []byte // SHA-256 of the link's token
	ReturnTo  string // a page of the shop, as AccountReturn gives it
	Network   string
	Agent     string
	Tries     int64 // codes that were typed, at most AccountCodeTries
	CreatedAt Instant
	ExpiresAt Instant
	MailedAt  *Instant // when its mail was put in the outbox; nil while it waits, or for ever beyond a limit
	UsedAt    *Instant
	VoidAt    *Instant // a newer mail has taken its place
}

// Link is the wish as a link, for its token.
func (s *AccountSignIn) Link() Link {
	return Link{Purpose: LinkAccountSignIn, ThingID: int64(s.ID), Nonce: s.Nonce, KeyID: s.KeyID, Digest: s.Digest}
}

// Good says whether one can still sign in with it.
func (s *AccountSignIn) Good(now Instant) bool {
	return s.MailedAt != nil && s.UsedAt == nil && s.VoidAt == nil && now.Before(s.ExpiresAt)
}

// AccountEmailChange is an address that an account would like as its own, once
// the link that was mailed there has come back from the account's own browser.
type AccountEmailChange struct {
	ID        AccountEmailChangeID
	AccountID AccountID
	Email     string
	Nonce     []byte
	KeyID     string
	Digest    []byte // SHA-256 of the link's token
	CreatedAt Instant
	ExpiresAt Instant
	UsedAt    *Instant
	VoidAt    *Instant
}

// Link is the change as a link, for its token.
func (c *AccountEmailChange) Link() Link {
	return Link{Purpose: LinkAccountEmail, ThingID: int64(c.ID), Nonce: c.Nonce, KeyID: c.KeyID, Digest: c.Digest}
}

// Good says whether the change can still be confirmed.
func (c *AccountEmailChange) Good(now Instant) bool {
	return c.UsedAt == nil && c.VoidAt == nil && now.Before(c.ExpiresAt)
}

// The purposes of an account's links.
const (
	LinkAccountSignIn LinkPurpose = "account_sign_in"
	LinkAccountEmail  LinkPurpose = "account_email"
)

// The mails of accounts.
const (
	MailAccountSignIn  MailKind = "account_sign_in" // ThingID: AccountSignIn
	MailAccountEmail   MailKind = "account_email"   // ThingID: AccountEmailChange; to the new address
	MailAccountChanged MailKind = "account_changed" // ThingID: AccountEmailChange; to the old address
)

// JobAccountMail mails link and code of a wish to sign in. Payload: id of the
// AccountSignIn.
const JobAccountMail = "account_mail"

// How long a mail's link and code are good, and how many codes may be typed
// for one mail.
const (
	AccountMailLife  = 15 * time.Minute
	AccountEmailLife = time.Hour
	AccountCodeTries = 5
)

// The limits of asking to sign in. AccountAskLimit holds per network and is
// told. The next two are silent, since they say something about an address:
// both are no longer than a mail is good, so that whoever is flooded always
// has a mail that lets them in. AccountStrangerLimit holds for all addresses
// together that the shop has never had to do with; others are never kept out
// by it. AccountGuessLimit is how many codes are read for one address in a
// day: beyond it the link in the mail still works.
var (
	AccountAskLimit      = AskLimit{Most: 30, Within: time.Hour}
	AccountPairLimit     = AskLimit{Most: 4, Within: AccountMailLife}
	AccountMailLimit     = AskLimit{Most: 8, Within: AccountMailLife}
	AccountStrangerLimit = AskLimit{Most: 2000, Within: time.Hour}
	AccountGuessLimit    = AskLimit{Most: 30, Within: 24 * time.Hour}
	AccountChangeLimit   = AskLimit{Most: 5, Within: time.Hour}
)

// accountHome is the account's first page.
const accountHome = "/account"

// AccountReturn is where signing in leads: the bag, or a page of the account.
// Anything else is the account's first page, so that no link leads elsewhere
// and none acts as soon as somebody has signed in.
func AccountReturn(typed string) string {
	rest, below := strings.CutPrefix(typed, accountHome+"/")
	inside := below && rest != "" && strings.Trim(rest, "abcdefghijklmnopqrstuvwxyz0123456789/-") == "" && !strings.Contains(typed, "//") &&
		!strings.HasPrefix(rest, "login")
	if typed == "/cart" || inside {
		return typed
	}
	return accountHome
}

// CleanCode is a code as it was typed, without what people put between its
// digits; "" for what cannot be one.
func CleanCode(typed string) string {
	code := strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(strings.TrimSpace(typed))
	if len(code) != 6 || !digits(code) {
		return ""
	}
	return code
}
