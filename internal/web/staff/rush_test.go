package staff_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	mrand "math/rand/v2"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/cart"
	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// rush is a shop in which everybody does everything at once.
type rush struct {
	t   *testing.T
	s   *apptest.Shop
	ctx context.Context
	mu  sync.Mutex
	did map[string]int // by what and how it ended
}

// note counts an attempt; a fault of the program fails the test.
func (r *rush) note(what string, err error) {
	if r.ctx.Err() != nil && err != nil {
		return // cut off at the end
	}
	how := "done"
	if err != nil {
		how = "refused"
	}
	r.mu.Lock()
	r.did[what+" "+how]++
	r.mu.Unlock()
	if !isTold(err) {
		r.t.Errorf("%s: %v", what, err)
	}
}

// shoes are the products as they are now.
func (r *rush) shoes() []shop.Product {
	list, err := r.s.App.DB.ProductsAfter(r.ctx, 0, 100)
	r.note("reading", err)
	list = slices.DeleteFunc(list, func(p shop.Product) bool { return len(p.Variants) == 0 }) // going while it was read
	if len(list) == 0 {
		return nil
	}
	return list
}

// size is one size of any shoe.
func (r *rush) size() (v shop.Variant) {
	if list := r.shoes(); list != nil {
		p := list[mrand.IntN(len(list))]
		v = p.Variants[mrand.IntN(len(p.Variants))]
	}
	return v
}

func (r *rush) save() {
	list := r.shoes()
	if list == nil {
		return
	}
	p := list[mrand.IntN(len(list))]
	e := catalog.Edit{ID: p.ID, Version: p.Version, Product: p, Key: rand.Text(), Sure: true, Redirect: true, Seen: map[shop.VariantID]int64{}}
	for i := range p.Variants {
		e.Seen[p.Variants[i].ID] = p.Variants[i].Stock.OnHand
	}
	v := &e.Product.Variants[mrand.IntN(len(p.Variants))]
	switch mrand.IntN(7) {
	case 0:
		v.Price = shop.Cents(10_000 + mrand.IntN(5_000))
	case 1:
		v.Stock.OnHand += int64(mrand.IntN(5)) - 1
	case 2:
		e.Product.Handle = fmt.Sprintf("tern-%d", mrand.IntN(6))
	case 3:
		v.Policy = []shop.StockPolicy{shop.PolicyDeny, shop.PolicyContinue}[mrand.IntN(2)]
	case 4: // two sizes trade their names
		w := &e.Product.Variants[mrand.IntN(len(p.Variants))]
		v.Option1, w.Option1 = w.Option1, v.Option1
	case 5:
		e.Product.Variants = append(slices.Clone(e.Product.Variants), shop.Variant{
			Option1: rand.Text()[:4], SKU: rand.Text()[:8], Price: 12_000, Tracked: true, Policy: shop.PolicyDeny, WeightUnit: "g", Stock: shop.StockLevel{OnHand: 2},
		})
	case 6:
		e.Product.Variants = e.Product.Variants[:max(1, len(p.Variants)-1)]
	}
	_, err := r.s.App.Catalog.Save(r.ctx, "staff:1", e)
	r.note("saving a product", err)
}

func (r *rush) prices() {
	var changes []catalog.PriceChange
	for _, p := range r.shoes() {
		for i := range p.Variants {
			if v := &p.Variants[i]; mrand.IntN(2) == 0 {
				changes = append(changes, catalog.PriceChange{Variant: database.PricedVariant{ID: v.ID, ProductID: p.ID, SKU: v.SKU, Price: v.Price}, To: shop.Cents(10_000 + mrand.IntN(5_000))})
			}
		}
	}
	if len(changes) > 0 {
		r.note("a list of prices", r.s.App.Catalog.SetPrices(r.ctx, "staff:1", changes, true))
	}
}

func (r *rush) receive() {
	var lines []shop.TypedLine
	for n := range 4 {
		lines = append(lines, shop.TypedLine{Line: n + 1, Code: r.size().SKU, Quantity: 2})
	}
	_, err := r.s.App.Stock.Receive(r.ctx, "staff:1", stock.Delivery{Key: rand.Text(), Lines: lines})
	r.note("receiving", err)
}

