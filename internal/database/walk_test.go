package database_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// A search with several conditions looks at so many rows for one page. However
// few of them fit, going on finds each that does, once, and comes to an end.
func TestSearchesThatLookAtSoManyRowsFindAll(t *testing.T) {
	databasetest.GrownEach(t, databasetest.Size{Products: 60, Orders: 3_600}, func(t *testing.T, db *database.DB) {
		for _, tt := range []struct {
			name, kind, who string
			want, pages     int // the least
		}{
			{"both fit", shop.CauseOrder, shop.ByStripe, 6_000, 60},
			{"none fits", shop.CauseOrder, shop.ByCommand, 0, 3},
		} {
			seen, pages := map[int64]bool{}, 0
			s := database.MovementSearch{CauseKind: tt.kind, Who: tt.who, Limit: 100}
			for more := true; more; pages++ {
				lines, next, err := db.Movements(t.Context(), s)
				if err != nil || pages > 200 {
					t.Fatal(pages, err)
				}
				for _, l := range lines {
					if seen[l.ID] || l.CauseKind != tt.kind || l.Who != tt.who {
						t.Fatalf("%s: %+v", tt.name, l)
					}
					seen[l.ID] = true
				}
				s.Before, more = next, next != nil
			}
			if len(seen) < tt.want || tt.want == 0 && len(seen) > 0 || pages < tt.pages {
				t.Errorf("%s: %d movements on %d pages", tt.name, len(seen), pages)
			}
		}
	})
}

func TestAnAuditSearchThatLooksAtSoManyEntriesFindsAll(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		var want []int64
		for from := 1; from <= 9_000; from += 1_000 {
			transact(t, db, func(_ context.Context, tx *database.Tx) error {
				for i := from; i < from+1_000; i++ {
					e := shop.AuditEntry{Who: "staff:1", Action: "a.one", ThingKind: "p", ThingID: fmt.Sprint(i), Details: "{}"}
					if i%2 == 0 {
						e.Who = "staff:2"
					}
					if i%3 == 0 {
						e.Action, e.ThingKind = "a.two", "q"
					}
					tx.Audit(e)
				}
				return nil
			})
		}
		for i := int64(9_000); i > 0; i-- {
			if i%2 == 0 && i%3 == 0 {
				want = append(want, i)
			}
		}
		search := func(s database.AuditSearch) (seen []int64, pages int) {
			for s.Limit = 100; ; pages++ {
				lines, next, err := db.AuditPage(t.Context(), s)
				if err != nil || pages > 200 {
					t.Fatal(pages, err)
				}
				for _, l := range lines {
					seen = append(seen, l.Seq)
				}
				if s.Before = next; next == 0 {
					return seen, pages + 1
				}
			}
		}
		for name, s := range map[string]database.AuditSearch{
			"person and kind":                {Who: "staff:2", ThingKind: "q"},
			"person and action":              {Who: "staff:2", Action: "a.two"},
			"person, kind and several words": {Who: "staff:2", ThingKind: "q", Action: "a."},
		} {
			seen, _ := search(s)
			if diff := cmp.Diff(want, seen); diff != "" {
				t.Errorf("%s: (-want +got)\n%.500s", name, diff)
			}
		}
		if seen, _ := search(database.AuditSearch{Action: "a."}); len(seen) != 9_000 || !slices.IsSortedFunc(seen, func(a, b int64) int { return int(b - a) }) {
			t.Errorf("the beginning of two actions finds %d", len(seen))
		}
		if seen, pages := search(database.AuditSearch{Who: "staff:1", ThingKind: "q", Action: "a.one"}); len(seen) > 0 || pages < 2 {
			t.Errorf("what does not go together finds %d on %d pages", len(seen), pages)
		}
	})
}

