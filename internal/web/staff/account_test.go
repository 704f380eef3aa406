package staff_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"longrun/internal/access"
	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestAnInvitationLeadsFromTheMailToTheStartPage(t *testing.T) {
	s, _ := open(t)
	n := len(s.WaitForMail(1)) // the owner's own
	boss := signIn(t, s, "owner@shop.example")
	form := boss.Get("/staff/people").Follow("Invite somebody").Must(200).Form("/staff/people/invite")
	form.Set("name", "").Set("email", "kit@shop.example").Set("role", "editor").Submit("").Must(422, "A name has 1 to 80 letters.")
	form.Set("name", "Kit <b>Vane</b>").Submit("").Must(200, "The invitation is on its way.", "Kit <b>Vane</b>", "invited")
	text := s.WaitForMail(n + 1)[0].Text
	link := regexp.MustCompile(`/staff/invitation/[a-z2-7]{26}`).FindString(text)
	if link == "" {
		t.Fatalf("the mail has no link: %s", text)
	}
	b := s.Shopper(t)
	page := b.Get(link).Must(200, "Choose a password", "kit@shop.example")
	if got := page.Header.Get("Referrer-Policy"); got != "strict-origin" {
		t.Errorf("the link's page names its address: %q", got)
	}
	page.Form(link).Set("password", password).Set("again", "something else").Submit("").Must(422, "not the same")
	page.Form(link).Set("password", "password1234").Set("again", "password1234").Submit("").Must(422, "anybody would guess")
	done := page.Form(link).Set("password", password).Set("again", password).Submit("").Must(200, "Your password is set", "Sign in")
	done.Form("/staff/sign-in").Set("email", "kit@shop.example").Set("password", password).Submit("").
		Must(200, "Hello, Kit <b>Vane</b>").MustNot("People", "Audit log")
	b.Get(link).Must(404, "This link is over")
}

func TestASecondStepIsSetUpAndAskedAndRecovered(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	page := b.Get("/staff/account").Follow("Set up the second step").Must(200, "scan the picture")
	secret := regexp.MustCompile(`<code>([a-z2-7 ]+)</code>`).FindStringSubmatch(page.Body)[1]
	if _, err := png.Decode(bytes.NewReader([]byte(b.Get("/staff/account/second-step/qr.png").Body))); err != nil {
		t.Errorf("the picture: %v", err)
	}
	page.Form("/staff/account/second-step").Set("code", "000000").Submit("").Must(422, "not right")
	codes := page.Form("/staff/account/second-step").Set("code", code(t, secret, -1)).Submit("").Must(200, "They are not shown again")
	recovery := regexp.MustCompile(`[a-z2-7]{4}(-[a-z2-7]{4}){3}`).FindString(codes.Body)
	b.Get("/staff").Must(200, "Hello") // still signed in

	b = s.Shopper(t)
	asked := b.Get("/staff/people").Form("/staff/sign-in").Set("email", "owner@shop.example").Set("password", password).Submit("").Must(200, "Second step")
	b.Get("/staff/people").Must(200, "The six digits").MustNot("Invite somebody") // opens nothing yet
	in := asked.Form("/staff/sign-in/code").Set("code", code(t, secret, 0)).Submit("").Must(200, "People")
	if in.URL.Path != "/staff/people" {
		t.Errorf("leads to %s", in.URL)
	}
	b = signIn(t, s, "owner@shop.example")
	b.Get("/staff/sign-in/code").Form("/staff/sign-in/code").Set("code", recovery).Submit("").Must(200, "Hello")
	b.Get("/staff/account").Must(200, "9 recovery codes are left")
	s.Verify()
}

func TestOutsideDevelopmentEverybodyNeedsASecondStep(t *testing.T) {
	s := apptest.StartWith(t, map[string]string{
		"DATABASE_URL": migrated(t), "LONGRUN_ENV": "staging", "BASE_URL": "https://shop.example", "SECRET_KEY": strings.Repeat("k3y-", 12),
		"STRIPE_TAX": "off", "STRIPE_SECRET_KEY": "sk_test_none", "STRIPE_WEBHOOK_SECRET": "whsec_" + strings.Repeat("a1", 16),
		"SMTP_URL": "smtps://mail.shop.example", "MAIL_FROM": "hello@shop.example", "MAIL_ONLY_TO": "nobody@shop.example",
	})
	owner := hire(t, s, "owner@shop.example", shop.RoleOwner)
	s.URL = "http://" + s.App.Config.Addr
	token := session(t, s, owner)
	a := ask(t, s, "GET", "/staff/people", "", nil, "Cookie", "__Host-staff="+token)
	if a.status != 303 || a.location != "/staff/account/second-step" {
		t.Errorf("answers %d %s", a.status, a.location)
	}
}

