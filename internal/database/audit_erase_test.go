package database_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func erase(t *testing.T, db *database.DB, why string, seqs ...int64) error {
	t.Helper()
	return db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		return tx.EraseAuditDetails(ctx, seqs, "staff:1", why)
	})
}

func fourEntries(t *testing.T, db *database.DB) {
	t.Helper()
	for n := range 4 {
		transact(t, db, func(_ context.Context, tx *database.Tx) error {
			tx.Audit(shop.AuditEntry{Who: shop.ByCommand, Action: "order.note", ThingKind: "order", ThingID: "1", Details: fmt.Sprintf(`{"name":"Ada %d"}`, n)})
			return nil
		})
	}
}

func flawless(t *testing.T, db *database.DB) {
	t.Helper()
	if flaws, err := db.CheckAudit(t.Context()); err != nil || len(flaws) > 0 {
		t.Errorf("%q, %v", flaws, err)
	}
}

func TestErasedDetailsAreGoneAndTheChainSaysSo(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		fourEntries(t, db)
		if err := erase(t, db, "the shopper asked", 3, 2, 3); err != nil {
			t.Fatal(err)
		}
		flawless(t, db)
		lines, err := db.Audit(t.Context(), database.AuditSearch{Limit: 10})
		if err != nil || len(lines) != 5 || lines[2].Details != nil || lines[3].Details != nil || lines[1].Details == nil || lines[4].Details == nil {
			t.Fatalf("%+v %v", lines, err)
		}
		if got := fmt.Sprint(lines[0].Who, lines[0].Action, *lines[0].Details); got != `staff:1audit.erase{"seqs":[2,3],"why":"the shopper asked"}` {
			t.Errorf("noted %s", got)
		}
		if err := erase(t, db, "again", 2, 3); err != nil { // says nothing twice
			t.Fatal(err)
		}
		if head, _ := db.AuditHead(t.Context()); head.Count != 5 {
			t.Errorf("%d entries", head.Count)
		}
		for name, try := range map[string]func() error{
			"an erasure":             func() error { return erase(t, db, "hide it", 5) },
			"an entry that is not":   func() error { return erase(t, db, "hide it", 1, 6) },
			"an erasure for nothing": func() error { return erase(t, db, " ", 1) },
			"nobody":                 func() error { return databaseErase(t, db, "", 1) },
		} {
			if err := try(); shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		flawless(t, db)
	})
}

func databaseErase(t *testing.T, db *database.DB, who string, seq int64) error {
	t.Helper()
	return db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		return tx.EraseAuditDetails(ctx, []int64{seq}, who, "because")
	})
}

func TestWhatWasNotErasedProperlyIsFound(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		fourEntries(t, db)
		if err := erase(t, db, "the shopper asked", 2); err != nil {
			t.Fatal(err)
		}
		fill := func(seq int) string {
			return fmt.Sprintf("INSERT INTO audit_details (seq, salt, details) SELECT %d, salt, details FROM audit_details WHERE seq = 1", seq)
		}
		for name, tt := range map[string]struct{ statement, says string }{
			"details that nobody erased":   {"DELETE FROM audit_details WHERE seq = 3", "details of entry 3 are missing, and no entry says"},
			"erased details that are back": {fill(2), "details of entry 2 are there, and entry 5 says that they were erased"},
			"an erasure that names others": {`UPDATE audit_details SET details = '{"seqs":[2,3],"why":"x"}' WHERE seq = 5`, "details of entry 5 were changed"},
			"an erasure without details":   {"DELETE FROM audit_details WHERE seq = 5", "details of entry 2 are missing, and no entry says"},
			"an entry made an erasure":     {"UPDATE audit_entries SET action = 'audit.erase' WHERE seq = 4", "entry 4 does not fit the one before it"},
			"changed details":              {"UPDATE audit_details SET details = '{}' WHERE seq = 1", "details of entry 1 were changed"},
			"swapped details":              {"UPDATE audit_details SET salt = (SELECT salt FROM audit_details WHERE seq = 1), details = (SELECT details FROM audit_details WHERE seq = 1) WHERE seq = 4", "details of entry 4 were changed"},
			"swapped entries":              {"UPDATE audit_entries SET digest = (SELECT o.digest FROM audit_entries o WHERE o.seq = 7 - audit_entries.seq) WHERE seq IN (3, 4)", "entry 3 does not fit the one before it"},
			"a missing entry":              {"DELETE FROM audit_entries WHERE seq = 3", "entry 3 is missing"},
			"a cut tail":                   {"DELETE FROM audit_entries WHERE seq = 5", "the chain ends at 4, its head says 5"},
			"a cut tail and its head":      {"UPDATE audit_head SET count = 4", "the chain ends at 5, its head says 4"},
		} {
			t.Run(name, func(t *testing.T) {
				if flaws := strings.Join(tampered(t, db, tt.statement), "\n"); !strings.Contains(flaws, tt.says) {
					t.Errorf("found %q, want %q", flaws, tt.says)
				}
			})
		}
	})
}

func TestACheckOfTheAuditLogMayRunWhileItIsWritten(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		fourEntries(t, db)
		ctx, stop := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer stop()
		var group sync.WaitGroup
		group.Go(func() {
			for n := int64(5); ctx.Err() == nil; n += 2 { // each entry is erased by the next
				for _, write := range []func(context.Context, *database.Tx) error{
					func(_ context.Context, tx *database.Tx) error {
						tx.Audit(shop.AuditEntry{Who: shop.ByCommand, Action: "order.note", ThingKind: "order", ThingID: "1", Details: "{}"})
						return nil
					},
					func(ctx context.Context, tx *database.Tx) error {
						return tx.EraseAuditDetails(ctx, []int64{n}, shop.ByCommand, "test")
					},
				} {
					if err := db.Transact(t.Context(), write); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
		for ctx.Err() == nil {
			flawless(t, db)
		}
		group.Wait()
		flawless(t, db)
	})
}
