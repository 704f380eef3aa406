package database

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/shop"
)

// Flaw is a row that breaks an invariant.
type Flaw struct {
	Rule string // its number in the list of what is always true, or what else was looked at
	Line string // a sentence that names the thing
}

// invariant is a question whose every answer is a flaw. Each is one statement,
// so that it sees one moment of a shop that is selling meanwhile.
type invariant struct {
	rule  string
	table string // its ids are walked in strides; "" asks once
	sql   string // names its columns thing, a, b, c, word; @from and @to bound the stride
	line  string // {thing}, {a}, {b}, {c} and {word} stand for the columns
}

// answer is a row of an invariant.
type answer struct {
	Thing, A, B, C int64
	Word           string
}

func (a answer) line(form string) string {
	return strings.NewReplacer("{thing}", fmt.Sprint(a.Thing), "{a}", fmt.Sprint(a.A), "{b}", fmt.Sprint(a.B),
		"{c}", fmt.Sprint(a.C), "{word}", a.Word).Replace(form)
}

// stride is how many ids one statement walks, so that it stays short however
// large the shop is; mostFlaws is how many answers are told for each.
const (
	stride    = 2000
	mostFlaws = 200
)

// Verify asks every invariant of the whole database and reports each flaw. It
// reads only, and may run while the shop sells. An error of report ends it.
func (r Reader) Verify(ctx context.Context, report func(Flaw) error) error {
	if err := r.verifyFile(ctx, report); err != nil {
		return err
	}
	for _, list := range [][]invariant{stockInvariants, holdInvariants, orderInvariants, moneyInvariants, discountInvariants, parcelInvariants, refundInvariants, returnInvariants, disputeInvariants, shelfInvariants, numberInvariants, mailInvariants, staffInvariants, privacyInvariants, accountInvariants, waitInvariants} {
		for _, i := range list {
			if err := r.verifyOne(ctx, i, report); err != nil {
				return fmt.Errorf("verifying %q: %w", i.line, err)
			}
		}
	}
	if err := r.verifySteps(ctx, report); err != nil {
		return err
	}
	flaws, err := r.CheckAudit(ctx)
	if err != nil {
		return fmt.Errorf("verifying the audit log: %w", err)
	}
	for _, line := range flaws {
		if err := report(Flaw{"7", line}); err != nil {
			return err
		}
	}
	return nil
}

func (r Reader) verifyOne(ctx context.Context, i invariant, report func(Flaw) error) error {
	return r.strides(ctx, i.table, func(from, to int64) error {
		var answers []answer
		args := map[string]any{"from": from, "to": to, "shop": shop.PlaceShop}
		if err := r.named(ctx, &answers, i.sql, args); err != nil {
			return err
		}
		for _, a := range answers {
			if err := report(Flaw{i.rule, a.line(i.line)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// named scans up to mostFlaws rows of a statement with @names in it, or none.
func (r Reader) named(ctx context.Context, dest *[]answer, sql string, args map[string]any) error {
	sql += fmt.Sprintf(" LIMIT %d", mostFlaws)
	if !strings.Contains(sql, "@") {
		return r.raw(ctx, dest, sql)
	}
	return r.raw(ctx, dest, sql, args)
}

// strides calls do for every stretch of a table's ids, the first exclusive
// and the last inclusive; without a table once.
func (r Reader) strides(ctx context.Context, table string, do func(from, to int64) error) error {
	if table == "" {
		return do(0, 0)
	}
	for from := int64(0); ; from += stride {
		var next *int64 // leaps over ids that are gone
		err := r.raw(ctx, &next, "SELECT min(id) FROM "+table+" WHERE id > ?", from)
		if err != nil || next == nil {
			return err
		}
		from = *next - 1
		if err := do(from, from+stride); err != nil {
			return err
		}
	}
}

// verifyFile asks SQLite about its own file. PostgreSQL checks its references
// itself and has no such question.
func (r Reader) verifyFile(ctx context.Context, report func(Flaw) error) error {
	if r.kind != SQLite {
		return nil
	}
	var lines []string
	if err := r.raw(ctx, &lines, "PRAGMA integrity_check(20)"); err != nil {
		return fmt.Errorf("checking the file: %w", err)
	}
	for _, line := range lines {
		if line == "ok" {
			continue
		}
		if err := report(Flaw{"file", "the database file: " + line}); err != nil {
			return err
		}
	}
	var dangling []struct {
		Table  string
		Rowid  int64
		Parent string
	}
	if err := r.raw(ctx, &dangling, "PRAGMA foreign_key_check"); err != nil {
		return fmt.Errorf("checking references: %w", err)
	}
	for i, d := range dangling {
		if i == mostFlaws {
			break
		}
		if err := report(Flaw{"file", fmt.Sprintf("row %d of %s names a row of %s that is not there", d.Rowid, d.Table, d.Parent)}); err != nil {
			return err
		}
	}
	return nil
}
