package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// MailSearch is which mails to list; what is empty does not matter.
type MailSearch struct {
	Recipient string // the whole address
	Kind      shop.MailKind
	State     shop.MailState
	Before    shop.MailID // only smaller ids: the next page
	Limit     int
}

// MailList lists mails, the newest first. Each state is asked for by itself,
// since each has its index.
func (r Reader) MailList(ctx context.Context, s MailSearch) ([]shop.Mail, error) {
	states := []shop.MailState{shop.MailQueued, shop.MailHanded}
	if s.State != "" {
		states = []shop.MailState{s.State}
	}
	var parts []string
	var args []any
	for _, state := range states {
		condition, values := s.conditions(state)
		parts = append(parts, "SELECT * FROM (SELECT * FROM mails WHERE "+condition+" ORDER BY id DESC LIMIT ?) "+string(state))
		args = append(append(args, values...), s.Limit)
	}
	var list []shop.Mail
	err := r.raw(ctx, &list, strings.Join(parts, " UNION ALL ")+" ORDER BY id DESC LIMIT ?", append(args, s.Limit)...)
	return list, err
}

// conditions are fixed texts and placeholders only.
func (s MailSearch) conditions(state shop.MailState) (string, []any) {
	condition, args := "state = ?", []any{state}
	if s.Recipient != "" {
		condition, args = condition+" AND recipient IN (?, ?)", append(args, s.Recipient, strings.ToLower(s.Recipient))
	}
	if s.Kind != "" {
		condition, args = condition+" AND kind = ?", append(args, s.Kind)
	}
	if s.Before > 0 {
		condition, args = condition+" AND id < ?", append(args, s.Before)
	}
	return condition, args
}

// MailByKey is the mail that a key has made. KindNotFound without one.
func (r Reader) MailByKey(ctx context.Context, key string) (shop.Mail, error) {
	var m shop.Mail
	err := r.take(ctx, &m, "There is no such mail.", "SELECT * FROM mails WHERE key = ?", key)
	return m, err
}

// MailsWaiting are how many of the oldest mails in the outbox, of up to
// limit, were written before an instant and still have a job that tries to
// hand them over; and when the oldest of them was written. A mail that was
// given up is told of as a dead job.
func (r Reader) MailsWaiting(ctx context.Context, before shop.Instant, limit int) (int, *shop.Instant, error) {
	var found struct {
		N      int
		Oldest *shop.Instant
	}
	err := r.raw(ctx, &found, `SELECT count(*) AS n, min(m.created_at) AS oldest
		FROM (SELECT key, created_at FROM mails WHERE state = 'queued' ORDER BY id LIMIT ?) m
		WHERE m.created_at < ? AND EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'mail' AND j.key = m.key AND j.state = 'ready')`, limit, before)
	return found.N, found.Oldest, err
}

// OldestMail is when the mail was written that has waited longest, nil when
// none waits.
func (r Reader) OldestMail(ctx context.Context) (*shop.Instant, error) {
	var at []shop.Instant
	err := r.raw(ctx, &at, "SELECT created_at FROM mails WHERE state = 'queued' ORDER BY id LIMIT 1")
	if err != nil || len(at) == 0 {
		return nil, err
	}
	return &at[0], nil
}
