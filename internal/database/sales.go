package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// SalesByDay is what was paid between each bound and the next, in one query
// along the index of paid orders.
func (r Reader) SalesByDay(ctx context.Context, bounds []shop.Instant) ([]shop.DaySales, error) {
	if len(bounds) < 2 {
		return nil, nil
	}
	// Each day by itself, so that none but these days are read. PostgreSQL would
	// plan each arm of a UNION, which takes longer than reading them.
	const sums = `SELECT count(*) AS orders, CAST(coalesce(sum(total + tax), 0) AS bigint) AS amount `
	one := "SELECT CAST(? AS bigint) AS n, o.* FROM (" + sums + "FROM orders INDEXED BY orders_paid WHERE state = 'paid' AND paid_at >= ? AND paid_at < ?) o"
	between := " UNION ALL "
	if r.kind == Postgres {
		one, between = "(CAST(? AS bigint), CAST(? AS timestamptz), CAST(? AS timestamptz))", ", "
	}
	var parts []string
	var args []any
	for n := range len(bounds) - 1 {
		parts = append(parts, one)
		args = append(args, n, bounds[n], bounds[n+1])
	}
	question := strings.Join(parts, between)
	if r.kind == Postgres {
		question = "SELECT d.n, o.* FROM (VALUES " + question + ") d (n, since, until) CROSS JOIN LATERAL (" + sums + "FROM orders WHERE state = 'paid' AND paid_at >= d.since AND paid_at < d.until) o"
	}
	var rows []struct {
		N, Orders int64
		Amount    shop.Cents
	}
	if err := r.raw(ctx, &rows, question, args...); err != nil {
		return nil, err
	}
	days := make([]shop.DaySales, len(bounds)-1)
	for n := range days {
		days[n].Day = bounds[n]
	}
	for _, row := range rows {
		days[row.N].Orders, days[row.N].Amount = row.Orders, row.Amount
	}
	return days, nil
}
