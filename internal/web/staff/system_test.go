package staff_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/mail"
	"longrun/internal/shop"
)

const formKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// evil is what an error, a webhook or a note may carry.
const evil = `<script>alert(1)</script>"><img src=x onerror=alert(2)>`

func write(t *testing.T, s *apptest.Shop, fn func(ctx context.Context, tx *database.Tx) error) {
	t.Helper()
	if err := s.App.DB.Transact(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// bury leaves a dead job of a kind nobody here does.
func bury(t *testing.T, s *apptest.Shop, key string) shop.Job {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		return tx.Enqueue(ctx, shop.Job{Kind: "other", Key: key, Payload: `{"id":1,"x":"<b>"}`})
	})
	for range 200 {
		list, err := s.App.DB.JobList(t.Context(), database.JobSearch{State: shop.JobReady, Kind: "other", Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 1 && list[0].LeaseUntil == nil && list[0].Attempts > 0 {
			err := s.App.DB.Jobs().Bury(t.Context(), list[0], errors.New(evil))
			if err == nil {
				return list[0]
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the job could not be buried")
	return shop.Job{}
}

func TestADeadJobIsReplayedAndItsAlarmClosedFromThePages(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		owner := hire(t, s, "owner@shop.example", shop.RoleOwner)
		job := bury(t, s, "first")
		b := signIn(t, s, owner.Email)
		b.Get("/staff/system").Must(200, "Open alarms", "Dead jobs", "SQL", "simulator")
		dead := b.Get("/staff/system/jobs?state=dead").Must(200, "other", `{"id":1,"x":"<b>"}`, evil)
		dead.Form(fmt.Sprintf("/staff/system/jobs/%d/replay", job.ID)).Submit("").Must(200, "another life")
		if now, err := s.App.DB.Job(t.Context(), job.ID); err != nil || now.State != shop.JobReady {
			t.Errorf("%+v %v", now, err)
		}
		alarms := b.Get("/staff/system/alarms").Must(200, "Dead job", "was given up", evil)
		action := "/staff/system/alarms/1/close"
		alarms.Form(action).Set("note", "  ").Submit("").Must(422, "what was done about it")
		b.Get("/staff/system/alarms").Form(action).Set("note", "Mended: "+evil).Submit("").Must(200, "The alarm is closed", "Nothing is open", "Mended: "+evil)
	})
}

func TestNothingThatIsShownBecomesMarkup(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	bury(t, s, evil)
	event := shop.StripeEvent{ID: "evt_1", Type: "x." + evil, ObjectID: evil, Payload: evil}
	if _, err := s.App.DB.Jobs().Inbox(t.Context(), event); err != nil {
		t.Fatal(err)
	}
	write(t, s, func(ctx context.Context, tx *database.Tx) error {
		return tx.EnqueueMail(ctx, shop.Mail{Kind: "kind" + evil, Key: "k", Recipient: evil, ThingID: 1})
	})
	for _, path := range []string{
		"/staff/system", "/staff/system/alarms", "/staff/system/jobs", "/staff/system/jobs?state=dead&kind=" + url.QueryEscape(evil), "/staff/system/jobs?state=dead",
		"/staff/system/events?q=" + url.QueryEscape(evil), "/staff/system/events", "/staff/system/events/evt_1", "/staff/system/mails", "/staff/system/mails/1", "/staff/system/mails?q=" + url.QueryEscape(evil),
		"/staff/system/verify",
	} {
		a := ask(t, s, "GET", path, token, nil)
		if a.status != 200 || strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "<img src=x") {
			t.Errorf("%s answers %d, or with markup of others", path, a.status)
		}
	}
}

func TestAMailIsSeenUnderASandbox(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		owner := hire(t, s, "owner@shop.example", shop.RoleOwner)
		token := session(t, s, owner)
		at := fmt.Sprintf("/staff/system/mails/%d", buyOne(t, s).ID)
		page := ask(t, s, "GET", at, token, nil)
		if page.status != 200 || !strings.Contains(page.body, "Tern") || !strings.Contains(page.body, at+"/html") {
			t.Errorf("%d %.2000s", page.status, page.body)
		}
		html := ask(t, s, "GET", at+"/html", token, nil)
		if got := html.header.Get("Content-Security-Policy"); got != "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'" {
			t.Errorf("the policy is %q", got)
		}
		if html.status != 200 || !strings.Contains(html.body, "<!doctype html>") || !strings.Contains(html.header.Get("Cache-Control"), "no-store") {
			t.Errorf("%d %v", html.status, html.header)
		}
		b := signIn(t, s, owner.Email)
		form := b.Get(at).Must(200, "Send it again").Form(at + "/again")
		form.Submit("").Must(422, "Tick the box")
		for range 2 { // the same form twice
			a := ask(t, s, "POST", at+"/again", token, url.Values{"sure": {"yes"}, "key": {formKey}})
			if a.status != 303 {
				t.Errorf("%d %.500s", a.status, a.body)
			}
		}
		caught := mailTo(t, s, "ada@example.com", 2)
		if len(caught) != 2 || caught[0].Text != caught[1].Text || caught[0].Headers["Message-Id"] == caught[1].Headers["Message-Id"] {
			t.Errorf("%d mails went", len(caught))
		}
		b.Get(at).Must(200, "mail.send_again")
		s.Verify()
	})
}

