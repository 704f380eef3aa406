package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/schema"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteDialect makes GORM speak SQLite through modernc's driver. GORM's own
// dialector would bring a C library into builds that have a C compiler, and
// it does not understand modernc's errors.
type sqliteDialect struct{ conn gorm.ConnPool }

func (sqliteDialect) Name() string { return "sqlite" }

func (d sqliteDialect) Initialize(db *gorm.DB) error {
	db.ConnPool = d.conn
	callbacks.RegisterDefaultCallbacks(db, &callbacks.Config{
		CreateClauses: []string{"INSERT", "VALUES", "ON CONFLICT", "RETURNING"},
		UpdateClauses: []string{"UPDATE", "SET", "FROM", "WHERE", "RETURNING"},
		DeleteClauses: []string{"DELETE", "FROM", "WHERE", "RETURNING"},
	})
	// The writer holds the whole database: there are no row locks to ask for.
	db.ClauseBuilders["FOR"] = func(clause.Clause, clause.Builder) {}
	return nil
}

func (sqliteDialect) Migrator(*gorm.DB) gorm.Migrator { return nil }

func (sqliteDialect) DataTypeOf(*schema.Field) string { return "" }

func (sqliteDialect) DefaultValueOf(*schema.Field) clause.Expression {
	return clause.Expr{SQL: "NULL"}
}

func (sqliteDialect) BindVarTo(w clause.Writer, _ *gorm.Statement, _ any) {
	_ = w.WriteByte('?')
}

func (sqliteDialect) QuoteTo(w clause.Writer, name string) {
	_, _ = w.WriteString(`"` + strings.ReplaceAll(strings.ReplaceAll(name, `"`, `""`), ".", `"."`) + `"`)
}

func (sqliteDialect) Explain(sql string, vars ...any) string {
	return logger.ExplainSQL(sql, nil, `'`, vars...)
}

// Translate gives GORM's errors for SQLite's extended result codes.
func (sqliteDialect) Translate(err error) error {
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return gorm.ErrDuplicatedKey
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return gorm.ErrForeignKeyViolated
	case sqlite3.SQLITE_CONSTRAINT_CHECK:
		return gorm.ErrCheckConstraintViolated
	}
	return err
}

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// openSQLite opens the writer (one connection) and the readers of a file.
func openSQLite(path string, through func(driver.Connector) driver.Connector) (writer, readers *sql.DB, err error) {
	writer = openFile(preparing{fileConnector{sqliteDSN(path, "_txlock", "immediate", "_pragma", "synchronous(FULL)", "_pragma", "secure_delete(1)")}}, through)
	writer.SetMaxOpenConns(1)
	if err := checkSQLiteVersion(writer); err != nil {
		return nil, nil, errors.Join(err, writer.Close())
	}
	readers = openFile(fileConnector{sqliteDSN(path, "_pragma", "query_only(1)")}, through)
	readers.SetMaxOpenConns(8)
	readers.SetMaxIdleConns(8)
	return writer, readers, nil
}

// openFile is a pool whose connections are opened when they are needed.
func openFile(connector driver.Connector, through func(driver.Connector) driver.Connector) *sql.DB {
	if through != nil {
		connector = through(connector)
	}
	return sql.OpenDB(connector)
}

// fileConnector opens connections to one file.
type fileConnector struct{ dsn string }

// Connect opens one.
func (c fileConnector) Connect(context.Context) (driver.Conn, error) { return c.Driver().Open(c.dsn) }

// Driver is modernc's.
func (fileConnector) Driver() driver.Driver { return sqliteDriver }

// sqliteDriver is the driver that registers itself as "sqlite".
var sqliteDriver = func() driver.Driver {
	db, _ := sql.Open("sqlite", "") // opens nothing
	defer db.Close()
	return db.Driver()
}()

func sqliteDSN(path string, pairs ...string) string {
	q := url.Values{"_time_integer_format": {"unix_micro"}}
	for _, p := range []string{"busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)"} {
		q.Add("_pragma", p)
	}
	for i := 0; i < len(pairs); i += 2 {
		q.Add(pairs[i], pairs[i+1])
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// oldestSQLite is 3.51.3: up to 3.51.2 the WAL-reset bug can lose committed
// pages (sqlite.org/wal.html#walresetbug).
const oldestSQLite = 3_051_003

func checkSQLiteVersion(db *sql.DB) error {
	var version string
	if err := db.QueryRow("SELECT sqlite_version()").Scan(&version); err != nil {
		return fmt.Errorf("opening the SQLite database: %w", err)
	}
	if versionNumber(version) < oldestSQLite {
		return fmt.Errorf("SQLite %s can lose committed pages; 3.51.3 or newer is needed", version)
	}
	return nil
}

// versionNumber is 3051003 for "3.51.3", 0 for what is no version.
func versionNumber(s string) int {
	n := 0
	parts := strings.Split(s, ".")
	for i := range 3 {
		if i >= len(parts) {
			return 0
		}
		p, err := strconv.Atoi(parts[i])
		if err != nil {
			return 0
		}
		n = n*1000 + p
	}
	return n
}
