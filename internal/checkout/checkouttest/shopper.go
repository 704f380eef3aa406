package checkouttest

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// Shoe puts a shoe on sale, in one size, 9 / D, so many of it in stock.
func (w *World) Shoe(title string, price shop.Cents, onHand int64) shop.Variant {
	w.T.Helper()
	return w.Sell(shop.Product{
		Title: title, Status: shop.ProductActive, Published: true,
		Options: []shop.ProductOption{{Position: 1, Name: "Size"}, {Position: 2, Name: "Width"}},
		Variants: []shop.Variant{{
			Position: 1, Option1: "9", Option2: "D", SKU: strings.ToUpper(title[:1]) + "-9D", Price: price, WeightUnit: "g",
			Tracked: true, Policy: shop.PolicyDeny, Taxable: true, RequiresShipping: true, TaxCode: "txcd_30011000",
			Stock: shop.StockLevel{OnHand: onHand},
		}},
	})
}

// Sell puts a product with one variant on sale and returns the variant.
func (w *World) Sell(p shop.Product) shop.Variant {
	w.T.Helper()
	p.Handle = strings.ToLower(rand.Text())
	var v shop.Variant
	w.Tx(func(ctx context.Context, tx *database.Tx) error {
		products := []shop.Product{p}
		err := tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: p.Handle, Step: "open", Who: shop.ByCommand})
		v = products[0].Variants[0]
		return err
	})
	return v
}

// Tx runs a transaction that must not fail.
func (w *World) Tx(fn func(ctx context.Context, tx *database.Tx) error) {
	w.T.Helper()
	if err := w.DB.Transact(context.Background(), fn); err != nil {
		w.T.Fatal(err)
	}
}

// Bag makes a bag with one line of n for each variant.
func (w *World) Bag(n int, variants ...shop.Variant) shop.CartID {
	w.T.Helper()
	var id shop.CartID
	now := w.Now()
	err := w.raw.QueryRow(w.bind(`INSERT INTO carts (digest, note, gift_note, ship_to, created_at, updated_at)
		VALUES (?, '', '', '', ?, ?) RETURNING id`), []byte(rand.Text()), now, now).Scan(&id)
	if err != nil {
		w.T.Fatal(err)
	}
	for i, v := range variants {
		w.AddLine(id, v, n, len(variants)-i)
	}
	return id
}

// AddLine puts n of a variant into a bag, at a position.
func (w *World) AddLine(cart shop.CartID, v shop.Variant, n, position int) {
	w.T.Helper()
	w.Exec(`INSERT INTO cart_lines (cart_id, variant_id, digest, quantity, position, seen_price, seen_title)
		VALUES (?, ?, '', ?, ?, ?, '')`, cart, v.ID, n, position, v.Price)
}

// Place presses Checkout, which must lead to Stripe.
func (w *World) Place(cart shop.CartID) checkout.Placement {
	w.T.Helper()
	p, err := w.Checkout.Place(w.T.Context(), cart)
	if err != nil {
		w.T.Fatalf("placing: %v", err)
	}
	if !strings.HasPrefix(p.RedirectURL, w.Stripe+"/pay/cs_test_") || len(p.OrderToken) != 26 {
		w.T.Fatalf("the shopper is sent to %+v", p)
	}
	return p
}

// Order is the order behind a placement.
func (w *World) Order(p checkout.Placement) shop.Order {
	w.T.Helper()
	order, err := w.DB.OrderByLink(w.T.Context(), p.OrderToken)
	if err != nil {
		w.T.Fatal(err)
	}
	return order
}

// Attempt is the newest attempt of the order behind a placement.
func (w *World) Attempt(p checkout.Placement) shop.PaymentAttempt {
	w.T.Helper()
	a, err := w.DB.AttemptOfOrder(w.T.Context(), w.Order(p).ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return a
}

// Level is a variant's stock now.
func (w *World) Level(v shop.Variant) shop.StockLevel {
	w.T.Helper()
	levels, err := w.DB.StockLevels(w.T.Context(), []shop.VariantID{v.ID})
	if err != nil {
		w.T.Fatal(err)
	}
	return levels[v.ID]
}

// Advance moves the shop's clock and Stripe's alike.
func (w *World) Advance(d time.Duration) {
	w.T.Helper()
	w.AdvanceOurs(d)
	w.Control("/_sim/clock", "advance", d.String())
}

// AdvanceOurs moves the shop's clock alone.
func (w *World) AdvanceOurs(d time.Duration) {
	w.T.Helper()
	var now, real = w.Now(), time.Now()
	w.Tx(func(ctx context.Context, tx *database.Tx) error {
		return tx.SetClockOffset(ctx, now.Sub(real).Microseconds()+d.Microseconds())
	})
}

// Now is the shop's time.
func (w *World) Now() shop.Instant {
	now, err := w.DB.Now(w.T.Context())
	if err != nil {
		w.T.Fatal(err)
	}
	return now
}

func thing(job shop.Job) (int64, error) {
	var payload database.JobPayload
	if err := json.Unmarshal([]byte(job.Payload), &payload); err != nil {
		return 0, fmt.Errorf("reading job %d: %w", job.ID, err)
	}
	return payload.ID, nil
}

// Variant is what the first line of an order is of.
func (w *World) Variant(p checkout.Placement) shop.Variant {
	w.T.Helper()
	return shop.Variant{ID: w.Order(p).Lines[0].VariantID}
}
