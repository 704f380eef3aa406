package database_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// busy fills the queue, the inbox and the outbox a little.
func busy(t *testing.T, db *database.DB) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		for i := range 12 {
			mail := shop.Mail{Kind: shop.MailOrderConfirmation, Key: fmt.Sprint("m", i), Recipient: fmt.Sprintf("r%d@runner.example", i%3), ThingID: int64(i)}
			if i%2 == 0 {
				mail.Kind = shop.MailLateRefund
			}
			if err := tx.EnqueueMail(ctx, mail); err != nil {
				return err
			}
		}
		for i := range 4 {
			if err := tx.MailHanded(ctx, shop.MailID(i+1)); err != nil {
				return err
			}
		}
		return database.Exec(ctx, tx, "UPDATE jobs SET state = 'dead' WHERE id > 8")
	})
	for i := range 7 {
		event := shop.StripeEvent{ID: fmt.Sprint("evt_", i), Type: "checkout.session.completed", ObjectID: fmt.Sprint("cs_", i/2), Payload: "{}"}
		if i == 6 {
			event.Type = "charge.refunded"
		}
		if _, err := db.Jobs().Inbox(t.Context(), event); err != nil {
			t.Fatal(err)
		}
	}
}

func TestJobsAreListedByStateAndKind(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		busy(t, db)
		tests := []struct {
			search database.JobSearch
			want   []shop.JobID
		}{
			{database.JobSearch{State: shop.JobDead, Limit: 10}, []shop.JobID{12, 11, 10, 9}},
			{database.JobSearch{State: shop.JobDead, Limit: 2}, []shop.JobID{12, 11}},
			{database.JobSearch{State: shop.JobDead, Before: 11, Limit: 10}, []shop.JobID{10, 9}},
			{database.JobSearch{State: shop.JobDead, Kind: shop.JobStripeEvent, Limit: 10}, nil},
			{database.JobSearch{State: shop.JobReady, Kind: shop.JobStripeEvent, Limit: 2}, []shop.JobID{19, 18}},
			{database.JobSearch{State: shop.JobDone, Limit: 10}, nil},
		}
		for _, tt := range tests {
			list, err := db.JobList(t.Context(), tt.search)
			var got []shop.JobID
			for _, job := range list {
				got = append(got, job.ID)
			}
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("%+v: %v, %v, want %v", tt.search, got, err, tt.want)
			}
		}
		counts, err := db.WaitingCounts(t.Context(), 10)
		if want := (database.WaitingCounts{Ready: 10, Dead: 4, Mails: 8}); err != nil || counts != want {
			t.Errorf("%+v %v, want %+v", counts, err, want)
		}
	})
}

func TestMailsAreFoundByAllTheirMarks(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		busy(t, db)
		tests := []struct {
			search database.MailSearch
			want   []shop.MailID
		}{
			{database.MailSearch{Limit: 3}, []shop.MailID{12, 11, 10}},
			{database.MailSearch{Before: 6, Limit: 3}, []shop.MailID{5, 4, 3}},
			{database.MailSearch{Recipient: "R1@runner.example", Limit: 9}, []shop.MailID{11, 8, 5, 2}},
			{database.MailSearch{Recipient: "r1@", Limit: 9}, nil},
			{database.MailSearch{Recipient: "%", Limit: 9}, nil},
			{database.MailSearch{State: shop.MailHanded, Limit: 9}, []shop.MailID{4, 3, 2, 1}},
			{database.MailSearch{State: shop.MailHanded, Kind: shop.MailLateRefund, Limit: 9}, []shop.MailID{3, 1}},
			{database.MailSearch{Kind: shop.MailLateRefund, Before: 6, Limit: 9}, []shop.MailID{5, 3, 1}},
			{database.MailSearch{Kind: "unknown", Limit: 9}, nil},
		}
		for _, tt := range tests {
			list, err := db.MailList(t.Context(), tt.search)
			var got []shop.MailID
			for _, m := range list {
				got = append(got, m.ID)
			}
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("%+v: %v, %v, want %v", tt.search, got, err, tt.want)
			}
		}
		now, err := db.Now(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		// Mails 5 to 8 wait; the jobs of 9 to 12 are dead.
		n, oldest, err := db.MailsWaiting(t.Context(), now.Add(time.Minute), 100)
		if err != nil || n != 4 || oldest == nil {
			t.Errorf("%d wait since %v, %v", n, oldest, err)
		}
		if n, oldest, err := db.MailsWaiting(t.Context(), now.Add(-time.Minute), 100); err != nil || n != 0 || oldest != nil {
			t.Errorf("%d wait since %v, %v", n, oldest, err)
		}
	})
}

func TestEventsAreFoundByTypeAndByWhatTheyAreAbout(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		busy(t, db)
		tests := []struct {
			search database.EventSearch
			want   []string
		}{
			{database.EventSearch{Limit: 2}, []string{"evt_6", "evt_5"}},
			{database.EventSearch{Type: "charge.refunded", Limit: 9}, []string{"evt_6"}},
			{database.EventSearch{Named: "cs_1", Limit: 9}, []string{"evt_3", "evt_2"}},
			{database.EventSearch{Named: "evt_3", Limit: 9}, []string{"evt_3"}},
			{database.EventSearch{Named: "evt_", Limit: 9}, nil},
			{database.EventSearch{Named: "cs_3", Type: "checkout.session.completed", Limit: 9}, nil},
		}
		for _, tt := range tests {
			list, err := db.EventList(t.Context(), tt.search)
			var got []string
			for _, e := range list {
				got = append(got, e.ID)
				if e.Payload != "" {
					t.Error("a list carries payloads")
				}
			}
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("%+v: %v, %v, want %v", tt.search, got, err, tt.want)
			}
		}
		first, err := db.EventList(t.Context(), database.EventSearch{Limit: 4})
		if err != nil {
			t.Fatal(err)
		}
		next, err := db.EventList(t.Context(), database.EventSearch{After: &database.Moment{At: first[3].ReceivedAt, ID: first[3].ID}, Limit: 9})
		if err != nil || len(next) != 3 || next[0].ID != "evt_2" {
			t.Errorf("the next page is %+v, %v", next, err)
		}
	})
}

func TestAnEventIsReadAgainOncePerForm(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		busy(t, db)
		for i, want := range []bool{true, false} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				isNew, err := tx.ReadEventAgain(ctx, "evt_1", "FORM")
				if isNew != want {
					t.Errorf("press %d made a job: %v", i, isNew)
				}
				return err
			})
		}
		list, err := db.EventJobs(t.Context(), "evt_1")
		if err != nil || len(list) != 2 || list[0].Key != "again:evt_1:FORM" || list[0].Payload != `{"event":"evt_1"}` || list[1].Key != "evt_1" {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestTheVersionsAreTold(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		v, err := db.Versions(t.Context())
		if err != nil || len(v.Engine) < 9 || v.Schema < 10 {
			t.Errorf("%+v %v", v, err)
		}
	})
}

func TestAKeyMakesOneCheckEvenWhenThatIsOver(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		for try, want := range []bool{true, false} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				run := shop.VerifyRun{Key: "night:2026-11-22", Who: shop.ByJob}
				isNew, err := tx.AddVerifyRun(ctx, &run)
				if err != nil || isNew != want {
					t.Errorf("try %d: %v %v", try, isNew, err)
				}
				if isNew {
					_, err = tx.EndVerifyRun(ctx, run)
				}
				return err
			})
		}
	})
}