// The days of a search bound it by the numbers of entries too, and those are
// not always in the order of their times.
func TestTheDaysOfAnAuditSearchLoseNoEntry(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		for range 20 {
			transact(t, db, func(_ context.Context, tx *database.Tx) error {
				tx.Audit(shop.AuditEntry{Who: "command", Action: "a", ThingKind: "p", ThingID: "1", Details: "{}"})
				return nil
			})
		}
		lines, err := db.Audit(t.Context(), database.AuditSearch{Limit: 20})
		if err != nil || len(lines) != 20 {
			t.Fatal(len(lines), err)
		}
		noon := lines[0].At
		at := make([]shop.Instant, 20) // by number, 30 s apart; two stand behind younger ones
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			for i := range at {
				at[i] = noon.Add(time.Duration(i-10) * 30 * time.Second)
				if i == 8 || i == 12 {
					at[i] = at[i].Add(-50 * time.Second)
				}
				if err := database.Exec(ctx, tx, "UPDATE audit_entries SET at = ? WHERE seq = ?", at[i], lines[19-i].Seq); err != nil {
					return err
				}
			}
			return nil
		})
		for from := range at {
			for until := range at {
				var want []int64
				for i := range at {
					if !at[i].Before(at[from]) && at[i].Before(at[until]) {
						want = append(want, lines[19-i].Seq)
					}
				}
				slices.Reverse(want)
				var got []int64
				found, err := db.Audit(t.Context(), database.AuditSearch{From: &at[from], Until: &at[until], Limit: 50})
				for _, l := range found {
					got = append(got, l.Seq)
				}
				if diff := cmp.Diff(want, got); diff != "" || err != nil {
					t.Fatalf("%d to %d: %v (-want +got)\n%s", from, until, err, diff)
				}
			}
		}
	})
}

// A search by stock looks at so many products for one page, unless few sizes
// are low in the whole shop.
func TestProductsAreFoundByTheirStockHoweverFar(t *testing.T) {
	databasetest.GrownEach(t, databasetest.Size{Products: 450, Orders: 12}, func(t *testing.T, db *database.DB) {
		search := func(s database.ProductSearch) (seen []shop.ProductID, pages int) {
			for pages = 1; ; pages++ {
				rows, next, err := db.SearchProducts(t.Context(), s)
				if err != nil || pages > 200 {
					t.Fatal(pages, err)
				}
				for _, row := range rows {
					seen = append(seen, row.ID)
				}
				if s.After = next; next == nil {
					return seen, pages
				}
			}
		}
		level := func(set, which string) {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				return database.Exec(ctx, tx, "UPDATE stock_levels SET on_hand = "+set+" WHERE variant_id IN (SELECT id FROM variants WHERE product_id "+which+")")
			})
		}
		check := func(name string, s database.ProductSearch, want []shop.ProductID, least, most int) {
			t.Helper()
			seen, pages := search(s)
			if diff := cmp.Diff(want, seen); diff != "" || pages < least || pages > most {
				t.Errorf("%s: %d pages (-want +got)\n%s", name, pages, diff)
			}
		}
		var far []shop.ProductID
		for id := shop.ProductID(411); id <= 450; id++ {
			far = append(far, id)
		}
		level("9", "> 0")
		check("nothing is low", database.ProductSearch{Stock: "low"}, nil, 1, 1)
		level("0", "> 410")
		check("many sizes are out, the list walks", database.ProductSearch{Stock: "low"}, far, 3, 4)
		check("and finds those that are out", database.ProductSearch{Stock: "out"}, far, 1, 1)
		level("9", "> 410")
		level("2", "IN (9, 449)")
		check("few sizes are low, they are found at once", database.ProductSearch{Stock: "low"}, []shop.ProductID{9, 449}, 1, 1)
		check("none of them is out", database.ProductSearch{Stock: "out"}, nil, 1, 1)
		level("0", "IN (9, 449)")
		check("and when both are out", database.ProductSearch{Stock: "out"}, []shop.ProductID{9, 449}, 1, 1)
		check("with another condition", database.ProductSearch{Stock: "out", Vendor: "Maker 9"}, []shop.ProductID{9}, 1, 1)
	})
}
