// Package fulfilment sends orders in parcels and follows them until they
// arrive. It moves no stock, which left the shop's count when the order was
// paid, and no money.
package fulfilment

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"unicode/utf8"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Service sends orders. Its methods may be called at the same time, also for
// the same order and by several processes. who is a shop.Actor; what staff do
// is written in the audit log under the order.
type Service struct {
	db  *database.DB
	log *slog.Logger
}

// New makes it; log nil means slog.Default.
func New(db *database.DB, log *slog.Logger) *Service {
	if log == nil {
		log = slog.Default()
	}
	return &Service{db: db, log: log}
}

// maxNote is how long a remark may be, in characters.
const maxNote = 2000

// Note puts a remark on an order's timeline. KindInvalid, with the field
// "note", when it is empty or longer than 2,000 characters.
func (s *Service) Note(ctx context.Context, who string, order shop.OrderID, text string) error {
	text, err := note(text)
	if err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		o, err := tx.LockOrder(ctx, order)
		if err != nil {
			return err
		}
		audit(tx, who, "order.note", order, map[string]any{"note": text})
		return tx.NoteOrder(ctx, &o, text, who)
	})
}

// SettleReview lets an order that waits for staff go on, with a note of why.
// KindConflict when it does not wait.
func (s *Service) SettleReview(ctx context.Context, who string, order shop.OrderID, text string) error {
	text, err := note(text)
	if err != nil {
		return err
	}
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		o, err := tx.LockOrder(ctx, order)
		if err != nil {
			return err
		}
		if o.Review == "" {
			return shop.Conflict("This order does not wait for a review any more.")
		}
		audit(tx, who, "order.review.settle", order, map[string]any{"before": o.Review, "after": "", "note": text})
		return tx.SettleReview(ctx, &o, text, who)
	})
}

func note(text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case text == "":
		return "", field("note", "Write a note.")
	case utf8.RuneCountInString(text) > maxNote:
		return "", field("note", fmt.Sprintf("Write the note in at most 2,000 characters; this has %d.", utf8.RuneCountInString(text)))
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return "", field("note", "Write the note in plain characters.")
	}
	return text, nil
}

func field(name, message string) error {
	e := shop.Invalid("%s", message)
	e.Fields = map[string]string{name: message}
	return e
}

// audit notes a change by staff; what jobs do is on the timeline only.
func audit(tx *database.Tx, who, action string, order shop.OrderID, details map[string]any) {
	if who == shop.ByJob {
		return
	}
	b, _ := json.Marshal(details)
	tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "order", ThingID: fmt.Sprint(order), Details: string(b)})
}

// name is an order as staff know it.
func name(o *shop.Order) string {
	if o.Number == nil {
		return "This order"
	}
	return fmt.Sprintf("Order #%d", *o.Number)
}
