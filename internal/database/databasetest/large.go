package databasetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Size is how much a grown shop has.
type Size struct {
	Products int // each in 11 sizes and 4 widths
	Orders   int // over two years, the newest of them, at most 200, still to be sent
}

// ThePeers is the size that every list of the staff area must bear.
var ThePeers = Size{Products: 20_000, Orders: 250_000}

// Grown is a database of one kind that holds a shop of a size, every
// invariant of which is true. It is written by statements over sets, in
// seconds where the shop's own work would take minutes.
func Grown(t testing.TB, kind database.Kind, size Size) *database.DB {
	t.Helper()
	return OpenURL(t, GrownURL(t, kind, size))
}

// GrownURL is the address of such a database.
func GrownURL(t testing.TB, kind database.Kind, size Size) string {
	t.Helper()
	url := URL(t, kind)
	if err := grow(t.Context(), kind, url, size); err != nil {
		t.Fatal(err)
	}
	return url
}

// Grow makes an empty database a shop of a size.
func Grow(ctx context.Context, url string, size Size) error {
	if err := migrate(url); err != nil {
		return err
	}
	kind := database.Postgres
	if strings.HasPrefix(url, "sqlite:") {
		kind = database.SQLite
	}
	return grow(ctx, kind, url, size)
}

// GrownEach runs a test on a grown database of each kind.
func GrownEach(t *testing.T, size Size, test func(t *testing.T, db *database.DB)) {
	t.Helper()
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) { test(t, Grown(t, kind, size)) })
	}
}

func grow(ctx context.Context, kind database.Kind, url string, size Size) (err error) {
	driver, address := "pgx", url
	if kind == database.SQLite {
		driver = "sqlite"
		address = "file:" + strings.TrimPrefix(url, "sqlite:") + "?_pragma=synchronous(0)&_pragma=cache_size(-200000)"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	connection, err := raw.Conn(ctx)
	if err != nil {
		return err
	}
	defer connection.Close()
	for _, statement := range growth {
		statement = spoken(kind, statement, size)
		if _, err := connection.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("growing by %.80q: %w", statement, err)
		}
	}
	if err := growAudit(ctx, connection, kind, url, size.Orders); err != nil || kind == database.SQLite {
		return err
	}
	return settle(ctx, connection)
}

// An entry of the audit log is chained to the one before it under a secret
// key, so that only the shop's own work can write it: so many at once, each
// batch at its own hour of the two years.
const (
	auditBatch = 1_000
	auditStep  = auditBatch * 250 * time.Second
)

func growAudit(ctx context.Context, connection *sql.Conn, kind database.Kind, url string, entries int) error {
	db, err := database.Open(ctx, Options(url))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	begun := time.Now()
	for last := entries; last > 0; last -= auditBatch {
		clock := fmt.Sprintf("INSERT INTO development_clock (id, offset_micros) VALUES (1, %d) ON CONFLICT (id) DO UPDATE SET offset_micros = excluded.offset_micros",
			(newestAt - time.Duration(last/auditBatch)*auditStep - time.Duration(begun.UnixMicro())*time.Microsecond).Microseconds())
		if _, err := connection.ExecContext(ctx, clock); err != nil {
			return err
		}
		if err := auditSome(ctx, db, last); err != nil {
			return fmt.Errorf("growing the audit log: %w", err)
		}
	}
	_, err = connection.ExecContext(ctx, "DELETE FROM development_clock")
	return err
}

// auditSome writes a batch of entries as years of work leave them: most about
// products, orders and stock, some about settings and people.
func auditSome(ctx context.Context, db *database.DB, last int) error {
	return db.Transact(ctx, func(_ context.Context, tx *database.Tx) error {
		for i := last; i > max(0, last-auditBatch); i-- {
			entry := shop.AuditEntry{Who: fmt.Sprintf("staff:%d", 1+i%7), Action: "product.save", ThingKind: "product", ThingID: strconv.Itoa(1 + i%20_000),
				Details: `{"before":{"title":"Tern"},"after":{"title":"Tern Racer"}}`}
			switch {
			case i%1000 == 0:
				entry.Action, entry.ThingKind, entry.ThingID = "settings.set", "settings", strconv.Itoa(i/1000)
			case i%500 == 1:
				entry.Action, entry.ThingKind, entry.ThingID = "staff.role", "staff", strconv.Itoa(1+i%7)
			case i%3 == 0:
				entry.Action, entry.ThingKind, entry.ThingID = "order.ship", "order", strconv.Itoa(i)
			case i%11 == 0:
				entry.Who = shop.ByCommand
			}
			tx.Audit(entry)
		}
		return nil
	})
}

// settle has PostgreSQL count on from the ids that were given, and look at
// what there is as its own daemon does some minutes later.
func settle(ctx context.Context, connection *sql.Conn) error {
	for _, table := range []string{"products", "variants", "orders", "order_lines", "order_units", "payment_attempts", "parcels"} {
		statement := fmt.Sprintf("SELECT setval(pg_get_serial_sequence('%s', 'id'), (SELECT coalesce(max(id), 1) FROM %s))", table, table)
		if _, err := connection.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("numbering %s on: %w", table, err)
		}
	}
	_, err := connection.ExecContext(ctx, "VACUUM ANALYZE")
	return err
}

// spoken is a statement in an engine's own words: {products} and {orders} are
// the size, {waiting} and {recent} how many orders wait and are on their way,
// one of {late} was paid too late, one of {dead} jobs is dead, {at:…} an instant of microseconds, {blob:…} a text as bytes,
// {jsontype} the type of a document,
// {true} and {false} say yes and no.
func spoken(kind database.Kind, statement string, size Size) string {
	at, blob, yes, no, json := "(%s)", "CAST(%s AS BLOB)", "1", "0", "text"
	if kind == database.Postgres {
		at, blob, yes, no, json = "to_timestamp((%s) / 1000000.0)", "convert_to(%s, 'UTF8')", "TRUE", "FALSE", "json"
	}
	late, dead := 1200, 5000
	if size.Orders < 10*late {
		late, dead = 12, 5
	}
	statement = strings.NewReplacer("{products}", strconv.Itoa(size.Products), "{orders}", strconv.Itoa(size.Orders),
		"{waiting}", strconv.Itoa(min(200, size.Orders/4)), "{recent}", strconv.Itoa(min(2000, size.Orders/2)),
		"{late}", strconv.Itoa(late), "{dead}", strconv.Itoa(dead),
		"{true}", yes, "{false}", no, "{jsontype}", json).Replace(statement)
	return replaced(replaced(statement, "{at:", at), "{blob:", blob)
}

// replaced writes what stands between an opening and its brace in a form.
func replaced(statement, opening, form string) string {
	for {
		before, rest, found := strings.Cut(statement, opening)
		if !found {
			return statement
		}
		inner, after, _ := strings.Cut(rest, "}")
		statement = before + fmt.Sprintf(form, inner) + after
	}
}
