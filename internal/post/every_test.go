package post_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/mail"
	"longrun/internal/post"
	"longrun/internal/shop"
)

// every puts a mail of each kind into the outbox, each about something that is
// there.
func (o *office) every(t *testing.T) {
	t.Helper()
	o.sent(t)
	err := o.db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		refund := shop.Refund{OrderID: 1, AttemptID: 1, Amount: 400, Goodwill: 400, Reason: "Sorry.", Cause: shop.RefundByStaff, IdempotencyKey: "re-9"}
		if err := tx.RecordRefund(ctx, &refund, nil, "staff:1"); err != nil {
			return err
		}
		staff := shop.Staff{Name: "Juno", Email: "juno@shop.example", Role: shop.RoleManager, State: shop.StaffActive}
		if err := tx.AddStaff(ctx, &staff); err != nil {
			return err
		}
		expires := tx.Now().Add(shop.WaitPause)
		if _, err := tx.NewLink(ctx, shop.LinkInvite, int64(staff.ID), &expires); err != nil {
			return err
		}
		if err := tx.Raise(ctx, shop.Alarm{Kind: shop.AlarmMoney, Message: "Money came."}); err != nil {
			return err
		}
		message := shop.ContactMessage{Key: "k", Email: "ada@runner.example", Body: "Hello"}
		if _, err := tx.AddMessage(ctx, &message); err != nil {
			return err
		}
		asked, told, err := twoWaits(ctx, tx)
		if err != nil {
			return err
		}
		unpaid, err := placed(ctx, tx)
		if err != nil {
			return err
		}
		wish, change, changed, err := accountThings(ctx, tx)
		if err != nil {
			return err
		}
		link := shop.PrivacyRequest{Kind: shop.PrivacyLink, Key: "l", State: shop.PrivacyOpen, Who: shop.ByShopper}
		if _, err := tx.AddPrivacyRequest(ctx, &link, "ada@runner.example"); err != nil {
			return err
		}
		if _, err := tx.NewLink(ctx, shop.LinkPrivacy, int64(link.ID), &expires); err != nil {
			return err
		}
		for kind, thing := range map[shop.MailKind]int64{
			shop.MailPrivacyLink:   int64(link.ID),
			shop.MailPaymentFailed: int64(unpaid), shop.MailAccountSignIn: int64(wish), shop.MailAccountEmail: int64(change), shop.MailAccountChanged: int64(changed),
			shop.MailRefund: int64(refund.ID), shop.MailStaffInvitation: int64(staff.ID), shop.MailStaffAlarm: 1, shop.MailStaffNewOrder: 1,
			shop.MailContact: int64(message.ID), shop.MailOrderLink: 1, shop.MailWaitConfirm: int64(asked), shop.MailBackInStock: int64(told),
		} {
			if err := tx.EnqueueMail(ctx, shop.Mail{Kind: kind, Key: "every:" + string(kind), Recipient: "ada@runner.example", ThingID: thing}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// placed is an order that nobody has paid.
func placed(ctx context.Context, tx *database.Tx) (shop.OrderID, error) {
	order := shop.Order{
		CartDigest: "x", State: shop.OrderPending, Currency: "usd", SettingsVersion: 1, ZoneCode: "us", Subtotal: 14_000, Total: 14_000,
		Lines: []shop.OrderLine{{Position: 1, Title: "Tern", Price: 14_000, Quantity: 1, Amount: 14_000}},
	}
	if err := tx.InsertOrder(ctx, &order); err != nil {
		return 0, err
	}
	_, err := tx.NewLink(ctx, shop.LinkOrder, int64(order.ID), nil)
	return order.ID, err
}

// accountThings are a wish to sign in, a change of address that waits, and one
// that was made.
func accountThings(ctx context.Context, tx *database.Tx) (shop.AccountSignInID, shop.AccountEmailChangeID, shop.AccountEmailChangeID, error) {
	wish := shop.AccountSignIn{Email: "ada@runner.example"}
	if err := tx.AddSignIn(ctx, &wish, "browser"); err != nil {
		return 0, 0, 0, err
	}
	if err := tx.MailSignIn(ctx, wish); err != nil {
		return 0, 0, 0, err
	}
	account, err := tx.LockAccountByEmail(ctx, "ada@runner.example")
	if err != nil {
		return 0, 0, 0, err
	}
	made := shop.AccountEmailChange{AccountID: account.ID, Email: "new@runner.example"}
	if err := tx.AddEmailChange(ctx, &made); err != nil {
		return 0, 0, 0, err
	}
	if _, err := tx.UseEmailChange(ctx, made.ID); err != nil {
		return 0, 0, 0, err
	}
	waits := shop.AccountEmailChange{AccountID: account.ID, Email: "newer@runner.example"}
	err = tx.AddEmailChange(ctx, &waits)
	return wish.ID, waits.ID, made.ID, err
}

// twoWaits are waits for a size that is there: one asked, one told.
func twoWaits(ctx context.Context, tx *database.Tx) (asked, told shop.WaitID, err error) {
	products := []shop.Product{{Handle: "tern", Title: "Tern", Status: shop.ProductActive, Published: true,
		Options:  []shop.ProductOption{{Position: 1, Name: "Size"}},
		Variants: []shop.Variant{{Position: 1, Option1: "9", Price: 14_000, Policy: shop.PolicyDeny, Tracked: true, WeightUnit: "g", Stock: shop.StockLevel{OnHand: 2}}}}}
	err = tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: "1", Step: "open", Who: shop.ByCommand})
	if err != nil {
		return 0, 0, err
	}
	ids := make([]shop.WaitID, 2)
	for i, address := range []string{"asked@runner.example", "told@runner.example"} {
		w := shop.StockWait{VariantID: products[0].Variants[0].ID, Email: address, Address: address}
		if _, err := tx.AddWait(ctx, &w); err != nil {
			return 0, 0, err
		}
		if _, err := tx.NewLink(ctx, shop.LinkWait, int64(w.ID), nil); err != nil {
			return 0, 0, err
		}
		ids[i] = w.ID
	}
	if _, err := tx.JoinWait(ctx, ids[1]); err != nil {
		return 0, 0, err
	}
	_, _, err = tx.TellWait(ctx, ids[1], shop.WaitTold)
	return ids[0], ids[1], err
}

// newest is the last mail of a kind in the outbox.
func (o *office) newest(t *testing.T, kind shop.MailKind) shop.Mail {
	t.Helper()
	list, err := o.db.MailList(t.Context(), database.MailSearch{Kind: kind, Limit: 1})
	if err != nil || len(list) == 0 {
		t.Fatalf("%s: %d mails, %v", kind, len(list), err)
	}
	return list[0]
}

func TestEveryMailCanBeAnsweredAndSaysWhereTheShopIs(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o, s := open(t, db), shop.DefaultSettings()
		o.every(t)
		for _, kind := range mail.Kinds() {
			before := len(o.caught(t))
			if err := o.outbox.HandOver(t.Context(), o.newest(t, kind).ID); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			all := o.caught(t)
			if len(all) != before+1 {
				t.Fatalf("%s did not go", kind)
			}
			m, to := all[0], s.ShopEmail
			if kind == shop.MailContact {
				to = "ada@runner.example"
			}
			if got := m.Headers["Reply-To"]; got != "<"+to+">" {
				t.Errorf("%s: its answers go to %q", kind, got)
			}
			for _, want := range append(strings.Split(s.ShopAddress, "\n"), s.ShopPhone) {
				if !strings.Contains(m.Text, want) || !strings.Contains(m.HTML, want) {
					t.Errorf("%s: a form of the mail lacks %q", kind, want)
				}
			}
		}
	})
}

