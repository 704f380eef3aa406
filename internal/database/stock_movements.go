package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// MovementSearch is which movements to look for; what is empty does not
// matter.
type MovementSearch struct {
	Variants  []shop.VariantID
	CauseKind string
	CauseID   string // only together with its kind
	Who       string // an actor
	From      *shop.Instant
	Until     *shop.Instant // before this instant
	BeforeAt  *shop.Instant // only what came before this movement: the next page
	BeforeID  int64
	Limit     int
}

// MovementLine is a movement and what was on hand once it had been made, which
// is only known where one size was asked for.
type MovementLine struct {
	shop.StockMovement
	OnHand *int64
}

// Movements are movements in the shop, the newest first.
func (r Reader) Movements(ctx context.Context, s MovementSearch) ([]MovementLine, error) {
	var lines []MovementLine
	from, args := s.source()
	conditions, more := s.conditions()
	err := r.raw(ctx, &lines, from+" WHERE "+conditions+" ORDER BY m.at DESC, m.id DESC LIMIT ?", append(append(args, more...), s.Limit)...)
	return lines, err
}

// source is what is searched. Of one size everything is read and added up; of
// several everything is read before it is put in order, since walking all
// movements by time would meet theirs too seldom.
func (s MovementSearch) source() (string, []any) {
	switch len(s.Variants) {
	case 0:
		return "SELECT m.* FROM stock_movements m", nil
	case 1:
		return `SELECT m.* FROM (SELECT a.*, CAST(sum(a.delta) OVER (ORDER BY a.at, a.id) AS bigint) AS on_hand
			FROM stock_movements a WHERE a.variant_id = ? AND a.place = 'shop') m`, []any{s.Variants[0]}
	}
	return "WITH m AS MATERIALIZED (SELECT * FROM stock_movements WHERE variant_id IN ?) SELECT m.* FROM m", []any{s.Variants}
}

func (s MovementSearch) conditions() (string, []any) {
	list, args := []string{"m.place = 'shop'"}, []any{}
	add := func(wanted bool, condition string, values ...any) {
		if wanted {
			list, args = append(list, condition), append(args, values...)
		}
	}
	add(s.CauseKind != "", "m.cause_kind = ?", s.CauseKind)
	add(s.CauseKind != "" && s.CauseID != "", "m.cause_id = ?", s.CauseID)
	add(s.Who != "", "m.who = ?", s.Who)
	add(s.From != nil, "m.at >= ?", s.From)
	add(s.Until != nil, "m.at < ?", s.Until)
	add(s.BeforeAt != nil, "(m.at, m.id) < (?, ?)", s.BeforeAt, s.BeforeID)
	return strings.Join(list, " AND "), args
}

// MovementsOf are the movements in the shop that a cause has made, by size.
func (r Reader) MovementsOf(ctx context.Context, kind, id string) ([]shop.StockMovement, error) {
	var made []shop.StockMovement
	err := r.raw(ctx, &made, "SELECT * FROM stock_movements WHERE cause_kind = ? AND cause_id = ? AND place = ? ORDER BY variant_id, id",
		kind, id, shop.PlaceShop)
	return made, err
}

// MovementByID is one movement. It is KindNotFound when there is none.
func (r Reader) MovementByID(ctx context.Context, id int64) (shop.StockMovement, error) {
	var m shop.StockMovement
	err := r.take(ctx, &m, "There is no such movement.", "SELECT * FROM stock_movements WHERE id = ?", id)
	return m, err
}

// OrderNumbers are the numbers of orders that have one, by id.
func (r Reader) OrderNumbers(ctx context.Context, ids []shop.OrderID) (map[shop.OrderID]int64, error) {
	numbers := map[shop.OrderID]int64{}
	if len(ids) == 0 {
		return numbers, nil
	}
	var rows []struct {
		ID     shop.OrderID
		Number int64
	}
	err := r.raw(ctx, &rows, "SELECT id, number FROM orders WHERE number IS NOT NULL AND id IN ?", ids)
	for _, row := range rows {
		numbers[row.ID] = row.Number
	}
	return numbers, err
}
