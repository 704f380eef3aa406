package database

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/shop"
)

// unfinished is the condition of an order o that is not done yet and still
// needs to know whom it is for; shop.Unfinished says the same in words.
const unfinished = `o.state IN ('pending', 'processing') OR o.review <> '' OR o.state = 'paid' AND o.fulfilment IN ('unfulfilled', 'partial')
	OR EXISTS (SELECT 1 FROM parcels p WHERE p.order_id = o.id AND p.state = 'shipped') OR ` + refunding + " OR " + returning + " OR " + disputed

// returning is the condition of an order o of which pieces are to come back.
const returning = "EXISTS (SELECT 1 FROM returns b WHERE b.order_id = o.id AND b.state IN ('requested', 'sent', 'arrived'))"

// disputed is the condition of an order o whose payment a bank looks into.
const disputed = "EXISTS (SELECT 1 FROM disputes d WHERE d.order_id = o.id AND d.ended_at IS NULL)"

// refunding is the condition of an order o of which money is still to go back.
const refunding = `EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = o.id AND (r.state IN ('recorded', 'pending')
	OR r.state = 'failed' AND NOT EXISTS (SELECT 1 FROM refunds a WHERE a.again_of = r.id)))`

// forgotten are the statements that take out of orders who they were for and
// what was written about them. shop.Personal says which columns these are.
// Each has the orders' ids in its one place.
var forgotten = []string{
	"UPDATE order_contacts SET email = '', name = '', phone = '', ship_name = '', line1 = '', line2 = '', city = '' WHERE order_id IN ?",
	"DELETE FROM order_words WHERE order_id IN ?",
	"DELETE FROM order_line_properties WHERE order_line_id IN (SELECT id FROM order_lines WHERE order_id IN ?)",
	"DELETE FROM order_attributes WHERE order_id IN ?",
	"DELETE FROM order_visitors WHERE order_id IN ?",
	"UPDATE payment_attempts SET params = '{}', url = '', card_brand = '', card_last4 = '' WHERE order_id IN ?",
	"UPDATE parcels SET tracking = '', tracking_url = '' WHERE order_id IN ?",
	"UPDATE refunds SET reason = '', last_error = '' WHERE order_id IN ?",
	"UPDATE disputes SET evidence = '', last_error = '' WHERE order_id IN ?",
	"UPDATE returns SET override = '' WHERE order_id IN ?",
	"UPDATE return_units SET comment = '', note = '' WHERE return_id IN (SELECT id FROM returns WHERE order_id IN ?)",
	// Remarks on the timeline, and reasons that staff gave; what happened stays.
	"UPDATE steps SET cause = '' WHERE thing_kind = 'order' AND thing_id IN ? AND from_state = to_state",
	"UPDATE steps SET cause = '' WHERE thing_kind = 'parcel' AND thing_id IN (SELECT id FROM parcels WHERE order_id IN ?)",
	"UPDATE steps SET cause = '' WHERE thing_kind = 'refund' AND from_state <> '' AND thing_id IN (SELECT id FROM refunds WHERE order_id IN ?)",
	"UPDATE steps SET cause = '' WHERE thing_kind = 'return' AND thing_id IN (SELECT id FROM returns WHERE order_id IN ?)",
	"UPDATE steps SET cause = '' WHERE thing_kind = 'dispute' AND thing_id IN (SELECT id FROM disputes WHERE order_id IN ?)",
	"UPDATE stock_movements SET note = '' WHERE cause_kind = 'cancellation' AND note <> '' AND cause_id IN (SELECT CAST(id AS text) FROM orders WHERE id IN ?)",
	"UPDATE stripe_events SET payload = '' WHERE payload <> '' AND object_id IN (" + stripeThings + ")",
	"UPDATE alarms SET message = 'It was about an order whose person is erased.', note = '' WHERE url IN (SELECT '/staff/orders/' || CAST(id AS text) FROM orders WHERE id IN ?)",
}

