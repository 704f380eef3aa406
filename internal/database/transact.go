package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"gorm.io/gorm"
	sqlite3 "modernc.org/sqlite/lib"

	"longrun/internal/shop"
)

// A transaction ends within transactLimit; what surely rolled back is tried
// up to transactTries times.
const (
	transactLimit = 10 * time.Second
	transactTries = 8
)

// Tx is a running transaction: a Reader that sees its own writes, with the
// writes and the locks.
type Tx struct {
	Reader
	now     shop.Instant
	audit   []shop.AuditEntry
	enqueue bool
}

// Now is the shop's time at the start of the transaction.
func (tx *Tx) Now() shop.Instant { return tx.now }

type insideTransact struct{}

// Transact runs fn in one transaction and commits if it returns nil. fn may
// run several times, so it touches nothing but the database. What surely
// rolled back is repeated; a commit whose outcome nobody knows returns
// shop.ErrUnknown, and the caller repeats with the same unique key. The
// context handed to fn is marked: a Transact inside it panics, since on
// SQLite it would wait for itself.
func (db *DB) Transact(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) error {
	if ctx.Value(insideTransact{}) != nil {
		panic("database: Transact inside Transact")
	}
	ctx, cancel := context.WithTimeout(ctx, transactLimit)
	defer cancel()
	for try := 1; ; try++ {
		err := db.transactOnce(ctx, fn)
		if err == nil || try == transactTries || !db.rolledBack(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(1+rand.IntN(20*try)) * time.Millisecond):
		}
	}
}

func (db *DB) transactOnce(ctx context.Context, fn func(context.Context, *Tx) error) (err error) {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("getting a connection: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, db.begin()); err != nil {
		return &beginError{err}
	}
	done := false
	defer func() {
		if !done { // an error or a panic
			rollback(ctx, conn)
		}
	}()
	tx, err := db.newTx(ctx, conn)
	if err != nil {
		return err
	}
	if err := fn(context.WithValue(ctx, insideTransact{}, true), tx); err != nil {
		return err
	}
	if err := tx.writeAudit(ctx); err != nil {
		return err
	}
	done = true
	if err := commit(ctx, conn); err != nil {
		return err
	}
	if tx.enqueue {
		db.signal()
	}
	return nil
}

func (db *DB) begin() string {
	if db.kind == SQLite {
		return "BEGIN IMMEDIATE"
	}
	return "BEGIN ISOLATION LEVEL READ COMMITTED"
}

func (db *DB) newTx(ctx context.Context, conn *sql.Conn) (*Tx, error) {
	tx := &Tx{Reader: db.Reader}
	tx.g = db.write.Session(&gorm.Session{NewDB: true, Context: ctx})
	tx.g.Statement.ConnPool = conn
	now := time.Now()
	if db.kind == Postgres {
		if err := conn.QueryRowContext(ctx, "SELECT now()").Scan(&now); err != nil {
			return nil, fmt.Errorf("reading the database's time: %w", err)
		}
	}
	offset, err := tx.clockOffset(ctx)
	if err != nil {
		return nil, err
	}
	tx.now = shop.At(now.Add(offset))
	// GORM would fill a zero CreatedAt from the process's clock.
	tx.g = tx.g.Session(&gorm.Session{NewDB: true, Context: ctx, NowFunc: func() time.Time { return tx.now.Time }})
	return tx, nil
}

// commit commits even when the caller has gone, since a cancelled commit
// would leave its outcome unknown.
func commit(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(context.WithoutCancel(ctx), "COMMIT")
	switch {
	case err == nil:
		return nil
	case refusedCommit(pgCode(err)):
		return err
	}
	rollback(ctx, conn)
	return fmt.Errorf("committing: %w: %w", shop.ErrUnknown, err)
}

// refusedCommit says whether the server itself has refused a commit: a broken
// constraint or a conflict. 40003 and a server that shuts down leave it open.
func refusedCommit(code string) bool {
	return strings.HasPrefix(code, "23") || strings.HasPrefix(code, "40") && code != "40003"
}

// rollback undoes what is open, and throws the connection away when even that
// fails, so that nobody else gets it in the middle of a transaction.
func rollback(ctx context.Context, conn *sql.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if _, err := conn.ExecContext(ctx, "ROLLBACK"); err != nil {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
}

type beginError struct{ err error }

func (e *beginError) Error() string { return "beginning a transaction: " + e.err.Error() }
func (e *beginError) Unwrap() error { return e.err }

// rolledBack says whether the transaction that ended with err has surely not
// happened and may be tried again.
func (db *DB) rolledBack(err error) bool {
	if errors.Is(err, shop.ErrUnknown) {
		return false
	}
	if code := pgCode(err); code == pgSerialization || code == pgDeadlock {
		return true
	}
	var begin *beginError
	return errors.As(err, &begin) && sqliteCode(err)&0xff == sqlite3.SQLITE_BUSY
}

func (db *DB) signal() {
	select {
	case db.wake <- struct{}{}:
	default:
	}
}
