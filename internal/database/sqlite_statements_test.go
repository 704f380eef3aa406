package database

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

// keeping is a connection that keeps its statements, with a table of a few
// rows.
func keeping(t *testing.T) *sql.Conn {
	t.Helper()
	dsn := sqliteDSN(filepath.Join(t.TempDir(), "kept.db"))
	pool := openFile(preparing{fileConnector{dsn}}, nil)
	conn, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(); _ = pool.Close() })
	for _, statement := range []string{"CREATE TABLE n (i INTEGER PRIMARY KEY) STRICT", "INSERT INTO n VALUES (1), (2), (3)"} {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return conn
}

func TestAKeptStatementServesWhileItsRowsAreOpen(t *testing.T) {
	conn := keeping(t)
	const ask = "SELECT i FROM n WHERE i > ? ORDER BY i"
	for range 3 {
		outer, err := conn.QueryContext(t.Context(), ask, 0)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for outer.Next() {
			var i, inner int
			if err := outer.Scan(&i); err != nil {
				t.Fatal(err)
			}
			if err := conn.QueryRowContext(t.Context(), ask, i).Scan(&inner); err != nil && err != sql.ErrNoRows {
				t.Fatal(err)
			}
			sum += i*10 + inner
		}
		if err := outer.Close(); err != nil || sum != 65 {
			t.Errorf("%d, %v", sum, err)
		}
	}
}

func TestAKeptStatementServesAfterItsFailure(t *testing.T) {
	conn := keeping(t)
	const add = "INSERT INTO n VALUES (?)"
	for i := range 3 {
		if _, err := conn.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(t.Context(), add, 1); sqliteDialect.Translate(sqliteDialect{}, err) == err {
			t.Fatalf("a second 1 gives %v", err)
		}
		if _, err := conn.ExecContext(t.Context(), add, 10+i); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(t.Context(), "COMMIT"); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	if err := conn.QueryRowContext(t.Context(), "SELECT count(*) FROM n").Scan(&n); err != nil || n != 6 {
		t.Errorf("%d rows, %v", n, err)
	}
}

func TestAKeptStatementKnowsANewSchema(t *testing.T) {
	conn := keeping(t)
	const ask = "SELECT * FROM n WHERE i = 1"
	for _, columns := range []int{1, 2} {
		rows, err := conn.QueryContext(t.Context(), ask)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := rows.Columns()
		for rows.Next() {
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
		if len(got) != columns {
			t.Errorf("columns %v, want %d", got, columns)
		}
		if _, err := conn.ExecContext(t.Context(), fmt.Sprintf("ALTER TABLE n ADD COLUMN c%d TEXT", columns)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlySoManyStatementsAreKept(t *testing.T) {
	conn := keeping(t)
	for i := range mostStatements + 50 {
		var n int
		if err := conn.QueryRowContext(t.Context(), fmt.Sprintf("SELECT %d", i)).Scan(&n); err != nil || n != i {
			t.Fatalf("%d, %v", n, err)
		}
	}
	err := conn.Raw(func(driver any) error {
		if kept := len(driver.(*preparedConn).ready); kept != mostStatements {
			return fmt.Errorf("%d are kept", kept)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
