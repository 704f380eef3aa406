package database

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"longrun/internal/shop"
)

// Enqueue puts a job in the queue, to run at RunAt or at once. A second job
// of the same kind and key is the same job.
func (tx *Tx) Enqueue(ctx context.Context, job shop.Job) error {
	_, err := tx.enqueueOnce(ctx, job)
	return err
}

// enqueueOnce is Enqueue and says whether the job is new.
func (tx *Tx) enqueueOnce(ctx context.Context, job shop.Job) (bool, error) {
	job.State, job.CreatedAt = shop.JobReady, tx.now
	if job.RunAt.IsZero() {
		job.RunAt = tx.now
	}
	if job.Payload == "" {
		job.Payload = "{}"
	}
	isNew, err := tx.insertOnce(ctx, &job)
	tx.enqueue = tx.enqueue || isNew
	return isNew, err
}

// JobPayload is the payload of a job about one thing.
type JobPayload struct {
	ID int64 `json:"id"`
}

// PayloadFor writes the payload of a job about the thing with an id.
func PayloadFor(id int64) string {
	b, _ := json.Marshal(JobPayload{id})
	return string(b)
}

// EnqueueMail puts a mail in the outbox, and the job that hands it over in
// the queue. A second mail with the same key is the same mail.
func (tx *Tx) EnqueueMail(ctx context.Context, mail shop.Mail) error {
	_, err := tx.EnqueueMailOnce(ctx, mail)
	return err
}

// EnqueueMailOnce is EnqueueMail and says whether the mail is new.
func (tx *Tx) EnqueueMailOnce(ctx context.Context, mail shop.Mail) (isNew bool, err error) {
	mail.State, mail.CreatedAt = shop.MailQueued, tx.now
	mail.MessageID = strings.ToLower(rand.Text())
	isNew, err = tx.insertOnce(ctx, &mail)
	if err != nil || !isNew {
		return false, err
	}
	return true, tx.Enqueue(ctx, shop.Job{Kind: shop.JobMail, Key: mail.Key, Payload: PayloadFor(int64(mail.ID))})
}

// Mail is a row of the outbox.
func (r Reader) Mail(ctx context.Context, id shop.MailID) (shop.Mail, error) {
	var mail shop.Mail
	err := r.take(ctx, &mail, "There is no such mail.", "SELECT * FROM mails WHERE id = ?", id)
	return mail, err
}

// MailHanded notes that a mail was handed over.
func (tx *Tx) MailHanded(ctx context.Context, id shop.MailID) error {
	_, err := tx.exec(ctx, "UPDATE mails SET state = ?, handed_at = ? WHERE id = ? AND state = ?",
		shop.MailHanded, tx.now, id, shop.MailQueued)
	return err
}

// MailRefused notes that the mail server has refused a mail for good, in its
// words, and says whether that is new.
func (tx *Tx) MailRefused(ctx context.Context, id shop.MailID, words string) (bool, error) {
	return one(tx.exec(ctx, "UPDATE mails SET state = ?, refusal = ? WHERE id = ? AND state = ?",
		shop.MailRefused, words, id, shop.MailQueued))
}

// Jobs is the queue as the worker sees it. Leases run in real time, so that a
// moved development clock ends none; RunAt is shop time.
type Jobs struct{ db *DB }

// Jobs is the queue.
func (db *DB) Jobs() *Jobs { return &Jobs{db} }

// Claim takes up to limit jobs that are due and lends them for lease. Nobody
// else gets them until it is over. Each claim raises the job's Fence.
func (j *Jobs) Claim(ctx context.Context, limit int, lease time.Duration) ([]shop.Job, error) {
	var jobs []shop.Job
	err := j.db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		jobs = nil
		skip := ""
		if tx.kind == Postgres {
			skip = " FOR UPDATE SKIP LOCKED"
		}
		real := shop.At(time.Now())
		return tx.raw(ctx, &jobs, `UPDATE jobs SET attempts = attempts + 1, fence = fence + 1, lease_until = ?
			WHERE id IN (SELECT id FROM jobs WHERE state = 'ready' AND run_at <= ?
				AND (lease_until IS NULL OR lease_until < ?) ORDER BY run_at, id LIMIT ?`+skip+`) RETURNING *`,
			real.Add(lease), tx.now, real, limit)
	})
	return jobs, err
}

