package contact_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"longrun/internal/contact"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

// typed is a form that was shown a minute ago.
func typed(db *database.DB, body string) contact.Typed {
	return contact.Typed{Name: "Ada", Email: "ada@runner.example", Order: "#1001", Body: body, Network: "192.0.2.1",
		Key: db.NewFormKey(contact.Form, shop.At(time.Now().Add(-time.Minute)))}
}

func messages(t *testing.T, db *database.DB, answered bool) []shop.ContactMessage {
	t.Helper()
	list, err := db.Messages(t.Context(), answered, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAMessagePressedTwiceIsOneMailToTheShop(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		s, form := contact.New(db), typed(db, "Do you repair soles?")
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if err := s.Send(t.Context(), form); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		list := messages(t, db, false)
		if len(list) != 1 || list[0].Body != form.Body || list[0].Email != form.Email {
			t.Fatalf("%+v", list)
		}
		row, err := db.MailByKey(t.Context(), fmt.Sprintf("contact:%d", list[0].ID))
		if err != nil || row.Kind != shop.MailContact || row.Recipient != shop.DefaultSettings().ShopEmail || row.ThingID != int64(list[0].ID) {
			t.Errorf("%+v %v", row, err)
		}
		if mails, err := db.MailList(t.Context(), database.MailSearch{Kind: shop.MailContact, Limit: 10}); err != nil || len(mails) != 1 {
			t.Errorf("%d mails to the shop, %v", len(mails), err)
		}
		form.Body += " And laces?" // the browser's Back button, then more was written
		if err := s.Send(t.Context(), form); err != nil || len(messages(t, db, false)) != 2 {
			t.Errorf("other words under the same key are lost: %v", err)
		}
	})
}

func TestWhoLooksLikeARobotPressesAgainAndIsHeard(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		s := contact.New(db)
		now := shop.At(time.Now())
		tests := []struct {
			name   string
			change func(*contact.Typed)
		}{
			{"no key", func(f *contact.Typed) { f.Key = "" }},
			{"a made-up key", func(f *contact.Typed) { f.Key = "s1.abcdefghijklmnop.abcdefghijklmnop" }},
			{"the key of another form", func(f *contact.Typed) { f.Key = db.NewFormKey("other", shop.At(now.Add(-time.Minute).Time)) }},
			{"a key made older than it is", func(f *contact.Typed) { f.Key = "1" + f.Key }},
			{"the trap is filled in", func(f *contact.Typed) { f.Trap = "https://evil.example" }},
			{"sent at once", func(f *contact.Typed) { f.Key = db.NewFormKey(contact.Form, now) }},
		}
		for i, tt := range tests {
			form := typed(db, fmt.Sprint("Hello ", i))
			tt.change(&form)
			err := s.Send(t.Context(), form)
			if shop.KindOf(err) != shop.KindInvalid || err == nil || len(messages(t, db, false)) != 0 {
				t.Errorf("%s: %v", tt.name, err)
			}
		}
		if err := s.Send(t.Context(), typed(db, "Hello")); err != nil || len(messages(t, db, false)) != 1 {
			t.Errorf("a person is not heard: %v", err)
		}
	})
}

func TestOneAddressIsLimitedAndOthersAreNot(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		s := contact.New(db)
		most := int(shop.ContactLimit.Most)
		for i := range most {
			if err := s.Send(t.Context(), typed(db, fmt.Sprint("Message ", i))); err != nil {
				t.Fatal(err)
			}
		}
		last := typed(db, "One more")
		if err := s.Send(t.Context(), last); shop.KindOf(err) != shop.KindTooMany || len(messages(t, db, false)) != most {
			t.Errorf("message %d: %v", most+1, err)
		}
		other := last
		other.Network = "198.51.100.7"
		if err := s.Send(t.Context(), other); err != nil {
			t.Errorf("from elsewhere: %v", err)
		}
		later(t, db, shop.ContactLimit.Within)
		if err := s.Send(t.Context(), typed(db, "An hour later")); err != nil {
			t.Errorf("an hour later: %v", err)
		}
	})
}

// later moves the counts into the past, which is as good as waiting.
func later(t *testing.T, db *database.DB, d time.Duration) {
	t.Helper()
	err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		counts, err := tx.LockSignInCounts(ctx, []string{shop.AskSubject("contact", "192.0.2.1")})
		if err != nil {
			return err
		}
		counts[0].LastAt = counts[0].LastAt.Add(-d)
		return tx.SetSignInCount(ctx, counts[0])
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStaffSayThatAMessageIsAnswered(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		s := contact.New(db)
		if err := s.Send(t.Context(), typed(db, "Hello")); err != nil {
			t.Fatal(err)
		}
		id := messages(t, db, false)[0].ID
		for range 2 { // twice is once
			if err := s.Answer(t.Context(), "staff:1", id, true); err != nil {
				t.Fatal(err)
			}
		}
		if list := messages(t, db, true); len(list) != 1 || list[0].AnsweredBy != "staff:1" || list[0].AnsweredAt == nil || len(messages(t, db, false)) != 0 {
			t.Errorf("%+v", list)
		}
		if err := s.Answer(t.Context(), "staff:2", id, false); err != nil || len(messages(t, db, false)) != 1 {
			t.Errorf("it does not wait again: %v", err)
		}
		if head, err := db.AuditHead(t.Context()); err != nil || head.Count != 2 {
			t.Errorf("%d audit entries, %v", head.Count, err)
		}
		if err := s.Answer(t.Context(), "staff:1", 99, true); !shop.IsNotFound(err) {
			t.Errorf("a message that is not there: %v", err)
		}
	})
}
