package database_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

// tell names whom to tell, and switches causes off.
func tell(t *testing.T, db *database.DB, to []string, off ...shop.AlarmKind) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		s, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		s.AlarmMailTo = to
		for i := range s.Alarms {
			s.Alarms[i].On = !slices.Contains(off, s.Alarms[i].Code)
		}
		_, err = tx.AddSettings(ctx, s, shop.ByCommand)
		return err
	})
}

func raise(t *testing.T, db *database.DB, a shop.Alarm) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.Raise(ctx, a) })
}

// at puts the shop's clock at an instant.
func at(t *testing.T, db *database.DB, when time.Time) {
	t.Helper()
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		return tx.SetClockOffset(ctx, time.Until(when).Microseconds())
	})
}

func staffMails(t *testing.T, db *database.DB, kind shop.MailKind) []shop.Mail {
	t.Helper()
	list, err := db.MailList(t.Context(), database.MailSearch{Kind: kind, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func openOnes(t *testing.T, db *database.DB) []shop.Alarm {
	t.Helper()
	list, err := db.OpenAlarms(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestThirtyAlarmsAtOnceAreOneAndOneMail(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		at(t, db, time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC))
		tell(t, db, []string{"bea@shop.example", "ada@shop.example"})
		thirty := func() {
			var all sync.WaitGroup
			for i := range 30 {
				all.Go(func() {
					err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
						return tx.Raise(ctx, shop.Alarm{Kind: shop.AlarmDeadJob, Key: "mail", Message: fmt.Sprint("try ", i), URL: "/staff/x"})
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
		}
		for hour := range 2 {
			thirty()
			open := openOnes(t, db)
			if len(open) != 1 || open[0].Times != int64(30*(hour+1)) || open[0].OpenedAt.After(open[0].LastAt.Time) {
				t.Errorf("after hour %d: %+v", hour, open)
			}
			if n := len(staffMails(t, db, shop.MailStaffAlarm)); n != 2*(hour+1) {
				t.Errorf("after hour %d there are %d mails", hour, n)
			}
			at(t, db, time.Date(2026, 11, 22, 19, 1, 0, 0, time.UTC))
		}
	})
}

func TestACauseIsToldByItself(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		tests := []struct {
			name  string
			to    []string
			off   []shop.AlarmKind
			mails int
		}{
			{"to nobody", nil, nil, 0},
			{"switched off", []string{"ada@shop.example"}, []shop.AlarmKind{shop.AlarmMail}, 1},
			{"each cause has its mail", []string{"ada@shop.example"}, nil, 2},
		}
		for i, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				at(t, db, time.Date(2027, 1, 1+i, 18, 30, 0, 0, time.UTC))
				before := len(staffMails(t, db, shop.MailStaffAlarm))
				tell(t, db, tt.to, tt.off...)
				raise(t, db, shop.Alarm{Kind: shop.AlarmMail, Key: tt.name})
				raise(t, db, shop.Alarm{Kind: shop.AlarmWebhook, Key: tt.name})
				if n := len(openOnes(t, db)); n != 2*(i+1) {
					t.Errorf("%d alarms are open", n)
				}
				if n := len(staffMails(t, db, shop.MailStaffAlarm)) - before; n != tt.mails {
					t.Errorf("%d mails, want %d", n, tt.mails)
				}
			})
		}
	})
}

// Both hours from 1 to 2 of the night in autumn have their own mail.
func TestTheHourThatComesTwiceCountsTwice(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	tell(t, db, []string{"ada@shop.example"})
	for _, hour := range []int{8, 9} { // 1:30 PDT and 1:30 PST
		at(t, db, time.Date(2026, 11, 1, hour, 30, 0, 0, time.UTC))
		raise(t, db, shop.Alarm{Kind: shop.AlarmMail})
	}
	if n := len(staffMails(t, db, shop.MailStaffAlarm)); n != 2 {
		t.Errorf("%d mails, want 2", n)
	}
}

func TestNewOrdersAreToldOncePerHourAndOpenNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		tell(t, db, []string{"ada@shop.example"})
		at(t, db, time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC))
		for id := range shop.OrderID(3) {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error { return tx.TellOfOrder(ctx, id+1) })
		}
		if list := staffMails(t, db, shop.MailStaffNewOrder); len(list) != 1 || list[0].ThingID != 1 {
			t.Errorf("%+v", list)
		}
		if n := len(openOnes(t, db)); n != 0 {
			t.Errorf("%d alarms are open", n)
		}
	})
}

