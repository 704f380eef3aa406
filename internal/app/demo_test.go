package app_test

import (
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

func TestTheDemoShopHasOrdersInEveryState(t *testing.T) {
	for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
		t.Run(string(kind), func(t *testing.T) {
			s := apptest.StartDemo(t, kind)
			want := map[shop.Fulfilment]int{
				shop.Unfulfilled: 3, shop.PartlyFulfilled: 1, shop.Fulfilled: 1, shop.Delivered: 2, shop.FulfilmentCancelled: 1,
			}
			var orders []shop.Order
			for ends := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
				var err error
				if orders, err = s.App.DB.Orders(t.Context(), 0, 100); err != nil {
					t.Fatal(err)
				}
				if len(orders) == 8 && orders[0].Review != "" {
					break
				}
				if time.Now().After(ends) {
					t.Fatalf("%d orders after 30 s", len(orders))
				}
			}
			got := map[shop.Fulfilment]int{}
			for _, o := range orders {
				if o.State != shop.OrderPaid {
					t.Errorf("order %d is %s", o.ID, o.State)
				}
				got[o.Fulfilment]++
			}
			for state, n := range want {
				if got[state] != n {
					t.Errorf("%d orders are %s, want %d", got[state], state, n)
				}
			}
			s.Verify()
		})
	}
}
