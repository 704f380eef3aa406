package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// SalesByDay is what was paid between each bound and the next, in one query
// along the index of paid orders.
func (r Reader) SalesByDay(ctx context.Context, bounds []shop.Instant) ([]shop.DaySales, error) {
	orders := "orders"
	if r.kind == SQLite {
		orders += " INDEXED BY orders_paid" // or it walks all paid orders for each day
	}
	one := `SELECT CAST(? AS bigint) AS n, count(*) AS orders, CAST(coalesce(sum(total + tax), 0) AS bigint) AS amount
		FROM ` + orders + ` WHERE state = 'paid' AND paid_at >= ? AND paid_at < ?`
	var parts []string
	var args []any
	for n := range len(bounds) - 1 {
		parts = append(parts, one)
		args = append(args, n, bounds[n], bounds[n+1])
	}
	if len(parts) == 0 {
		return nil, nil
	}
	var rows []struct {
		N, Orders int64
		Amount    shop.Cents
	}
	if err := r.raw(ctx, &rows, strings.Join(parts, " UNION ALL "), args...); err != nil {
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
