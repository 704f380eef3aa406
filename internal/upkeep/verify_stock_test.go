package upkeep_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"longrun/internal/database"
)

func TestVerifyCatchesMovementsOfStaffThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		for _, tt := range []struct{ name, breaks, says, mends string }{
			{"a note of two lines", "UPDATE stock_movements SET note = 'one\ntwo' WHERE id = 1",
				"1 movement 1: its note is not plain text on one line of 500 letters", "UPDATE stock_movements SET note = '' WHERE id = 1"},
			{"a note too long", "UPDATE stock_movements SET note = '" + strings.Repeat("x", 501) + "' WHERE id = 1",
				"1 movement 1: its note is not plain text on one line of 500 letters", "UPDATE stock_movements SET note = '' WHERE id = 1"},
			{"an undone sale that never was", "INSERT INTO stock_movements (id, variant_id, place, delta, cause_kind, cause_id, step, who, at) SELECT 9001, 1, 'shop', 0, 'store', 'K', 'undone', 'staff:1', at FROM stock_movements WHERE id = 1",
				"1 movement 9001: it undoes a sale in store of variant 1 that never was", "DELETE FROM stock_movements WHERE id = 9001"},
		} {
			t.Run(tt.name, func(t *testing.T) {
				exec(t, raw, tt.breaks)
				if found, _ := verify(t, db); !slices.Contains(found, tt.says) {
					t.Errorf("not noticed: %q", found)
				}
				exec(t, raw, tt.mends)
				if found, _ := verify(t, db); len(found) > 0 {
					t.Errorf("not mended: %q", found)
				}
			})
		}
	})
}
