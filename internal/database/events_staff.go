package database

import (
	"context"
	"encoding/json"
	"time"

	"longrun/internal/shop"
)

// EventSearch is which of Stripe's events to list; what is empty does not
// matter.
type EventSearch struct {
	Type  string
	Named string  // the id of an event, or of what it is about
	After *Moment // the last of the page before
	Limit int
}

// EventList lists events without what they carried, the last received first.
func (r Reader) EventList(ctx context.Context, s EventSearch) ([]shop.StripeEvent, error) {
	condition, args := "e.id <> ''", []any{}
	if s.Type != "" {
		condition, args = condition+" AND e.type = ?", append(args, s.Type)
	}
	if s.Named != "" {
		condition += " AND e.id IN (SELECT id FROM stripe_events WHERE id = ? UNION SELECT id FROM stripe_events WHERE object_id = ?)"
		args = append(args, s.Named, s.Named)
	}
	if s.After != nil {
		condition, args = condition+" AND (e.received_at, e.id) < (?, ?)", append(args, s.After.At, s.After.ID)
	}
	var list []shop.StripeEvent
	err := r.raw(ctx, &list, `SELECT e.id, e.type, e.object_id, e.object_kind, e.api_version, e.live_mode, e.created_at, e.received_at
		FROM stripe_events e WHERE `+condition+" ORDER BY e.received_at DESC, e.id DESC LIMIT ?", append(args, s.Limit)...)
	return list, err
}

// LastEvent is when the last webhook was received, nil before the first.
func (r Reader) LastEvent(ctx context.Context) (*shop.Instant, error) {
	var at []shop.Instant
	err := r.raw(ctx, &at, "SELECT received_at FROM stripe_events ORDER BY received_at DESC, id DESC LIMIT 1")
	if err != nil || len(at) == 0 {
		return nil, err
	}
	return &at[0], nil
}

// EventJobs are the jobs that read an event, the newest first: the one that
// came with it and up to nine that staff have asked for.
func (r Reader) EventJobs(ctx context.Context, event string) ([]shop.Job, error) {
	var list []shop.Job
	err := r.raw(ctx, &list, "SELECT * FROM jobs WHERE kind = ? AND (key = ? OR key >= ? AND key < ?) ORDER BY id DESC LIMIT 10",
		shop.JobStripeEvent, event, EventAgainKey(event, ""), EventAgainKey(event, "\U0010ffff"))
	return list, err
}

// EventAgainKey is the key of the job that reads an event again, as the form
// with a key of its own has asked.
func EventAgainKey(event, form string) string { return "again:" + event + ":" + form }

// webhookSlack is how much earlier an event may have come than the change it
// led to, or the other way round.
const webhookSlack = 10 * time.Minute

// PaymentsUntold are how many of the last 500 payment attempts came to their
// end at Stripe between two instants, later than the last webhook: the shop
// learned of them in other ways.
func (r Reader) PaymentsUntold(ctx context.Context, from, until shop.Instant) (int, error) {
	last, err := r.LastEvent(ctx)
	if err != nil {
		return 0, err
	}
	if last != nil && from.Before(last.Add(webhookSlack)) {
		from = last.Add(webhookSlack)
	}
	var n int
	err = r.raw(ctx, &n, `SELECT count(*) FROM (SELECT state, session_id, ended_at FROM payment_attempts ORDER BY id DESC LIMIT 500) a
		WHERE a.state IN ('paid', 'late', 'expired') AND a.session_id IS NOT NULL AND a.ended_at > ? AND a.ended_at < ?`, from, until)
	return n, err
}

// ReadEventAgain enqueues the job that reads an event again, and says whether
// the form's key is new.
func (tx *Tx) ReadEventAgain(ctx context.Context, event, form string) (bool, error) {
	payload, err := json.Marshal(map[string]string{"event": event})
	if err != nil {
		return false, err
	}
	job := shop.Job{Kind: shop.JobStripeEvent, Key: EventAgainKey(event, form), Payload: string(payload)}
	return tx.enqueueOnce(ctx, job)
}
