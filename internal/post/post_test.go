package post_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/jobs"
	"longrun/internal/mail"
	"longrun/internal/post"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/templates"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

const baseURL = "https://shop.example"

// office is an outbox over a database and a folder, with one mail of each
// kind waiting.
type office struct {
	db     *database.DB
	dir    string
	outbox *post.Outbox
	writer *mail.Writer
	token  string
}

func open(t *testing.T, db *database.DB) *office {
	t.Helper()
	o := &office{db: db, dir: t.TempDir()}
	folder, err := mail.NewFolder(o.dir)
	if err != nil {
		t.Fatal(err)
	}
	o.writer, err = mail.NewWriter(mail.WriterOptions{Files: templates.Files, From: "Longrun <hello@shop.example>", BaseURL: baseURL})
	if err != nil {
		t.Fatal(err)
	}
	o.outbox = post.New(db, o.writer, folder, baseURL)
	if err := db.Transact(t.Context(), o.fill); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) fill(ctx context.Context, tx *database.Tx) error {
	order := shop.Order{
		CartID: 1, State: shop.OrderPending, Currency: "usd", SettingsVersion: 1, ZoneCode: "us", Subtotal: 14500, Total: 14500, FreeShips: true,
		Lines: []shop.OrderLine{{Position: 1, Title: "Tern Racer – Ember", VariantTitle: "9 / D", Price: 14500, Quantity: 1, Amount: 14500, Ships: true}},
	}
	if err := tx.InsertOrder(ctx, &order); err != nil {
		return err
	}
	link, err := tx.NewLink(ctx, shop.LinkOrder, int64(order.ID), nil)
	if err != nil {
		return err
	}
	o.token = tx.Token(link)
	attempt := shop.PaymentAttempt{OrderID: order.ID, Reference: "r", IdempotencyKey: "k", Params: "{}", Amount: 14500, Currency: "usd", ExpiresAt: tx.Now()}
	if err := tx.InsertAttempt(ctx, &attempt); err != nil {
		return err
	}
	refund := shop.Refund{OrderID: order.ID, AttemptID: attempt.ID, Amount: 15400, Cause: shop.RefundLate, IdempotencyKey: "re"}
	if _, err := tx.InsertRefund(ctx, &refund); err != nil {
		return err
	}
	if err := tx.KeepContact(ctx, shop.OrderContact{OrderID: order.ID, Email: "ada@runner.example", Name: "Ada", City: "Portland"}); err != nil {
		return err
	}
	if err := tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailOrderConfirmation, Key: "order-confirmation:1", Recipient: "ada@runner.example", ThingID: int64(order.ID)}); err != nil {
		return err
	}
	return tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailLateRefund, Key: "late-refund:1", Recipient: "ada@runner.example", ThingID: int64(refund.ID)})
}

func (o *office) caught(t *testing.T) []mail.CaughtMessage {
	t.Helper()
	caught, err := mail.Caught(o.dir)
	if err != nil {
		t.Fatal(err)
	}
	return caught
}

func TestTheOutboxHandsEveryMailOverOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		for range 2 {
			for _, id := range []shop.MailID{1, 2} {
				if err := o.outbox.HandOver(t.Context(), id); err != nil {
					t.Fatal(err)
				}
			}
		}
		caught := o.caught(t)
		if len(caught) != 2 {
			t.Fatalf("%d mails went, want 2", len(caught))
		}
		row, err := db.Mail(t.Context(), 1)
		if err != nil || row.State != shop.MailHanded || row.HandedAt == nil {
			t.Errorf("the row says %+v, %v", row, err)
		}
		confirmation, refund := caught[1], caught[0]
		if want := "<" + row.MessageID + "@shop.example>"; confirmation.Headers["Message-Id"] != want {
			t.Errorf("Message-ID %s, want %s", confirmation.Headers["Message-Id"], want)
		}
		if confirmation.To != "ada@runner.example" || confirmation.At.Sub(row.CreatedAt.Time).Abs().Seconds() > 1 {
			t.Errorf("to %s at %s", confirmation.To, confirmation.At)
		}
		link := baseURL + "/orders/" + o.token
		for _, want := range []string{link, "Tern Racer – Ember, 9 / D", "$145.00", "within 60 days", shop.DefaultSettings().Banner(), "12 River Path"} {
			if !strings.Contains(confirmation.Text, want) {
				t.Errorf("the confirmation lacks %q:\n%s", want, confirmation.Text)
			}
		}
		for _, want := range []string{"$154.00", link, "already over"} {
			if !strings.Contains(refund.Text, want) {
				t.Errorf("the refund lacks %q:\n%s", want, refund.Text)
			}
		}
	})
}

