package database

import (
	"context"

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
	Until     *shop.Instant  // before this instant
	Before    *MovementPlace // where the page before ended
	Limit     int
}

// MovementLine is a movement and what was on hand once it had been made, which
// is only known where one size was asked for.
type MovementLine struct {
	shop.StockMovement
	OnHand *int64
}

// MovementPlace is where a page of movements ended.
type MovementPlace struct {
	At shop.Instant
	ID int64
}

// Movements are up to Limit movements in the shop, the newest first. next is
// where the next page begins, nil after the last; a search with several
// conditions may find fewer and yet not be at its end.
func (r Reader) Movements(ctx context.Context, s MovementSearch) (lines []MovementLine, next *MovementPlace, err error) {
	if len(s.Variants) > 0 {
		lines, err = r.movementsOfSizes(ctx, s)
	} else {
		lines, next, err = r.movementsOfAll(ctx, s)
	}
	if len(lines) > s.Limit {
		lines = lines[:s.Limit]
		next = &MovementPlace{lines[s.Limit-1].At, lines[s.Limit-1].ID}
	}
	return lines, next, err
}

// movementsOfSizes reads everything of one size and adds it up; of several
// everything is read before it is put in order, since walking all movements by
// time would meet theirs too seldom.
func (r Reader) movementsOfSizes(ctx context.Context, s MovementSearch) ([]MovementLine, error) {
	from, args := "WITH m AS MATERIALIZED (SELECT * FROM stock_movements WHERE variant_id IN ?) SELECT m.* FROM m", []any{s.Variants}
	if len(s.Variants) == 1 {
		from, args = `SELECT m.* FROM (SELECT a.*, CAST(sum(a.delta) OVER (ORDER BY a.at, a.id) AS bigint) AS on_hand
			FROM stock_movements a WHERE a.variant_id = ? AND a.place = 'shop') m`, []any{s.Variants[0]}
	}
	rest, wanted := joined(s.strands())
	bounds, between := s.bounds()
	args = append(append(append(args, wanted...), between...), s.Limit+1)
	var lines []MovementLine
	err := r.raw(ctx, &lines, from+" WHERE "+rest+bounds+" ORDER BY at DESC, id DESC LIMIT ?", args...)
	return lines, err
}

func (r Reader) movementsOfAll(ctx context.Context, s MovementSearch) (lines []MovementLine, next *MovementPlace, err error) {
	strands := s.strands()
	if err := r.thinnest(ctx, "stock_movements", strands); err != nil {
		return nil, nil, err
	}
	walked := s.Limit + 1
	if len(strands) > 1 {
		walked = mostWalked
	}
	bounds, more := s.bounds()
	walk := "SELECT * FROM " + r.along("stock_movements", strands[0].index) + " WHERE " + strands[0].condition + bounds + " ORDER BY at DESC, id DESC LIMIT ?"
	args := append(append(append([]any{}, strands[0].args...), more...), walked)
	rest, others := joined(strands[1:])
	err = r.raw(ctx, &lines, "SELECT * FROM ("+walk+") m WHERE "+rest+" ORDER BY at DESC, id DESC LIMIT ?", append(append(args[:len(args):len(args)], others...), s.Limit+1)...)
	if err != nil || len(lines) > s.Limit || len(strands) < 2 {
		return lines, nil, err
	}
	var last []MovementPlace
	err = r.raw(ctx, &last, "SELECT at, id FROM ("+walk+") m ORDER BY at DESC, id DESC LIMIT 1 OFFSET ?", append(args, mostWalked-1)...)
	if len(last) > 0 {
		next = &last[0]
	}
	return lines, next, err
}

// strands are the conditions of a search, each with its index by time. What
// one cause has made is little.
func (s MovementSearch) strands() []strand {
	var list []strand
	switch {
	case s.CauseKind != "" && s.CauseID != "":
		list = append(list, strand{index: "stock_movements_cause", condition: "cause_kind = ? AND cause_id = ?", args: []any{s.CauseKind, s.CauseID}})
	case s.CauseKind != "":
		list = append(list, strand{index: "stock_movements_kind", condition: "cause_kind = ?", args: []any{s.CauseKind}})
	}
	if s.Who != "" {
		list = append(list, strand{index: "stock_movements_who", condition: "who = ?", args: []any{s.Who}})
	}
	if len(list) == 0 {
		list = append(list, strand{index: "stock_movements_at", condition: "at IS NOT NULL"})
	}
	return list
}

func (s MovementSearch) bounds() (string, []any) {
	bounds, args := " AND place = 'shop'", []any{}
	if s.From != nil {
		bounds, args = bounds+" AND at >= ?", append(args, s.From)
	}
	if s.Until != nil {
		bounds, args = bounds+" AND at < ?", append(args, s.Until)
	}
	if s.Before != nil {
		bounds, args = bounds+" AND (at, id) < (?, ?)", append(args, s.Before.At, s.Before.ID)
	}
	return bounds, args
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