func TestAClosedAlarmOpensAnewWhenItHappensAgain(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		raise(t, db, shop.Alarm{Kind: shop.AlarmDeadJob, Key: "mail", Message: "first"})
		first := openOnes(t, db)[0]
		for try, want := range []bool{true, false} {
			transact(t, db, func(ctx context.Context, tx *database.Tx) error {
				closed, err := tx.CloseAlarm(ctx, first.ID, "staff:1", "done")
				if closed != want {
					t.Errorf("try %d closed it: %v", try, closed)
				}
				return err
			})
		}
		raise(t, db, shop.Alarm{Kind: shop.AlarmDeadJob, Key: "mail", Message: "second"})
		open := openOnes(t, db)
		if len(open) != 1 || open[0].ID == first.ID || open[0].Times != 1 || open[0].Message != "second" {
			t.Errorf("%+v", open)
		}
		closed, err := db.ClosedAlarms(t.Context(), nil, 10)
		if err != nil || len(closed) != 1 || closed[0].Note != "done" || closed[0].ClosedBy != "staff:1" || closed[0].ClosedAt == nil {
			t.Errorf("%+v %v", closed, err)
		}
	})
}

func TestClosedAlarmsArePagedWithoutGapsOrDoubles(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			for i := range 25 { // all closed at the same instant
				if err := tx.Raise(ctx, shop.Alarm{Kind: shop.AlarmReview, Key: fmt.Sprint(i)}); err != nil {
					return err
				}
			}
			return database.Exec(ctx, tx, "UPDATE alarms SET closed_at = opened_at")
		})
		seen := map[shop.AlarmID]bool{}
		var after *database.Moment
		for range 10 {
			page, err := db.ClosedAlarms(t.Context(), after, 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range page {
				if seen[a.ID] {
					t.Errorf("alarm %d comes twice", a.ID)
				}
				seen[a.ID] = true
				written := database.Moment{At: *a.ClosedAt, ID: fmt.Sprint(a.ID)}.String()
				if after, err = database.ParseMoment(written); err != nil {
					t.Fatal(err)
				}
			}
		}
		if len(seen) != 25 {
			t.Errorf("%d of 25 were listed", len(seen))
		}
	})
}

func TestAPlaceInAListIsReadOrRefused(t *testing.T) {
	for typed, good := range map[string]bool{
		"": true, "1795000000000000-evt_1": true, "0-1": true,
		"x": false, "1": false, "-1-2": false, "1-": false, "99999999999999999999-1": false, "9223372036854775807-1": false,
		"１-1": false, "1-" + strings.Repeat("a", 300): false,
	} {
		m, err := database.ParseMoment(typed)
		if (err == nil) != good || err != nil && shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%q gives %v, %v", typed, m, err)
		}
	}
}

func TestAGivenUpJobRaisesItsKindsAlarm(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			for _, key := range []string{"a", "b"} {
				if err := tx.Enqueue(ctx, shop.Job{Kind: shop.JobFetchPicture, Key: key}); err != nil {
					return err
				}
			}
			return nil
		})
		claimed, err := db.Jobs().Claim(t.Context(), 2, time.Minute)
		if err != nil || len(claimed) != 2 {
			t.Fatalf("%v %v", claimed, err)
		}
		for _, job := range claimed {
			if err := db.Jobs().Bury(t.Context(), job, fmt.Errorf("no \x00 way \xff <b>")); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Jobs().Bury(t.Context(), claimed[0], fmt.Errorf("again")); shop.KindOf(err) != shop.KindConflict {
			t.Errorf("buried twice: %v", err)
		}
		open := openOnes(t, db)
		if len(open) != 1 || open[0].Kind != shop.AlarmDeadJob || open[0].Times != 2 || !strings.Contains(open[0].Message, "no  way  <b>") ||
			open[0].URL != "/staff/system/jobs?state=dead&kind=fetch_picture" {
			t.Errorf("%+v", open)
		}
	})
}