func TestTheReturnWindowIsThatOfTheDayItWasBought(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	o := open(t, db)
	service := settings.New(db, false)
	for name, value := range map[string]string{"return_days": "30", "free_shipping_over": "20000"} {
		if _, err := service.Set(t.Context(), name, value, "staff:1"); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.outbox.HandOver(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	text := o.caught(t)[0].Text
	if !strings.Contains(text, "within 60 days") || !strings.Contains(text, "orders over $200 ") {
		t.Errorf("the mail says:\n%s", text)
	}
}

// cutSender hands over and is cut off before it can say so.
type cutSender struct{ mail.Sender }

func (c cutSender) Send(ctx context.Context, m mail.Message) error {
	return errors.Join(c.Sender.Send(ctx, m), errors.New("connection reset by peer"))
}

func TestAfterACutTheSameMessageGoesAgain(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		folder, err := mail.NewFolder(o.dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := post.New(db, o.writer, cutSender{folder}, baseURL).HandOver(t.Context(), 1); err == nil {
			t.Fatal("the cut was not noticed")
		}
		if row, err := db.Mail(t.Context(), 1); err != nil || row.State != shop.MailQueued {
			t.Fatalf("after the cut the row says %s, %v", row.State, err)
		}
		if err := o.outbox.HandOver(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		caught := o.caught(t)
		if len(caught) != 2 || caught[0].Headers["Message-Id"] != caught[1].Headers["Message-Id"] ||
			caught[0].Text != caught[1].Text || caught[0].Headers["Date"] != caught[1].Headers["Date"] {
			t.Errorf("%d mails that are not one message", len(caught))
		}
	})
}

// stoppingSender hands over while the program is being stopped.
type stoppingSender struct {
	mail.Sender
	stop context.CancelFunc
}

func (s stoppingSender) Send(ctx context.Context, m mail.Message) error {
	defer s.stop()
	return s.Sender.Send(ctx, m)
}

func TestAStopAfterTheHandOverStillRecordsIt(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		folder, err := mail.NewFolder(o.dir)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		if err := post.New(db, o.writer, stoppingSender{folder, stop}, baseURL).HandOver(ctx, 1); err != nil {
			t.Fatal(err)
		}
		if row, err := db.Mail(t.Context(), 1); err != nil || row.State != shop.MailHanded {
			t.Errorf("the row says %s, %v", row.State, err)
		}
	})
}

func TestWhatCannotBeSentIsSaid(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	o := open(t, db)
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		for _, m := range []shop.Mail{
			{Kind: shop.MailOrderConfirmation, Key: "3", Recipient: "a@b.example\nBcc: c@d.example", ThingID: 1},
			{Kind: "spam", Key: "4", Recipient: "a@b.example", ThingID: 1},
			{Kind: shop.MailLateRefund, Key: "5", Recipient: "a@b.example", ThingID: 99},
		} {
			if err := tx.EnqueueMail(ctx, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.outbox.HandOver(t.Context(), 3); !errors.Is(err, shop.ErrPermanent) {
		t.Errorf("a forged recipient: %v", err)
	}
	for _, id := range []shop.MailID{4, 5, 99} {
		if err := o.outbox.HandOver(t.Context(), id); err == nil {
			t.Errorf("mail %d went", id)
		}
	}
	if n := len(o.caught(t)); n != 0 {
		t.Errorf("%d mails went", n)
	}
}

func TestTheWorkerHandsTheOutboxOver(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		o := open(t, db)
		ctx, stop := context.WithCancel(t.Context())
		handed := make(chan struct{}, 10)
		handler := jobs.About(func(ctx context.Context, id shop.MailID) error {
			defer func() { handed <- struct{}{} }()
			return o.outbox.HandOver(ctx, id)
		})
		var workers sync.WaitGroup
		for range 2 {
			w := jobs.NewWorker(db, jobs.Options{Handlers: map[string]jobs.Handler{shop.JobMail: handler}})
			workers.Go(func() { w.Run(ctx) })
		}
		<-handed
		<-handed
		stop()
		workers.Wait()
		if n := len(o.caught(t)); n != 2 {
			t.Errorf("%d mails went, want 2", n)
		}
	})
}
