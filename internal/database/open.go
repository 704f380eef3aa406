package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Options say which database to open.
type Options struct {
	URL         string   // sqlite:PATH or postgres://…
	Keys        [][]byte // secret keys, the first signs and all are accepted
	DevClock    bool     // read the development clock's offset
	Connections int      // of PostgreSQL's pool, 0 for 20
	Log         *slog.Logger

	// Through, unless nil, is given what makes each pool's connections, the
	// writer's first, and returns what does so instead: for programs that
	// measure.
	Through func(driver.Connector) driver.Connector
}

// DB is the whole database.
type DB struct {
	Reader
	pool   *sql.DB // the writer
	closer []*sql.DB
	write  *gorm.DB // a session of the writer, without a connection of its own
	wake   chan struct{}
	log    *slog.Logger
	asked  atomic.Int64 // questions of readers
}

// Open opens a database. It does not migrate it; see Migrate and CheckSchema.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	db := &DB{wake: make(chan struct{}, 1), log: o.Log}
	var err error
	switch scheme, rest, _ := strings.Cut(o.URL, ":"); scheme {
	case "sqlite":
		err = db.openSQLite(rest, o.Through)
	case "postgres", "postgresql":
		err = db.openPostgres(o)
	default:
		err = errors.New("DATABASE_URL must begin with sqlite: or postgres: and say where")
	}
	if err != nil {
		return nil, err
	}
	db.Reader.keys = newKeys(o.Keys)
	db.Reader.devClock = o.DevClock
	if err := errors.Join(db.countQuestions(), db.pool.PingContext(ctx)); err != nil {
		return nil, errors.Join(fmt.Errorf("reaching the database: %w", err), db.Close())
	}
	return db, nil
}

func (db *DB) openSQLite(path string, through func(driver.Connector) driver.Connector) error {
	if path == "" {
		return errors.New("DATABASE_URL sqlite: needs a path")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	writer, readers, err := openSQLite(path, through)
	if err != nil {
		return err
	}
	db.pool, db.closer = writer, []*sql.DB{readers, writer}
	db.Reader.kind = SQLite
	if db.Reader.g, err = gorm.Open(sqliteDialect{readers}, gormConfig(true)); err != nil {
		return err
	}
	db.write, err = gorm.Open(sqliteDialect{writer}, gormConfig(false))
	return err
}

func (db *DB) openPostgres(o Options) error {
	if o.Connections == 0 {
		o.Connections = 20
	}
	pool, err := openPostgres(o)
	if err != nil {
		return err
	}
	db.pool, db.closer = pool, []*sql.DB{pool}
	db.Reader.kind = Postgres
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), gormConfig(false))
	db.Reader.g, db.write = g, g
	return err
}

func gormConfig(prepare bool) *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		TranslateError:         true,
		PrepareStmt:            prepare,
		Logger:                 logger.Discard,
	}
}

// Close closes all connections.
func (db *DB) Close() error {
	var errs []error
	for _, c := range db.closer {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// Kind is which engine this is.
func (db *DB) Kind() Kind { return db.Reader.kind }

// Wake is signalled after a commit that put a job in the queue, so that the
// worker of this process need not wait for its next look.
func (db *DB) Wake() <-chan struct{} { return db.wake }
