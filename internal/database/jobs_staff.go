package database

import (
	"context"
	"time"

	"longrun/internal/shop"
)

// JobSearch is which jobs to list.
type JobSearch struct {
	State  shop.JobState
	Kind   string     // "" for all
	Before shop.JobID // only smaller ids: the next page; 0 for the first
	Limit  int
}

// JobList lists jobs, the newest first.
func (r Reader) JobList(ctx context.Context, s JobSearch) ([]shop.Job, error) {
	condition, args := "state = ?", []any{s.State}
	if s.Kind != "" {
		condition, args = condition+" AND kind = ?", append(args, s.Kind)
	}
	if s.Before > 0 {
		condition, args = condition+" AND id < ?", append(args, s.Before)
	}
	var list []shop.Job
	err := r.raw(ctx, &list, "SELECT * FROM jobs WHERE "+condition+" ORDER BY id DESC LIMIT ?", append(args, s.Limit)...)
	return list, err
}

// Job is a job.
func (r Reader) Job(ctx context.Context, id shop.JobID) (shop.Job, error) {
	var job shop.Job
	err := r.take(ctx, &job, "There is no such job.", "SELECT * FROM jobs WHERE id = ?", id)
	return job, err
}

// DeadJobs are up to limit ids of dead jobs of a kind below one, the newest
// first; 0 begins.
func (r Reader) DeadJobs(ctx context.Context, kind string, below shop.JobID, limit int) ([]shop.JobID, error) {
	if below == 0 {
		below = 1 << 53
	}
	var ids []shop.JobID
	err := r.raw(ctx, &ids, "SELECT id FROM jobs WHERE state = 'dead' AND kind = ? AND id < ? ORDER BY id DESC LIMIT ?", kind, below, limit)
	return ids, err
}

// ReplayJobs gives dead jobs another life, from the first try on, and says
// how many of them were dead.
func (tx *Tx) ReplayJobs(ctx context.Context, ids []shop.JobID) (int64, error) {
	if len(ids) == 0 {
		return 0, nil
	}
	n, err := tx.exec(ctx, `UPDATE jobs SET state = 'ready', attempts = 0, run_at = ?, lease_until = NULL, finished_at = NULL
		WHERE id IN ? AND state = 'dead'`, tx.now, ids)
	tx.enqueue = tx.enqueue || n > 0
	return n, err
}

// RunJob lets a job run that waits for later, and says whether it did: not
// when it is done, dead, due or running already.
func (tx *Tx) RunJob(ctx context.Context, id shop.JobID) (bool, error) {
	done, err := one(tx.exec(ctx, `UPDATE jobs SET run_at = ? WHERE id = ? AND state = 'ready' AND run_at > ?
		AND (lease_until IS NULL OR lease_until < ?)`, tx.now, id, tx.now, shop.At(time.Now())))
	tx.enqueue = tx.enqueue || done
	return done, err
}

// WaitingCounts are how many jobs wait and are dead, and how many mails wait,
// each counted no further than most.
type WaitingCounts struct{ Ready, Dead, Mails int }

// WaitingCounts counts what waits.
func (r Reader) WaitingCounts(ctx context.Context, most int) (WaitingCounts, error) {
	var c WaitingCounts
	err := r.raw(ctx, &c, `SELECT
		(SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state = 'ready' LIMIT ?) a) AS ready,
		(SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state = 'dead' LIMIT ?) b) AS dead,
		(SELECT count(*) FROM (SELECT 1 FROM mails WHERE state = 'queued' LIMIT ?) c) AS mails`, most, most, most)
	return c, err
}
