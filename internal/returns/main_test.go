package returns_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"

	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/fulfilment"
	"longrun/internal/returns"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

// desk is a shop whose orders are sent and come back.
type desk struct {
	*checkouttest.World
	t       *testing.T
	returns *returns.Returns
	sender  *fulfilment.Service
}

func each(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		test(t, &desk{World: w, t: t, returns: returns.New(w.DB, nil), sender: fulfilment.New(w.DB, nil)})
	})
}

// sizes puts a shoe on sale in sizes 9, 9.5 and 10, with so many of each.
func (d *desk) sizes(onHand ...int64) []shop.Variant {
	d.t.Helper()
	p := shop.Product{
		Handle: strings.ToLower(rand.Text()), Title: "Tern", Status: shop.ProductActive, Published: true,
		Options: []shop.ProductOption{{Position: 1, Name: "Size"}},
	}
	for i, n := range onHand {
		size := []string{"9", "9.5", "10"}[i]
		p.Variants = append(p.Variants, shop.Variant{
			Position: i + 1, Option1: size, SKU: "T-" + size, Price: 5_000, WeightUnit: "g", Tracked: true, Policy: shop.PolicyDeny,
			Taxable: true, RequiresShipping: true, TaxCode: "txcd_30011000", Stock: shop.StockLevel{OnHand: n},
		})
	}
	products := []shop.Product{p}
	d.Tx(func(ctx context.Context, tx *database.Tx) error {
		return tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: p.Handle, Step: "open", Who: shop.ByCommand})
	})
	return products[0].Variants
}

// sent is an order of n of each variant, paid and sent.
func (d *desk) sent(n int, variants ...shop.Variant) shop.Order {
	d.t.Helper()
	return d.send(d.Paid(n, variants...))
}

func (d *desk) send(o shop.Order) shop.Order {
	d.t.Helper()
	if _, err := d.sender.Ship(d.t.Context(), "staff:1", fulfilment.Shipment{Order: o.ID, Key: rand.Text()}); err != nil {
		d.t.Fatal(err)
	}
	return d.Again(o)
}

// units are an order's pieces.
func units(o shop.Order) []shop.UnitID {
	var ids []shop.UnitID
	for _, l := range o.Lines {
		for _, u := range l.Units {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

func refundOf(u shop.UnitID) returns.Wish {
	return returns.Wish{Unit: u, Reason: "too_small.half", Outcome: shop.OutcomeRefund}
}

func exchangeOf(u shop.UnitID, v shop.Variant) returns.Wish {
	return returns.Wish{Unit: u, Reason: "too_small.half", Outcome: shop.OutcomeExchange, Variant: v.ID}
}

// try asks for a return.
func (d *desk) try(o shop.Order, wishes ...returns.Wish) (shop.Return, error) {
	return d.returns.Request(d.t.Context(), shop.ByShopper, returns.Asking{Order: o.ID, Wishes: wishes, Key: rand.Text()})
}

// ask is try, which must not fail.
func (d *desk) ask(o shop.Order, wishes ...returns.Wish) shop.Return {
	d.t.Helper()
	r, err := d.try(o, wishes...)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// receive finds all pieces of a return as they were sent, but those that are
// missing, and has the jobs done.
func (d *desk) receive(r shop.Return, missing ...shop.UnitID) shop.Return {
	d.t.Helper()
	receipt := returns.Receipt{Return: r.ID}
	for _, u := range r.Units {
		f := returns.Found{Unit: u.ID, Condition: shop.ConditionNew, Disposition: shop.DispositionRestock}
		for _, m := range missing {
			f.Missing = f.Missing || m == u.UnitID
		}
		receipt.Pieces = append(receipt.Pieces, f)
	}
	after, err := d.returns.Receive(d.t.Context(), "staff:1", receipt)
	if err != nil {
		d.t.Fatal(err)
	}
	d.Work()
	return after
}

// stock is what is on hand and held of variants, as "3/1 0/0".
func (d *desk) stock(variants ...shop.Variant) string {
	d.t.Helper()
	var texts []string
	for _, v := range variants {
		level := d.Level(v)
		texts = append(texts, fmt.Sprintf("%d/%d", level.OnHand, level.Held))
	}
	return strings.Join(texts, " ")
}

func (d *desk) refunded(o shop.Order) shop.Cents {
	d.t.Helper()
	return shop.Cents(d.Count("SELECT coalesce(sum(amount), 0) FROM refunds WHERE order_id = ? AND state = 'succeeded'", o.ID))
}

func (d *desk) expire() {
	d.t.Helper()
	if err := d.returns.Expire(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// found is a receipt of all of a return, as it was sent.
func found(r shop.Return) returns.Receipt {
	receipt := returns.Receipt{Return: r.ID}
	for _, u := range r.Units {
		receipt.Pieces = append(receipt.Pieces, returns.Found{Unit: u.ID, Condition: shop.ConditionNew, Disposition: shop.DispositionRestock})
	}
	return receipt
}
