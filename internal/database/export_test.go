package database

import "context"

// Exec runs a statement for tests that break rows on purpose.
func Exec(ctx context.Context, tx *Tx, sql string, args ...any) error {
	_, err := tx.exec(ctx, sql, args...)
	return err
}
