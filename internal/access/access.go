// Package access decides who comes into the staff area: it invites people,
// signs them in with a password and a code, and lets them look after their
// own account. Every change is in the audit log.
package access

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Options are how an installation keeps its people.
type Options struct {
	// SecondStep makes whoever has no second step set one up before anything
	// else. It is so everywhere but in development.
	SecondStep bool
	Issuer     string // names the shop in an authenticator; "" means Longrun
}

// Service keeps the people of the shop. Its methods may be called at the same
// time.
type Service struct {
	db      *database.DB
	o       Options
	hashing chan struct{} // as many as may hash at once
}

// hashesAtOnce bounds memory and time that passwords take, whoever asks.
const hashesAtOnce = 2

// New makes it.
func New(db *database.DB, o Options) *Service {
	if o.Issuer == "" {
		o.Issuer = "Longrun"
	}
	return &Service{db: db, o: o, hashing: make(chan struct{}, hashesAtOnce)}
}

// SecondStep says whether everybody needs a second step here.
func (s *Service) SecondStep() bool { return s.o.SecondStep }

// newToken is a session's token, 130 random bits.
func newToken() string { return rand.Text() }

// step is the 30 seconds that an authenticator's code is for. Authenticators
// keep real time, so this does, too.
func step(t time.Time) int64 { return t.Unix() / 30 }

// note puts a change of a person into the audit log.
func note(tx *database.Tx, who, action string, about shop.StaffID, details any) {
	text, err := json.Marshal(details)
	if err != nil {
		panic(fmt.Sprintf("access: details of %s: %v", action, err)) // maps of strings
	}
	tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "staff", ThingID: fmt.Sprint(about), Details: string(text)})
}

// details are what an audit entry says beyond who did what.
type details map[string]string

// transact is db.Transact with a result.
func transact[T any](ctx context.Context, s *Service, fn func(ctx context.Context, tx *database.Tx) (T, error)) (T, error) {
	var result T
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		result, err = fn(ctx, tx)
		return err
	})
	return result, err
}
