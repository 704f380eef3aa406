package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// Wait is one wait. KindNotFound without one.
func (r Reader) Wait(ctx context.Context, id shop.WaitID) (shop.StockWait, error) {
	var w shop.StockWait
	err := r.take(ctx, &w, "Nobody waits here any more.", "SELECT * FROM stock_waits WHERE id = ?", id)
	return w, err
}

// OpenWait is what an address asked for or waits for of a variant.
// KindNotFound if it does neither.
func (r Reader) OpenWait(ctx context.Context, variant shop.VariantID, address string) (shop.StockWait, error) {
	var w shop.StockWait
	err := r.take(ctx, &w, "Nobody waits here.",
		"SELECT * FROM stock_waits WHERE variant_id = ? AND address = ? AND state IN ('asked', 'waiting')", variant, address)
	return w, err
}

// WaitsUnwanted says whether the owner of an address wants to hear nothing.
func (r Reader) WaitsUnwanted(ctx context.Context, address string) (bool, error) {
	var n int
	err := r.raw(ctx, &n, "SELECT count(*) FROM stock_waits WHERE address = ? AND state = 'unwanted'", address)
	return n > 0, err
}

// MostWaits is how far the people in one line are counted.
const MostWaits = 200

// inLine counts who is in line for variant v, so far.
const inLine = `(SELECT count(*) FROM (SELECT 1 FROM stock_waits w WHERE w.variant_id = v.id AND w.state = 'waiting' LIMIT ?) counted)`

// WaitCounts are how many people are in line for variants, by id, counted no
// further than MostWaits; those without anybody are left out.
func (r Reader) WaitCounts(ctx context.Context, ids []shop.VariantID) (map[shop.VariantID]int, error) {
	counts := map[shop.VariantID]int{}
	if len(ids) == 0 {
		return counts, nil
	}
	var rows []struct {
		VariantID shop.VariantID
		N         int
	}
	err := r.raw(ctx, &rows, "SELECT v.id AS variant_id, "+inLine+" AS n FROM variants v WHERE v.id IN ?", MostWaits, ids)
	for _, row := range rows {
		if row.N > 0 {
			counts[row.VariantID] = row.N
		}
	}
	return counts, err
}

// waited are the variants above one that anybody is in line for, found by
// leaps over the index, however long the lines are.
func (r Reader) waited() string {
	next := "(SELECT variant_id FROM " + r.along("stock_waits", "stock_waits_line") + " WHERE state = 'waiting' AND variant_id > %s ORDER BY variant_id LIMIT 1)"
	return "WITH RECURSIVE waited (id) AS (SELECT " + fmt.Sprintf(next, "?") +
		" UNION ALL SELECT " + fmt.Sprintf(next, "waited.id") + " FROM waited WHERE waited.id IS NOT NULL) "
}

// WaitLine is how many wait for one size, and since when the first does.
type WaitLine struct {
	VariantID shop.VariantID
	N         int
	FirstAt   shop.Instant
}

// LongestWaits are the sizes that most people wait for, the most first,
// counted no further than MostWaits.
func (r Reader) LongestWaits(ctx context.Context, limit int) ([]WaitLine, error) {
	var lines []WaitLine
	err := r.raw(ctx, &lines, r.waited()+`SELECT v.id AS variant_id, `+inLine+` AS n,
			(SELECT w.asked_at FROM stock_waits w WHERE w.variant_id = v.id AND w.state = 'waiting' ORDER BY w.id LIMIT 1) AS first_at
		FROM waited v WHERE v.id IS NOT NULL ORDER BY n DESC, v.id LIMIT ?`, 0, MostWaits, limit)
	return lines, err
}

// lately is what was said of a variant within a span to people who have not
// bought it since. Their address is among the words of the orders they paid.
const lately = `SELECT count(*) FROM stock_waits t WHERE t.variant_id = w.variant_id AND t.state = 'told' AND t.ended_at > ?
	AND NOT EXISTS (` + boughtSince + `)`

// boughtSince are orders of the address of a wait t, paid since it asked, with
// the size in them.
const boughtSince = `SELECT 1 FROM order_words b JOIN orders o ON o.id = b.order_id AND o.state = 'paid' AND o.paid_at >= t.asked_at
	JOIN order_lines l ON l.order_id = o.id AND l.variant_id = t.variant_id WHERE b.word = t.address`

// WaitsDue are up to limit variants above one that people wait for and that
// can be bought at an instant, more of them than were told of since another.
// Whatever made them so (a delivery, a count, a checkout that ended, a product
// that is shown again) is seen here, since only what is counts.
func (r Reader) WaitsDue(ctx context.Context, now, toldSince shop.Instant, last shop.VariantID, limit int) ([]shop.VariantID, error) {
	var ids []shop.VariantID
	err := r.raw(ctx, &ids, r.waited()+`SELECT w.variant_id FROM (SELECT id AS variant_id FROM waited) w
		JOIN variants v ON v.id = w.variant_id JOIN products p ON p.id = v.product_id
		LEFT JOIN stock_levels s ON s.variant_id = v.id AND s.place = ?
		WHERE p.status = 'active' AND p.published AND (p.publish_at IS NULL OR p.publish_at <= ?) AND (p.on_sale_at IS NULL OR p.on_sale_at <= ?)
			AND (NOT v.tracked OR v.policy = 'continue' OR s.on_hand - s.held > 0 AND s.on_hand - s.held > (`+lately+`))
		ORDER BY w.variant_id LIMIT ?`, last, shop.PlaceShop, now, now, toldSince, limit)
	return ids, err
}

// ToldLately is how many were told of a variant since an instant and have not
// bought it.
func (r Reader) ToldLately(ctx context.Context, variant shop.VariantID, since shop.Instant) (int64, error) {
	var n int64
	err := r.raw(ctx, &n, "SELECT coalesce(("+lately+"), 0) FROM (SELECT CAST(? AS bigint) AS variant_id) w", since, variant)
	return n, err
}

// NextWaiting are the first in line for a variant after one, at most limit.
func (r Reader) NextWaiting(ctx context.Context, variant shop.VariantID, after shop.WaitID, limit int) ([]shop.StockWait, error) {
	var waits []shop.StockWait
	err := r.raw(ctx, &waits, `SELECT * FROM stock_waits WHERE variant_id = ? AND state = 'waiting' AND id > ? ORDER BY id LIMIT ?`,
		variant, after, limit)
	return waits, err
}

// BoughtSince says whether the address of a wait has bought the size since it
// asked.
func (r Reader) BoughtSince(ctx context.Context, id shop.WaitID) (bool, error) {
	var n int
	err := r.raw(ctx, &n, "SELECT count(*) FROM stock_waits t WHERE t.id = ? AND EXISTS ("+boughtSince+")", id)
	return n > 0, err
}
