package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// stepTable is where a thing stands whose steps are rows.
type stepTable struct {
	table, column string
	begin         string // the state it has before its first step
}

var stepTables = map[string]stepTable{
	"order":   {table: "orders", column: "state"},
	"attempt": {table: "payment_attempts", column: "state"},
	"refund":  {table: "refunds", column: "state"},
	"parcel":  {table: "parcels", column: "state"},
	"dispute": {table: "disputes", column: "state"},
	"return":  {table: "returns", column: "state"},
	// Every order begins like this, so that placing one writes no step of it.
	"fulfilment": {table: "orders", column: "fulfilment", begin: string(shop.Unfulfilled)},
}

// stepRow is a thing as it is now with one of its steps, or with none.
type stepRow struct {
	ID        int64
	State     string
	FromState *string
	ToState   *string
}

// verifySteps is rule 8: every thing's steps begin with nothing, follow upon
// each other, are allowed, and end where the thing stands now.
func (r Reader) verifySteps(ctx context.Context, report func(Flaw) error) error {
	for kind, moves := range shop.Machines() {
		at, known := stepTables[kind]
		if !known {
			return fmt.Errorf("no table is known for the steps of a %s", kind)
		}
		err := r.strides(ctx, at.table, func(from, to int64) error {
			var rows []stepRow
			err := r.raw(ctx, &rows, `SELECT t.id, t.`+at.column+` AS state, s.from_state, s.to_state FROM `+at.table+` t
				LEFT JOIN steps s ON s.thing_kind = ? AND s.thing_id = t.id
				WHERE t.id > ? AND t.id <= ? ORDER BY t.id, s.id`, kind, from, to)
			if err != nil {
				return err
			}
			return walkSteps(walk{kind, at.begin, moves}, rows, report)
		})
		if err != nil {
			return fmt.Errorf("verifying the steps of each %s: %w", kind, err)
		}
	}
	for _, i := range strayStepInvariants() {
		if err := r.verifyOne(ctx, i, report); err != nil {
			return fmt.Errorf("verifying steps: %w", err)
		}
	}
	return nil
}

// walk is what the steps of one kind of thing are held against.
type walk struct {
	kind, begin string
	moves       shop.Moves[string]
}

// walkSteps walks the rows of whole things.
func walkSteps(w walk, rows []stepRow, report func(Flaw) error) error {
	tell := func(row stepRow, format string, args ...any) error {
		return report(Flaw{"8", fmt.Sprintf("%s %d: ", w.kind, row.ID) + fmt.Sprintf(format, args...)})
	}
	at := w.begin // the state reached so far
	for i, row := range rows {
		var err error
		switch {
		case row.ToState == nil && w.begin != "":
		case row.ToState == nil:
			err = tell(row, "it is %s without any step", row.State)
			at = row.State // said once
		case *row.FromState != at:
			err = tell(row, "a step leads from %q, it was at %q", *row.FromState, at)
			at = *row.ToState
		case *row.ToState != at && w.moves.Check(at, *row.ToState) != nil, at == "" && *row.ToState == "":
			err = tell(row, "a step leads from %q to %q, which is not allowed", at, *row.ToState)
			at = *row.ToState
		default:
			at = *row.ToState
		}
		if err != nil {
			return err
		}
		if i+1 < len(rows) && rows[i+1].ID == row.ID {
			continue
		}
		if at != row.State {
			if err := tell(row, "its steps end at %q, it is %s", at, row.State); err != nil {
				return err
			}
		}
		at = w.begin
	}
	return nil
}

// strayStepInvariants find steps of things that are not there. The kind is
// hidden from the planner, which would walk all of a kind for each stride.
func strayStepInvariants() []invariant {
	stray := "thing_kind NOT IN (''"
	list := []invariant{}
	for kind, at := range stepTables {
		stray += ", '" + kind + "'"
		list = append(list, invariant{rule: "8", table: "steps", line: "step {thing}: it is of " + kind + " {a}, which is not there",
			sql: `SELECT s.id AS thing, s.thing_id AS a FROM steps s WHERE s.id > @from AND s.id <= @to AND s.thing_kind || '' = '` + kind + `'
				AND NOT EXISTS (SELECT 1 FROM ` + at.table + ` t WHERE t.id = s.thing_id)`})
	}
	return append(list, invariant{rule: "8", table: "steps", line: "step {thing}: nobody knows what a {word} is",
		sql: `SELECT s.id AS thing, s.thing_kind AS word FROM steps s WHERE s.id > @from AND s.id <= @to AND s.` + stray + ")"})
}
