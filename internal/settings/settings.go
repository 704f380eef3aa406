// Package settings changes what the shopkeeper may change, each time as a new
// whole version with an audit entry, and moves the development clock.
package settings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Service changes settings. Its methods may be called at the same time.
type Service struct {
	db       *database.DB
	devClock bool
	noTax    bool
}

// New makes it. devClock allows the development clock to be moved.
func New(db *database.DB, devClock bool) *Service { return &Service{db: db, devClock: devClock} }

// NeedTaxReason makes the service refuse settings without a reason for
// working out no taxes. It is called before any other method.
func (s *Service) NeedTaxReason() { s.noTax = true }

// check is that of the settings themselves and of this installation.
func (s *Service) check(wanted *shop.Settings) error {
	if err := wanted.Check(); err != nil {
		return err
	}
	if s.noTax && strings.TrimSpace(wanted.TaxOffReason) == "" {
		e := shop.Invalid("STRIPE_TAX is off, so the settings must say why (tax_off_reason); without a reason the shop does not start")
		e.Fields = map[string]string{"tax_off_reason": e.Message}
		return e
	}
	return nil
}

// Show gives the settings in force.
func (s *Service) Show(ctx context.Context) (shop.Settings, error) { return s.db.Settings(ctx) }

// setTries is how often a change is made again after someone else's.
const setTries = 10

// Set changes one setting, named as Values names them, and returns the
// settings as they then are. The value it has already makes no new version.
// Errors are of KindInvalid and say what is wrong with the name or the value.
func (s *Service) Set(ctx context.Context, path, value, who string) (shop.Settings, error) {
	var now shop.Settings
	for range setTries {
		err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
			now, err = s.set(ctx, tx, path, value, who)
			return err
		})
		if !errors.Is(err, shop.ErrExists) {
			return now, err
		}
	}
	return now, shop.Conflict("The settings are being changed by many at once. Please try again.")
}

func (s *Service) set(ctx context.Context, tx *database.Tx, path, value, who string) (shop.Settings, error) {
	before, err := tx.Settings(ctx)
	if err != nil {
		return before, err
	}
	after, err := with(before, path, value)
	if err != nil {
		return before, err
	}
	if err := s.check(&after); err != nil {
		return before, err
	}
	was, is := lookup(before, path), lookup(after, path)
	if was == is {
		return before, nil
	}
	if after, err = tx.AddSettings(ctx, after, who); err != nil {
		return before, fmt.Errorf("writing the settings: %w", err)
	}
	details, err := json.Marshal(struct {
		Name   string `json:"name"`
		Before string `json:"before"`
		After  string `json:"after"`
	}{path, was, is})
	if err != nil {
		return before, err
	}
	tx.Audit(shop.AuditEntry{
		Who: who, Action: "settings.set", ThingKind: "settings", ThingID: fmt.Sprint(after.Version), Details: string(details),
	})
	return after, tx.Changed(ctx, shop.ChangeSettings, "")
}
