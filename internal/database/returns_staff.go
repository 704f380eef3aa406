package database

import (
	"context"

	"longrun/internal/shop"
)

// ReturnQueue is a list of returns that staff look at.
type ReturnQueue string

// The queues of returns.
const (
	ReturnsHere   ReturnQueue = "here"   // arrived, by when the answer is due
	ReturnsComing ReturnQueue = "coming" // asked for or on their way, by their deadline
	ReturnsOver   ReturnQueue = "over"   // the newest first
)

var returnQueues = map[ReturnQueue]string{
	ReturnsHere:   "r.state = 'arrived' ORDER BY r.answer_due_at, r.id",
	ReturnsComing: "r.state IN ('requested', 'sent') ORDER BY r.deadline_at, r.id",
	ReturnsOver:   "r.state IN ('closed', 'cancelled', 'expired') ORDER BY r.id DESC",
}

// ReturnRow is a return in a list.
type ReturnRow struct {
	shop.Return
	OrderNumber *int64
	Name        string // of whoever bought, "" for nobody known
	Pieces      int64
	Open        int64 // of them, those that may still come
}

// ReturnList are the first limit returns of a queue.
func (r Reader) ReturnList(ctx context.Context, queue ReturnQueue, limit int) ([]ReturnRow, error) {
	condition, known := returnQueues[queue]
	if !known {
		return nil, shop.Invalid("There is no such list.")
	}
	var rows []ReturnRow
	err := r.raw(ctx, &rows, `SELECT r.*, o.number AS order_number, coalesce(c.name, '') AS name,
			(SELECT count(*) FROM return_units u WHERE u.return_id = r.id) AS pieces,
			(SELECT count(*) FROM return_units u WHERE u.return_id = r.id AND u.ended_at IS NULL) AS open
		FROM returns r JOIN orders o ON o.id = r.order_id LEFT JOIN order_contacts c ON c.order_id = r.order_id
		WHERE `+condition+` LIMIT ?`, limit)
	return rows, err
}

// ReturnByNumber is the return of a number.
func (r Reader) ReturnByNumber(ctx context.Context, number int64) (shop.Return, error) {
	return r.returnWhere(ctx, "number = ?", number)
}
