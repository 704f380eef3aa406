package database_test

import (
	"context"
	"errors"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"

	"github.com/google/go-cmp/cmp"
)

// placedOrder writes an order of two lines and returns it as it was read back.
func placedOrder(t *testing.T, db *database.DB, cart shop.CartID) shop.Order {
	t.Helper()
	order := shop.Order{
		CartID: cart, CartDigest: "d", State: shop.OrderPending, Currency: "usd", SettingsVersion: 1, ZoneCode: "us",
		Subtotal: 25_001, Discount: 1_000, Shipping: 800, Total: 24_801, Note: "n", GiftNote: "g",
		Lines: []shop.OrderLine{
			{Position: 1, ProductID: 1, VariantID: 1, Title: "Tern", VariantTitle: "9 / D", Price: 8_000, Quantity: 3, Amount: 24_000,
				Discount: 1_000, Ships: true, Taxable: true, Tracked: true,
				Properties: []shop.OrderLineProperty{{Position: 1, Name: "Bib", Value: "12"}}},
			{Position: 2, ProductID: 2, VariantID: 5, Title: "Laces", Price: 1_001, Quantity: 1, Amount: 1_001},
		},
		Attributes: []shop.OrderAttribute{{Name: "club", Value: "LRC"}},
	}
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		o := order
		if err := tx.InsertOrder(ctx, &o); err != nil {
			return err
		}
		order = o
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	read, err := db.OrderByID(t.Context(), order.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i := range order.Lines { // what was written has no ids of units
		for j := range order.Lines[i].Units {
			order.Lines[i].Units[j].ID = read.Lines[i].Units[j].ID
		}
	}
	if diff := cmp.Diff(order, read); diff != "" {
		t.Fatalf("written and read (-want +got):\n%s", diff)
	}
	return read
}

func TestAnOrderIsReadAsItWasWritten(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		order := placedOrder(t, db, 3)
		var nets []shop.Cents
		for _, u := range order.Lines[0].Units {
			nets = append(nets, u.PaidNet)
		}
		if diff := cmp.Diff([]shop.Cents{7_666, 7_667, 7_667}, nets); diff != "" {
			t.Error(diff)
		}
		if got, err := db.OrderForCart(t.Context(), 3); err != nil || got.ID != order.ID {
			t.Errorf("%d %v", got.ID, err)
		}
		if _, err := db.OrderForCart(t.Context(), 4); !shop.IsNotFound(err) {
			t.Errorf("another bag: %v", err)
		}
		if list, err := db.Orders(t.Context(), 0, 10); err != nil || len(list) != 1 {
			t.Errorf("%d orders, %v", len(list), err)
		}
	})
}

func TestABagWaitsForOneOrderOnly(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		first := placedOrder(t, db, 3)
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			second := first
			second.ID, second.Lines = 0, nil
			return tx.InsertOrder(ctx, &second)
		})
		if !errors.Is(err, shop.ErrExists) {
			t.Errorf("%v", err)
		}
	})
}

func TestAMoveFromAnotherStateIsRefused(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		order := placedOrder(t, db, 3)
		move := func(from, to shop.OrderState) error {
			return db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				stale := order
				stale.State = from
				return tx.MoveOrder(ctx, &stale, to, "test", shop.ByJob)
			})
		}
		if err := move(shop.OrderPending, shop.OrderCancelled); err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"read before it moved": move(shop.OrderPending, shop.OrderPaid),
			"not on the table":     move(shop.OrderCancelled, shop.OrderPending),
		} {
			if shop.KindOf(err) != shop.KindConflict {
				t.Errorf("%s: %v", name, err)
			}
		}
		steps, err := db.Steps(t.Context(), "order", int64(order.ID))
		if err != nil || len(steps) != 1 || steps[0].ToState != "cancelled" {
			t.Errorf("%+v %v", steps, err)
		}
	})
}

func attemptFor(t *testing.T, db *database.DB, order shop.Order) shop.PaymentAttempt {
	t.Helper()
	a := shop.PaymentAttempt{OrderID: order.ID, Reference: "ref", IdempotencyKey: "cs-ref", Params: "{}", Amount: order.Total, Currency: "usd"}
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		a.ID, a.ExpiresAt = 0, tx.Now()
		return tx.InsertAttempt(ctx, &a)
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestASessionsIdIsNeverWrittenOver(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		a := attemptFor(t, db, placedOrder(t, db, 3))
		record := func(id string) error {
			return db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				locked, err := tx.LockAttempt(ctx, a.ID)
				if err != nil {
					return err
				}
				return tx.RecordSession(ctx, &locked, shop.Session{ID: id, URL: "u"})
			})
		}
		if err := record("cs_test_1"); err != nil {
			t.Fatal(err)
		}
		if err := record("cs_test_1"); err != nil {
			t.Errorf("the same again: %v", err)
		}
		if err := record("cs_test_2"); !errors.Is(err, shop.ErrExists) {
			t.Errorf("another: %v", err)
		}
		if got, err := db.AttemptBySession(t.Context(), "cs_test_1"); err != nil || got.ID != a.ID {
			t.Errorf("%d %v", got.ID, err)
		}
	})
}

func TestEmptyNamesFindNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		attemptFor(t, db, placedOrder(t, db, 3))
		ctx := t.Context()
		_, bySession := db.AttemptBySession(ctx, "")
		_, byReference := db.AttemptByReference(ctx, "")
		_, byCharge := db.AttemptByCharge(ctx, "")
		_, byStripeID := db.RefundByStripeID(ctx, "")
		_, byLink := db.OrderByLink(ctx, "")
		for i, err := range []error{bySession, byReference, byCharge, byStripeID, byLink} {
			if !shop.IsNotFound(err) {
				t.Errorf("%d: %v", i, err)
			}
		}
	})
}

func TestAPaymentIsGivenBackWholeOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		a := attemptFor(t, db, placedOrder(t, db, 3))
		insert := func(key string) (isNew bool) {
			err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) (err error) {
				isNew, err = tx.InsertRefund(ctx, &shop.Refund{
					OrderID: a.OrderID, AttemptID: a.ID, Amount: 100, Cause: shop.RefundLate, IdempotencyKey: key,
				})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return isNew
		}
		if !insert("re-1") || insert("re-2") {
			t.Error("not once")
		}
		if open, err := db.RefundsOpen(t.Context(), 0, 10); err != nil || len(open) != 1 {
			t.Errorf("%+v %v", open, err)
		}
	})
}
