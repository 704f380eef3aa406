package database

import (
	"sync/atomic"

	"gorm.io/gorm"
)

// Questions counts what readers ask from now on, each statement once. It is
// for tests that fix how many questions a page takes; call it once, before
// anything is asked.
func (db *DB) Questions() (*atomic.Int64, error) {
	var n atomic.Int64
	count := func(*gorm.DB) { n.Add(1) }
	if err := db.g.Callback().Query().Before("gorm:query").Register("count_query", count); err != nil {
		return nil, err
	}
	return &n, db.g.Callback().Row().Before("gorm:row").Register("count_row", count)
}
