package database_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
)

// latest is the number of the newest migration this program knows.
func latest(t *testing.T, db *database.DB) int64 {
	t.Helper()
	list, err := db.Migrations(t.Context())
	if err != nil || len(list) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	return list[len(list)-1].Version
}

// ahead makes the database look as a newer program would leave it: with so
// many further migrations, of which some have a mark.
func ahead(t *testing.T, db *database.DB, marks ...any) {
	t.Helper()
	next := latest(t, db)
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		for _, mark := range marks {
			next++
			if err := database.Exec(ctx, tx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, ?)", next, true); err != nil {
				return err
			}
			if mark == nil {
				continue
			}
			if err := database.Exec(ctx, tx, "INSERT INTO schema_marks (version, previous_works) VALUES (?, ?)", next, mark); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestASchemaThatDoesNotFitIsRefused(t *testing.T) {
	older := func(t *testing.T, db *database.DB) {
		if err := db.MigrateDown(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	with := func(marks ...any) func(*testing.T, *database.DB) {
		return func(t *testing.T, db *database.DB) { ahead(t, db, marks...) }
	}
	tests := []struct {
		name   string
		change func(*testing.T, *database.DB)
		want   string // a part of the sentence, "" when it fits
	}{
		{"its own schema", with(), ""},
		{"an older one", older, "run longrun migrate up"},
		{"a newer one without a mark", with(nil), "by a newer release"},
		{"a newer one on which the previous release cannot run", with(false), "by a newer release"},
		{"a newer one on which the previous release can run", with(true), ""},
		{"two newer ones on which the previous release can run", with(true, true), ""},
		{"two newer ones, the second without a mark", with(true, nil), "by a newer release"},
		{"two newer ones, the first on which it cannot run", with(false, true), "by a newer release"},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				db := databasetest.Open(t, db.Kind())
				tt.change(t, db)
				err := db.CheckSchema(t.Context())
				if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
					t.Errorf("%v, want %q", err, tt.want)
				}
			})
		}
	})
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		before := indexesOf(t, db)
		for range migrationNames(t, db.Kind()) {
			if err := db.MigrateDown(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.CheckSchema(t.Context()); err == nil {
			t.Error("an empty database fits")
		}
		for range 2 { // the second time there is nothing to do
			if err := db.MigrateUp(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(before, indexesOf(t, db)); diff != "" {
			t.Errorf("the schema is another after going down and up: %s", diff)
		}
		if err := db.CheckSchema(t.Context()); err != nil {
			t.Error(err)
		}
		if s, err := db.Settings(t.Context()); err != nil || s.Version != 1 {
			t.Errorf("the first settings are not there again: %d, %v", s.Version, err)
		}
	})
}

func TestADatabaseThatWasNeverMigratedNamesTheCommand(t *testing.T) {
	db := databasetest.OpenURL(t, "sqlite:"+t.TempDir()+"/empty.db")
	err := db.CheckSchema(t.Context())
	if err == nil || !strings.Contains(err.Error(), "run longrun migrate up") {
		t.Errorf("%v", err)
	}
}

// BenchmarkAFreshDatabase measures what each test waits for; it should stay
// under 100 ms.
func BenchmarkAFreshDatabase(b *testing.B) {
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		b.Run(string(kind), func(b *testing.B) {
			databasetest.URL(b, kind) // the template is made once
			b.ResetTimer()
			began := time.Now()
			for b.Loop() {
				if err := databasetest.Open(b, kind).Ping(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(time.Since(began).Milliseconds())/float64(b.N), "ms/database")
		})
	}
}
