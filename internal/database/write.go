package database

import (
	"context"
	"fmt"

	"gorm.io/gorm/clause"

	"longrun/internal/shop"
)

// insert writes a row, or a slice of rows, without what hangs on them, and
// fills their ids. A row that a unique index already has gives shop.ErrExists;
// on PostgreSQL the transaction can then only be rolled back, so where a
// second time is expected use insertOnce.
func (tx *Tx) insert(ctx context.Context, rows any) error {
	err := tx.query(ctx).Omit(clause.Associations).CreateInBatches(rows, 200).Error
	if isDuplicate(err) {
		return fmt.Errorf("%w: %w", shop.ErrExists, err)
	}
	return err
}

// insertOnce writes a row unless a unique index already has it, and says
// whether it did. The row's id is filled only if it did.
func (tx *Tx) insertOnce(ctx context.Context, row any) (bool, error) {
	result := tx.query(ctx).Omit(clause.Associations).Clauses(clause.OnConflict{DoNothing: true}).Create(row)
	return result.RowsAffected == 1, result.Error
}

// exec runs a statement and says how many rows it changed. A guarded update
// that matched nothing is no error: the number is the answer.
func (tx *Tx) exec(ctx context.Context, sql string, args ...any) (int64, error) {
	result := tx.query(ctx).Exec(sql, args...)
	return result.RowsAffected, result.Error
}

// AddStep writes a step of a thing at the transaction's time.
func (tx *Tx) AddStep(ctx context.Context, step shop.Step) error {
	step.At = tx.now
	return tx.insert(ctx, &step)
}

// Changed notes that a thing that pages show has changed.
func (tx *Tx) Changed(ctx context.Context, kind, key string) error {
	return tx.insert(ctx, &shop.Change{Kind: kind, Key: key, At: tx.now})
}

// NextNumber takes the next number of a counter. The counter's row stays
// locked until the end, so numbers are consecutive.
func (tx *Tx) NextNumber(ctx context.Context, counter string) (int64, error) {
	var n int64
	err := tx.take(ctx, &n, "There is no counter "+counter+".",
		"UPDATE counters SET value = value + 1 WHERE name = ? RETURNING value", counter)
	return n, err
}

// lock is the end of a SELECT that locks its rows. On SQLite the writer holds
// the whole database already.
func (tx *Tx) lock() string {
	if tx.kind == Postgres {
		return " FOR UPDATE"
	}
	return ""
}

// keep is the end of a SELECT that keeps its rows from being deleted.
func (tx *Tx) keep() string {
	if tx.kind == Postgres {
		return " FOR KEY SHARE"
	}
	return ""
}
