package database

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// The codes of PostgreSQL after which a transaction has surely been rolled
// back and may be tried again.
const (
	pgSerialization = "40001"
	pgDeadlock      = "40P01"
)

// openPostgres opens a pool whose server ends statements and transactions
// that take too long, so that a stuck program cannot hold rows for ever.
func openPostgres(o Options) (*sql.DB, error) {
	config, err := pgx.ParseConfig(o.URL)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL cannot be read: %w", err)
	}
	for name, value := range map[string]string{
		"application_name":                    "longrun",
		"timezone":                            "UTC",
		"statement_timeout":                   "5000",
		"idle_in_transaction_session_timeout": "10000",
		// The plan for a rare person or word must not be the one for common ones,
		// as the plan that PostgreSQL keeps for all values would be.
		"plan_cache_mode": "force_custom_plan",
		// Starting a second worker takes longer than any question of a page.
		"max_parallel_workers_per_gather": "0",
		// Reading rows by an index costs little more than reading on, on disks
		// without an arm; else a check of 2,000 orders would read all of them.
		"random_page_cost": "1.1",
	} {
		if _, set := config.RuntimeParams[name]; !set {
			config.RuntimeParams[name] = value
		}
	}
	connector := stdlib.GetConnector(*config)
	if o.Through != nil {
		connector = o.Through(connector)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(o.Connections)
	db.SetMaxIdleConns(o.Connections)
	return db, nil
}

func pgCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
