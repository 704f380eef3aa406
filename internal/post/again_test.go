package post_test

import (
	"context"
	"sync"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/mail"
	"longrun/internal/shop"
)

const form = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// secrets says of every kind of mail whether somebody else than its reader
// may see it. A new kind has to be thought about here.
var secrets = map[shop.MailKind]bool{
	shop.MailOrderConfirmation: false,
	shop.MailLateRefund:        false,
	shop.MailShipped:           false,
	shop.MailOrderCancelled:    false,
	shop.MailRefund:            false,
	shop.MailStaffInvitation:   true,
	shop.MailStaffAlarm:        false,
	shop.MailStaffNewOrder:     false,
	shop.MailContact:           false,
	shop.MailOrderLink:         false,
	shop.MailPaymentFailed:     false,
	shop.MailWaitConfirm:       true,
	shop.MailBackInStock:       false,
	shop.MailPrivacyLink:       true,
	shop.MailAccountSignIn:     true,
	shop.MailAccountEmail:      true,
	shop.MailAccountChanged:    false,
}

func TestEveryKindOfMailIsKnownToBeSecretOrNot(t *testing.T) {
	for _, kind := range mail.Kinds() {
		secret, thought := secrets[kind]
		if !thought {
			t.Errorf("nobody has said whether the mail %s may be seen by others", kind)
		}
		if kind.Secret() != secret {
			t.Errorf("the mail %s is secret: %v", kind, kind.Secret())
		}
	}
}

func TestAMailIsSentAgainOncePerForm(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		if err := o.outbox.Again(t.Context(), "staff:1", 1, form); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("one that waits: %v", err)
		}
		if err := o.outbox.HandOver(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"", "short"} {
			if err := o.outbox.Again(t.Context(), "staff:1", 1, key); shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("the key %q: %v", key, err)
			}
		}
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if err := o.outbox.Again(t.Context(), "staff:1", 1, form); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		again, err := db.MailByKey(t.Context(), "again:1:"+form)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.outbox.HandOver(t.Context(), again.ID); err != nil {
			t.Fatal(err)
		}
		caught := o.caught(t)
		if len(caught) != 2 || caught[0].Text != caught[1].Text || caught[0].Headers["Message-Id"] == caught[1].Headers["Message-Id"] {
			t.Errorf("%d mails went", len(caught))
		}
		if head, err := db.AuditHead(t.Context()); err != nil || head.Count != 1 {
			t.Errorf("%d audit entries, %v", head.Count, err)
		}
		if err := o.outbox.Again(t.Context(), "staff:1", 99, form); !shop.IsNotFound(err) {
			t.Errorf("a mail that is not there: %v", err)
		}
	})
}

// A link for a new password would make who looks at it the person it is for.
func TestALinkForAPasswordIsShownToNobodyElse(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		staff := shop.Staff{Email: "eve@shop.example", Name: "Eve", Role: shop.RoleOwner, State: shop.StaffInvited}
		var id shop.MailID
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			if err := tx.AddStaff(ctx, &staff); err != nil {
				return err
			}
			expires := tx.Now().Add(shop.StaffInviteLife)
			if _, err := tx.NewLink(ctx, shop.LinkInvite, int64(staff.ID), &expires); err != nil {
				return err
			}
			if err := tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailStaffInvitation, Key: "i", Recipient: staff.Email, ThingID: int64(staff.ID)}); err != nil {
				return err
			}
			m, err := tx.MailByKey(ctx, "i")
			id = m.ID
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.outbox.HandOver(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if m, err := o.outbox.Look(t.Context(), id); shop.KindOf(err) != shop.KindForbidden || m.Text != "" || m.HTML != "" {
			t.Errorf("it is shown: %v %s", err, m.Text)
		}
		if err := o.outbox.Again(t.Context(), "staff:1", id, form); shop.KindOf(err) != shop.KindForbidden {
			t.Errorf("it is sent again: %v", err)
		}
	})
}

func TestTheMailOfNewOrdersCountsThemSinceTheLast(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailStaffNewOrder, Key: "n", Recipient: "ada@shop.example", ThingID: 1})
		})
		if err != nil {
			t.Fatal(err)
		}
		row, err := db.MailByKey(t.Context(), "n")
		if err != nil {
			t.Fatal(err)
		}
		m, err := o.outbox.Look(t.Context(), row.ID)
		if err != nil || m.Subject != "0 new orders at Longrun" { // the sample's order is not paid
			t.Errorf("%q %v", m.Subject, err)
		}
		if err := o.outbox.Again(t.Context(), "staff:1", row.ID, form); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("what told staff is sent again: %v", err)
		}
	})
}
