package database

import (
	"sync/atomic"

	"gorm.io/gorm"
)

// CountQueries counts what is asked of a database from now on.
func CountQueries(db *DB) *atomic.Int64 {
	var n atomic.Int64
	count := func(*gorm.DB) { n.Add(1) }
	_ = db.Reader.g.Callback().Query().Before("gorm:query").Register("test:count", count)
	_ = db.Reader.g.Callback().Row().Before("gorm:row").Register("test:count", count)
	return &n
}