// Due says whether any job could be claimed now, without taking the writer.
func (j *Jobs) Due(ctx context.Context) (bool, error) {
	now, err := j.db.Now(ctx)
	if err != nil {
		return false, err
	}
	var n int
	err = j.db.raw(ctx, &n, `SELECT count(*) FROM (SELECT 1 FROM jobs WHERE state = 'ready' AND run_at <= ?
		AND (lease_until IS NULL OR lease_until < ?) LIMIT 1) due`, now, shop.At(time.Now()))
	return n > 0, err
}

// Extend prolongs a lease. It fails with shop.Conflict when the job has been
// claimed by another since.
func (j *Jobs) Extend(ctx context.Context, job shop.Job, lease time.Duration) error {
	return j.update(ctx, job, "lease_until = ?", shop.At(time.Now()).Add(lease))
}

// Finish marks a job done.
func (j *Jobs) Finish(ctx context.Context, job shop.Job) error {
	return j.update(ctx, job, "state = 'done', lease_until = NULL, last_error = '', finished_at = ?", nil)
}

// Fail gives a job back, to be tried again after a pause.
func (j *Jobs) Fail(ctx context.Context, job shop.Job, pause time.Duration, cause error) error {
	return j.db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		return tx.updateJob(ctx, job, "run_at = ?, lease_until = NULL, last_error = ?", tx.now.Add(pause), errorText(cause))
	})
}

// Bury gives a job up until staff replay it.
func (j *Jobs) Bury(ctx context.Context, job shop.Job, cause error) error {
	return j.db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		err := tx.updateJob(ctx, job, "state = 'dead', lease_until = NULL, last_error = ?, finished_at = ?", errorText(cause), tx.now)
		if err != nil {
			return err
		}
		return tx.Raise(ctx, deadJob(job, cause))
	})
}

// deadJob is the alarm of a job that was given up: one for all of its kind.
func deadJob(job shop.Job, cause error) shop.Alarm {
	return shop.Alarm{
		Kind: shop.AlarmDeadJob, Key: job.Kind, URL: "/staff/system/jobs?state=dead&kind=" + url.QueryEscape(job.Kind),
		Message: fmt.Sprintf("Job %d (%s %s) was given up: %s", job.ID, job.Kind, job.Key, errorText(cause)),
	}
}

func (j *Jobs) update(ctx context.Context, job shop.Job, set string, arg any) error {
	return j.db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		if arg == nil {
			arg = tx.now
		}
		return tx.updateJob(ctx, job, set, arg)
	})
}

// updateJob writes only for the holder of the newest claim.
func (tx *Tx) updateJob(ctx context.Context, job shop.Job, set string, args ...any) error {
	n, err := tx.exec(ctx, "UPDATE jobs SET "+set+" WHERE id = ? AND fence = ? AND state = 'ready'",
		append(args, job.ID, job.Fence)...)
	if err == nil && n == 0 {
		return shop.Conflict("another worker has this job by now")
	}
	return err
}

func errorText(err error) string {
	return shortText(err.Error(), 2000)
}

// Inbox stores a webhook and the job that reads it, and says whether it is
// new. The same event a second time changes nothing.
func (j *Jobs) Inbox(ctx context.Context, event shop.StripeEvent) (isNew bool, err error) {
	if event.ID == "" {
		return false, shop.Invalid("an event needs an id")
	}
	err = j.db.Transact(ctx, func(ctx context.Context, tx *Tx) error {
		event.ReceivedAt = tx.now
		if isNew, err = tx.insertOnce(ctx, &event); err != nil || !isNew {
			return err
		}
		payload, err := json.Marshal(map[string]string{"event": event.ID})
		if err != nil {
			return err
		}
		return tx.Enqueue(ctx, shop.Job{Kind: shop.JobStripeEvent, Key: event.ID, Payload: string(payload)})
	})
	return isNew, err
}

// StripeEvent is a stored webhook.
func (r Reader) StripeEvent(ctx context.Context, id string) (shop.StripeEvent, error) {
	var event shop.StripeEvent
	err := r.take(ctx, &event, "There is no such event.", "SELECT * FROM stripe_events WHERE id = ?", id)
	return event, err
}
