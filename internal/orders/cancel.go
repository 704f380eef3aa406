package orders

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// Cancellation is some pieces of a paid order that will not be sent.
type Cancellation struct {
	Order    shop.OrderID
	Units    []shop.UnitID // none: all that wait
	Reason   string        // for the timeline, at most 500 characters
	Restock  bool          // the pieces go back to the shop's stock
	Key      string        // the form's; asking twice gives back once
	Expected shop.Cents    // what the page said would be given back
}

const maxReason = 500

var formKey = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// PlanCancel works out what Cancel would give back, and changes nothing.
// Errors: KindConflict when the order is not paid or the units do not wait any
// more, KindInvalid for units of another order.
func (o *Orders) PlanCancel(ctx context.Context, order shop.OrderID, units []shop.UnitID) (shop.RefundPlan, error) {
	whole, given, err := o.orderAndGiven(ctx, order)
	if err != nil {
		return shop.RefundPlan{}, err
	}
	return shop.PlanCancel(&whole, given, units)
}

// Cancel takes units out of a paid order before they are sent: their money, as
// far as it has not gone back before, is recorded to go back, which a job
// carries out, their stock is free again, and the shopper is told. It is all
// or nothing, and the same key acts once.
//
// Errors: KindConflict, nothing having changed, when a unit does not wait any
// more and when another sum than Expected would go back; shop.ErrUnknown: call
// again with the same key.
func (o *Orders) Cancel(ctx context.Context, who string, c Cancellation) error {
	c.Reason = strings.TrimSpace(c.Reason)
	if err := c.check(); err != nil {
		return err
	}
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		run := cancelling{tx: tx, who: who, asked: c}
		return run.run(ctx)
	})
}

func (c Cancellation) check() error {
	switch {
	case !formKey.MatchString(c.Key):
		return shop.Invalid("This form cannot be used any more. Please open the page again.")
	case utf8.RuneCountInString(c.Reason) > maxReason:
		e := shop.Invalid("Give the reason in at most %d characters.", maxReason)
		e.Fields = map[string]string{"reason": e.Message}
		return e
	}
	return nil
}

// refundKey is the key under which Stripe is asked.
func (c Cancellation) refundKey() string { return fmt.Sprintf("re-cancel-%d-%s", c.Order, c.Key) }

// cancelling is one run of Cancel's transaction.
type cancelling struct {
	tx    *database.Tx
	who   string
	asked Cancellation
	order shop.Order
	plan  shop.RefundPlan
}

func (r *cancelling) run(ctx context.Context) error {
	var err error
	if r.order, err = r.tx.LockOrder(ctx, r.asked.Order); err != nil {
		return err
	}
	if _, err := r.tx.RefundByKey(ctx, r.asked.refundKey()); err == nil || !shop.IsNotFound(err) {
		return err // it has happened
	}
	if err := r.tx.FillOrder(ctx, &r.order); err != nil {
		return err
	}
	given, err := r.tx.Given(ctx, r.order.ID)
	if err != nil {
		return err
	}
	if r.plan, err = shop.PlanCancel(&r.order, given, r.asked.Units); err != nil {
		return err
	}
	if err := asExpected(r.plan, r.asked.Expected); err != nil {
		return err
	}
	if err := r.tx.MoveUnits(ctx, r.order.ID, r.plan.Chosen, shop.UnitWaiting, shop.UnitCancelled); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{r.note, r.giveBack, r.restock} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// note writes the cancellation on the order's timeline and in the audit log.
func (r *cancelling) note(ctx context.Context) error {
	remark := fmt.Sprintf("%s cancelled, %s goes back", pieces(r.plan), r.plan.Amount())
	if r.asked.Reason != "" {
		remark += ": " + r.asked.Reason
	}
	if err := r.tx.NoteOrder(ctx, &r.order, remark, r.who); err != nil {
		return err
	}
	from := r.order.Fulfilment
	if err := r.tx.Refulfil(ctx, &r.order, "cancelled", r.who); err != nil {
		return err
	}
	details, err := json.Marshal(map[string]any{
		"units": r.plan.Chosen, "reason": r.asked.Reason, "restock": r.asked.Restock,
		"shipping": r.plan.Shipping, "shipping_tax": r.plan.ShippingTax, "amount": r.plan.Amount(),
		"before": from, "after": r.order.Fulfilment,
	})
	r.tx.Audit(shop.AuditEntry{
		Who: r.who, Action: "order.cancel", ThingKind: "order", ThingID: fmt.Sprint(r.order.ID), Details: string(details),
	})
	return err
}

func pieces(p shop.RefundPlan) string {
	if p.Pieces() == 1 {
		return "1 piece"
	}
	return fmt.Sprintf("%d pieces", p.Pieces())
}

// giveBack records the refund, from the payment by which the order was paid,
// and tells the shopper.
func (r *cancelling) giveBack(ctx context.Context) error {
	if len(r.plan.Units) == 0 && r.plan.Amount() == 0 || len(r.order.Tenders) == 0 {
		return nil // nothing was paid, or nothing is new
	}
	refund, err := record(ctx, r.tx, decision{
		order: &r.order, plan: r.plan, cause: shop.RefundCancelled, key: r.asked.refundKey(), who: r.who,
	})
	if err != nil || r.order.Contact == nil || r.order.Contact.Email == "" {
		return err
	}
	return r.tx.EnqueueMail(ctx, shop.Mail{
		Kind: shop.MailOrderCancelled, Key: fmt.Sprintf("order-cancelled:%d", refund.ID),
		Recipient: r.order.Contact.Email, ThingID: int64(refund.ID),
	})
}

// restock puts the pieces back whose stock was counted when they were sold.
func (r *cancelling) restock(ctx context.Context) error {
	if !r.asked.Restock {
		return nil
	}
	var lines []shop.OrderLine
	for _, l := range r.plan.Lines {
		back := *l.Line
		back.Quantity = l.Quantity + l.Before
		lines = append(lines, back)
	}
	return stock.PutBack(ctx, r.tx, r.order.ID, stock.Wants(lines, nil), shop.StockMovement{
		Step: r.asked.Key, Who: r.who, Note: r.asked.Reason,
	})
}
