package cart_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

// world is a shop with one bag.
type world struct {
	t     *testing.T
	db    *database.DB
	cart  *cart.Service
	token string
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		test(&world{t: t, db: db, cart: cart.New(db)})
	})
}

func (w *world) tx(fn func(ctx context.Context, tx *database.Tx) error) {
	w.t.Helper()
	if err := w.db.Transact(w.t.Context(), fn); err != nil {
		w.t.Fatal(err)
	}
}

// shoe is a product with one counted size, 9 / D.
func shoe(title string, onHand int64) shop.Product {
	return shop.Product{
		Title: title, Status: shop.ProductActive, Published: true,
		Options: []shop.ProductOption{{Position: 1, Name: "Size"}, {Position: 2, Name: "Width"}},
		Variants: []shop.Variant{{
			Position: 1, Option1: "9", Option2: "D", Price: 14_000, WeightUnit: "g", Policy: shop.PolicyDeny,
			Tracked: true, Taxable: true, RequiresShipping: true, Stock: shop.StockLevel{OnHand: onHand},
		}},
	}
}

// sell puts a product on sale and returns its first variant.
func (w *world) sell(p shop.Product) shop.Variant {
	w.t.Helper()
	p.Handle = strings.ToLower(rand.Text())
	var v shop.Variant
	w.tx(func(ctx context.Context, tx *database.Tx) error {
		products := []shop.Product{p}
		err := tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: p.Handle, Step: "open"})
		v = products[0].Variants[0]
		return err
	})
	return v
}

// add puts n of a variant into the bag; the error is the caller's.
func (w *world) add(v shop.Variant, n int) error {
	w.t.Helper()
	added, err := w.cart.Add(w.t.Context(), w.token, []cart.Item{{Variant: v.ID, Quantity: n}})
	if added.Token != "" {
		w.token = added.Token
	}
	return err
}

func (w *world) mustAdd(v shop.Variant, n int) {
	w.t.Helper()
	if err := w.add(v, n); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) view() *shop.Bag {
	w.t.Helper()
	bag, err := w.cart.View(w.t.Context(), w.token)
	if err != nil {
		w.t.Fatal(err)
	}
	return &bag
}

// lines are the bag's titles with sizes and quantities, newest first.
func (w *world) lines() map[string]int {
	w.t.Helper()
	lines := map[string]int{}
	bag := w.view()
	for i := range bag.Lines {
		lines[shop.TitleWithSize(&bag.Lines[i].Product, &bag.Lines[i].Variant)] += bag.Lines[i].Line.Quantity
	}
	return lines
}

// refused checks an error's kind and its words.
func refused(t *testing.T, err error, kind shop.Kind, words string) {
	t.Helper()
	if err == nil || shop.KindOf(err) != kind || !strings.Contains(shop.MessageOf(err), words) {
		t.Errorf("got error %v of kind %v, want kind %v with %q", err, shop.KindOf(err), kind, words)
	}
}

func ptr[T any](v T) *T { return &v }
