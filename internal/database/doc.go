// Package database keeps the shop's rows, on SQLite or on PostgreSQL with the
// same meaning. It alone imports GORM.
//
// A Reader only asks. A DB is a Reader that can also run a transaction; the
// Tx it hands on is a Reader inside that transaction with the writes and the
// locks. Only the work floor opens transactions. Two narrow kinds of write
// stand beside them: Jobs for the worker and the webhook's inbox.
//
// Column types, by meaning, and what they are on each engine:
//
//	id       INTEGER AUTOINCREMENT   bigint identity      below 2^53, never used again
//	cents    INTEGER                 bigint
//	bool     INTEGER 0 or 1          boolean
//	instant  INTEGER microseconds    timestamptz          UTC, the same order on both
//	month    TEXT                    text COLLATE "C"     "2026-11"
//	text     TEXT                    text COLLATE "C"     no NUL, which PostgreSQL refuses
//	digest   BLOB                    bytea
//	JSON     TEXT, checked           json                 read and written whole
//
// SQLite has one writer connection, whose transactions begin IMMEDIATE, and a
// pool of readers that cannot write. A deferred transaction that reads first
// and writes later fails with SQLITE_BUSY_SNAPSHOT at once, whatever the busy
// time-out, so there are none.
package database