// ForgetOrders takes out of orders, at most a few dozen, who they were for
// and all that was written about them, and marks them. What tax law asks for
// stays. Done twice it is the same. why stands in the audit log and names
// nobody.
func (tx *Tx) ForgetOrders(ctx context.Context, ids []shop.OrderID, who, why string) error {
	if len(ids) == 0 {
		return nil
	}
	var locked []int64
	if err := tx.raw(ctx, &locked, "SELECT id FROM orders WHERE id IN ? ORDER BY id"+tx.lock(), ids); err != nil {
		return err
	}
	for _, statement := range forgotten {
		if _, err := tx.exec(ctx, statement, placesFor(statement, ids)...); err != nil {
			return fmt.Errorf("forgetting orders: %w", err)
		}
	}
	if err := tx.forgetMails(ctx, orderMails, map[string]any{"ids": ids, "order": orderMailKinds, "refund": refundMailKinds, "parcel": parcelMailKinds}); err != nil {
		return err
	}
	if err := tx.forgetAudit(ctx, "e.thing_kind = 'order' AND e.thing_id IN (SELECT CAST(id AS text) FROM orders WHERE id IN ?)", ids, who, why); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "UPDATE orders SET note = '', gift_note = '', erased_at = ? WHERE id IN ?", tx.now, ids)
	return err
}

func placesFor(statement string, ids []shop.OrderID) []any {
	if strings.Contains(statement, "@ids") {
		return []any{map[string]any{"ids": ids}}
	}
	return []any{ids}
}

// forgetAudit erases the details of audit entries that a condition with one
// place finds, and says so in the log.
func (tx *Tx) forgetAudit(ctx context.Context, condition string, arg any, who, why string) error {
	var seqs []int64
	err := tx.raw(ctx, &seqs, "SELECT e.seq FROM audit_entries e JOIN audit_details d ON d.seq = e.seq WHERE e.action <> '"+ActionErase+"' AND "+condition+" ORDER BY e.seq", arg)
	if err != nil || len(seqs) == 0 {
		return err
	}
	return tx.EraseAuditDetails(ctx, seqs, who, why)
}

// The kinds of mail to a shopper, by what they are about.
var (
	orderMailKinds  = []shop.MailKind{shop.MailOrderConfirmation, shop.MailOrderLink, shop.MailPaymentFailed}
	refundMailKinds = []shop.MailKind{shop.MailLateRefund, shop.MailOrderCancelled, shop.MailRefund}
	parcelMailKinds = []shop.MailKind{shop.MailShipped}
)

const orderMails = `id IN (SELECT id FROM mails WHERE thing_id IN @ids AND kind IN @order
	UNION SELECT id FROM mails WHERE thing_id IN (SELECT id FROM refunds WHERE order_id IN @ids) AND kind IN @refund
	UNION SELECT id FROM mails WHERE thing_id IN (SELECT id FROM parcels WHERE order_id IN @ids) AND kind IN @parcel)`

// forgetMails takes the address out of mails that went, and lets those that
// wait go with their jobs.
func (tx *Tx) forgetMails(ctx context.Context, condition string, args map[string]any) error {
	var keys []string
	if err := tx.raw(ctx, &keys, "SELECT key FROM mails WHERE state = 'queued' AND "+condition, args); err != nil {
		return err
	}
	if len(keys) > 0 {
		for _, statement := range []string{
			"DELETE FROM mails WHERE key IN ? AND state = 'queued'",
			"DELETE FROM jobs WHERE kind = 'mail' AND key IN ? AND state <> 'done'",
		} {
			if _, err := tx.exec(ctx, statement, keys); err != nil {
				return err
			}
		}
	}
	_, err := tx.exec(ctx, "UPDATE mails SET recipient = '', refusal = '' WHERE recipient <> '' AND "+condition, args)
	return err
}
