package orders

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// PlanAgain works out what RefundAgain would give back, and changes nothing.
// Errors: KindNotFound for a refund that is not the order's; else as
// shop.PlanAgain, and KindConflict when it was tried again before.
func (o *Orders) PlanAgain(ctx context.Context, order shop.OrderID, id shop.RefundID) (shop.RefundPlan, error) {
	whole, given, err := o.orderAndGiven(ctx, order)
	if err != nil {
		return shop.RefundPlan{}, err
	}
	plan, _, err := planAgain(ctx, o.db.Reader, &whole, given, id)
	return plan, err
}

// RefundAgain gives back in a new refund, under a new key, what a failed one
// could not: its parts, as far as they have not been given back since. It
// happens once for each failed refund. Errors: KindConflict, nothing having
// changed, as PlanAgain and when another sum than expected would go back;
// shop.ErrUnknown: call again.
func (o *Orders) RefundAgain(ctx context.Context, who string, order shop.OrderID, id shop.RefundID, expected shop.Cents) error {
	key := fmt.Sprintf("re-again-%d", id)
	return o.refundOnce(ctx, order, key, func(ctx context.Context, tx *database.Tx, order *shop.Order, given shop.Given) error {
		plan, failed, err := planAgain(ctx, tx.Reader, order, given, id)
		if err != nil {
			return err
		}
		if err := asExpected(plan, expected); err != nil {
			return err
		}
		d := decision{order: order, plan: plan, cause: failed.Cause, reason: failed.Reason, key: key, who: who, againOf: &failed}
		if d.cause == shop.RefundDashboard {
			d.cause = shop.RefundByStaff
		}
		refund, err := record(ctx, tx, d)
		if err != nil {
			return err
		}
		auditRefund(tx, who, "order.refund.again", refund, plan)
		return nil
	})
}

func planAgain(ctx context.Context, r database.Reader, order *shop.Order, given shop.Given, id shop.RefundID) (shop.RefundPlan, shop.Refund, error) {
	failed, err := r.Refund(ctx, id)
	if err == nil && failed.OrderID != order.ID {
		err = shop.NotFound("There is no such refund.")
	}
	if err != nil {
		return shop.RefundPlan{}, failed, err
	}
	if _, err := r.RefundAgainOf(ctx, id); err == nil {
		return shop.RefundPlan{}, failed, shop.Conflict("This refund was tried again before.")
	} else if !shop.IsNotFound(err) {
		return shop.RefundPlan{}, failed, err
	}
	units, err := r.RefundUnitsOfOrder(ctx, order.ID)
	if err != nil {
		return shop.RefundPlan{}, failed, err
	}
	if failed.Cause == shop.RefundLate { // its payment is not in what was received for the order
		gone, err := r.GivenOfAttempt(ctx, failed.AttemptID)
		if err != nil {
			return shop.RefundPlan{}, failed, err
		}
		given.Left = failed.Amount + failed.GivenBefore - gone
	}
	plan, err := shop.PlanAgain(order, given, failed, units)
	return plan, failed, err
}
