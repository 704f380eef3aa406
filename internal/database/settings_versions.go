package database

import (
	"context"

	"longrun/internal/shop"
)

// SettingsVersions are up to limit versions of the settings with a smaller
// number than before, 0 for the newest, newest first.
func (r Reader) SettingsVersions(ctx context.Context, before int64, limit int) ([]shop.SettingsVersion, error) {
	if before == 0 {
		before = 1 << 53
	}
	var rows []settingsRow
	err := r.raw(ctx, &rows, "SELECT * FROM settings_versions WHERE version < ? ORDER BY version DESC LIMIT ?", before, limit)
	if err != nil {
		return nil, err
	}
	versions := make([]shop.SettingsVersion, len(rows))
	for i, row := range rows {
		s, err := row.settings()
		if err != nil {
			return nil, err
		}
		versions[i] = shop.SettingsVersion{Settings: s, Who: row.Who, At: row.CreatedAt}
	}
	return versions, nil
}

// OrdersBeingPaid is how many orders are placed and not paid yet, counted up
// to most.
func (r Reader) OrdersBeingPaid(ctx context.Context, most int) (int, error) {
	var n int
	err := r.raw(ctx, &n, `SELECT count(*) FROM (SELECT id FROM orders WHERE state = ? OR state = ? LIMIT ?) AS waiting`,
		shop.OrderPending, shop.OrderProcessing, most)
	return n, err
}

// BagsTo is how many bags are to go to a zone, counted up to most.
func (r Reader) BagsTo(ctx context.Context, zone string, most int) (int, error) {
	var n int
	err := r.raw(ctx, &n, "SELECT count(*) FROM (SELECT id FROM carts WHERE ship_to = ? LIMIT ?) AS bags", zone, most)
	return n, err
}
