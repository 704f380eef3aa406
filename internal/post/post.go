// Package post hands the outbox over: it loads what a mail is about, has the
// text written, gives it to the server, and records that it went.
package post

import (
	"context"
	"errors"
	"fmt"
	"time"

	"longrun/internal/database"
	"longrun/internal/mail"
	"longrun/internal/shop"
)

// Outbox hands mails over. Its methods may be called at the same time.
type Outbox struct {
	db      *database.DB
	writer  *mail.Writer
	sender  mail.Sender
	baseURL string
}

// New makes it. baseURL is the shop's, without a slash at its end.
func New(db *database.DB, writer *mail.Writer, sender mail.Sender, baseURL string) *Outbox {
	return &Outbox{db, writer, sender, baseURL}
}

// HandOver is the job of kind shop.JobMail. A mail that was handed over, or
// refused by the mail server for good, is left alone, and one that has nothing true to say any more is only recorded.
// If the record of a hand-over is cut off, the next call hands the
// mail over again under the same Message-ID.
func (o *Outbox) HandOver(ctx context.Context, id shop.MailID) error {
	row, err := o.db.Mail(ctx, id)
	if err != nil || row.State != shop.MailQueued {
		return err
	}
	m, err := o.write(ctx, row)
	switch {
	case errors.Is(err, errOver):
		return o.record(ctx, id)
	case errors.Is(err, errNotNow):
		return o.putBack(ctx, row)
	case err != nil:
		return err
	}
	err = o.sender.Send(ctx, m)
	var no *mail.Refused
	switch {
	case errors.As(err, &no):
		return o.refuse(ctx, row, no.Words)
	case err != nil:
		return fmt.Errorf("mail %d: %w", id, err)
	}
	return o.record(ctx, id)
}

// write writes a mail from what it is about, as it is now. Its date is when it
// was put in the outbox, so that a second hand-over is the same message. An
// answer goes to the shop, unless the mail says to whom else.
func (o *Outbox) write(ctx context.Context, row shop.Mail) (mail.Message, error) {
	data, err := o.data(ctx, row)
	if err != nil {
		return mail.Message{}, fmt.Errorf("reading what mail %d is about: %w", row.ID, err)
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return mail.Message{}, err
	}
	m, err := o.writer.Write(row, data, row.CreatedAt)
	if err != nil {
		return m, fmt.Errorf("mail %d: %w", row.ID, err)
	}
	if m.ReplyTo == "" {
		m.ReplyTo = settings.ShopEmail
	}
	return m, nil
}

// record notes the hand-over even if the caller is being stopped; the same
// record twice changes nothing.
func (o *Outbox) record(ctx context.Context, id shop.MailID) error {
	return o.note(ctx, id, func(ctx context.Context, tx *database.Tx) error { return tx.MailHanded(ctx, id) })
}

// note writes down how a mail ended, as record does.
func (o *Outbox) note(ctx context.Context, id shop.MailID, how func(context.Context, *database.Tx) error) (err error) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	for range 3 {
		err = o.db.Transact(ctx, how)
		if !errors.Is(err, shop.ErrUnknown) {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("recording how mail %d ended: %w", id, err)
	}
	return nil
}

