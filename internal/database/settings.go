package database

import (
	"context"
	"encoding/json"
	"fmt"

	"longrun/internal/shop"
)

type settingsRow struct {
	Version   int64
	Document  string
	Who       string
	CreatedAt shop.Instant
}

func (row settingsRow) settings() (shop.Settings, error) {
	s := shop.Settings{Version: row.Version, LowStockAt: shop.DefaultLowStock, TaxYears: shop.DefaultTaxYears}
	if err := json.Unmarshal([]byte(row.Document), &s); err != nil {
		return s, fmt.Errorf("reading settings version %d: %w", row.Version, err)
	}
	s.Alarms = shop.AlarmSwitches(s.Alarms)
	return s, nil
}

// Settings are the settings in force.
func (r Reader) Settings(ctx context.Context) (shop.Settings, error) {
	var row settingsRow
	err := r.take(ctx, &row, "The shop has no settings.",
		"SELECT * FROM settings_versions ORDER BY version DESC LIMIT 1")
	if err != nil {
		return shop.Settings{}, err
	}
	return row.settings()
}

// SettingsVersion are the settings of a version, as an order keeps it.
func (r Reader) SettingsVersion(ctx context.Context, version int64) (shop.Settings, error) {
	var row settingsRow
	err := r.take(ctx, &row, "There is no such version of the settings.",
		"SELECT * FROM settings_versions WHERE version = ?", version)
	if err != nil {
		return shop.Settings{}, err
	}
	return row.settings()
}

// AddSettings writes settings as the version after s.Version. Someone else's
// version in between gives shop.ErrExists.
func (tx *Tx) AddSettings(ctx context.Context, s shop.Settings, who string) (shop.Settings, error) {
	document, err := json.Marshal(s)
	if err != nil {
		return s, err
	}
	s.Version++
	row := settingsRow{Version: s.Version, Document: string(document), Who: who, CreatedAt: tx.now}
	err = tx.query(ctx).Table("settings_versions").Create(&row).Error
	if isDuplicate(err) {
		return s, fmt.Errorf("%w: %w", shop.ErrExists, err)
	}
	return s, err
}

// SetClockOffset moves the development clock of all instances.
func (tx *Tx) SetClockOffset(ctx context.Context, micros int64) error {
	_, err := tx.exec(ctx, `INSERT INTO development_clock (id, offset_micros) VALUES (1, ?)
		ON CONFLICT (id) DO UPDATE SET offset_micros = excluded.offset_micros`, micros)
	return err
}

// ChangesAfter are the change rows with a greater id, oldest first, and those
// written since an instant, which may have been committed out of order.
func (r Reader) ChangesAfter(ctx context.Context, id int64, since shop.Instant) ([]shop.Change, error) {
	var changes []shop.Change
	err := r.raw(ctx, &changes, "SELECT * FROM changes WHERE id > ? OR at >= ? ORDER BY id", id, since)
	return changes, err
}

// LastChange is the greatest id of a change row, 0 without any.
func (r Reader) LastChange(ctx context.Context) (int64, error) {
	var id int64
	err := r.raw(ctx, &id, "SELECT coalesce(max(id), 0) FROM changes")
	return id, err
}
