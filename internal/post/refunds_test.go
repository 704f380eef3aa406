package post_test

import (
	"context"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestARefundIsToldOfWithItsSumUnlessItFailed(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			for _, key := range []string{"re-1", "re-2"} {
				refund := shop.Refund{OrderID: 1, AttemptID: 1, Amount: 650, Shipping: 500, Goodwill: 250, GivenBefore: 100, Reason: "The <box> was wet.", Cause: shop.RefundByStaff, IdempotencyKey: key}
				if err := tx.RecordRefund(ctx, &refund, nil, "staff:1"); err != nil {
					return err
				}
				if key == "re-2" {
					if err := tx.MoveRefund(ctx, &refund, shop.RefundFailed, "", "no"); err != nil {
						return err
					}
				}
				if err := tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailRefund, Key: key, Recipient: "ada@runner.example", ThingID: int64(refund.ID)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []shop.MailID{3, 4} {
			if err := o.outbox.HandOver(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		caught := o.caught(t)
		if len(caught) != 1 {
			t.Fatalf("%d mails", len(caught))
		}
		for _, want := range []string{"The <box> was wet.", "Shipping: $5.00", "Goodwill: $2.50", "Given back before: -$1.00", "Goes back: $6.50", baseURL + "/orders/" + o.token} {
			if !strings.Contains(caught[0].Text, want) {
				t.Errorf("the mail lacks %q:\n%s", want, caught[0].Text)
			}
		}
		if !strings.Contains(caught[0].HTML, "The &lt;box&gt; was wet.") {
			t.Error("the HTML part does not escape the reason")
		}
	})
}
