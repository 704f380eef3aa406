//go:build linux

package main

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"longrun/internal/database"
)

// onlooker watches the database of a shop that runs in another process, and
// gets in its way. Nothing of it may be open when the shop is killed: on
// SQLite the last one to close the file would tidy up after the dead.
type onlooker struct {
	t    *testing.T
	kind database.Kind
	url  string
	ro   *sql.DB // opened when first needed
}

func (o *onlooker) open(parameters string) *sql.DB {
	o.t.Helper()
	driver, address := "pgx", o.url
	if o.kind == database.SQLite {
		driver, address = "sqlite", "file:"+strings.TrimPrefix(o.url, "sqlite:")+"?_pragma=busy_timeout(5000)"+parameters
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		o.t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// count is the number a query gives, -1 when the database does not answer.
func (o *onlooker) count(query string) int64 {
	if o.ro == nil {
		o.ro = o.open("&mode=ro")
	}
	n := int64(-1)
	if err := o.ro.QueryRow(query).Scan(&n); err != nil {
		return -1
	}
	return n
}

// await waits until a query gives n.
func (o *onlooker) await(query string, n int64) {
	o.t.Helper()
	o.awaitFor(20*time.Second, query, n)
}

func (o *onlooker) awaitFor(limit time.Duration, query string, n int64) {
	o.t.Helper()
	got := int64(-1)
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if got = o.count(query); got == n {
			return
		}
	}
	o.t.Fatalf("not within %s: %s gives %d, want %d", limit, query, got, n)
}

// leave closes what watches; the next look opens it again.
func (o *onlooker) leave() {
	if o.ro != nil {
		_ = o.ro.Close()
		o.ro = nil
	}
}

// block takes the lock that the shop needs next: the whole writer of SQLite,
// or what a statement locks on PostgreSQL.
func (o *onlooker) block(statement string) (release func()) {
	o.t.Helper()
	db := o.open("")
	begin := []string{"BEGIN", statement}
	if o.kind == database.SQLite {
		begin = []string{"BEGIN IMMEDIATE"}
	}
	conn, err := db.Conn(context.Background())
	for _, s := range begin {
		if err == nil {
			_, err = conn.ExecContext(context.Background(), s)
		}
	}
	if err != nil {
		o.t.Fatalf("taking a lock: %v", err)
	}
	return func() {
		_, _ = conn.ExecContext(context.Background(), "ROLLBACK")
		_ = conn.Close()
		_ = db.Close()
	}
}

// awaitBlocked waits until the shop waits for the lock. SQLite tells nobody
// who waits for it, so there the shop is given a moment to get that far.
func (o *onlooker) awaitBlocked() {
	o.t.Helper()
	if o.kind == database.SQLite {
		time.Sleep(400 * time.Millisecond)
		return
	}
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if o.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0 {
			return
		}
	}
	o.t.Fatal("the shop does not come to wait for the lock")
}

// endLeases lets the leases of jobs that a dead process had end at once
// instead of after their minute.
func (o *onlooker) endLeases(died time.Time) {
	o.t.Helper()
	last := died.Add(time.Minute)
	var until any = last
	if o.kind == database.SQLite {
		until = last.UnixMicro()
	}
	db := o.open("")
	defer db.Close()
	if _, err := db.Exec("UPDATE jobs SET lease_until = NULL WHERE state = 'ready' AND lease_until <= $1", until); err != nil {
		o.t.Fatalf("ending leases: %v", err)
	}
}

// hurry lets everything that waits to be tried again be tried at once.
func (o *onlooker) hurry() {
	o.t.Helper()
	db := o.open("")
	defer db.Close()
	if _, err := db.Exec("UPDATE jobs SET lease_until = NULL, run_at = created_at WHERE state = 'ready'"); err != nil {
		o.t.Fatalf("hurrying: %v", err)
	}
}

// handedBefore says whether the mail's hand-over was recorded before a time.
func (o *onlooker) handedBefore(at time.Time) bool {
	o.t.Helper()
	query := "SELECT count(*) FROM mails WHERE handed_at <= $1"
	var then any = at
	if o.kind == database.SQLite {
		then = at.UnixMicro()
	}
	var n int
	if err := o.ro.QueryRow(query, then).Scan(&n); err != nil {
		o.t.Fatal(err)
	}
	return n > 0
}