func (r *rush) count() {
	var lines []stock.Counted
	seen := map[shop.VariantID]bool{}
	for range 4 {
		if v := r.size(); !seen[v.ID] {
			lines, seen[v.ID] = append(lines, stock.Counted{Variant: v.ID, Seen: v.Stock.OnHand, Counted: max(0, v.Stock.OnHand+int64(mrand.IntN(3)-1))}), true
		}
	}
	r.note("counting", r.s.App.Stock.Count(r.ctx, "staff:1", stock.Counting{Key: rand.Text(), Lines: lines}))
}

func (r *rush) sell() {
	_, err := r.s.App.Stock.SellInStore(r.ctx, "staff:1", stock.Sale{Code: r.size().SKU, Key: rand.Text()})
	r.note("selling in store", err)
}

func (r *rush) adjust() {
	by := int64(mrand.IntN(7) - 3)
	r.note("adjusting", r.s.App.Stock.Adjust(r.ctx, "staff:1", stock.Adjustment{Variant: r.size().ID, Delta: &by, Reason: shop.StockReasons()[0], Key: rand.Text()}))
}

func (r *rush) others() {
	ctx, now := r.ctx, r.shoes()
	if now == nil {
		return
	}
	switch p := now[mrand.IntN(len(now))]; mrand.IntN(5) {
	case 0:
		r.note("a status", r.s.App.Catalog.SetStatus(ctx, "staff:1", []shop.ProductID{now[0].ID, p.ID}, shop.ProductActive))
	case 1:
		_, err := r.s.App.Catalog.Duplicate(ctx, "staff:1", p.ID, catalog.DuplicateTo{Title: "Copy"})
		r.note("duplicating", err)
	case 2:
		if len(now) > 3 {
			_, err := r.s.App.Catalog.Delete(ctx, "staff:1", now[len(now)-1].ID)
			r.note("deleting", err)
		}
	case 3:
		wanted, err := r.s.App.DB.Settings(ctx)
		if err == nil {
			wanted.FreeShippingOver = shop.Cents(8_000 + mrand.IntN(50))
			_, err = r.s.App.Settings.Save(ctx, settings.Wish{Who: "staff:1", Version: wanted.Version, Settings: wanted, Sure: true})
		}
		r.note("saving settings", err)
	case 4:
		_, err := r.s.App.Settings.Set(ctx, "low_stock_at", fmt.Sprint(mrand.IntN(9)), shop.ByCommand)
		r.note("setting a setting", err)
	}
}

func (r *rush) buy() string {
	items := []cart.Item{{Variant: r.size().ID, Quantity: 1}}
	if other := r.size().ID; other != items[0].Variant {
		items = append(items, cart.Item{Variant: other, Quantity: 1})
	}
	added, err := r.s.App.Cart.Add(r.ctx, "", items)
	if r.note("filling a bag", err); err != nil {
		return ""
	}
	bag, err := r.s.App.DB.CartByToken(r.ctx, added.Token)
	if err != nil {
		return ""
	}
	placed, err := r.s.App.Checkout.Place(r.ctx, bag.ID)
	r.note("placing an order", err)
	return placed.RedirectURL
}

func TestEverybodyAtOnceLeavesTheShopSound(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		defer stop()
		r := &rush{t: t, s: s, ctx: ctx, did: map[string]int{}}
		for n := range 3 {
			s.Sell(apptest.Shoe{Handle: fmt.Sprintf("tern-%d", n), Title: "Tern", Price: 12_000, Sizes: []string{"8", "9", "10", "11"}, Stock: 20})
		}
		var all sync.WaitGroup
		for _, do := range []func(){r.save, r.save, r.prices, r.receive, r.count, r.sell, r.adjust, r.others, func() { r.buy() }} {
			all.Go(func() {
				for ctx.Err() == nil {
					do()
				}
			})
		}
		for ctx.Err() == nil {
			if page := r.buy(); page != "" {
				at, err := url.Parse(page)
				if err != nil {
					t.Fatal(err)
				}
				s.Shopper(t).Get(page).Form(at.Path).FillByAutocomplete(apptest.Buyer()).Submit("do=pay")
			}
		}
		all.Wait()
		for _, what := range slices.Sorted(maps.Keys(r.did)) {
			t.Logf("%s: %d", what, r.did[what])
		}
		r.ctx = t.Context()
		for _, p := range r.shoes() {
			if low, _ := p.PriceRange(); p.PriceLow != low {
				t.Errorf("%s costs from %s and is listed from %s", p.Handle, low, p.PriceLow)
			}
		}
		s.Verify()
	})
}
