package shop

import (
	"strings"
	"time"
)

// Ids of what belongs to shoppers' accounts.
type (
	AccountID            int64
	AccountSessionID     int64
	AccountSignInID      int64
	AccountEmailChangeID int64
	AccountAddressID     int64
)

// Account is a shopper who has signed in at least once. It has no password:
// whoever reads the mail of its address signs in.
type Account struct {
	ID          AccountID
	Email       string  // as SameEmail writes it, unique
	Name        string  // "" while not given
	CartID      *CartID // its bag; nil once that was let go as abandoned
	CustomerID  *string // Stripe's name for it, nil before the first checkout
	CustomerKey string  // random: under which Stripe is asked to make it, once
	CreatedAt   Instant
}

// AccountEmail is an address that an account has confirmed, and when it was
// its own. Orders of that time stay in the account after a change.
type AccountEmail struct {
	ID        int64
	AccountID AccountID
	Email     string
	FromAt    Instant
	UntilAt   *Instant // nil for the present one
}

// AccountSession is one browser in which a shopper has signed in.
type AccountSession struct {
	ID        AccountSessionID
	AccountID AccountID
	Digest    []byte // SHA-256 of the token in its cookie
	BagDigest []byte // SHA-256 of the token in its bag's cookie: ends with the session
	Network   string // of the address, as the person is shown it
	Agent     string // what the browser calls itself
	CreatedAt Instant
	SeenAt    Instant // at most AccountTouchEvery old
}

// The limits of shoppers' sessions. The idle one is the life of a bag's
// cookie, so that both end together.
const (
	AccountIdle        = 60 * 24 * time.Hour  // without a page of the account or a purchase
	AccountSessionLife = 180 * 24 * time.Hour // and in any case after this
	AccountTouchEvery  = 5 * time.Minute      // how exactly a session knows when it was used
	AccountFresh       = 15 * time.Minute     // how long after signing in the address may be changed
)

// Alive says whether the session is still good.
func (s *AccountSession) Alive(now Instant) bool {
	return now.Before(s.SeenAt.Add(AccountIdle)) && now.Before(s.CreatedAt.Add(AccountSessionLife))
}

// Fresh says whether its owner has read the account's mail so lately that it
// need not be asked again.
func (s *AccountSession) Fresh(now Instant) bool { return now.Before(s.CreatedAt.Add(AccountFresh)) }

// maxAccountName is how many letters a name has at most.
const maxAccountName = 100

// CleanAccountName is a name on one line, "" for none. Errors: KindInvalid
// with the field "name".
func CleanAccountName(typed string) (string, error) {
	name := strings.Join(strings.Fields(typed), " ")
	if !isLine(name, maxAccountName) || !plain(name) {
		return "", fieldError("name", "A name is one line of at most 100 letters.")
	}
	return name, nil
}
