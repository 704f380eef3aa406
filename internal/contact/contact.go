// Package contact takes what people write to the shop by its form: it keeps
// the message, mails it to the shop, and lets staff say that it is answered.
package contact

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Form names the form in its keys.
const Form = "contact"

// Service keeps messages. Its methods may be called at the same time.
type Service struct{ db *database.DB }

// New makes it.
func New(db *database.DB) *Service { return &Service{db} }

// Typed is the form as it was sent.
type Typed struct {
	Name, Email, Order, Body string
	Key                      string // of the form, made when it was shown
	Trap                     string // of a field that people are asked to leave empty
	Network                  string // whom the limit counts
}

// PressAgain is what a person reads whom the shop took for a robot. Nothing
// is lost by it, and pressing again is all it takes.
const pressAgain = "Please press Send once more: this came in as robots send it."

// Send keeps a message and puts the mail that brings it to the shop into the
// outbox. The same form with the same words a second time is the same message.
// Errors: KindInvalid with the fields "name", "email", "order" and "body" for
// what cannot be kept, and without fields for what only has to be sent again,
// from a form with a new key; KindTooMany above shop.ContactLimit.
func (s *Service) Send(ctx context.Context, t Typed) error {
	message, err := shop.ContactMessage{Name: t.Name, Email: t.Email, OrderNumber: t.Order, Body: t.Body}.Clean()
	if err != nil {
		return err
	}
	shown, ours := s.db.FormShown(Form, t.Key)
	sum := sha256.Sum256([]byte(strings.Join([]string{t.Key, message.Name, message.Email, message.OrderNumber, message.Body}, "\x00")))
	message.Key = hex.EncodeToString(sum[:])
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if !ours || t.Trap != "" || tx.Now().Sub(shown.Time).Abs() < shop.ContactTooQuick {
			return shop.Invalid(pressAgain)
		}
		return s.keep(ctx, tx, message, t.Network)
	})
}

func (s *Service) keep(ctx context.Context, tx *database.Tx, m shop.ContactMessage, network string) error {
	isNew, err := tx.AddMessage(ctx, &m)
	if err != nil || !isNew {
		return err
	}
	allowed, err := tx.Ask(ctx, shop.AskSubject("contact", network), shop.ContactLimit)
	if err != nil {
		return err
	}
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	if !allowed {
		return shop.Errorf(shop.KindTooMany, "Many messages have come from where you are. Yours is not sent; please write to %s instead, or try again in an hour.", settings.ShopEmail)
	}
	return tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailContact, Key: fmt.Sprintf("contact:%d", m.ID), Recipient: settings.ShopEmail, ThingID: int64(m.ID),
	})
}

// Answer marks a message as answered by staff, or as waiting again. The same
// a second time changes nothing. who is the actor.
func (s *Service) Answer(ctx context.Context, who string, id shop.MessageID, answered bool) error {
	return s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if _, err := tx.Message(ctx, id); err != nil {
			return err
		}
		by, action := who, "message.answered"
		if !answered {
			by, action = "", "message.reopened"
		}
		changed, err := tx.AnswerMessage(ctx, id, by)
		if err != nil || !changed {
			return err
		}
		details, err := json.Marshal(map[string]bool{"answered": answered})
		if err != nil {
			return err
		}
		tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "message", ThingID: fmt.Sprint(id), Details: string(details)})
		return nil
	})
}
