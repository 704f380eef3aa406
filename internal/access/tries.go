package access

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// tries are the counts that one try belongs to.
type tries struct {
	limits map[string]shop.SignInLimit
	known  string // the subject that remembers a place of sign-in, "" for none
	spared string // the subject whose limit does not hold there
}

// subject is a digest, so that nothing that anybody typed is kept.
func subject(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return parts[0] + ":" + hex.EncodeToString(sum[:16])
}

func triesOf(email string, from Visitor) tries {
	account := subject("account", email)
	return tries{
		limits: map[string]shop.SignInLimit{
			subject("pair", email, from.Network): shop.LimitPair,
			subject("address", from.Network):     shop.LimitAddress,
			account:                              shop.LimitAccount,
		},
		known: subject("known", email, from.Network), spared: account,
	}
}

func codeTries(staff shop.Staff) tries {
	return tries{limits: map[string]shop.SignInLimit{subject("code", fmt.Sprint(staff.ID)): shop.LimitCode}}
}

func (t tries) subjects() []string {
	list := make([]string, 0, len(t.limits))
	for s := range t.limits {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}

// try counts one try as failed before anything else is done, so that a
// thousand at once are a thousand failures. While a wait lasts it is
// KindTooMany and not counted.
func (s *Service) try(ctx context.Context, t tries) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		counts, err := tx.LockSignInCounts(ctx, t.subjects())
		if err != nil {
			return err
		}
		if err := t.wait(ctx, tx, counts); err != nil {
			return err
		}
		for _, c := range counts {
			if err := tx.SetSignInCount(ctx, c.Failed(tx.Now())); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t tries) wait(ctx context.Context, tx *database.Tx, counts []shop.SignInCount) error {
	known := false
	if t.known != "" {
		var err error
		if known, err = tx.SignInMarked(ctx, t.known, tx.Now().Add(-shop.StaffKnownNetwork)); err != nil {
			return err
		}
	}
	longest := time.Duration(0)
	for _, c := range counts {
		if known && c.Subject == t.spared {
			continue
		}
		longest = max(longest, t.limits[c.Subject].Wait(c, tx.Now()))
	}
	if longest > 0 {
		seconds := int(longest.Round(time.Second) / time.Second)
		return shop.Errorf(shop.KindTooMany, "That was tried a little too often. Wait %d seconds and try again.", max(1, seconds))
	}
	return nil
}

// succeed forgets the failures and remembers the place.
func (t tries) succeed(ctx context.Context, tx *database.Tx) error {
	counts, err := tx.LockSignInCounts(ctx, t.subjects())
	if err != nil {
		return err
	}
	for _, c := range counts {
		if strings.HasPrefix(c.Subject, "address:") {
			c.Failures = max(0, c.Failures-1) // this try alone: others there may be guessing
		} else {
			c.Failures = 0
		}
		if err := tx.SetSignInCount(ctx, c); err != nil {
			return err
		}
	}
	if t.known == "" {
		return nil
	}
	return tx.MarkSignIn(ctx, t.known)
}