// mailTo waits for n caught mails to somebody, newest first.
func mailTo(t *testing.T, s *apptest.Shop, to string, n int) []mail.CaughtMessage {
	t.Helper()
	for range 400 {
		found := slices.DeleteFunc(s.Mail(), func(m mail.CaughtMessage) bool { return m.To != to })
		if len(found) >= n {
			return found
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("no %d mails to %s after 10 s", n, to)
	return nil
}

// buy buys a pair of shoes and gives its confirmation.
func buyOne(t *testing.T, s *apptest.Shop) shop.Mail {
	t.Helper()
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	b := s.Shopper(t)
	paying := b.Get("/products/" + p.Handle).Form("/cart/add").Submit("").Form("/cart").Submit("checkout")
	paying.Form(paying.URL.Path).FillByAutocomplete(apptest.Buyer()).Submit("do=pay").Must(200, "Thank you")
	mailTo(t, s, "ada@example.com", 1)
	for range 200 {
		list, err := s.App.DB.MailList(t.Context(), database.MailSearch{Kind: shop.MailOrderConfirmation, State: shop.MailHanded, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 1 {
			return list[0]
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("no confirmation went")
	return shop.Mail{}
}

// A link that gives its holder a password is for its reader alone: a manager
// who could see it would be the owner it invites.
func TestTheLinkOfAnInvitationIsNotShownToOthers(t *testing.T) {
	s, owner := open(t)
	manager := hire(t, s, "manager@shop.example", shop.RoleManager)
	token := session(t, s, owner)
	a := ask(t, s, "POST", "/staff/people/invite", token, url.Values{"email": {"new@shop.example"}, "name": {"New"}, "role": {"owner"}})
	if a.status != 303 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	caught := mailTo(t, s, "new@shop.example", 1)
	_, link, _ := strings.Cut(caught[0].Text, "/staff/invitation/")
	secret, _, _ := strings.Cut(link, "\n")
	var row shop.Mail
	for range 100 {
		list, err := s.App.DB.MailList(t.Context(), database.MailSearch{Recipient: "new@shop.example", Limit: 1})
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		if row = list[0]; row.State == shop.MailHanded {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	for _, who := range []shop.Staff{manager, owner} {
		token := session(t, s, who)
		at := fmt.Sprintf("/staff/system/mails/%d", row.ID)
		for path, status := range map[string]int{at: 200, at + "/html": 403} {
			a := ask(t, s, "GET", path, token, nil)
			if a.status != status || len(secret) < 20 || strings.Contains(a.body, secret) {
				t.Errorf("%s as %s answers %d, or shows the link", path, who.Role, a.status)
			}
		}
		a := ask(t, s, "POST", at+"/again", token, url.Values{"sure": {"yes"}, "key": {formKey}})
		if a.status != 403 {
			t.Errorf("sending it again as %s answers %d", who.Role, a.status)
		}
	}
	if n := len(mailTo(t, s, "new@shop.example", 1)); n != 1 {
		t.Errorf("%d mails went", n)
	}
}

func TestACheckIsAskedForAndItsResultShown(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		owner := hire(t, s, "owner@shop.example", shop.RoleOwner)
		b := signIn(t, s, owner.Email)
		b.Get("/staff/system/verify").Must(200, "There has been none yet").Form("/staff/system/verify").Submit("").Must(200, "The check is asked for")
		for i := 0; ; i++ {
			runs, err := s.App.DB.VerifyRuns(t.Context(), 1)
			if err != nil || i == 500 {
				t.Fatalf("%+v %v", runs, err)
			}
			if len(runs) == 1 && runs[0].State == shop.VerifyEnded {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		b.Get("/staff/system/verify").Must(200, "all is well", "The owner").Follow("1").Must(200, "Check 1", "all is well")
	})
}

func TestAnEventIsLookedAtAndReadAgain(t *testing.T) {
	s, owner := open(t)
	event := shop.StripeEvent{ID: "evt_1", Type: "charge.refunded", ObjectID: "ch_1", ObjectKind: "charge", Payload: `{"id":"evt_1","data":{}}`}
	if _, err := s.App.DB.Jobs().Inbox(t.Context(), event); err != nil {
		t.Fatal(err)
	}
	b := signIn(t, s, owner.Email)
	page := b.Get("/staff/system/events?q=ch_1").Must(200, "evt_1").Follow("evt_1").Must(200, "charge.refunded", `"data": {}`)
	page.Form("/staff/system/events/evt_1/replay").Submit("").Must(200, "The event is read again", "event.replay")
	if list, err := s.App.DB.EventJobs(t.Context(), "evt_1"); err != nil || len(list) != 2 {
		t.Errorf("%+v %v", list, err)
	}
	b.Get("/staff/system/events/evt_2").Must(404)
}

func TestWhoIsToldIsSavedAndBadAddressesComeBack(t *testing.T) {
	s, owner := open(t)
	b := signIn(t, s, owner.Email)
	at := "/staff/settings/alarms"
	b.Get(at).Must(200, "New order", "Silent webhook").Form(at).Set("alarm_mail_to", "ada@shop.example, nonsense").Submit("").
		Must(422, "nonsense", "ada@shop.example")
	b.Get(at).Form(at).Set("alarm_mail_to", "Ada@shop.example\nbea@shop.example").Submit("").Must(200, "Saved")
	now, err := s.App.DB.Settings(t.Context())
	if err != nil || strings.Join(now.AlarmMailTo, " ") != "ada@shop.example bea@shop.example" || !now.Tells(shop.AlarmNewOrder) {
		t.Errorf("%+v %v", now, err)
	}
	a := ask(t, s, "POST", at, session(t, s, owner), url.Values{"alarm_mail_to": {""}, "on": {"earthquake"}, "end": {"1"}})
	if a.status != 422 {
		t.Errorf("an unknown cause answers %d", a.status)
	}
}

func TestBadAddressesOfSystemPagesAreRefused(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	key := url.Values{"key": {formKey}}
	tests := []struct {
		method, path string
		form         url.Values
		status       int
	}{
		{"GET", "/staff/system/jobs?state=lost", nil, 404},
		{"GET", "/staff/system/jobs?before=x", nil, 422},
		{"GET", "/staff/system/jobs?before=" + url.QueryEscape("１２"), nil, 422},
		{"GET", "/staff/system/jobs?before=-1", nil, 422},
		{"GET", "/staff/system/jobs?kind=" + strings.Repeat("x", 300), nil, 200},
		{"GET", "/staff/system/mails?state=lost", nil, 404},
		{"GET", "/staff/system/mails?kind=lost&q=%25", nil, 200},
		{"GET", "/staff/system/mails?before=99999999999999999999", nil, 422},
		{"GET", "/staff/system/mails/x", nil, 404},
		{"GET", "/staff/system/mails/9", nil, 404},
		{"GET", "/staff/system/mails/9/html", nil, 404},
		{"GET", "/staff/system/events?after=x", nil, 422},
		{"GET", "/staff/system/events?after=99999999999999999-evt", nil, 422},
		{"GET", "/staff/system/events?q=%27%20OR%201%3D1", nil, 200},
		{"GET", "/staff/system/alarms?after=-1-1", nil, 422},
		{"GET", "/staff/system/verify/0", nil, 404},
		{"POST", "/staff/system/verify", url.Values{"key": {"x"}}, 422},
		{"POST", "/staff/system/verify", nil, 422},
		{"POST", "/staff/system/jobs/9/replay", nil, 404},
		{"POST", "/staff/system/jobs/x/run", nil, 404},
		{"POST", "/staff/system/jobs/replay", nil, 422},
		{"POST", "/staff/system/jobs/replay", url.Values{"kind": {"no such"}}, 303},
		{"POST", "/staff/system/alarms/9/close", url.Values{"note": {"x"}}, 404},
		{"POST", "/staff/system/events/evt_9/replay", key, 404},
		{"POST", "/staff/system/mails/9/again", url.Values{"sure": {"yes"}, "key": {formKey}}, 404},
	}
	for _, tt := range tests {
		if a := ask(t, s, tt.method, tt.path, token, tt.form); a.status != tt.status {
			t.Errorf("%s %s answers %d, want %d: %.300s", tt.method, tt.path, a.status, tt.status, a.body)
		}
	}
}
