package database_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// TestEveryColumnIsDecidedAbout keeps anybody from storing more of a person
// without saying whether an export tells of it and an erasure takes it away.
func TestEveryColumnIsDecidedAbout(t *testing.T) {
	db := databasetest.Open(t, database.SQLite) // PostgreSQL's are the same, by another test
	undecided := map[string][]string{}
	decided := map[string]shop.PersonalTable{}
	for _, p := range shop.Personal() {
		if _, twice := decided[p.Table]; twice {
			t.Errorf("%s stands in shop.Personal twice", p.Table)
		}
		decided[p.Table] = p
	}
	there := map[string][]string{}
	for _, c := range columnsOf(t, db) {
		there[c.Relation] = append(there[c.Relation], c.Name)
		if lists := decided[c.Relation].Columns()[c.Name]; len(lists) != 1 {
			undecided[c.Relation] = append(undecided[c.Relation], c.Name+" "+strings.Join(lists, "+"))
		}
	}
	if len(undecided) > 0 {
		t.Errorf("say in shop/personal_tables.go whether these are personal, in one list each: %v", undecided)
	}
	for table, p := range decided {
		for name := range p.Columns() {
			if !slices.Contains(there[table], name) {
				t.Errorf("shop.Personal decides about %s.%s, which is not there", table, name)
			}
		}
		if (p.Kept != "") != (p.Why != "") {
			t.Errorf("%s: what is kept needs a reason, and nothing else does", table)
		}
	}
}

func TestEveryRetentionIsKnownAndCarriedOut(t *testing.T) {
	var told []string
	for _, r := range shop.Retentions() {
		if r.What == "" || r.Then == "" || r.Why == "" {
			t.Errorf("%s is not explained", r.Kind)
		}
		told = append(told, r.Kind)
	}
	known := database.RetentionKinds()
	slices.Sort(told)
	slices.Sort(known)
	if diff := cmp.Diff(told, known); diff != "" {
		t.Errorf("the table of shop.Retentions and what package database can let go (-table +database): %s", diff)
	}
}
