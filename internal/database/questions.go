package database

import (
	"errors"

	"gorm.io/gorm"
)

// Questions is how many statements readers have asked since the database was
// opened. Tests fix with it how many a page takes.
func (db *DB) Questions() int64 { return db.asked.Load() }

// countQuestions stands in Open: callbacks must not be added while questions
// are asked.
func (db *DB) countQuestions() error {
	count := func(*gorm.DB) { db.asked.Add(1) }
	return errors.Join(
		db.g.Callback().Query().Before("gorm:query").Register("count_query", count),
		db.g.Callback().Row().Before("gorm:row").Register("count_row", count))
}
