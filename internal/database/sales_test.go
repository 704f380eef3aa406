package database_test

import (
	"context"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestSalesAreCountedOnTheDayTheyWerePaid(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		at := func(s string) *shop.Instant { m := moment(s); return &m }
		number, tax := int64(1000), shop.Cents(50)
		for _, o := range []shop.Order{
			{State: shop.OrderPaid, PaidAt: at("2026-11-20T08:00:00Z"), Total: 1_000, Tax: &tax},
			{State: shop.OrderPaid, PaidAt: at("2026-11-21T07:59:59.999999Z"), Total: 2_000, Tax: &tax},
			{State: shop.OrderPaid, PaidAt: at("2026-11-21T08:00:00Z"), Total: 4_000, Tax: &tax},
			{State: shop.OrderPaid, PaidAt: at("2026-11-22T08:00:00Z"), Total: 8_000, Tax: &tax},
			{State: shop.OrderCancelled, Total: 16_000},
		} {
			if o.State == shop.OrderPaid {
				number++
				o.Number, o.ShippingTax = new(int64), new(shop.Cents)
				*o.Number = number
			}
			o.CartID, o.Fulfilment, o.Currency, o.SettingsVersion = shop.CartID(number), shop.Unfulfilled, "usd", 1
			o.Subtotal, o.PlacedAt = o.Total, moment("2026-11-20T08:00:00Z")
			transact(t, db, func(ctx context.Context, tx *database.Tx) error { return database.Insert(tx, ctx, &o) })
		}
		zone, err := time.LoadLocation("America/Los_Angeles")
		if err != nil {
			t.Fatal(err)
		}
		days, err := db.SalesByDay(t.Context(), shop.LastDays(moment("2026-11-21T20:00:00Z"), zone, 3))
		if err != nil || len(days) != 3 {
			t.Fatalf("%v %v", days, err)
		}
		for i, want := range []shop.DaySales{{Orders: 0}, {Orders: 2, Amount: 3_100}, {Orders: 1, Amount: 4_050}} {
			if days[i].Orders != want.Orders || days[i].Amount != want.Amount {
				t.Errorf("day %d: %d orders, %s, want %d, %s", i, days[i].Orders, days[i].Amount, want.Orders, want.Amount)
			}
		}
		if none, err := db.SalesByDay(t.Context(), nil); err != nil || none != nil {
			t.Errorf("no days: %v %v", none, err)
		}
	})
}
