package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"longrun/internal/shop"
	"longrun/migrations"
)

// Migration is one step of the schema.
type Migration struct {
	Version       int64  `json:"version"`
	Name          string `json:"name"`
	Applied       bool   `json:"applied"`
	PreviousWorks bool   `json:"previous_works"` // the previous release can run on it
}

func (db *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations.Files, string(db.kind))
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	if db.kind == Postgres {
		dialect = goose.DialectPostgres
	}
	// Work on two things at once may bring the lower number later; it is then
	// done later, too.
	return goose.NewProvider(dialect, db.pool, files, goose.WithAllowOutofOrder(true))
}

// MigrateUp brings the schema to this program's version and fills what every
// shop has from the start. It may be run again.
func (db *DB) MigrateUp(ctx context.Context) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrating: %w", err)
	}
	return db.firstRows(ctx)
}

// MigrateDown takes the newest migration back.
func (db *DB) MigrateDown(ctx context.Context) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	if _, err := p.Down(ctx); err != nil {
		return fmt.Errorf("migrating down: %w", err)
	}
	return nil
}

// Migrations lists what this program knows and what is applied.
func (db *DB) Migrations(ctx context.Context) ([]Migration, error) {
	p, err := db.provider()
	if err != nil {
		return nil, err
	}
	states, err := p.Status(ctx)
	if err != nil {
		return nil, err
	}
	var list []Migration
	for _, s := range states {
		works, err := db.previousWorks(s.Source.Path)
		if err != nil {
			return nil, err
		}
		list = append(list, Migration{
			Version: s.Source.Version, Name: s.Source.Path,
			Applied: s.State == goose.StateApplied, PreviousWorks: works,
		})
	}
	return list, nil
}

// previousWorks reads the mark in a migration's head.
func (db *DB) previousWorks(path string) (bool, error) {
	b, err := fs.ReadFile(migrations.Files, string(db.kind)+"/"+path)
	if err != nil {
		return false, err
	}
	head, _, _ := strings.Cut(string(b), "-- +goose Up")
	switch {
	case strings.Contains(head, "-- previous release: yes\n"):
		return true, nil
	case strings.Contains(head, "-- previous release: no\n"):
		return false, nil
	}
	return false, fmt.Errorf("migration %s does not say whether the previous release can run on it", path)
}

// firstRows writes the marks of the migrations, the first settings and the
// start of the audit chain, where they are missing.
func (db *DB) firstRows(ctx context.Context) error {
	list, err := db.Migrations(ctx)
	if err != nil {
		return err
	}
	return db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		for _, m := range list {
			if _, err := tx.exec(ctx, `INSERT INTO schema_marks (version, previous_works) VALUES (?, ?)
				ON CONFLICT (version) DO NOTHING`, m.Version, m.PreviousWorks); err != nil {
				return err
			}
		}
		if _, err := tx.exec(ctx, `INSERT INTO audit_head (id, count, hash) VALUES (1, 0, ?)
			ON CONFLICT (id) DO NOTHING`, []byte{}); err != nil {
			return err
		}
		return tx.firstSettings(ctx)
	})
}

func (tx *Tx) firstSettings(ctx context.Context) error {
	_, err := tx.Settings(ctx)
	if !shop.IsNotFound(err) {
		return err
	}
	_, err = tx.AddSettings(ctx, shop.DefaultSettings(), shop.ByCommand)
	return err
}

// CheckSchema returns an error with one sentence when this program cannot run
// on the schema it finds: it is older, or newer and not marked as one that
// the previous release can run on.
func (db *DB) CheckSchema(ctx context.Context) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("reading the schema's version: %w", err)
	}
	sources := p.ListSources()
	want := sources[len(sources)-1].Version
	switch {
	case have < want:
		return fmt.Errorf("the database is at schema %d and this program needs %d: run longrun migrate up", have, want)
	case have == want:
		return nil
	}
	return db.checkNewer(ctx, have, want)
}

func (db *DB) checkNewer(ctx context.Context, have, want int64) error {
	var marked int64
	err := db.raw(ctx, &marked, "SELECT count(*) FROM schema_marks WHERE version > ? AND version <= ? AND previous_works", want, have)
	if err != nil {
		return err
	}
	if marked != have-want {
		return errors.New("the database was migrated by a newer release of this program, and this one cannot run on it")
	}
	return nil
}
