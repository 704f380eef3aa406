package database

import (
	"context"

	"longrun/internal/shop"
)

// Message is one message to the shop.
func (r Reader) Message(ctx context.Context, id shop.MessageID) (shop.ContactMessage, error) {
	var m shop.ContactMessage
	err := r.take(ctx, &m, "There is no such message.", "SELECT * FROM contact_messages WHERE id = ?", id)
	return m, err
}

// Messages are up to limit messages older than one, newest first, those that
// wait for an answer or those that have one; before 0 begins with the newest.
func (r Reader) Messages(ctx context.Context, answered bool, before shop.MessageID, limit int) ([]shop.ContactMessage, error) {
	if before == 0 {
		before = 1 << 53
	}
	condition := "answered_at IS NULL"
	if answered {
		condition = "answered_at IS NOT NULL"
	}
	var list []shop.ContactMessage
	err := r.raw(ctx, &list, "SELECT * FROM contact_messages WHERE "+condition+" AND id < ? ORDER BY id DESC LIMIT ?", before, limit)
	return list, err
}

// AddMessage keeps a message unless it is there already, and says whether it
// is new.
func (tx *Tx) AddMessage(ctx context.Context, m *shop.ContactMessage) (bool, error) {
	m.CreatedAt = tx.now
	return tx.insertOnce(ctx, m)
}

// AnswerMessage marks a message as answered by somebody, or with "" as
// waiting again, and says whether that was a change.
func (tx *Tx) AnswerMessage(ctx context.Context, id shop.MessageID, who string) (bool, error) {
	if who == "" {
		return one(tx.exec(ctx, "UPDATE contact_messages SET answered_at = NULL, answered_by = '' WHERE id = ? AND answered_at IS NOT NULL", id))
	}
	return one(tx.exec(ctx, "UPDATE contact_messages SET answered_at = ?, answered_by = ? WHERE id = ? AND answered_at IS NULL", tx.now, who, id))
}
