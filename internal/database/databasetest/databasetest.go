// Package databasetest gives tests a fresh, migrated database of either kind
// in a fraction of a second: a copy of one that was migrated once.
package databasetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"longrun/internal/database"
	"longrun/internal/testneed"
)

// Key signs the links of test databases.
var Key = []byte("a key for tests, of no use elsewhere")

// Each runs a test on SQLite and on PostgreSQL, as two subtests, each with a
// database of its own. Without a PostgreSQL in LONGRUN_TEST_POSTGRES that
// half is left out aloud; with LONGRUN_TEST_ALL=1 that is a failure.
func Each(t *testing.T, test func(t *testing.T, db *database.DB)) {
	t.Helper()
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) { test(t, Open(t, kind)) })
	}
}

// Open is a fresh database of one kind, closed and removed after the test.
func Open(t testing.TB, kind database.Kind) *database.DB {
	t.Helper()
	return OpenURL(t, URL(t, kind))
}

// OpenURL opens a database another connection of which may be open already.
func OpenURL(t testing.TB, url string) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), Options(url))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Options are those of a test database.
func Options(url string) database.Options {
	return database.Options{URL: url, Keys: [][]byte{Key}, DevClock: true, Connections: 10}
}

// URL makes a fresh migrated database and returns its address.
func URL(t testing.TB, kind database.Kind) string {
	t.Helper()
	if kind == database.SQLite {
		return sqliteURL(t)
	}
	return postgresURL(t)
}

var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "longrun-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := migrate("sqlite:" + path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func sqliteURL(t testing.TB) string {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

func postgresURL(t testing.TB) string {
	t.Helper()
	server := os.Getenv("LONGRUN_TEST_POSTGRES")
	if server == "" {
		testneed.Missing(t, "a PostgreSQL server in LONGRUN_TEST_POSTGRES")
	}
	template, err := postgresTemplate(server)
	if err != nil {
		t.Fatal(err)
	}
	name := "longrun_test_" + strings.ToLower(rand.Text())
	if err := onServer(server, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = onServer(server, "DROP DATABASE "+name+" WITH (FORCE)") })
	return named(server, name)
}

var (
	postgresOnce sync.Once
	postgresName string
	postgresErr  error
)

// postgresTemplate migrates one template per test process.
func postgresTemplate(server string) (string, error) {
	postgresOnce.Do(func() {
		postgresName = "longrun_template_" + strings.ToLower(rand.Text()[:16])
		if postgresErr = onServer(server, "CREATE DATABASE "+postgresName); postgresErr == nil {
			postgresErr = migrate(named(server, postgresName))
		}
	})
	return postgresName, postgresErr
}

// Drop removes what a test process leaves on the PostgreSQL server. Call it
// from TestMain after m.Run.
func Drop() {
	if server := os.Getenv("LONGRUN_TEST_POSTGRES"); server != "" && postgresName != "" {
		_ = onServer(server, "DROP DATABASE IF EXISTS "+postgresName+" WITH (FORCE)")
	}
}

// Main runs a package's tests and leaves nothing behind.
func Main(m *testing.M) {
	code := m.Run()
	Drop()
	os.Exit(code)
}

func named(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}

func migrate(url string) error {
	ctx := context.Background()
	db, err := database.Open(ctx, Options(url))
	if err != nil {
		return err
	}
	if err := db.MigrateUp(ctx); err != nil {
		_ = db.Close()
		return err
	}
	return db.Close()
}
