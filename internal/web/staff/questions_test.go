package staff_test

import (
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// TestAPageAsksAsManyQuestionsOfAFullShop asks every page of a shop that has
// a few of everything and of one that has many. What a page finds decides what
// it asks next, such as the numbers of the orders that are on it, so it may
// take up to four more, but never one for each row.
func TestAPageAsksAsManyQuestionsOfAFullShop(t *testing.T) {
	few := questions(t, databasetest.Size{Products: 12, Orders: 12}, 1)
	many := questions(t, databasetest.Size{Products: 240, Orders: 600}, 4)
	for i, p := range pages {
		if few[i] > 0 && many[i] > few[i]+4 || many[i] > 36 {
			t.Errorf("%s asks %d questions of a small shop and %d of a full one", p.path, few[i], many[i])
		}
		t.Logf("%3d %3d  %s", few[i], many[i], p.path)
	}
}

// questions are how many each page asks, by its row; 0 for a next page that
// there is not.
func questions(t *testing.T, size databasetest.Size, people int) map[int]int64 {
	t.Helper()
	g := openGrown(t, databasetest.GrownURL(t, database.SQLite, size))
	for n := range people - 1 {
		hire(t, g.Shop, string(rune('a'+n))+"@shop.example", shop.RoleManager)
	}
	found := map[int]int64{}
	for i, path := range g.addresses(t) {
		for range 4 { // the least, since the page cache asks from time to time
			before := g.App.DB.Questions()
			ask(t, g.Shop, "GET", path, g.token, nil)
			if n := g.App.DB.Questions() - before; found[i] == 0 || n < found[i] {
				found[i] = n
			}
		}
	}
	return found
}
