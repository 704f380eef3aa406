package database

import (
	"context"
	"strings"

	"longrun/internal/shop"
)

// writings are the ways in which an address may stand behind lower(), which
// on both databases knows the letters of ASCII only.
func writings(email string) []string {
	ascii := strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, strings.TrimSpace(email))
	return []string{shop.SameEmail(email), ascii}
}

// ofPerson is the condition of the orders o of an address, given by its
// writings: those with its contact, and those of the same bags that were
// never paid and so have none.
const ofPerson = `o.id IN (SELECT c.order_id FROM order_contacts c WHERE lower(c.email) IN @email
	UNION SELECT u.id FROM order_contacts c JOIN orders p ON p.id = c.order_id JOIN orders u ON u.cart_id = p.cart_id
		WHERE lower(c.email) IN @email AND NOT EXISTS (SELECT 1 FROM order_contacts k WHERE k.order_id = u.id AND k.email <> ''))`

// Held counts what is held of an address, whatever its case.
func (r Reader) Held(ctx context.Context, email string) (shop.Held, error) {
	var held shop.Held
	same := writings(email)
	err := r.raw(ctx, &held, `SELECT (SELECT count(*) FROM order_contacts WHERE lower(email) IN ?) AS orders,
		(SELECT count(*) FROM contact_messages WHERE lower(email) IN ?) AS messages,
		(SELECT count(*) FROM mails WHERE lower(recipient) IN ?) AS mails,
		(SELECT count(*) FROM account_emails WHERE email IN ?) AS accounts`, same, same, same, same)
	return held, err
}

// mostUnfinished is how many unfinished orders are told.
const mostUnfinished = 20

// Unfinished are the orders of an address that are not done yet, the oldest
// first.
func (r Reader) Unfinished(ctx context.Context, email string) ([]shop.Unfinished, error) {
	return r.unfinishedOf(ctx, ofPerson, map[string]any{"email": writings(email)})
}

func (r Reader) unfinishedOf(ctx context.Context, condition string, args map[string]any) ([]shop.Unfinished, error) {
	var list []shop.Unfinished
	args["most"] = mostUnfinished
	err := r.raw(ctx, &list, `SELECT o.id AS order_id, o.number, o.state, o.fulfilment, o.review,
			EXISTS (SELECT 1 FROM parcels p WHERE p.order_id = o.id AND p.state = 'shipped') AS on_the_way, `+refunding+` AS refunding,
			`+returning+` AS coming_back, `+disputed+` AS disputed
		FROM orders o WHERE o.erased_at IS NULL AND `+condition+" AND ("+unfinished+") ORDER BY o.id LIMIT @most", args)
	return list, err
}

// OrdersOfPerson are up to limit orders of an address after one, the oldest
// first, without what hangs on them.
func (r Reader) OrdersOfPerson(ctx context.Context, email string, after shop.OrderID, limit int) ([]shop.Order, error) {
	var list []shop.Order
	err := r.raw(ctx, &list, "SELECT o.* FROM orders o WHERE o.id > @after AND o.erased_at IS NULL AND "+ofPerson+" ORDER BY o.id LIMIT @limit",
		map[string]any{"email": writings(email), "after": after, "limit": limit})
	return list, err
}

// MessagesOfPerson are up to limit messages from an address after one.
func (r Reader) MessagesOfPerson(ctx context.Context, email string, after shop.MessageID, limit int) ([]shop.ContactMessage, error) {
	var list []shop.ContactMessage
	err := r.raw(ctx, &list, "SELECT * FROM contact_messages WHERE lower(email) IN ? AND id > ? ORDER BY id LIMIT ?", writings(email), after, limit)
	return list, err
}

// MailsOfPerson are up to limit mails to an address after one.
func (r Reader) MailsOfPerson(ctx context.Context, email string, after shop.MailID, limit int) ([]shop.Mail, error) {
	var list []shop.Mail
	err := r.raw(ctx, &list, "SELECT * FROM mails WHERE lower(recipient) IN ? AND id > ? ORDER BY id LIMIT ?", writings(email), after, limit)
	return list, err
}

// WaitsOfPerson are the waits of an address for a size, the newest first, at
// most so many as may be.
func (r Reader) WaitsOfPerson(ctx context.Context, email string, limit int) ([]shop.StockWait, error) {
	var list []shop.StockWait
	err := r.raw(ctx, &list, "SELECT * FROM stock_waits WHERE address IN ? ORDER BY id DESC LIMIT ?", writings(email), limit)
	return list, err
}

// BagsOfPerson are the bags whose last order is of an address, with what is in
// them, at most a hundred.
func (r Reader) BagsOfPerson(ctx context.Context, email string) ([]shop.Cart, error) {
	var bags []shop.Cart
	err := r.raw(ctx, &bags, "SELECT c.* FROM carts c WHERE "+bagOfPerson+" ORDER BY c.id LIMIT 100", map[string]any{"email": writings(email)})
	for i := 0; err == nil && i < len(bags); i++ {
		err = r.fillCart(ctx, &bags[i])
	}
	return bags, err
}

// bagOfPerson is the condition of a bag c whose last paid order is of an
// address: the browser it is in may have been handed on since.
const bagOfPerson = `c.id IN (SELECT o.cart_id FROM order_contacts k JOIN orders o ON o.id = k.order_id WHERE lower(k.email) IN @email
	AND NOT EXISTS (SELECT 1 FROM orders l JOIN order_contacts n ON n.order_id = l.id
		WHERE l.cart_id = o.cart_id AND l.id > o.id AND n.email <> '' AND lower(n.email) NOT IN @email))`

// EventsOfOrder are what Stripe told of an order's payments and refunds, as far
// as it is still kept.
func (r Reader) EventsOfOrder(ctx context.Context, id shop.OrderID) ([]shop.StripeEvent, error) {
	var list []shop.StripeEvent
	err := r.raw(ctx, &list, "SELECT * FROM stripe_events WHERE payload <> '' AND object_id IN ("+stripeThings+") ORDER BY received_at, id",
		map[string]any{"ids": []shop.OrderID{id}})
	return list, err
}

// stripeThings are the ids by which Stripe knows what belongs to orders.
const stripeThings = `SELECT session_id FROM payment_attempts WHERE order_id IN @ids AND session_id IS NOT NULL
	UNION SELECT payment_intent FROM payment_attempts WHERE order_id IN @ids AND payment_intent <> ''
	UNION SELECT charge_id FROM payment_attempts WHERE order_id IN @ids AND charge_id <> ''
	UNION SELECT stripe_id FROM refunds WHERE order_id IN @ids AND stripe_id IS NOT NULL
	UNION SELECT stripe_id FROM disputes WHERE order_id IN @ids`
