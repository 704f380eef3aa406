package demo

import (
	"context"
	"fmt"
	"net/url"
	"path"

	"longrun/internal/cart"
	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// Till is what the demo shop's shoppers buy through: the same work as
// everybody's, with a simulator that pays.
type Till struct {
	Reader     database.Reader
	Cart       *cart.Service
	Checkout   *checkout.Checkout
	Orders     *orders.Orders
	Fulfilment *fulfilment.Service
	Pay        func(ctx context.Context, session string, buyer url.Values) error // on the payment page
}

// Buy has the demo shop's shoppers buy, and its staff send some of what was
// bought, so that no page of orders is empty.
func (t *Till) Buy(ctx context.Context) error {
	for i, p := range purchases {
		order, err := t.buy(ctx, p)
		if err != nil {
			return fmt.Errorf("the purchase of %s: %w", p.buyer.Get("name"), err)
		}
		if err := t.follow(ctx, i, p, &order); err != nil {
			return fmt.Errorf("sending to %s: %w", p.buyer.Get("name"), err)
		}
	}
	return nil
}

func (t *Till) buy(ctx context.Context, p purchase) (shop.Order, error) {
	items, err := t.items(ctx, p)
	if err != nil {
		return shop.Order{}, err
	}
	added, err := t.Cart.Add(ctx, "", items)
	if err != nil {
		return shop.Order{}, err
	}
	if _, err := t.Cart.Update(ctx, added.Token, cart.Update{Note: &p.note, GiftNote: &p.gift}); err != nil {
		return shop.Order{}, err
	}
	bag, err := t.Reader.CartIDByToken(ctx, added.Token)
	if err != nil {
		return shop.Order{}, err
	}
	placed, err := t.Checkout.Place(ctx, bag)
	if err != nil {
		return shop.Order{}, err
	}
	session := path.Base(placed.RedirectURL)
	if err := t.Pay(ctx, session, p.buyer); err != nil {
		return shop.Order{}, err
	}
	settled, err := t.Orders.Settle(ctx, session)
	if err != nil {
		return shop.Order{}, err
	}
	return t.Reader.OrderByID(ctx, settled.ID) // whole, also when the webhook was first
}

// items are the best stocked sizes of what is bought, one each.
func (t *Till) items(ctx context.Context, p purchase) ([]cart.Item, error) {
	var items []cart.Item
	for _, handle := range p.handles {
		product, err := t.Reader.ProductByHandle(ctx, handle)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", handle, err)
		}
		best := &product.Variants[0]
		for i := range product.Variants {
			if v := &product.Variants[i]; v.Stock.Free() > best.Stock.Free() {
				best = v
			}
		}
		items = append(items, cart.Item{Variant: best.ID, Quantity: 1})
	}
	return items, nil
}

// follow does what the shop's staff have done about a purchase.
func (t *Till) follow(ctx context.Context, n int, p purchase, order *shop.Order) error {
	key := fmt.Sprintf("demo-purchase-%d", n)
	if p.after == cancelled {
		plan, err := t.Orders.PlanCancel(ctx, order.ID, nil)
		if err != nil {
			return err
		}
		return t.Orders.Cancel(ctx, by, orders.Cancellation{
			Order: order.ID, Reason: "The shopper has changed their mind.", Restock: true, Key: key, Expected: plan.Amount(),
		})
	}
	if p.after == waiting {
		return nil
	}
	sent := fulfilment.Shipment{Order: order.ID, Carrier: "USPS", Tracking: fmt.Sprintf("940010000000000000%04d", n), Tell: true, Key: key}
	if p.after == partlySent {
		sent.Units = []shop.UnitID{order.Lines[0].Units[0].ID}
	}
	parcel, err := t.Fulfilment.Ship(ctx, by, sent)
	if err != nil || p.after != arrived {
		return err
	}
	return t.Fulfilment.MarkDelivered(ctx, by, parcel.ID)
}