// migrated is a database as a shop outside development finds it.
func migrated(t *testing.T) string { return databasetest.URL(t, database.SQLite) }

func TestAnOldSessionIsAskedForThePasswordBeforeSignInDataChanges(t *testing.T) {
	s, _ := open(t)
	eve := hire(t, s, "eve@shop.example", shop.RoleEditor)
	b := signIn(t, s, "owner@shop.example")
	page := b.Get("/staff/people").Follow("The eve")
	s.Advance(11 * time.Minute)
	asked := page.Form(page.URL.Path+"/disable").Submit("").Must(200, "Your password, please")
	if now, _ := s.App.DB.StaffByID(t.Context(), eve.ID); now.State != shop.StaffActive {
		t.Error("it was done without the password")
	}
	asked.Form("/staff/confirm").Set("current", "not the password").Submit("").Must(422, "This is not your password.")
	back := asked.Form("/staff/confirm").Set("current", password).Submit("").Must(200, "The eve")
	back.Form(page.URL.Path+"/disable").Submit("").Must(200, "Nobody signs in")
}

func TestOnesSessionsAreListedAndEnded(t *testing.T) {
	s, owner := open(t)
	eve := hire(t, s, "eve@shop.example", shop.RoleEditor)
	foreign := session(t, s, eve)
	b, other := signIn(t, s, "owner@shop.example"), signIn(t, s, "owner@shop.example")
	list, err := s.App.DB.StaffSessions(t.Context(), eve.ID, mustNow(t, s))
	if err != nil || len(list) != 1 {
		t.Fatal(err)
	}
	b.Post("/staff/account/sessions", url.Values{"session": {"1000000"}}).Must(200)
	b.Post("/staff/account/sessions", url.Values{"session": {"0"}}).Must(400)
	b.Post("/staff/account/sessions", url.Values{"session": {"-1"}}).Must(400)
	if a := ask(t, s, "GET", "/staff", foreign, nil); a.status != 200 {
		t.Errorf("somebody else's session answers %d", a.status)
	}
	b.Get("/staff/account").Must(200, "this one", "End all others").Form("/staff/account/sessions").Set("session", "others").Submit("").Must(200, "signed out everywhere else")
	other.Get("/staff").Must(200, "Sign in")
	b.Get("/staff").Must(200, "Hello")
	const next = "eleven cold lakes in june"
	changed := b.Get("/staff/account").Form("/staff/account/password").Set("current", password).Set("password", next).Set("again", next).Submit("")
	changed.Must(200, "Your password is changed.")
	if _, err := s.App.Access.SignIn(t.Context(), owner.Email, next, access.Visitor{Network: "192.0.2.1"}); err != nil {
		t.Error(err)
	}
}

