package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// DisputeTab is one of the lists in which staff see disputes.
type DisputeTab string

// The lists: what is to be answered, the soonest end first; what waits for the
// bank; what is decided, the newest first.
const (
	DisputesToAnswer DisputeTab = "answer"
	DisputesAtBank   DisputeTab = "bank"
	DisputesDecided  DisputeTab = "decided"
)

// toAnswer are the disputes that wait for the shop and whose answer is not on
// its way. One that has no end cannot be answered.
const toAnswer = `state IN ('needs_response', 'warning_needs_response') AND evidence_state IN ('none', 'draft') AND due_at IS NOT NULL`

// disputeLists are how the lists are read.
var disputeLists = map[DisputeTab]struct{ where, after, order string }{
	DisputesToAnswer: {toAnswer, "(due_at, id) > (?, ?)", "due_at, id"},
	DisputesAtBank:   {"ended_at IS NULL AND NOT (" + toAnswer + ")", "(created_at, id) < (?, ?)", "created_at DESC, id DESC"},
	DisputesDecided:  {"ended_at IS NOT NULL", "(ended_at, id) < (?, ?)", "ended_at DESC, id DESC"},
}

// Known says whether there is such a list.
func (t DisputeTab) Known() bool { _, ok := disputeLists[t]; return ok }

// DisputeRow is a dispute in a list, with its order's number.
type DisputeRow struct {
	shop.Dispute
	OrderNumber *int64
}

// Moment is a row's place in its list.
func (d *DisputeRow) Moment(tab DisputeTab) Moment {
	at := d.CreatedAt
	switch {
	case tab == DisputesToAnswer && d.DueAt != nil:
		at = *d.DueAt
	case tab == DisputesDecided && d.EndedAt != nil:
		at = *d.EndedAt
	}
	return Moment{at, fmt.Sprint(d.ID)}
}

// Disputes are up to limit disputes of a list behind one, nil for the first
// page.
func (r Reader) Disputes(ctx context.Context, tab DisputeTab, after *Moment, limit int) ([]DisputeRow, error) {
	list := disputeLists[tab]
	where, args := list.where, []any{}
	if after != nil {
		where, args = where+" AND "+list.after, []any{after.At, after.number()}
	}
	var rows []DisputeRow
	err := r.raw(ctx, &rows, `SELECT d.*, o.number AS order_number FROM (SELECT * FROM disputes WHERE `+where+
		" ORDER BY "+list.order+" LIMIT ?) d JOIN orders o ON o.id = d.order_id ORDER BY "+list.order, append(args, limit)...)
	return rows, err
}

// DisputesToRemind are up to limit disputes that are to be answered before an
// instant and of which staff may have to be reminded.
func (r Reader) DisputesToRemind(ctx context.Context, before shop.Instant, most, limit int) ([]shop.Dispute, error) {
	var list []shop.Dispute
	err := r.raw(ctx, &list, "SELECT * FROM disputes WHERE "+toAnswer+" AND due_at <= ? AND reminders < ? ORDER BY due_at, id LIMIT ?", before, most, limit)
	return list, err
}

// DisputeCount is how many disputes are to be answered, counting no further
// than most.
func (r Reader) DisputeCount(ctx context.Context, most int) (int64, error) {
	var n int64
	err := r.raw(ctx, &n, "SELECT count(*) FROM (SELECT 1 FROM disputes WHERE "+toAnswer+" LIMIT ?) waiting", most)
	return n, err
}
