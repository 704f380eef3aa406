package settings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Wish is settings that somebody wants to be in force.
type Wish struct {
	Who      string
	Version  int64 // of the settings that Settings was made from
	Settings shop.Settings
	Sure     bool  // what is hardly meant is meant
	Back     int64 // the version that is brought back, 0 for none
}

// Save makes what Plan tells a new version, with an audit entry of what
// changed, and returns the settings in force. Errors are those of Plan;
// besides, doubts without being sure are KindInvalid on the field "sure". What
// is in force already makes no new version, so that saving twice is harmless.
func (s *Service) Save(ctx context.Context, w Wish) (now shop.Settings, err error) {
	for range setTries {
		err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
			now, err = s.save(ctx, tx, w)
			return err
		})
		if !errors.Is(err, shop.ErrUnknown) && !errors.Is(err, shop.ErrExists) {
			break
		}
	}
	return now, err
}

func (s *Service) save(ctx context.Context, tx *database.Tx, w Wish) (shop.Settings, error) {
	c, err := s.plan(ctx, tx.Reader, w.Version, w.Settings)
	if err != nil || len(c.Differences) == 0 {
		return c.Now, err
	}
	if len(c.Doubts) > 0 && !w.Sure {
		e := shop.Invalid("Please say that you are sure.")
		e.Fields = map[string]string{"sure": e.Message}
		return c.Now, e
	}
	saved, err := tx.AddSettings(ctx, c.Wanted, w.Who)
	if err != nil {
		return c.Now, fmt.Errorf("writing the settings: %w", err)
	}
	details, err := c.details(w.Back)
	if err != nil {
		return c.Now, err
	}
	tx.Audit(shop.AuditEntry{
		Who: w.Who, Action: "settings.save", ThingKind: "settings", ThingID: fmt.Sprint(saved.Version), Details: details,
	})
	return saved, tx.Changed(ctx, shop.ChangeSettings, "")
}

// details are what changed and nothing else.
func (c *Change) details(back int64) (string, error) {
	d := struct {
		Before map[string]string `json:"before"`
		After  map[string]string `json:"after"`
		Back   int64             `json:"brought_back,omitempty"`
	}{map[string]string{}, map[string]string{}, back}
	for _, diff := range c.Differences {
		d.Before[diff.Name], d.After[diff.Name] = diff.Before, diff.After
	}
	b, err := json.Marshal(d)
	return string(b), err
}
