package orders

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Refunding is what staff have decided to give back of a paid order.
type Refunding struct {
	Order    shop.OrderID
	Choice   shop.RefundChoice
	Key      string     // the form's; asking twice gives back once
	Expected shop.Cents // what the page said would be given back
	Left     shop.Cents // what the page said was left of the payment before
}

// PlanRefund works out what Refund would give back and what is left of the
// payment now, and changes nothing. Errors: as shop.PlanRefund.
func (o *Orders) PlanRefund(ctx context.Context, order shop.OrderID, c shop.RefundChoice) (shop.RefundPlan, shop.Cents, error) {
	whole, given, err := o.orderAndGiven(ctx, order)
	if err != nil {
		return shop.RefundPlan{}, 0, err
	}
	plan, err := shop.PlanRefund(&whole, given, c)
	return plan, given.Left, err
}

// Refund gives money of a paid order back: it is recorded, which a job carries
// out, and the shopper is told once Stripe has taken it. Pieces stay where
// they are. The same key acts once.
//
// Errors: KindInvalid and KindConflict as shop.PlanRefund and of the reason; KindConflict,
// nothing having changed, when another sum than Expected would go back or
// another refund came meanwhile; shop.ErrUnknown: call again with the same
// key.
func (o *Orders) Refund(ctx context.Context, who string, r Refunding) error {
	r.Choice.Reason = strings.TrimSpace(r.Choice.Reason)
	if !formKey.MatchString(r.Key) {
		return staleForm()
	}
	if err := r.Choice.CheckReason(); err != nil {
		return err
	}
	key := fmt.Sprintf("re-staff-%d-%s", r.Order, r.Key)
	return o.refundOnce(ctx, r.Order, key, func(ctx context.Context, tx *database.Tx, order *shop.Order, given shop.Given) error {
		plan, err := shop.PlanRefund(order, given, r.Choice)
		if err != nil {
			return err
		}
		if given.Left != r.Left {
			return shop.Conflict("Meanwhile money has gone back otherwise: %s of the payment is left, not %s. Please look again.", given.Left, r.Left)
		}
		if err := asExpected(plan, r.Expected); err != nil {
			return err
		}
		refund, err := record(ctx, tx, decision{
			order: order, plan: plan, cause: shop.RefundByStaff, reason: r.Choice.Reason, key: key, who: who,
		})
		if err != nil {
			return err
		}
		auditRefund(tx, who, "order.refund", refund, plan)
		return nil
	})
}

func staleForm() error {
	return shop.Invalid("This form cannot be used any more. Please open the page again.")
}

// refundOnce runs a decision with the order locked, whole, and with what has
// gone back of it, unless the key has been used.
func (o *Orders) refundOnce(ctx context.Context, id shop.OrderID, key string,
	decide func(context.Context, *database.Tx, *shop.Order, shop.Given) error) error {
	return o.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.LockOrder(ctx, id)
		if err != nil {
			return err
		}
		if _, err := tx.RefundByKey(ctx, key); err == nil || !shop.IsNotFound(err) {
			return err // it has happened
		}
		if err := tx.FillOrder(ctx, &order); err != nil {
			return err
		}
		given, err := tx.Given(ctx, id)
		if err != nil {
			return err
		}
		return decide(ctx, tx, &order, given)
	})
}

func auditRefund(tx *database.Tx, who, action string, r shop.Refund, plan shop.RefundPlan) {
	details, _ := json.Marshal(map[string]any{
		"refund": r.ID, "units": plan.Chosen, "shipping": r.Shipping, "shipping_tax": r.ShippingTax, "goodwill": r.Goodwill,
		"given_before": r.GivenBefore, "amount": r.Amount, "reason": r.Reason, "again_of": r.AgainOf,
	})
	tx.Audit(shop.AuditEntry{Who: who, Action: action, ThingKind: "order", ThingID: fmt.Sprint(r.OrderID), Details: string(details)})
}
