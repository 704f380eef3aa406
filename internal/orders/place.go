package orders

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// sessionTime is how long a shopper has to pay. Stripe wants at least 30
// minutes by its own clock, which may be ahead of ours.
const sessionTime = 35 * time.Minute

// Draft is an order about to be placed.
type Draft struct {
	Order shop.Order
	Wants []stock.Want
	// Discount is what Order.DiscountCode names, of which one use is held; 0
	// for an order without a code.
	Discount shop.DiscountID
	// Request writes what will be sent to Stripe, once the order has its id
	// and its private link's token; nil for an order with nothing to pay.
	Request func(order *shop.Order, token string) shop.SessionRequest
}

// Placed is an order with its private link and, if there is something to
// pay, its attempt.
type Placed struct {
	Order   shop.Order
	Token   string
	Attempt shop.PaymentAttempt
}

// Place writes an order, its link, its attempt with everything that Stripe
// will be sent, and its holds, in the caller's transaction, which holds the
// cart's lock. Errors: KindConflict naming what cannot be had,
// or a discount code of which no use is left.
func Place(ctx context.Context, tx *database.Tx, d Draft) (Placed, error) {
	placed := Placed{Order: d.Order}
	order := &placed.Order
	order.State = shop.OrderPending
	if err := tx.InsertOrder(ctx, order); err != nil {
		return placed, fmt.Errorf("writing the order: %w", err)
	}
	err := tx.AddStep(ctx, shop.Step{
		ThingKind: "order", ThingID: int64(order.ID), ToState: string(order.State), Cause: "checkout", Who: shop.ByShopper,
	})
	if err != nil {
		return placed, err
	}
	link, err := tx.NewLink(ctx, shop.LinkOrder, int64(order.ID), nil)
	if err != nil {
		return placed, fmt.Errorf("making the order's link: %w", err)
	}
	placed.Token = tx.Token(link)
	if d.Request != nil {
		if placed.Attempt, err = attempt(ctx, tx, order, d.Request(order, placed.Token)); err != nil {
			return placed, fmt.Errorf("writing the payment attempt: %w", err)
		}
	}
	if err := holdUse(ctx, tx, d.Discount, order); err != nil {
		return placed, err
	}
	return placed, stock.Hold(ctx, tx, stock.ForOrder(order.ID), d.Wants)
}

// holdUse takes one of the uses of the order's code, under the discount's
// lock, which comes before those of the variants.
func holdUse(ctx context.Context, tx *database.Tx, id shop.DiscountID, order *shop.Order) error {
	if id == 0 {
		return nil
	}
	held, err := tx.HoldUse(ctx, id, order.ID)
	if err == nil && !held {
		return shop.Conflict("%s", shop.UsedUpSentence(order.DiscountCode))
	}
	return err
}

// attempt stores what will be sent to Stripe, with its key and its end,
// which are worked out once.
func attempt(ctx context.Context, tx *database.Tx, order *shop.Order, r shop.SessionRequest) (shop.PaymentAttempt, error) {
	r.Reference = rand.Text()
	expires := shop.At(tx.Now().Add(sessionTime).Truncate(time.Second))
	a := shop.PaymentAttempt{
		OrderID: order.ID, Reference: r.Reference, IdempotencyKey: "cs-" + r.Reference, Params: "{}",
		Amount: order.Total, Currency: order.Currency, ExpiresAt: expires,
	}
	if err := tx.InsertAttempt(ctx, &a); err != nil {
		return a, err
	}
	r.OrderID, r.AttemptID, r.ExpiresAt = order.ID, a.ID, expires.Unix()
	params, err := json.Marshal(r)
	if err != nil {
		return a, err
	}
	a.Params = string(params)
	if err := tx.SetAttemptParams(ctx, a.ID, a.Params); err != nil {
		return a, err
	}
	return a, tx.AddStep(ctx, shop.Step{
		ThingKind: "attempt", ThingID: int64(a.ID), ToState: string(a.State), Cause: "checkout", Who: shop.ByShopper,
	})
}

// Supersede makes room for another order of the same bag: the old one is
// cancelled and lets go of its stock. Its session must be closed at Stripe
// already. The caller's transaction holds the cart's lock. False means that
// the order is not waiting any more.
func Supersede(ctx context.Context, tx *database.Tx, id shop.OrderID) (bool, error) {
	order, err := tx.LockOrder(ctx, id)
	if err != nil {
		return false, err
	}
	a, err := tx.AttemptOfOrder(ctx, id)
	if err == nil {
		a, err = tx.LockAttempt(ctx, a.ID)
	}
	if err != nil {
		return false, err
	}
	if order.State != shop.OrderPending || !a.State.Live() {
		return false, nil
	}
	if err := tx.MoveAttempt(ctx, &a, shop.AttemptSuperseded, "the bag changed", shop.ByShopper); err != nil {
		return false, err
	}
	return true, cancel(ctx, tx, &order, "replaced by another checkout of the same bag", shop.ByShopper)
}

// cancel ends a waiting order and lets go of its stock and its code's use.
func cancel(ctx context.Context, tx *database.Tx, order *shop.Order, cause, who string) error {
	if err := tx.MoveOrder(ctx, order, shop.OrderCancelled, cause, who); err != nil {
		return err
	}
	if err := tx.CloseOrder(ctx, order); err != nil {
		return err
	}
	return letGo(ctx, tx, order.ID)
}

// letGo gives back what an order holds: the use of its code, and its stock.
// A second time changes nothing.
func letGo(ctx context.Context, tx *database.Tx, id shop.OrderID) error {
	if err := tx.ReleaseUse(ctx, id); err != nil {
		return err
	}
	return stock.Release(ctx, tx, stock.ForOrder(id))
}
