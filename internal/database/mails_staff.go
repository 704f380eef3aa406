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

// MailList lists mails, the newest first. Each state, or each way to write the
// address, is asked for by itself, since an index has each in order.
func (r Reader) MailList(ctx context.Context, s MailSearch) ([]shop.Mail, error) {
	var parts []string
	var args []any
	for _, part := range s.parts() {
		condition, values := part.conditions()
		parts = append(parts, "SELECT * FROM (SELECT * FROM "+r.along("mails", s.index())+" WHERE "+condition+" ORDER BY id DESC LIMIT ?) part")
		args = append(append(args, values...), s.Limit)
	}
	var list []shop.Mail
	err := r.raw(ctx, &list, strings.Join(parts, " UNION ALL ")+" ORDER BY id DESC LIMIT ?", append(args, s.Limit)...)
	return list, err
}

func (s MailSearch) parts() []MailSearch {
	parts := []MailSearch{s}
	switch {
	case s.Recipient != "":
		if lower := strings.ToLower(s.Recipient); lower != s.Recipient {
			parts = append(parts, s)
			parts[1].Recipient = lower
		}
	case s.State == "":
		parts = []MailSearch{s, s, s}
		parts[0].State, parts[1].State, parts[2].State = shop.MailQueued, shop.MailHanded, shop.MailRefused
	}
	return parts
}

// index is the one that finds fewest mails.
func (s MailSearch) index() string {
	switch {
	case s.Recipient != "":
		return "mails_recipient"
	case s.Kind != "":
		return "mails_kind"
	}
	return "mails_state"
}

// conditions are fixed texts and placeholders only.
func (s MailSearch) conditions() (string, []any) {
	condition, args := "id > 0", []any{}
	if s.State != "" {
		condition, args = condition+" AND state = ?", append(args, s.State)
	}
	if s.Recipient != "" {
		condition, args = condition+" AND recipient = ?", append(args, s.Recipient)
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
