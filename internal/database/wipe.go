package database

import (
	"context"
	"fmt"
)

// smallFile is how large a SQLite file may be that is written anew at once,
// which takes a moment in which nobody else writes.
const smallFile = 64 << 20

// WipeFile takes what was erased out of SQLite's file itself. Every deletion
// overwrites what it frees (secure_delete), but where a page was split an old
// copy of a row may stand between the others; only writing the file anew takes
// it out. That is done at once for a small file, and for a large one only
// when somebody asks for it with large, since writers wait meanwhile. It says
// whether it was done. PostgreSQL's own vacuum does the same there.
func (db *DB) WipeFile(ctx context.Context, large bool) (bool, error) {
	if db.kind != SQLite {
		return true, nil
	}
	var pages, size int64
	if err := db.pool.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		return false, err
	}
	if err := db.pool.QueryRowContext(ctx, "PRAGMA page_size").Scan(&size); err != nil {
		return false, err
	}
	anew := large || pages*size <= smallFile
	if anew {
		if _, err := db.pool.ExecContext(ctx, "VACUUM"); err != nil {
			return false, fmt.Errorf("writing the database file anew: %w", err)
		}
	}
	var busy, left, moved int64
	err := db.pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &left, &moved)
	if err != nil {
		return false, fmt.Errorf("emptying the write-ahead log: %w", err)
	}
	return anew && busy == 0, nil
}
