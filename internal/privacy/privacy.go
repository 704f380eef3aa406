// Package privacy looks after what the shop holds of a person, who is known by
// an e-mail address: it says how much there is, hands it out as files, and
// erases it but for what tax law asks for. shop.Personal is the decision on
// every column that it stands on.
package privacy

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Service does it. Its methods may be called at the same time, by several
// instances, while the shop sells. who is a shop.Actor.
type Service struct {
	db  *database.DB
	log *slog.Logger
}

// New makes it; log nil means slog.Default.
func New(db *database.DB, log *slog.Logger) *Service {
	if log == nil {
		log = slog.Default()
	}
	return &Service{db, log}
}

// File is what is held of an address, before anything is done about it.
type File struct {
	Email     string
	Held      shop.Held
	Postponed []string              // why an erasure would wait, a sentence each
	Erasure   *shop.PrivacyRequest  // the one that is under way, nil without
	Requests  []shop.PrivacyRequest // what was handed out and erased before, the newest first
}

// Look reads what is held of an address. It only reads.
func Look(ctx context.Context, r database.Reader, email string) (File, error) {
	f := File{Email: email}
	var err error
	if f.Held, err = r.Held(ctx, email); err != nil {
		return f, err
	}
	open, err := r.Unfinished(ctx, email)
	if err != nil {
		return f, err
	}
	f.Postponed = reasons(open)
	if f.Requests, err = r.PrivacyRequestsOf(ctx, email); err != nil {
		return f, err
	}
	for i := range f.Requests {
		if q := &f.Requests[i]; q.Kind == shop.PrivacyErase && q.State != shop.PrivacyDone {
			f.Erasure = q
		}
	}
	return f, nil
}

func reasons(open []shop.Unfinished) []string {
	var all []string
	for _, u := range open {
		if why := u.Postpones(); why != "" {
			all = append(all, why)
		}
	}
	return all
}

// note writes what staff did into the audit log. The address stays out of it:
// the request is named by its number, and the address stands in the request
// as a digest only.
func note(tx *database.Tx, who, action string, id shop.PrivacyID, details map[string]any) error {
	if who == shop.ByShopper || who == shop.ByJob {
		return nil
	}
	text, err := json.Marshal(details)
	if err != nil {
		return err
	}
	tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "privacy", ThingID: fmt.Sprint(id), Details: string(text)})
	return nil
}
