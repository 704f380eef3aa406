package database_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

func TestThePragmasAreInForceOnEveryConnection(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	writer, readers := db.Pools()
	tests := []struct {
		pool *sql.DB
		name string
		n    int
		want map[string]string
	}{
		{writer, "the writer", 1, map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000", "query_only": "0", "secure_delete": "1",
		}},
		{readers, "the readers", 8, map[string]string{
			"journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "5000", "query_only": "1",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.pool.Stats().MaxOpenConnections; got != tt.n {
				t.Errorf("%d connections, want %d", got, tt.n)
			}
			for range tt.n { // all at once, so that each is another one
				conn, err := tt.pool.Conn(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close()
				checkPragmas(t, conn, tt.want)
			}
		})
	}
}

func checkPragmas(t *testing.T, conn *sql.Conn, want map[string]string) {
	t.Helper()
	for pragma, value := range want {
		var got string
		if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != value {
			t.Errorf("%s is %q, %v, want %q", pragma, got, err, value)
		}
	}
}

func TestAReaderCannotWrite(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	var ids []int64
	err := database.Raw(db.Reader, t.Context(), &ids, "INSERT INTO changes (kind, key, at) VALUES ('catalog', '', 0) RETURNING id")
	if err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("a reader wrote: %v", err)
	}
}

func TestForeignKeysHold(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return database.Exec(ctx, tx, "INSERT INTO product_tags (product_id, tag) VALUES (404, 'orphan')")
		})
		if err == nil {
			t.Error("a tag of no product was written")
		}
	})
}

func TestTheSQLiteInsideIsNewEnough(t *testing.T) {
	tests := []struct {
		version string
		want    int
		works   bool
	}{
		{"3.51.2", 3_051_002, false},
		{"3.51.3", 3_051_003, true},
		{"3.54.1", 3_054_001, true},
		{"4.0.0", 4_000_000, true},
		{"3.9.99", 3_009_099, false},
		{"3.51", 0, false},
		{"", 0, false},
		{"3.x.3", 0, false},
	}
	for _, tt := range tests {
		got := database.VersionNumber(tt.version)
		if got != tt.want || (got >= database.OldestSQLite) != tt.works {
			t.Errorf("%q is %d, want %d; works %v, want %v", tt.version, got, tt.want, !tt.works, tt.works)
		}
	}
	writer, _ := databasetest.Open(t, database.SQLite).Pools()
	if err := database.CheckVersion(writer); err != nil {
		t.Error(err)
	}
}

func TestEveryTableIsStrict(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	var loose []string
	err := database.Raw(db.Reader, t.Context(), &loose,
		"SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		t.Fatal(err)
	}
	if len(loose) != 1 || loose[0] != "goose_db_version" {
		t.Errorf("tables that are not STRICT: %v, want only the migration tool's own", loose)
	}
}
