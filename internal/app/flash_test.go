package app_test

import (
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// flashBuyers are the buyers of a flash sale: 60 in ordinary runs, 200 in
// long ones.
func flashBuyers() int {
	if os.Getenv("LONGRUN_TEST_LONG") == "1" {
		return 200
	}
	return 60
}

// TestAFlashSaleSellsTheLastPairsOnceEach has all buyers press Checkout at the
// same moment: as many as there are pairs are led to the payment page, all
// others read which shoe in which size they cannot have.
func TestAFlashSaleSellsTheLastPairsOnceEach(t *testing.T) {
	const pairs = 5
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		if _, err := s.App.Settings.Set(t.Context(), "rate_per_minute", "0", shop.ByCommand); err != nil {
			t.Fatal(err) // all of them come from one address
		}
		s.Sell(apptest.Shoe{Handle: "tern-racer", Title: "Tern Racer", Price: 14_000, Sizes: []string{"9"}, Stock: pairs})
		time.Sleep(1100 * time.Millisecond) // the limit in force is read once a second
		bags := fillBags(t, s, flashBuyers())
		begun := time.Now()
		pages := pressAtOnce(bags)
		t.Logf("%d buyers were answered in %s", len(bags), time.Since(begun).Round(time.Millisecond))

		paying := checkFlash(t, s, pages)
		if len(paying) != pairs {
			t.Fatalf("%d buyers are led to the payment page, want %d", len(paying), pairs)
		}
		for _, page := range paying {
			pay(t, page, nil).Must(200, "Thank you", "Tern Racer")
		}
		orders, err := s.App.DB.Orders(t.Context(), 0, 1000)
		if err != nil || len(orders) != pairs {
			t.Fatalf("%d orders, %v", len(orders), err)
		}
		for _, o := range orders {
			if o.State != shop.OrderPaid {
				t.Errorf("order %d is %s", o.ID, o.State)
			}
		}
		s.WaitForMail(pairs)
		s.Verify()
	})
}

// fillBags puts one pair into each of n bags, of a shopper each.
func fillBags(t *testing.T, s *apptest.Shop, n int) []*apptest.Page {
	t.Helper()
	bags := make([]*apptest.Page, n)
	var all sync.WaitGroup
	for first := range 8 {
		all.Go(func() {
			for i := first; i < n; i += 8 {
				bags[i] = s.Shopper(t).Get("/products/tern-racer").Form("/cart/add").Submit("").Must(200, "Your Bag", "Tern Racer")
			}
		})
	}
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return bags
}

// pressAtOnce presses Checkout on all pages at the same moment.
func pressAtOnce(bags []*apptest.Page) []*apptest.Page {
	pages := make([]*apptest.Page, len(bags))
	gate := make(chan struct{})
	var all sync.WaitGroup
	for i, bag := range bags {
		form := bag.Form("/cart")
		all.Go(func() {
			<-gate
			pages[i] = form.Submit("checkout")
		})
	}
	close(gate)
	all.Wait()
	return pages
}

// checkFlash returns the payment pages; everything else must be a refusal
// that names the shoe and the size.
func checkFlash(t *testing.T, s *apptest.Shop, pages []*apptest.Page) (paying []*apptest.Page) {
	t.Helper()
	statuses := map[int]int{}
	for _, page := range pages {
		if page == nil {
			t.Error("a buyer got no answer")
			continue
		}
		statuses[page.Status]++
		switch {
		case page.Status == 200 && strings.HasPrefix(page.URL.String(), s.Simulator+"/pay/"):
			paying = append(paying, page)
		case page.Status != 409 && page.Status != 422:
			t.Errorf("a buyer got %d from %s: %.300s", page.Status, page.URL, page.Text())
		case !strings.Contains(page.Text(), "Tern Racer in 9"):
			t.Errorf("a refusal does not name the shoe and its size: %.600s", page.Text())
		}
	}
	t.Logf("answers by status: %v", statuses)
	return paying
}
