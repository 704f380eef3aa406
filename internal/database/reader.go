package database

import (
	"context"
	"errors"
	"reflect"
	"time"

	"gorm.io/gorm"

	"longrun/internal/shop"
)

// Kind is an engine.
type Kind string

// The engines.
const (
	SQLite   Kind = "sqlite"
	Postgres Kind = "postgres"
)

// Reader asks questions and cannot write. Web doors hold nothing else.
type Reader struct {
	g        *gorm.DB
	kind     Kind
	keys     keys
	devClock bool
}

// query is a fresh GORM session; conditions of one question never leak into
// the next.
func (r Reader) query(ctx context.Context) *gorm.DB {
	return r.g.Session(&gorm.Session{NewDB: true, Context: ctx})
}

// raw scans the rows of a statement into dest: a struct, a single value, or a
// slice of either. Without a row it leaves dest as it is.
func (r Reader) raw(ctx context.Context, dest any, sql string, args ...any) error {
	_, err := r.scan(ctx, dest, sql, args)
	return err
}

// take scans one row into dest. Without a row it returns a KindNotFound error
// with message.
func (r Reader) take(ctx context.Context, dest any, message, sql string, args ...any) error {
	n, err := r.scan(ctx, dest, sql, args)
	if err == nil && n == 0 {
		return shop.NotFound("%s", message)
	}
	return err
}

// scan says how many rows it read. GORM reads a single value of a named type,
// such as an id, without counting its row, so those are read here.
func (r Reader) scan(ctx context.Context, dest any, statement string, args []any) (int64, error) {
	question := r.query(ctx).Raw(statement, args...)
	switch reflect.TypeOf(dest).Elem().Kind() {
	case reflect.Struct, reflect.Slice:
		result := question.Scan(dest)
		return result.RowsAffected, result.Error
	}
	// Not Row: when a statement cannot be prepared, GORM gives an empty one,
	// and scanning that panics.
	rows, err := question.Rows()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if !rows.Next() {
		return 0, rows.Err()
	}
	if err := rows.Scan(dest); err != nil {
		return 1, err
	}
	return 1, rows.Close()
}

// Now is the shop's time: this process's, and with the development clock its
// offset. Inside a transaction ask the Tx.
func (r Reader) Now(ctx context.Context) (shop.Instant, error) {
	offset, err := r.clockOffset(ctx)
	return shop.At(time.Now().Add(offset)), err
}

func (r Reader) clockOffset(ctx context.Context) (time.Duration, error) {
	if !r.devClock {
		return 0, nil
	}
	var micros []int64
	err := r.raw(ctx, &micros, "SELECT offset_micros FROM development_clock WHERE id = 1")
	if err != nil || len(micros) == 0 {
		return 0, err
	}
	return time.Duration(micros[0]) * time.Microsecond, nil
}

// Steps are a thing's steps, oldest first.
func (r Reader) Steps(ctx context.Context, kind string, id int64) ([]shop.Step, error) {
	var steps []shop.Step
	err := r.raw(ctx, &steps, "SELECT * FROM steps WHERE thing_kind = ? AND thing_id = ? ORDER BY id", kind, id)
	return steps, err
}

// Ping says whether the database answers.
func (r Reader) Ping(ctx context.Context) error {
	var one int
	return r.raw(ctx, &one, "SELECT 1")
}

func isDuplicate(err error) bool { return errors.Is(err, gorm.ErrDuplicatedKey) }
