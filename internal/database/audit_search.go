package database

import (
	"context"
	"strings"
	"time"

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
	lines, _, err := r.AuditPage(ctx, s)
	return lines, err
}

// AuditPage is up to Limit entries, the newest first, and the number before
// which the next page begins, 0 after the last. A search with several
// conditions may find fewer and yet not be at its end.
func (r Reader) AuditPage(ctx context.Context, s AuditSearch) (lines []AuditLine, next int64, err error) {
	strands, err := r.auditStrands(ctx, s)
	if err != nil || len(strands) == 0 {
		return nil, 0, err
	}
	if err := r.thinnest(ctx, "audit_entries", strands); err != nil {
		return nil, 0, err
	}
	bounds, args, err := r.auditBounds(ctx, s)
	if err != nil {
		return nil, 0, err
	}
	walked := s.Limit + 1
	if len(strands) > 1 {
		walked = mostWalked
	}
	walk, args := r.auditWalk(strands[0], bounds, args, walked)
	rest, others := joined(strands[1:])
	err = r.raw(ctx, &lines, `SELECT e.*, d.details FROM (SELECT seq FROM (`+walk+`) w WHERE `+rest+` ORDER BY seq DESC LIMIT ?) q
		JOIN audit_entries e ON e.seq = q.seq LEFT JOIN audit_details d ON d.seq = e.seq ORDER BY e.seq DESC`,
		append(append(args[:len(args):len(args)], others...), s.Limit+1)...)
	switch {
	case err != nil:
		return nil, 0, err
	case len(lines) > s.Limit:
		lines = lines[:s.Limit]
		return lines, lines[s.Limit-1].Seq, nil
	case len(strands) > 1:
		err = r.raw(ctx, &next, "SELECT seq FROM ("+walk+") w ORDER BY seq DESC LIMIT 1 OFFSET ?", append(args, mostWalked-1)...)
	}
	return lines, next, err
}

// auditWalk is the statement that reads so many entries of a strand.
func (r Reader) auditWalk(way strand, bounds string, values []any, walked int) (string, []any) {
	var arms []string
	var args []any
	ways := way.arms
	if len(ways) == 0 {
		ways = []strand{way}
	}
	for _, arm := range ways {
		arms = append(arms, "SELECT * FROM (SELECT seq, at, who, action, thing_kind, thing_id FROM "+r.along("audit_entries", way.index)+
			" WHERE "+arm.condition+bounds+" ORDER BY seq DESC LIMIT ?) arm")
		args = append(append(append(args, arm.args...), values...), walked)
	}
	return "SELECT * FROM (" + strings.Join(arms, " UNION ALL ") + ") arms ORDER BY seq DESC LIMIT ?", append(args, walked)
}

// auditStrands are the conditions of a search, each with its index by number,
// or none when no entry can meet them.
func (r Reader) auditStrands(ctx context.Context, s AuditSearch) ([]strand, error) {
	var list []strand
	switch {
	case s.ThingID != "":
		list = append(list, strand{index: "audit_entries_thing", condition: "thing_kind = ? AND thing_id = ?", args: []any{s.ThingKind, s.ThingID}})
	case s.ThingKind != "":
		list = append(list, strand{index: "audit_entries_kind", condition: "thing_kind = ?", args: []any{s.ThingKind}})
	}
	if s.Who != "" {
		list = append(list, strand{index: "audit_entries_who", condition: "who = ?", args: []any{s.Who}})
	}
	if s.Action != "" {
		actions, err := r.actionsOf(ctx, s.Action)
		if err != nil || len(actions) == 0 {
			return nil, err
		}
		way := strand{index: "audit_entries_action", condition: "action IN ?", args: []any{actions}}
		for _, action := range actions {
			way.arms = append(way.arms, strand{condition: "action = ?", args: []any{action}})
		}
		list = append(list, way)
	}
	if len(list) == 0 {
		list = append(list, strand{condition: "seq > ?", args: []any{0}})
	}
	return list, nil
}

// mostActions is how many actions of one beginning are looked for; the shop
// has fewer.
const mostActions = 60

// actionsOf are the actions that begin so, each found by a step through the
// index.
func (r Reader) actionsOf(ctx context.Context, begins string) ([]string, error) {
	var actions []string
	err := r.raw(ctx, &actions, `WITH RECURSIVE a (action) AS (
			SELECT min(action) FROM audit_entries WHERE action >= ? AND action < ?
			UNION ALL
			SELECT (SELECT min(e.action) FROM audit_entries e WHERE e.action > a.action AND e.action < ?) FROM a WHERE a.action IS NOT NULL
		) SELECT action FROM a WHERE action IS NOT NULL LIMIT ?`, begins, begins+lastRune, begins+lastRune, mostActions)
	return actions, err
}

// auditSlack is by how much entries may stand in another order than their
// times: a transaction that writes one ends within transactLimit.
const auditSlack = time.Minute

// auditBounds are the bounds of a search, those of days as numbers of entries
// too, which every strand can begin at.
func (r Reader) auditBounds(ctx context.Context, s AuditSearch) (string, []any, error) {
	bounds, args := "", []any{}
	if s.Before > 0 {
		bounds, args = " AND seq < ?", []any{s.Before}
	}
	if s.From != nil {
		var first int64
		if err := r.raw(ctx, &first, "SELECT seq FROM audit_entries WHERE at < ? ORDER BY at DESC LIMIT 1", s.From.Add(-auditSlack)); err != nil {
			return "", nil, err
		}
		bounds, args = bounds+" AND seq > ? AND at >= ?", append(args, first, s.From)
	}
	if s.Until != nil {
		last := int64(1 << 53)
		if err := r.raw(ctx, &last, "SELECT seq FROM audit_entries WHERE at >= ? ORDER BY at LIMIT 1", s.Until.Add(auditSlack)); err != nil {
			return "", nil, err
		}
		bounds, args = bounds+" AND seq < ? AND at < ?", append(args, last, s.Until)
	}
	return bounds, args, nil
}
