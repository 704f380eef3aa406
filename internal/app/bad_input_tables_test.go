package app_test

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// tables reads every row of a database past the shop.
type tables struct {
	t     *testing.T
	db    *sql.DB
	names []string
}

func openTables(t *testing.T, url string) *tables {
	t.Helper()
	driver, address, list := "pgx", url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
	if file, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, address = "sqlite", "file:"+file+"?mode=ro&_pragma=busy_timeout(5000)"
		list = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	tb := &tables{t: t, db: db}
	for _, row := range tb.rows(list) {
		tb.names = append(tb.names, strings.Trim(row, "[]"))
	}
	if len(tb.names) < 20 {
		t.Fatalf("the database has only the tables %q", tb.names)
	}
	return tb
}

// rows are a query's rows as texts, sorted.
func (tb *tables) rows(query string) []string {
	tb.t.Helper()
	found, err := tb.db.Query(query)
	if err != nil {
		tb.t.Fatal(err)
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		tb.t.Fatal(err)
	}
	values, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	var all []string
	for found.Next() {
		if err := found.Scan(places...); err != nil {
			tb.t.Fatal(err)
		}
		all = append(all, fmt.Sprint(values))
	}
	if err := found.Err(); err != nil {
		tb.t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// state is every table's number of rows and a digest of what they say.
func (tb *tables) state() map[string]string {
	tb.t.Helper()
	state := map[string]string{}
	for _, name := range tb.names {
		rows := tb.rows("SELECT * FROM " + name)
		state[name] = fmt.Sprintf("%d rows, %x", len(rows), sha256.Sum256([]byte(strings.Join(rows, "\n"))))
	}
	return state
}

// settled is the state once the shop has nothing left to do.
func (tb *tables) settled() map[string]string {
	tb.t.Helper()
	last := tb.state()
	for range 40 {
		time.Sleep(250 * time.Millisecond)
		now := tb.state()
		if cmp.Equal(last, now) {
			return now
		}
		last = now
	}
	tb.t.Fatal("the database does not come to rest")
	return nil
}

// mustBe fails the test for every table that is not as it was.
func (tb *tables) mustBe(t *testing.T, before map[string]string) {
	t.Helper()
	if diff := cmp.Diff(before, tb.state()); diff != "" {
		t.Errorf("rows have changed: %s", diff)
	}
}