// data is what the template of a mail is given.
func (o *Outbox) data(ctx context.Context, row shop.Mail) (any, error) {
	switch row.Kind {
	case shop.MailOrderConfirmation:
		return o.orderConfirmation(ctx, shop.OrderID(row.ThingID))
	case shop.MailLateRefund:
		return o.lateRefund(ctx, shop.RefundID(row.ThingID))
	case shop.MailShipped:
		return o.shipped(ctx, shop.ParcelID(row.ThingID))
	case shop.MailOrderCancelled:
		return o.orderCancelled(ctx, shop.RefundID(row.ThingID))
	case shop.MailRefund:
		return o.refund(ctx, shop.RefundID(row.ThingID))
	case shop.MailPaymentFailed:
		return o.paymentFailed(ctx, shop.OrderID(row.ThingID))
	case shop.MailStaffInvitation:
		return o.staffInvitation(ctx, shop.StaffID(row.ThingID))
	case shop.MailStaffAlarm:
		return o.staffAlarm(ctx, shop.AlarmID(row.ThingID))
	case shop.MailOrderLink:
		return o.orderLink(ctx, shop.OrderID(row.ThingID))
	case shop.MailWaitConfirm:
		return o.waitConfirm(ctx, shop.WaitID(row.ThingID))
	case shop.MailBackInStock:
		return o.backInStock(ctx, shop.WaitID(row.ThingID))
	case shop.MailContact:
		return o.contact(ctx, shop.MessageID(row.ThingID))
	case shop.MailPrivacyLink:
		return o.privacyLink(ctx, shop.PrivacyID(row.ThingID))
	case shop.MailAccountSignIn:
		return o.accountSignIn(ctx, shop.AccountSignInID(row.ThingID))
	case shop.MailAccountEmail:
		return o.accountEmail(ctx, shop.AccountEmailChangeID(row.ThingID))
	case shop.MailAccountChanged:
		return o.accountChanged(ctx, shop.AccountEmailChangeID(row.ThingID))
	case shop.MailStaffNewOrder:
		return o.staffNewOrder(ctx, row)
	}
	return nil, fmt.Errorf("a mail of the kind %q is not known", row.Kind)
}

func (o *Outbox) orderConfirmation(ctx context.Context, id shop.OrderID) (*mail.OrderConfirmation, error) {
	order, now, link, err := o.order(ctx, id)
	if err != nil {
		return nil, err
	}
	placedUnder, err := o.db.SettingsVersion(ctx, order.SettingsVersion)
	if err != nil {
		return nil, err
	}
	return &mail.OrderConfirmation{
		ShopName: now.ShopName, BaseURL: o.baseURL, Order: order, OrderURL: link,
		Banner: now.Banner(), ReturnDays: placedUnder.ReturnDays,
		ShopAddress: addressLines(now), ShopEmail: now.ShopEmail,
		Placed: order.PlacedAt.In(now.Location()).Format("January 2, 2006"),
	}, nil
}

func (o *Outbox) lateRefund(ctx context.Context, id shop.RefundID) (*mail.LateRefund, error) {
	refund, err := o.db.Refund(ctx, id)
	if err != nil {
		return nil, err
	}
	order, now, link, err := o.order(ctx, refund.OrderID)
	if err != nil {
		return nil, err
	}
	return &mail.LateRefund{
		ShopName: now.ShopName, Order: order, Amount: refund.Amount, OrderURL: link,
		Reason: reason(order), ShopEmail: now.ShopEmail, ShopAddress: addressLines(now),
	}, nil
}

// reason says why a whole payment goes back.
func reason(order shop.Order) string {
	if order.State == shop.OrderPaid {
		return "This order was paid for twice. It stands; the second payment goes back."
	}
	return "Your payment reached us when this order was already over, so nothing will be sent for it."
}

// order is what every mail about an order needs: the order whole, the
// settings in force, and the order's private link.
func (o *Outbox) order(ctx context.Context, id shop.OrderID) (shop.Order, shop.Settings, string, error) {
	order, err := o.db.OrderByID(ctx, id)
	if err != nil {
		return order, shop.Settings{}, "", err
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return order, settings, "", err
	}
	link, err := o.db.LinkOf(ctx, shop.LinkOrder, int64(id))
	if err != nil {
		return order, settings, "", err
	}
	token := o.db.Token(link)
	if token == "" {
		return order, settings, "", errors.New("the secret key that made the order's link is not known any more")
	}
	return order, settings, o.baseURL + "/orders/" + token, nil
}

// addressLines are where the shop is found, as every mail says it.
func addressLines(s shop.Settings) []string { return mail.AddressLines(s) }