func mustNow(t *testing.T, s *apptest.Shop) shop.Instant {
	t.Helper()
	now, err := s.App.DB.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func TestTheLastOwnerStaysAndMoreFieldsChangeNothing(t *testing.T) {
	s, owner := open(t)
	b := signIn(t, s, "owner@shop.example")
	page := b.Get("/staff/people").Follow("The owner")
	page.Form(page.URL.Path+"/disable").Submit("").Must(409, "is the last owner")
	page.Form(page.URL.Path+"/role").Set("role", "editor").Submit("").Must(409, "is the last owner")
	b.Post(page.URL.Path+"/role", url.Values{"role": {"king"}}).Must(422)
	eve := hire(t, s, "eve@shop.example", shop.RoleEditor)
	e := signIn(t, s, "eve@shop.example")
	e.Post("/staff/account/password", url.Values{
		"current": {password}, "password": {"eleven cold lakes in june"}, "again": {"eleven cold lakes in june"},
		"role": {"owner"}, "Role": {"owner"}, "id": {"1"}, "state": {"active"},
	}).Must(200, "Your password is changed.")
	if now, err := s.App.DB.StaffByID(t.Context(), eve.ID); err != nil || now.Role != shop.RoleEditor {
		t.Errorf("%+v %v", now, err)
	}
	if now, err := s.App.DB.StaffByID(t.Context(), owner.ID); err != nil || now.PasswordHash != owner.PasswordHash && owner.PasswordHash != "" {
		t.Errorf("%+v %v", now, err)
	}
}

func TestTheAuditLogIsSearchedAndPaged(t *testing.T) {
	s, _ := open(t)
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	b := signIn(t, s, "owner@shop.example")
	err := s.App.DB.Transact(t.Context(), func(_ context.Context, tx *database.Tx) error {
		for range 120 {
			tx.Audit(shop.AuditEntry{Who: "staff:2", Action: "test.done", ThingKind: "test", ThingID: "7", Details: `{"note":"<script>x</script>"}`})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	first := b.Get("/staff/audit?action=test.").Must(200, "The eve", "test 7", "note: <script>x</script>")
	third := first.Follow("Older entries").Must(200).Follow("Older entries").Must(200).MustNot("Older entries")
	if n := strings.Count(third.Body, "test.done"); n != 20 {
		t.Errorf("the third page has %d entries", n)
	}
	b.Get("/staff/audit?who=staff:2&action=staff.").Must(200, "staff.password_set").MustNot("test.done", "staff.invited")
	b.Get("/staff/audit?thing=staff+2").Must(200, "staff.invited").MustNot("test.done")
	b.Get("/staff/audit?until=2020-01-01").Must(200, "Nothing was found.")
	b.Get("/staff/audit?from=2020-01-01").Must(200, "test.done")
	b.Get("/staff/audit?from=yesterday").Must(422, "Write a day as")
	b.Get("/staff/audit?before=x").Must(422)
	b.Get("/staff/audit?action=%25%27").Must(200, "Nothing was found.")
}

func TestTheAuditLogLeadsToWhatItSpeaksOf(t *testing.T) {
	s, _ := open(t)
	hire(t, s, "eve@shop.example", shop.RoleManager)
	tern := newTern(t, s, "tern")
	owner, manager := signIn(t, s, "owner@shop.example"), signIn(t, s, "eve@shop.example")
	owner.Get("/staff/audit?thing=product").Must(200).Follow(fmt.Sprintf("product %d", tern.ID)).Must(200, "Tern")
	owner.Get("/staff/audit?thing=staff+2").Must(200).Follow("The eve").Must(200, "eve@shop.example")
	if page := manager.Get("/staff/audit").Must(200); strings.Contains(page.Body, "/staff/people/") || !strings.Contains(page.Body, pageOf(tern)) {
		t.Errorf("a manager is led to people, or not to products: %s", page.Text())
	}
}

// TestABrowserSeesEveryPage also writes pictures of them where
// LONGRUN_TEST_PICTURES names a folder.
func TestABrowserSeesEveryPage(t *testing.T) {
	s, _ := open(t)
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	signIn(t, s, "owner@shop.example")
	b := apptest.NewBrowser(t, false)
	picture := func(name string) {
		for _, width := range []int64{1280, 768, 320} {
			b.Picture("staff-"+name, width)
		}
	}
	b.Open(s.URL + "/staff").WaitFor("Sign in")
	picture("signin")
	b.Type("#email", "owner@shop.example").Type("#password", "wrong").Click("button.main", "do not belong")
	picture("signin-refused")
	b.Type("#password", password).Click("button.main", "Hello")
	picture("start")
	for name, path := range map[string]string{
		"account": "account", "second-step": "account/second-step", "people": "people", "invite": "people/invite",
		"person": "people/2", "audit": "audit", "audit-nothing": "audit?until=2020-01-01",
	} {
		b.Open(s.URL + "/staff/" + path).WaitFor("Sign out")
		picture(name)
	}
	s.Advance(11 * time.Minute)
	b.Open(s.URL + "/staff/people/invite").WaitFor("Your password")
	picture("confirm")
}
