package database

import (
	"context"

	"longrun/internal/shop"
)

// OrderFile is all that the shop knows of an order besides the order itself.
type OrderFile struct {
	Attempts []shop.PaymentAttempt // oldest first
	Refunds  []shop.Refund
	Given    []shop.RefundUnit // what the refunds gave back, piece by piece
	Disputes []shop.Dispute
	Parcels  []shop.Parcel // by number, with their units
	Steps    []shop.Step   // of the order, its payments, refunds, disputes and parcels, oldest first
	Mails    []shop.Mail   // about any of them
	Others   []shop.Order  // of the same address of e-mail, newest first, bare; one more than asked for when there are more
	Previous shop.OrderID  // the paid order before this one, 0 for none
	Next     shop.OrderID
}

// mostSteps is how much of an order's history its page shows, the newest.
const mostSteps = 500

// OrderFile reads what hangs on an order that has its contact, in a fixed
// number of queries; others is how many other orders of its person to read.
func (r Reader) OrderFile(ctx context.Context, order *shop.Order, others int) (OrderFile, error) {
	var f OrderFile
	for _, read := range []func() error{
		func() error {
			return r.raw(ctx, &f.Attempts, "SELECT * FROM payment_attempts WHERE order_id = ? ORDER BY id", order.ID)
		},
		func() error {
			return r.raw(ctx, &f.Refunds, "SELECT * FROM refunds WHERE order_id = ? ORDER BY id", order.ID)
		},
		func() error {
			return r.raw(ctx, &f.Given, `SELECT g.* FROM refunds f JOIN refund_units g ON g.refund_id = f.id
				WHERE f.order_id = ? ORDER BY g.unit_id`, order.ID)
		},
		func() (err error) { f.Disputes, err = r.DisputesOfOrder(ctx, order.ID); return err },
		func() (err error) { f.Parcels, err = r.ParcelsOfOrder(ctx, order.ID); return err },
		func() error { return r.readHistory(ctx, order.ID, &f) },
		func() error { return r.readOthers(ctx, order, others, &f) },
		func() error { return r.readNeighbours(ctx, order.ID, &f) },
	} {
		if err := read(); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (r Reader) readHistory(ctx context.Context, order shop.OrderID, f *OrderFile) error {
	of := func(kind, things string) string {
		return "SELECT * FROM steps WHERE thing_kind = '" + kind + "' AND thing_id IN (" + things + ")"
	}
	err := r.raw(ctx, &f.Steps, "SELECT * FROM (SELECT * FROM ("+
		of("order", "?")+" UNION ALL "+of("fulfilment", "?")+" UNION ALL "+of("attempt", "SELECT id FROM payment_attempts WHERE order_id = ?")+" UNION ALL "+
		of("refund", "SELECT id FROM refunds WHERE order_id = ?")+" UNION ALL "+of("parcel", "SELECT id FROM parcels WHERE order_id = ?")+" UNION ALL "+
		of("dispute", "SELECT id FROM disputes WHERE order_id = ?")+
		") s ORDER BY id DESC LIMIT ?) s ORDER BY id", order, order, order, order, order, order, mostSteps)
	if err != nil {
		return err
	}
	return r.raw(ctx, &f.Mails, `SELECT * FROM mails WHERE kind IN ? AND thing_id = ?
		UNION ALL SELECT * FROM mails WHERE kind IN ? AND thing_id IN (SELECT id FROM refunds WHERE order_id = ?)
		UNION ALL SELECT * FROM mails WHERE kind IN ? AND thing_id IN (SELECT id FROM parcels WHERE order_id = ?)
		ORDER BY id`,
		[]shop.MailKind{shop.MailOrderConfirmation, shop.MailPaymentFailed}, order, []shop.MailKind{shop.MailLateRefund, shop.MailOrderCancelled, shop.MailRefund}, order,
		[]shop.MailKind{shop.MailShipped}, order)
}

func (r Reader) readOthers(ctx context.Context, order *shop.Order, limit int, f *OrderFile) error {
	if order.Contact == nil || order.Contact.Email == "" {
		return nil
	}
	return r.raw(ctx, &f.Others, `SELECT o.* FROM order_contacts c JOIN orders o ON o.id = c.order_id
		WHERE c.email = ? AND c.order_id <> ? ORDER BY c.order_id DESC LIMIT ?`, order.Contact.Email, order.ID, limit+1)
}

func (r Reader) readNeighbours(ctx context.Context, order shop.OrderID, f *OrderFile) error {
	var near struct{ Previous, Next shop.OrderID }
	err := r.raw(ctx, &near, `SELECT coalesce((SELECT max(id) FROM orders WHERE state = 'paid' AND id < ?), 0) AS previous,
		coalesce((SELECT min(id) FROM orders WHERE state = 'paid' AND id > ?), 0) AS next`, order, order)
	f.Previous, f.Next = near.Previous, near.Next
	return err
}
