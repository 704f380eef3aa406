package orders

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// PlaceExchange places the order by which a piece is replaced: it waits, and
// holds what will be sent, until PayExchange or CancelExchange. root is the
// order that was paid for, origin its piece. It costs nothing: what was paid
// stays with the first piece. The caller's transaction holds root's lock.
// Errors: KindConflict naming what cannot be had.
func PlaceExchange(ctx context.Context, tx *database.Tx, root *shop.Order, origin shop.UnitID, line shop.OrderLine) (shop.Order, error) {
	line.Position, line.Quantity, line.Price, line.Amount, line.Discount = 1, 1, 0, 0, 0
	order := shop.Order{
		CartDigest: "exchange", Currency: root.Currency, SettingsVersion: root.SettingsVersion, ZoneCode: root.ZoneCode,
		ExchangeOf: &origin, Lines: []shop.OrderLine{line},
	}
	placed, err := Place(ctx, tx, Draft{Order: order, Wants: stock.Wants(order.Lines, nil)})
	return placed.Order, err
}

// PayExchange has an exchange sent, in the transaction in which what it
// replaces has come back: it is paid with nothing and its stock is sold. It goes
// to root's contact. The caller holds the locks of both orders.
func PayExchange(ctx context.Context, tx *database.Tx, root *shop.Order, id shop.OrderID) error {
	order, err := tx.LockOrder(ctx, id)
	if err == nil {
		err = tx.FillOrder(ctx, &order)
	}
	if err != nil {
		return err
	}
	if order.ExchangeOf == nil {
		return shop.Errorf(shop.KindInternal, "Order %d is not an exchange.", id)
	}
	if err := stock.Sell(ctx, tx, stock.ForOrder(id)); err != nil {
		return err
	}
	order.Tax, order.ShippingTax = new(shop.Cents), new(shop.Cents)
	if err := paid(ctx, tx, &order, "what it replaces has come back", shop.ByJob); err != nil {
		return err
	}
	if err := tx.SetUnitTax(ctx, shop.SpreadTax(&order, nil)); err != nil {
		return err
	}
	if root.Contact == nil {
		return tx.ReviewOrder(ctx, &order, "nobody knows where it goes")
	}
	contact := *root.Contact
	contact.OrderID = id
	return tx.KeepContact(ctx, contact)
}

// CancelExchange lets go of what an exchange holds; one that is over stays as
// it is.
func CancelExchange(ctx context.Context, tx *database.Tx, id shop.OrderID, cause, who string) error {
	order, err := tx.LockOrder(ctx, id)
	if err != nil || order.State != shop.OrderPending {
		return err
	}
	if order.ExchangeOf == nil {
		return shop.Errorf(shop.KindInternal, "Order %d is not an exchange.", id)
	}
	return cancel(ctx, tx, &order, cause, who)
}

// RecordReturned records what goes back for pieces that came back, which a job
// carries out, and returns it; nil when nothing was paid for the order. key
// names the return and the moment, so that it happens once. The caller holds
// the order's lock, and the order is whole.
func RecordReturned(ctx context.Context, tx *database.Tx, order *shop.Order, plan shop.RefundPlan, key, who string) (*shop.Refund, error) {
	if len(order.Tenders) == 0 {
		return nil, nil
	}
	refund, err := record(ctx, tx, decision{order: order, plan: plan, cause: shop.RefundReturned, key: "re-" + key, who: who})
	if err != nil {
		return nil, fmt.Errorf("recording what a return gives back: %w", err)
	}
	return &refund, nil
}
