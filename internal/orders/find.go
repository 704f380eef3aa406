package orders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// FindForm names the form that looks orders up in its keys.
const FindForm = "find"

// Asked is the form that looks an order up, as it was sent.
type Asked struct {
	Number, Email string
	Key           string // of the form; the same form with the same words is one wish
	Network       string // whom shop.FindLimit counts
}

// AskForLink takes down that somebody would like an order's link mailed to its
// owner. It never looks at an order, so that neither its answer nor its time
// tells whether there is one: SendLink does, later. Errors: KindInvalid with
// the fields "number" and "email" for what is none, KindTooMany.
func (o *Orders) AskForLink(ctx context.Context, a Asked) error {
	number, numberErr := shop.ParseOrderNumber(a.Number)
	email, emailErr := shop.CleanEmail("email", a.Email)
	if err := bothFields(numberErr, emailErr); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{a.Key, fmt.Sprint(number), shop.SameEmail(email)}, "\x00")))
	wish := shop.NewLinkRequest(hex.EncodeToString(sum[:]), number, email)
	payload, err := json.Marshal(wish)
	if err != nil {
		return err
	}
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		allowed, err := tx.Ask(ctx, shop.AskSubject("find", a.Network), shop.FindLimit)
		if err != nil {
			return err
		}
		if !allowed {
			return shop.Errorf(shop.KindTooMany, "That was asked many times from where you are. Please try again in an hour, or write to us.")
		}
		return tx.Enqueue(ctx, shop.Job{Kind: shop.JobOrderLink, Key: wish.Key, Payload: string(payload)})
	})
}

// bothFields makes one refusal of two.
func bothFields(errs ...error) error {
	var all *shop.Error
	for _, err := range errs {
		var e *shop.Error
		switch {
		case !errors.As(err, &e):
		case all == nil:
			all = e
		default:
			all.Message += " " + e.Message
			for field, message := range e.Fields {
				all.Fields[field] = message
			}
		}
	}
	if all == nil {
		return nil
	}
	return all
}

// SendLink is the job of kind shop.JobOrderLink: it mails an order's link to
// the order's own address if that is the one that was typed, within
// shop.OrderLinkLimit. Done twice it is one mail. It says of a wish only that
// it was looked at.
func (o *Orders) SendLink(ctx context.Context, wish shop.LinkRequest) error {
	order, err := o.db.OrderByNumber(ctx, wish.Number)
	if shop.IsNotFound(err) || err == nil && (order.Contact == nil || !wish.Names(order.Contact.Email)) {
		return nil
	}
	if err != nil {
		return err
	}
	mail := shop.Mail{Kind: shop.MailOrderLink, Key: "order-link:" + wish.Key, Recipient: order.Contact.Email, ThingID: int64(order.ID)}
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if _, err := tx.LockOrder(ctx, order.ID); err != nil {
			return err
		}
		if _, err := tx.MailByKey(ctx, mail.Key); !shop.IsNotFound(err) {
			return err
		}
		for _, subject := range []string{ // in one order, so that two never wait for each other
			shop.AskSubject("link-mail", shop.SameEmail(mail.Recipient)), shop.AskSubject("link-order", fmt.Sprint(order.ID)),
		} {
			allowed, err := tx.Ask(ctx, subject, shop.OrderLinkLimit)
			if err != nil || !allowed {
				return err
			}
		}
		return tx.EnqueueMail(ctx, mail)
	})
}
