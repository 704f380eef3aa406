package stripesim

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	_ "modernc.org/sqlite" // the driver of the books
)

// schema keeps every Stripe object as JSON in one table; status, parent and due repeat the parts that lists ask for.
const schema = `
CREATE TABLE IF NOT EXISTS objects (
	seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, created INTEGER NOT NULL,
	status TEXT NOT NULL, parent TEXT NOT NULL, due INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, seq);
CREATE INDEX IF NOT EXISTS objects_created ON objects (kind, created);
CREATE INDEX IF NOT EXISTS objects_status ON objects (kind, status, seq);
CREATE INDEX IF NOT EXISTS objects_parent ON objects (kind, parent, seq);
CREATE INDEX IF NOT EXISTS objects_due ON objects (due) WHERE due > 0;
CREATE TABLE IF NOT EXISTS replies (
	key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
	request_id TEXT NOT NULL, created INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS replies_created ON replies (created);
CREATE TABLE IF NOT EXISTS deliveries (
	id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, endpoint TEXT NOT NULL, state TEXT NOT NULL,
	tries INTEGER NOT NULL, next_ms INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS deliveries_state ON deliveries (state, next_ms);
CREATE INDEX IF NOT EXISTS deliveries_event ON deliveries (event);
CREATE TABLE IF NOT EXISTS faults (
	id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;`

// books is the simulator's file: one connection that writes, a few that read.
type books struct{ write, read *sql.DB }

func openBooks(file string) (*books, error) {
	dsn := "file:" + (&url.URL{Path: file}).EscapedPath() +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	w, err := sql.Open("sqlite", dsn+"&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("stripesim: open %s: %w", file, err)
	}
	w.SetMaxOpenConns(1)
	if _, err := w.Exec(schema); err != nil {
		return nil, errors.Join(fmt.Errorf("stripesim: prepare %s: %w", file, err), w.Close())
	}
	r, err := sql.Open("sqlite", dsn+"&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	r.SetMaxOpenConns(4)
	return &books{w, r}, nil
}

func (b *books) close() error { return errors.Join(b.read.Close(), b.write.Close()) }

// view runs fn on one consistent state of the books.
func (b *books) view(ctx context.Context, fn func(*tx) error) error { return within(ctx, b.read, fn) }

// update runs fn in a transaction that is kept when fn returns nil.
func (b *books) update(ctx context.Context, fn func(*tx) error) error {
	return within(ctx, b.write, fn)
}

func within(ctx context.Context, db *sql.DB, fn func(*tx) error) error {
	t, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer t.Rollback() // does nothing once committed
	if err := fn(&tx{Tx: t, ctx: ctx}); err != nil {
		return err
	}
	return t.Commit()
}
