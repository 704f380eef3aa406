package checkout_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"longrun/internal/checkout"
	"longrun/internal/checkout/checkouttest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// adas is the account of a bag, with an address.
func adas(w *checkouttest.World, bag shop.CartID) shop.AccountID {
	w.T.Helper()
	var id shop.AccountID
	w.Tx(func(ctx context.Context, tx *database.Tx) error {
		a, err := tx.LockAccountByEmail(ctx, "ada@runner.example")
		if err != nil {
			return err
		}
		id = a.ID
		there, err := tx.AccountAddresses(ctx, id)
		if err != nil || len(there) > 0 {
			return err
		}
		_, err = tx.AddAddress(ctx, &shop.AccountAddress{AccountID: id, Ref: "ref", Name: "Ada Moss", Line1: "4 Weir Street", City: "Troy",
			State: "NY", PostalCode: "12180", Country: "US", IsDefault: true})
		return err
	})
	give(w, id, bag)
	return id
}

// give makes a bag an account's.
func give(w *checkouttest.World, id shop.AccountID, bag shop.CartID) {
	w.T.Helper()
	w.Tx(func(ctx context.Context, tx *database.Tx) error { return tx.SetAccountCart(ctx, id, bag) })
}

func place(w *checkouttest.World, bag shop.CartID) checkout.Placement {
	w.T.Helper()
	p, err := w.Checkout.Place(w.T.Context(), bag)
	if err != nil {
		w.T.Fatal(err)
	}
	return p
}

func customerOf(w *checkouttest.World, id shop.AccountID) string {
	w.T.Helper()
	a, err := w.DB.AccountByID(w.T.Context(), id)
	if err != nil {
		w.T.Fatal(err)
	}
	if a.CustomerID == nil {
		return ""
	}
	return *a.CustomerID
}

// page is what Stripe's payment page shows.
func page(w *checkouttest.World, p checkout.Placement) string {
	w.T.Helper()
	r, err := http.Get(p.RedirectURL)
	if err != nil {
		w.T.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.T.Fatal(err)
	}
	return string(body)
}

func TestAnAccountBecomesACustomerOnceAndThePageBeginsWithWhatItKeeps(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 6)
		bag := w.Bag(1, shoe)
		id := adas(w, bag)
		p := place(w, bag)
		if again := place(w, bag); again != p {
			t.Errorf("pressed twice it is %+v and %+v", p, again)
		}
		first := customerOf(w, id)
		if params := w.Attempt(p).Params; first == "" || !strings.Contains(params, `"customer":"`+first+`"`) || strings.Contains(params, "ada@") {
			t.Errorf("customer %q, sent %s", first, params)
		}
		for _, says := range []string{`value="ada@runner.example" readonly`, `value="4 Weir Street"`, `value="Troy"`, `value="12180"`, `value="Ada Moss"`} {
			if !strings.Contains(page(w, p), says) {
				t.Errorf("the page lacks %s", says)
			}
		}
		w.Pays(p)
		w.Work()
		if order := w.Order(p); order.State != shop.OrderPaid || order.Contact.Email != "ada@runner.example" {
			t.Errorf("the order is %s, of %+v", order.State, order.Contact)
		}
		second := w.Bag(1, shoe)
		give(w, id, second)
		if p = place(w, second); !strings.Contains(w.Attempt(p).Params, first) || customerOf(w, id) != first {
			t.Error("the second purchase is another customer's")
		}
		w.Clean()
	})
}

func TestWhatStripeSaysOfACustomerKeepsNobodyFromBuying(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 6)
		bag := w.Bag(1, shoe)
		id := adas(w, bag)
		w.Exec("UPDATE accounts SET customer_id = 'cus_deleted'")
		p := place(w, bag)
		if params := w.Attempt(p).Params; strings.Contains(params, "cus_") || strings.Contains(params, "ada@") {
			t.Errorf("sent %s", params)
		}
		if customerOf(w, id) != "" || strings.Contains(page(w, p), "readonly") {
			t.Error("a customer that is gone is kept, or the page begins with it")
		}
		next := w.Bag(1, shoe)
		give(w, id, next)
		place(w, next)
		if customerOf(w, id) == "" {
			t.Error("the next purchase makes no customer")
		}
	})
}

func TestACustomerWhoseMakingWasCutOffIsMadeOnce(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 6)
		bag := w.Bag(1, shoe)
		id := adas(w, bag)
		w.Fault("cut", "POST /v1/customers", "2") // after it was done, and again on the retry
		if _, err := w.Checkout.Place(t.Context(), bag); shop.KindOf(err) != shop.KindUnavailable || err == nil {
			t.Fatalf("it ended with %v", err)
		}
		w.ClearFaults()
		if w.Count("SELECT count(*) FROM orders") != 0 || customerOf(w, id) != "" {
			t.Error("something was kept of it")
		}
		place(w, bag)
		place(w, bag)
		if customerOf(w, id) == "" {
			t.Error("pressing again made none")
		}
	})
}

// Ten presses at once are one customer.
func TestTenPressesMakeOneCustomer(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		shoe := w.Shoe("Tern Racer", 14_000, 6)
		bag := w.Bag(1, shoe)
		id := adas(w, bag)
		var all sync.WaitGroup
		seen := make([]string, 10)
		for i := range seen {
			all.Go(func() {
				if p, err := w.Checkout.Place(t.Context(), bag); err == nil {
					seen[i] = p.RedirectURL
				}
			})
		}
		all.Wait()
		if p := place(w, bag); !strings.Contains(w.Attempt(p).Params, customerOf(w, id)) {
			t.Error("the session is of another customer than the account")
		}
	})
}

// What costs nothing is bought without Stripe, by accounts as by anybody.
func TestAnAccountsFreeOrderAsksStripeNothing(t *testing.T) {
	checkouttest.Each(t, func(t *testing.T, w *checkouttest.World) {
		lesson := w.Sell(shop.Product{
			Title: "Lesson", Status: shop.ProductActive, Published: true, Options: []shop.ProductOption{{Position: 1, Name: "Length"}},
			Variants: []shop.Variant{{Position: 1, Option1: "An hour", SKU: "L", Price: 4_000, Policy: shop.PolicyDeny, Tracked: true, WeightUnit: "g", Stock: shop.StockLevel{OnHand: 5}}},
		})
		w.Discount("GIFT", func(d *shop.Discount) { d.Kind, d.Value = shop.DiscountPercent, 100 })
		bag := w.Code(w.Bag(1, lesson), "GIFT")
		id := adas(w, bag)
		w.Fault("500", "", "0")
		if p := place(w, bag); p.RedirectURL != "" || customerOf(w, id) != "" {
			t.Errorf("a free order led to %q and made customer %q", p.RedirectURL, customerOf(w, id))
		}
	})
}
