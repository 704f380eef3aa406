package database

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/shop"
)

// maxAlarmMessage is how many characters of a message are kept.
const maxAlarmMessage = 500

// Raise opens an alarm, or notes on the open one of its kind and key that it
// has happened again, and tells staff by mail if the cause is switched on: at
// most once per cause and hour of the shop. The alarm is there whether or not
// anybody is told.
func (tx *Tx) Raise(ctx context.Context, a shop.Alarm) error {
	var id shop.AlarmID
	err := tx.take(ctx, &id, "The alarm could not be raised.", `INSERT INTO alarms
			(kind, key, message, url, times, opened_at, last_at, closed_by, note) VALUES (?, ?, ?, ?, 1, ?, ?, '', '')
		ON CONFLICT (kind, key) WHERE closed_at IS NULL DO UPDATE SET
			times = alarms.times + 1, last_at = excluded.last_at, message = excluded.message, url = excluded.url
		RETURNING id`, a.Kind, a.Key, shortText(a.Message, maxAlarmMessage), a.URL, tx.now, tx.now)
	if err != nil {
		return fmt.Errorf("raising an alarm: %w", err)
	}
	return tx.tellStaff(ctx, a.Kind, shop.MailStaffAlarm, int64(id))
}

// TellOfOrder tells staff of a new order by mail, at most once an hour. It
// opens no alarm, since the order stands in the queue.
func (tx *Tx) TellOfOrder(ctx context.Context, id shop.OrderID) error {
	return tx.tellStaff(ctx, shop.AlarmNewOrder, shop.MailStaffNewOrder, int64(id))
}

// tellStaff puts one mail to each address into the outbox, unless this hour
// has its mail about the cause. The hour's name has the zone's offset in it,
// so that the hour that comes twice in autumn counts twice.
func (tx *Tx) tellStaff(ctx context.Context, cause shop.AlarmKind, kind shop.MailKind, thing int64) error {
	settings, err := tx.Settings(ctx)
	if err != nil || !settings.Tells(cause) {
		return err
	}
	hour := tx.now.In(settings.Location()).Format("2006-01-02T15-0700")
	for _, to := range slices.Sorted(slices.Values(settings.AlarmMailTo)) { // one order, so that two never wait for each other
		err := tx.EnqueueMail(ctx, shop.Mail{Kind: kind, Key: fmt.Sprintf("alarm:%s:%s:%s", cause, hour, to), Recipient: to, ThingID: thing})
		if err != nil {
			return fmt.Errorf("telling staff: %w", err)
		}
	}
	return nil
}

// shortText is s without NULs and not longer than so many bytes.
func shortText(s string, most int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// CloseAlarm closes an open alarm and says whether it was open.
func (tx *Tx) CloseAlarm(ctx context.Context, id shop.AlarmID, who, note string) (bool, error) {
	return one(tx.exec(ctx, "UPDATE alarms SET closed_at = ?, closed_by = ?, note = ? WHERE id = ? AND closed_at IS NULL",
		tx.now, who, note, id))
}

// Alarm is an alarm, open or closed.
func (r Reader) Alarm(ctx context.Context, id shop.AlarmID) (shop.Alarm, error) {
	var a shop.Alarm
	err := r.take(ctx, &a, "There is no such alarm.", "SELECT * FROM alarms WHERE id = ?", id)
	return a, err
}

// OpenAlarms are up to limit open alarms, what happened last first.
func (r Reader) OpenAlarms(ctx context.Context, limit int) ([]shop.Alarm, error) {
	var open []shop.Alarm
	err := r.raw(ctx, &open, "SELECT * FROM alarms WHERE closed_at IS NULL ORDER BY last_at DESC, id DESC LIMIT ?", limit)
	return open, err
}

// OpenAlarmsOf are up to limit open alarms of one kind, what happened last
// first.
func (r Reader) OpenAlarmsOf(ctx context.Context, kind shop.AlarmKind, limit int) ([]shop.Alarm, error) {
	var open []shop.Alarm
	err := r.raw(ctx, &open, "SELECT * FROM alarms WHERE kind = ? AND closed_at IS NULL ORDER BY last_at DESC, id DESC LIMIT ?", kind, limit)
	return open, err
}

// ClosedAlarms are up to limit closed alarms, the last closed first. after is
// the last of the page before, nil for the first page.
func (r Reader) ClosedAlarms(ctx context.Context, after *Moment, limit int) ([]shop.Alarm, error) {
	var closed []shop.Alarm
	condition, args := "closed_at IS NOT NULL", []any{}
	if after != nil {
		condition, args = condition+" AND (closed_at, id) < (?, ?)", []any{after.At, after.number()}
	}
	err := r.raw(ctx, &closed, "SELECT * FROM alarms WHERE "+condition+" ORDER BY closed_at DESC, id DESC LIMIT ?", append(args, limit)...)
	return closed, err
}

// OrdersSince says how many orders were paid after an instant and up to
// another, counting no further than most.
func (r Reader) OrdersSince(ctx context.Context, after, until shop.Instant, most int) (int, error) {
	var n int
	err := r.raw(ctx, &n, `SELECT count(*) FROM (SELECT 1 FROM orders
		WHERE state = 'paid' AND paid_at > ? AND paid_at <= ? LIMIT ?) paid`, after, until, most)
	return n, err
}

// MailBefore is when the mail of a kind was written that went to somebody
// before another; false where there was none.
func (r Reader) MailBefore(ctx context.Context, m shop.Mail) (shop.Instant, bool, error) {
	var at []shop.Instant
	err := r.raw(ctx, &at, "SELECT created_at FROM mails WHERE recipient = ? AND kind = ? AND id < ? ORDER BY id DESC LIMIT 1",
		m.Recipient, m.Kind, m.ID)
	if err != nil || len(at) == 0 {
		return shop.Instant{}, false, err
	}
	return at[0], true, nil
}
