package checkouttest

import (
	"database/sql"
	"strconv"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"longrun/internal/database"
)

// openRaw is a connection beside the shop's own, with which tests prepare
// and break rows; the driver "sqlite" comes with package database.
func openRaw(t testing.TB, kind database.Kind, url string) *sql.DB {
	t.Helper()
	driver := "pgx"
	if kind == database.SQLite {
		driver = "sqlite"
		url = "file:" + strings.TrimPrefix(url, "sqlite:") +
			"?_time_integer_format=unix_micro&_pragma=busy_timeout(10000)&_txlock=immediate"
	}
	raw, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	return raw
}

// Exec runs a statement with ? for its arguments behind the shop's back.
func (w *World) Exec(statement string, args ...any) {
	w.T.Helper()
	if _, err := w.raw.Exec(w.bind(statement), args...); err != nil {
		w.T.Fatalf("%s: %v", statement, err)
	}
}

// Count is the number a query gives.
func (w *World) Count(query string, args ...any) int {
	w.T.Helper()
	var n int
	if err := w.raw.QueryRow(w.bind(query), args...).Scan(&n); err != nil {
		w.T.Fatalf("%s: %v", query, err)
	}
	return n
}

// bind numbers the arguments for PostgreSQL.
func (w *World) bind(statement string) string {
	if w.kind == database.SQLite {
		return statement
	}
	var b strings.Builder
	n := 0
	for _, r := range statement {
		if r == '?' {
			n++
			b.WriteString("$" + strconv.Itoa(n))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Event is the id of the newest stored event of a type.
func (w *World) Event(kind string) string {
	w.T.Helper()
	var id string
	err := w.raw.QueryRow(w.bind("SELECT id FROM stripe_events WHERE type = ? ORDER BY received_at DESC LIMIT 1"), kind).Scan(&id)
	if err != nil {
		w.T.Fatalf("no event %s: %v", kind, err)
	}
	return id
}
