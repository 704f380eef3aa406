package post_test

import (
	"context"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// sent adds a parcel of the sample order's only pair, with its mail, and a
// refund of it, with its own; the mails are 3 and 4.
func (o *office) sent(t *testing.T) shop.Parcel {
	t.Helper()
	p := shop.Parcel{OrderID: 1, Key: "k", Carrier: "UPS", Tracking: "1Z999AA10123456784", TrackingURL: "https://www.ups.com/track?tracknum=1Z999AA10123456784"}
	err := o.db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		order, err := tx.OrderByID(ctx, 1)
		if err != nil {
			return err
		}
		unit := order.Lines[0].Units[0].ID
		if err := tx.InsertParcel(ctx, &p, []shop.UnitID{unit}, "staff:1"); err != nil {
			return err
		}
		refund := shop.Refund{OrderID: 1, AttemptID: 1, Amount: 15000, Shipping: 500, Cause: shop.RefundCancelled, IdempotencyKey: "re-2"}
		if err := tx.RecordRefund(ctx, &refund, []shop.RefundUnit{{UnitID: unit, Net: 14500}}, "staff:1"); err != nil {
			return err
		}
		err = tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailShipped, Key: "shipped:1:1", Recipient: "ada@runner.example", ThingID: int64(p.ID)})
		if err != nil {
			return err
		}
		return tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailOrderCancelled, Key: "order-cancelled:2", Recipient: "ada@runner.example", ThingID: int64(refund.ID)})
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAParcelAndACancellationAreToldOf(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		o.sent(t)
		for _, id := range []shop.MailID{3, 4} {
			if err := o.outbox.HandOver(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		caught := o.caught(t)
		if len(caught) != 2 {
			t.Fatalf("%d mails", len(caught))
		}
		for _, want := range []string{"1 x Tern Racer – Ember, 9 / D", "1Z999AA10123456784", "https://www.ups.com/track", baseURL + "/orders/" + o.token, "Portland"} {
			if !strings.Contains(caught[1].Text, want) {
				t.Errorf("the mail about the parcel lacks %q:\n%s", want, caught[1].Text)
			}
		}
		for _, want := range []string{"1 × Tern Racer – Ember, 9 / D: $145.00", "Shipping: $5.00", "Goes back: $150.00"} {
			if !strings.Contains(caught[0].Text, want) {
				t.Errorf("the mail about the cancellation lacks %q:\n%s", want, caught[0].Text)
			}
		}
	})
}

// The mail waited, and the parcel never left after all.
func TestNobodyIsToldOfAParcelThatWasUndone(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		p := o.sent(t)
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return tx.MoveParcel(ctx, &p, shop.ParcelUndone, "undone", "staff:1")
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.outbox.HandOver(t.Context(), 3); err != nil {
			t.Fatal(err)
		}
		if n := len(o.caught(t)); n != 0 {
			t.Errorf("%d mails went", n)
		}
		if row, err := db.Mail(t.Context(), 3); err != nil || row.State != shop.MailHanded {
			t.Errorf("%+v %v", row, err)
		}
	})
}
