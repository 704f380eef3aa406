package database_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestQueuesHoldWhatTheySay(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		manyOrders(t, db, 400)
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { // waits to be shipped, and for somebody to look
			return database.Exec(ctx, tx, "UPDATE orders SET review = 'the address is off the list' WHERE id = 397")
		})
		want := map[database.OrderQueue]int{ // as manyOrders makes them
			database.QueueToShip: 3, database.QueueReview: 2, database.QueueMoney: 0, database.QueueOnTheWay: 5,
			database.QueueDelivered: 379, database.QueueCancelled: 4, database.QueueUnpaid: 8, database.QueueAll: 392,
		}
		for queue, n := range want {
			for _, oldest := range []bool{true, false} {
				var seen []shop.OrderID
				page := database.OrderPage{Queue: queue, Oldest: oldest, Limit: 7}
				for range 100 {
					rows, err := db.OrderQueue(t.Context(), page)
					if err != nil {
						t.Fatal(err)
					}
					for i := range rows {
						seen = append(seen, rows[i].ID)
						if len(rows[i].Items) == 0 {
							t.Errorf("%s: order %d has no lines", queue, rows[i].ID)
						}
					}
					if len(rows) < page.Limit {
						break
					}
					mark := rows[len(rows)-1].Mark()
					page.After = &mark
				}
				if !slices.IsSortedFunc(seen, func(a, b shop.OrderID) int { return int(a-b) * map[bool]int{true: 1, false: -1}[oldest] }) {
					t.Errorf("%s, oldest %v, is not in sequence: %v", queue, oldest, seen)
				}
				slices.Sort(seen)
				if got := len(slices.Compact(seen)); got != n {
					t.Errorf("%s, oldest %v: %d orders, want %d", queue, oldest, got, n)
				}
			}
		}
		if got, err := db.OrderQueueCounts(t.Context(), 100); err != nil || got != (database.QueueCounts{ToShip: 3, Review: 2}) {
			t.Errorf("%+v %v", got, err)
		}
	})
}

// Money stands without an order while it is on its way back, when it does not
// fit its order, and when it could not go back.
func TestMoneyWithoutAnOrderIsInItsQueueUntilItIsSettled(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		manyOrders(t, db, 400)
		in := func() []shop.OrderID {
			rows, err := db.OrderQueue(t.Context(), database.OrderPage{Queue: database.QueueMoney, Oldest: true, Limit: 20})
			if err != nil {
				t.Fatal(err)
			}
			var ids []shop.OrderID
			for i := range rows {
				ids = append(ids, rows[i].ID)
			}
			return ids
		}
		exec := func(sql string) {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error { return database.Exec(ctx, tx, sql) })
		}
		exec("UPDATE refunds SET state = 'recorded' WHERE order_id = 100")
		exec("UPDATE orders SET review = 'the amount is not the order''s' WHERE id = 150")
		exec("UPDATE refunds SET state = 'failed' WHERE order_id = 200")
		exec("UPDATE orders SET review = 'the refund failed' WHERE id = 200")
		if diff := cmp.Diff([]shop.OrderID{100, 150, 200}, in()); diff != "" {
			t.Error(diff)
		}
		exec("UPDATE refunds SET state = 'succeeded' WHERE order_id = 100")
		exec("UPDATE orders SET review = '' WHERE id IN (150, 200)")
		if got := in(); len(got) != 0 {
			t.Errorf("settled ones are still there: %v", got)
		}
	})
}

func TestAContactIsFoundByItsWordsUntilTheyAreErased(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		order, other := placedOrder(t, db, 3), placedOrder(t, db, 4)
		keep := func(c shop.OrderContact) {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.KeepContact(ctx, c) })
		}
		keep(shop.OrderContact{OrderID: order.ID, Email: "Siobhan.OBrien+run@Example.com", Name: "Siobhán O'Brien-Łuk", ShipName: "李 明 (front desk)"})
		keep(shop.OrderContact{OrderID: order.ID, Email: "second@example.com", Name: "Nobody"}) // is not kept
		keep(shop.OrderContact{OrderID: other.ID, Email: "ada@example.com", Name: "Ada %_\\ Runner"})
		find := func(text string) []shop.OrderID {
			found, err := db.SearchOrders(t.Context(), database.OrderSearch{Text: text, Limit: 10})
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			var ids []shop.OrderID
			for i := range found.Rows {
				ids = append(ids, found.Rows[i].ID)
			}
			return ids
		}
		for text, want := range map[string]shop.OrderID{
			"siobhán": order.ID, "SIOBHÁN": order.ID, "o'brien-łuk": order.ID, "O'Bri": order.ID, "brien": order.ID, "łu": order.ID,
			"siobhan.obrien+run@example.com": order.ID, "siobhan.obrien+run": order.ID, "obrien": order.ID, "李": order.ID, "desk siob": order.ID,
			"ada": other.ID, "runner, ADA": other.ID, " Ada  ": other.ID,
			"second": 0, "nobody": 0, "ada brien": 0, "%": 0, "_": 0, "'": 0, "": 0, "ada' OR '1'='1": 0, "\\": 0,
		} {
			got := find(text)
			if want == 0 && len(got) != 0 || want != 0 && !slices.Equal(got, []shop.OrderID{want}) {
				t.Errorf("%q finds %v, want %d", text, got, want)
			}
		}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.EraseOrderWords(ctx, order.ID) })
		if got := find("siobhán"); len(got) != 0 {
			t.Errorf("erased words find %v", got)
		}
	})
}

func TestListsOfOrdersAskAFixedNumberOfQueries(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		manyOrders(t, db, 400)
		queries := database.CountQueries(db)
		ids := func(n int) (list []shop.OrderID) {
			for i := range n {
				list = append(list, shop.OrderID(300+i))
			}
			return list
		}
		order, err := db.OrderByID(t.Context(), 399)
		if err != nil {
			t.Fatal(err)
		}
		for name, test := range map[string]struct {
			want int64
			ask  func(rows int) error
		}{
			"a queue": {2, func(n int) error {
				_, err := db.OrderQueue(t.Context(), database.OrderPage{Queue: database.QueueAll, Limit: n})
				return err
			}},
			"counts": {1, func(int) error { _, err := db.OrderQueueCounts(t.Context(), 100); return err }},
			"a search": {3, func(n int) error {
				_, err := db.SearchOrders(t.Context(), database.OrderSearch{Text: "name", Limit: n})
				return err
			}},
			"a number": {2, func(n int) error {
				_, err := db.SearchOrders(t.Context(), database.OrderSearch{Text: "#1399", Limit: n})
				return err
			}},
			"orders to pack": {6, func(n int) error { _, err := db.OrdersByIDs(t.Context(), ids(n)); return err }},
			"an order":       {9, func(n int) error { _, err := db.OrderFile(t.Context(), &order, n); return err }},
		} {
			for _, rows := range []int{1, 50} {
				queries.Store(0)
				if err := test.ask(rows); err != nil || queries.Load() != test.want {
					t.Errorf("%s with %d rows asks %d queries, want %d, %v", name, rows, queries.Load(), test.want, err)
				}
			}
		}
	})
}

func TestOrdersAreReadInTheSequenceAskedFor(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		first, second := placedOrder(t, db, 3), placedOrder(t, db, 4)
		got, err := db.OrdersByIDs(t.Context(), []shop.OrderID{second.ID, 999, first.ID, second.ID})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]shop.Order{second, first}, got, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
			t.Error(diff)
		}
	})
}
