package database

import (
	"context"
	"fmt"

	"longrun/internal/shop"
)

// AddVerifyRun opens a check and enqueues its job, and says whether it did:
// not when its key has made one before, or while another is open. A run whose
// job was given up is ended first.
func (tx *Tx) AddVerifyRun(ctx context.Context, run *shop.VerifyRun) (bool, error) {
	_, err := tx.exec(ctx, `UPDATE verify_runs SET state = 'ended', ended_at = ?, failure = 'It never came to an end.'
		WHERE state = 'open' AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.kind = ? AND j.key = verify_runs.key AND j.state = 'ready')`,
		tx.now, shop.JobVerify)
	if err != nil {
		return false, err
	}
	run.State, run.StartedAt, run.Report = shop.VerifyOpen, tx.now, "{}"
	isNew, err := tx.insertOnce(ctx, run)
	if err != nil || !isNew {
		return false, err
	}
	return true, tx.Enqueue(ctx, shop.Job{Kind: shop.JobVerify, Key: run.Key, Payload: PayloadFor(run.ID)})
}

// EndVerifyRun writes down how an open check ended, and says whether it was
// open.
func (tx *Tx) EndVerifyRun(ctx context.Context, run shop.VerifyRun) (bool, error) {
	return one(tx.exec(ctx, `UPDATE verify_runs SET state = 'ended', ended_at = ?, violations = ?, notices = ?, report = ?, failure = ?
		WHERE id = ? AND state = 'open'`, tx.now, run.Violations, run.Notices, run.Report, run.Failure, run.ID))
}

// NoteVerifyRun writes on an open check why it is begun again.
func (tx *Tx) NoteVerifyRun(ctx context.Context, id int64, failure string) error {
	_, err := tx.exec(ctx, "UPDATE verify_runs SET failure = ? WHERE id = ? AND state = 'open'", failure, id)
	return err
}

// VerifyRun is a check.
func (r Reader) VerifyRun(ctx context.Context, id int64) (shop.VerifyRun, error) {
	return r.verifyRunWhere(ctx, "id = ?", id)
}

// VerifyRunByKey is the check that a key has begun.
func (r Reader) VerifyRunByKey(ctx context.Context, key string) (shop.VerifyRun, error) {
	return r.verifyRunWhere(ctx, "key = ?", key)
}

func (r Reader) verifyRunWhere(ctx context.Context, condition string, args ...any) (shop.VerifyRun, error) {
	var run shop.VerifyRun
	err := r.take(ctx, &run, "There is no such check.", "SELECT * FROM verify_runs WHERE "+condition, args...)
	return run, err
}

// VerifyRuns are the last checks, the newest first, without their reports.
func (r Reader) VerifyRuns(ctx context.Context, limit int) ([]shop.VerifyRun, error) {
	var runs []shop.VerifyRun
	err := r.raw(ctx, &runs, `SELECT id, key, state, who, started_at, ended_at, violations, notices, failure
		FROM verify_runs ORDER BY id DESC LIMIT ?`, limit)
	return runs, err
}

// Versions are those of what the shop stands on.
type Versions struct {
	Engine string // "SQLite 3.53.0"
	Schema int64
}

// Versions asks the database.
func (r Reader) Versions(ctx context.Context) (Versions, error) {
	name, question := "SQLite", "SELECT sqlite_version()"
	if r.kind == Postgres {
		name, question = "PostgreSQL", "SELECT current_setting('server_version')"
	}
	var v Versions
	if err := r.raw(ctx, &v.Engine, question); err != nil {
		return v, fmt.Errorf("asking the database's version: %w", err)
	}
	v.Engine = name + " " + v.Engine
	return v, r.raw(ctx, &v.Schema, "SELECT max(version_id) FROM goose_db_version WHERE is_applied")
}
