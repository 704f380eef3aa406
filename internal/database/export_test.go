package database

import (
	"context"
	"database/sql"
)

// Exec runs a statement for tests that break rows on purpose.
func Exec(ctx context.Context, tx *Tx, sql string, args ...any) error {
	_, err := tx.exec(ctx, sql, args...)
	return err
}

// The package's own helpers, for tests of what they promise.
var (
	Raw           = Reader.raw
	Take          = Reader.take
	Insert        = (*Tx).insert
	InsertOnce    = (*Tx).insertOnce
	Changing      = (*Tx).exec
	VersionNumber = versionNumber
	CheckVersion  = checkSQLiteVersion
	OldestSQLite  = oldestSQLite
	SettingsRow   = settingsRow{}
)

// Pools are the writer's connections and the readers'.
func (db *DB) Pools() (writer, readers *sql.DB) { return db.pool, db.closer[0] }

// RetentionKinds are the kinds of things that Expire can let go.
func RetentionKinds() []string {
	var kinds []string
	for _, r := range retentions {
		kinds = append(kinds, r.kind)
	}
	return kinds
}
