package staff_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/cart"
	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// bagWith is a new bag with one of each of these sizes.
func bagWith(t *testing.T, s *apptest.Shop, ids ...shop.VariantID) shop.CartID {
	t.Helper()
	var items []cart.Item
	for _, id := range ids {
		items = append(items, cart.Item{Variant: id, Quantity: 1})
	}
	added, err := s.App.Cart.Add(t.Context(), "", items)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := s.App.DB.CartByToken(t.Context(), added.Token)
	if err != nil {
		t.Fatal(err)
	}
	return stored.ID
}

// whileCounted runs first until it waits for the count of a size, which this
// holds, then second, which gets a little time, and then lets both end. On
// SQLite, where one writer holds everything, the first simply goes first.
func whileCounted(t *testing.T, s *apptest.Shop, id shop.VariantID, first, second func() error) (errFirst, errSecond error) {
	t.Helper()
	if s.App.DB.Kind() == database.SQLite {
		return first(), second()
	}
	var all sync.WaitGroup
	err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		if _, err := tx.LockStock(ctx, []shop.VariantID{id}); err != nil {
			return err
		}
		all.Go(func() { errFirst = first() })
		time.Sleep(300 * time.Millisecond)
		all.Go(func() { errSecond = second() })
		time.Sleep(300 * time.Millisecond)
		return nil
	})
	all.Wait()
	if err != nil {
		t.Fatal(err)
	}
	return errFirst, errSecond
}

// isTold says whether an error is one that people are told, and no fault of
// the program.
func isTold(err error) bool {
	var told *shop.Error
	return err == nil || errors.As(err, &told) && told.Kind != shop.KindInternal || shop.KindOf(err) == shop.KindConflict || shop.KindOf(err) == shop.KindInvalid
}

func TestWhatIsBeingBoughtIsNotDeleted(t *testing.T) {
	for _, tracked := range []bool{true, false} {
		t.Run(fmt.Sprintf("counted is %v", tracked), func(t *testing.T) {
			apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
				counted := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 3}).Variants[0]
				p := s.Sell(apptest.Shoe{Handle: "kelp", Title: "Kelp", Price: 12_000, Sizes: []string{"9"}, Stock: 3})
				err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
					v := p.Variants[0]
					v.Tracked = tracked
					return tx.UpdateVariant(ctx, v)
				})
				if err != nil {
					t.Fatal(err)
				}
				bag := bagWith(t, s, counted.ID, p.Variants[0].ID)
				archived := false
				placed, deleted := whileCounted(t, s, counted.ID, func() error {
					_, err := s.App.Checkout.Place(t.Context(), bag)
					return err
				}, func() (err error) {
					archived, err = s.App.Catalog.Delete(t.Context(), "staff:1", p.ID)
					return err
				})
				if placed != nil || deleted != nil || !archived {
					t.Errorf("placing: %v; deleting: archived is %v, %v", placed, archived, deleted)
				}
				s.Verify()
			})
		})
	}
}

func TestADeliveryOfASizeThatGoesMeanwhileIsTold(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		counted := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 3}).Variants[0]
		p := s.Sell(apptest.Shoe{Handle: "kelp", Title: "Kelp", Price: 12_000, Sizes: []string{"9"}, Stock: 3})
		received, deleted := whileCounted(t, s, counted.ID, func() error {
			_, err := s.App.Stock.Receive(t.Context(), "staff:1", stock.Delivery{
				Key: "AAAAAAAAAAAAAAAAAAAAAAAA22", Lines: []shop.TypedLine{{Line: 1, Code: "tern-9", Quantity: 2}, {Line: 2, Code: "kelp-9", Quantity: 2}},
			})
			return err
		}, func() error {
			_, err := s.App.Catalog.Delete(t.Context(), "staff:1", p.ID)
			return err
		})
		if !isTold(received) || deleted != nil {
			t.Errorf("receiving: %v; deleting: %v", received, deleted)
		}
		s.Verify()
	})
}

func TestProductsComeIntoACollectionWhileTheyAreDeleted(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		made, err := s.App.Catalog.MakeCollection(t.Context(), "staff:1", shop.Collection{Title: "Road", SortOrder: shop.SortManual})
		if err != nil {
			t.Fatal(err)
		}
		for n := range 25 {
			p := s.Sell(apptest.Shoe{Handle: fmt.Sprintf("tern-%d", n), Title: "Tern", Price: 14_000, Sizes: []string{"9"}})
			var all sync.WaitGroup
			for range 2 {
				all.Go(func() {
					if err := s.App.Catalog.AddToCollection(t.Context(), "staff:1", made.ID, catalog.Addition{Products: []shop.ProductID{p.ID}}); !isTold(err) {
						t.Errorf("adding: %v", err)
					}
				})
			}
			all.Go(func() {
				if _, err := s.App.Catalog.Delete(t.Context(), "staff:1", p.ID); err != nil {
					t.Errorf("deleting: %v", err)
				}
			})
			all.Wait()
		}
		s.Verify()
	})
}
