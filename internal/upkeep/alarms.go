package upkeep

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// How long mail may wait, and how long after a payment its webhook may still
// be on its way; older payments than silentSpan are not looked at.
const (
	mailWait    = 15 * time.Minute
	silentAfter = 2 * time.Hour
	silentSpan  = 24 * time.Hour
)

// mostWaiting is how many waiting mails are counted.
const mostWaiting = 1000

// Watch raises the alarms of what does not happen: mail that does not leave,
// webhooks that do not come. The clock calls it every few minutes, on every
// instance.
func (s *Service) Watch(ctx context.Context) error {
	now, err := s.db.Now(ctx)
	if err != nil {
		return err
	}
	waiting, oldest, err := s.db.MailsWaiting(ctx, now.Add(-mailWait), mostWaiting)
	if err != nil {
		return fmt.Errorf("looking for mail that waits: %w", err)
	}
	if waiting > 0 && oldest != nil {
		err := s.raise(ctx, shop.Alarm{
			Kind: shop.AlarmMail, URL: "/staff/system/mails?state=queued",
			Message: fmt.Sprintf("%s for more than %d minutes, the oldest since %s.", mails(waiting), int(mailWait.Minutes()), s.when(ctx, *oldest)),
		})
		if err != nil {
			return err
		}
	}
	untold, err := s.db.PaymentsUntold(ctx, now.Add(-silentSpan), now.Add(-silentAfter))
	if err != nil || untold == 0 {
		return err
	}
	return s.raise(ctx, shop.Alarm{
		Kind: shop.AlarmWebhook, URL: "/staff/system/events",
		Message: fmt.Sprintf("Payments that ended at Stripe more than %d hours ago without a webhook: %d. The shop learned of them by asking.", int(silentAfter.Hours()), untold),
	})
}

func mails(n int) string {
	switch {
	case n == 1:
		return "One mail has been waiting"
	case n >= mostWaiting:
		return fmt.Sprintf("%d mails or more have been waiting", mostWaiting)
	}
	return fmt.Sprintf("%d mails have been waiting", n)
}

// when is an instant as staff read it, in the shop's zone.
func (s *Service) when(ctx context.Context, at shop.Instant) string {
	settings, err := s.db.Settings(ctx)
	if err != nil {
		return at.Format(time.RFC3339)
	}
	return at.In(settings.Location()).Format("Jan 2, 15:04")
}

func (s *Service) raise(ctx context.Context, a shop.Alarm) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error { return tx.Raise(ctx, a) })
}

// maxNote is how many letters a note may have.
const maxNote = 500

// CloseAlarm closes an alarm with a note of what was done about it. A note
// that is missing or too long is KindInvalid with the field "note"; an alarm
// that somebody else has closed is KindConflict; the same note by the same
// person a second time changes nothing.
func (s *Service) CloseAlarm(ctx context.Context, who string, id shop.AlarmID, note string) error {
	note = strings.TrimSpace(strings.ReplaceAll(note, "\r\n", "\n"))
	if note == "" || utf8.RuneCountInString(note) > maxNote {
		e := shop.Invalid("Say in 1 to %d letters what was done about it.", maxNote)
		e.Fields = map[string]string{"note": e.Message}
		return e
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		a, err := tx.Alarm(ctx, id)
		if err != nil {
			return err
		}
		closed, err := tx.CloseAlarm(ctx, id, who, note)
		switch {
		case err != nil:
			return err
		case closed:
			return audit(tx, shop.AuditEntry{Who: who, Action: "alarm.close", ThingKind: "alarm", ThingID: fmt.Sprint(id)},
				map[string]string{"cause": string(a.Kind), "message": a.Message, "note": note})
		}
		if a, err = tx.Alarm(ctx, id); err != nil || a.ClosedBy == who && a.Note == note {
			return err
		}
		return shop.Conflict("Somebody has closed this alarm already: %s", a.Note)
	})
}

// audit notes a change with details that can be written as JSON.
func audit(tx *database.Tx, entry shop.AuditEntry, details any) error {
	b, err := json.Marshal(details)
	if err != nil {
		return err
	}
	entry.Details = string(b)
	tx.Audit(entry)
	return nil
}
