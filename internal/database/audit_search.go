package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// AuditSearch is what to look for in the audit log; what is empty does not
// matter.
type AuditSearch struct {
	Who       string // an actor
	Action    string // how the action begins: "staff." or "settings.set"
	ThingKind string
	ThingID   string
	From      *shop.Instant // at this instant or later
	Until     *shop.Instant // before this instant
	Before    int64         // only entries with a smaller number: the next page
	Limit     int
}

// AuditLine is an entry of the audit log with its details, nil once they were
// erased.
type AuditLine struct {
	AuditRow
	Details *string
}

// Audit finds entries of the audit log, the newest first.
func (r Reader) Audit(ctx context.Context, s AuditSearch) ([]AuditLine, error) {
	var lines []AuditLine
	conditions, args := s.conditions()
	err := r.raw(ctx, &lines, `SELECT e.*, d.details FROM audit_entries e LEFT JOIN audit_details d ON d.seq = e.seq
		WHERE `+conditions+` ORDER BY e.seq DESC LIMIT ?`, append(args, s.Limit)...)
	return lines, err
}

// conditions are the search in SQL: fixed texts and placeholders only.
func (s AuditSearch) conditions() (string, []any) {
	list, args := []string{"e.seq > 0"}, []any{}
	add := func(wanted bool, condition string, values ...any) {
		if wanted {
			list, args = append(list, condition), append(args, values...)
		}
	}
	add(s.Who != "", "e.who = ?", s.Who)
	add(s.Action != "", "e.action >= ? AND e.action < ?", s.Action, s.Action+"\U0010ffff")
	add(s.ThingKind != "", "e.thing_kind = ?", s.ThingKind)
	add(s.ThingID != "", "e.thing_id = ?", s.ThingID)
	add(s.From != nil, "e.at >= ?", s.From)
	add(s.Until != nil, "e.at < ?", s.Until)
	add(s.Before > 0, "e.seq < ?", s.Before)
	return strings.Join(list, " AND "), args
}