// refusing is a mail server that will not have a mail.
type refusing struct{ tries int }

func (r *refusing) Send(context.Context, mail.Message) error {
	r.tries++
	return &mail.Refused{Words: "550 5.1.1 <ada@runner.example>: user unknown"}
}

func TestWhatAMailServerRefusesIsRecordedAndToldOfOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o, server := open(t, db), &refusing{}
		o.every(t)
		outbox := post.New(db, o.writer, server, baseURL)
		for range 3 {
			if err := outbox.HandOver(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
		}
		row, err := db.Mail(t.Context(), 1)
		if err != nil || row.State != shop.MailRefused || row.Refusal != "550 5.1.1 <ada@runner.example>: user unknown" || row.HandedAt != nil || server.tries != 1 {
			t.Errorf("after %d tries the row is %+v, %v", server.tries, row, err)
		}
		asking := o.newest(t, shop.MailWaitConfirm)
		if err := outbox.HandOver(t.Context(), asking.ID); err != nil {
			t.Fatal(err)
		}
		open, err := db.OpenAlarmsOf(t.Context(), shop.AlarmMail, 10)
		if err != nil || len(open) != 1 || open[0].URL != "/staff/system/mails/1" || open[0].Times != 1 || !strings.Contains(open[0].Message, "user unknown") {
			t.Errorf("the alarms are %+v, %v", open, err)
		}
		if n, _, err := db.MailsWaiting(t.Context(), shop.At(row.CreatedAt.Add(shop.WaitPause).Time), 100); err != nil || n == 0 {
			t.Errorf("%d wait, %v", n, err)
		}
		if err := o.outbox.Again(t.Context(), "staff:1", 1, form); err != nil {
			t.Errorf("sending it again: %v", err)
		}
	})
}

func TestWhoIsToldOfASizeThatIsGoneAgainGoesBackIntoTheLine(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		o.every(t)
		row := o.newest(t, shop.MailBackInStock)
		err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			w, err := tx.Wait(ctx, shop.WaitID(row.ThingID))
			if err != nil {
				return err
			}
			ok, err := tx.TakeStock(ctx, w.VariantID, 2, false)
			if err == nil && !ok {
				err = errors.New("nothing was there")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.outbox.Look(t.Context(), row.ID); err == nil {
			t.Error("it can be looked at")
		}
		for range 2 {
			if err := o.outbox.HandOver(t.Context(), row.ID); err != nil {
				t.Fatal(err)
			}
		}
		w, err := db.Wait(t.Context(), shop.WaitID(row.ThingID))
		if err != nil || w.State != shop.WaitWaiting || w.EndedAt != nil {
			t.Errorf("the wait is %+v, %v", w, err)
		}
		if n := slices.IndexFunc(o.caught(t), func(m mail.CaughtMessage) bool { return strings.Contains(m.Subject, "Back at") }); n >= 0 {
			t.Error("the mail went all the same")
		}
	})
}
