package staff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

var right = url.Values{"email": {"owner@shop.example"}, "password": {password}}

func TestComingInAndGoingOut(t *testing.T) {
	s, _ := open(t)
	b := s.Shopper(t)
	asked := b.Get("/staff/audit").Must(200, "Sign in")
	in := asked.Form("/staff/sign-in").Set("email", "owner@shop.example").Set("password", password).Submit("").Must(200, "Audit log")
	if in.URL.Path != "/staff/audit" {
		t.Errorf("signing in leads to %s", in.URL)
	}
	b.Get("/staff").Must(200, "Hello, The owner").Form("/staff/sign-out").Submit("").Must(200, "You are signed out.")
	b.Get("/staff").Must(200, "Sign in")
}

func TestTheCookieIsNewAtSignInAndDeadAfterSignOut(t *testing.T) {
	s, owner := open(t)
	planted := session(t, s, owner) // what an attacker has made the browser keep
	a := ask(t, s, "POST", "/staff/sign-in", planted, right)
	c := a.tokenOf(t)
	if c.Value == planted || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge > 0 {
		t.Errorf("the cookie is %v", c)
	}
	if a := ask(t, s, "GET", "/staff", planted, nil); a.status != 303 {
		t.Errorf("the planted session answers %d", a.status)
	}
	if a := ask(t, s, "GET", "/staff", c.Value, nil); a.status != 200 || !strings.Contains(a.header.Get("Cache-Control"), "no-store") {
		t.Errorf("the new one answers %d, %q", a.status, a.header.Get("Cache-Control"))
	}
	ask(t, s, "POST", "/staff/sign-out", c.Value, nil)
	if a := ask(t, s, "GET", "/staff", c.Value, nil); a.status != 303 {
		t.Errorf("after signing out it answers %d", a.status)
	}
}

func TestOverTLSTheCookieIsBoundToItsHost(t *testing.T) {
	s := apptest.StartWith(t, map[string]string{"DATABASE_URL": databasetest.URL(t, database.SQLite), "BASE_URL": "https://shop.example"})
	hire(t, s, "owner@shop.example", shop.RoleOwner)
	s.URL = "http://" + s.App.Config.Addr
	a := ask(t, s, "POST", "/staff/sign-in", "", right)
	if len(a.cookies) != 1 || a.cookies[0].Name != "__Host-staff" || !a.cookies[0].Secure {
		t.Errorf("cookies %v, status %d", a.cookies, a.status)
	}
}

func TestKnownAndUnknownAddressesGetTheSameAnswer(t *testing.T) {
	s, _ := open(t)
	answers := map[string]answer{}
	for _, email := range []string{"owner@shop.example", "never@shop.example"} {
		a := ask(t, s, "POST", "/staff/sign-in", "", url.Values{"email": {email}, "password": {"not the password"}})
		a.body = strings.ReplaceAll(a.body, email, "")
		answers[email] = a
	}
	known, unknown := answers["owner@shop.example"], answers["never@shop.example"]
	if known.status != 422 || known.status != unknown.status || known.body != unknown.body || len(known.cookies)+len(unknown.cookies) > 0 {
		t.Errorf("%d and %d:\n%s\n%s", known.status, unknown.status, known.body, unknown.body)
	}
}

func TestWhoIsDisabledIsOutAtOnce(t *testing.T) {
	s, _ := open(t)
	eve := hire(t, s, "eve@shop.example", shop.RoleManager)
	boss, b := signIn(t, s, "owner@shop.example"), signIn(t, s, "eve@shop.example")
	b.Get("/staff/audit").Must(200, "Audit log")
	page := boss.Get("/staff/people").Must(200, "The eve").Follow("The eve")
	page.Form(page.URL.Path+"/role").Set("role", "support").Submit("").Must(200, "The role is changed.", "manager → support")
	b.Get("/staff").Must(200, "Sign in") // out by the change of role
	b = signIn(t, s, "eve@shop.example")
	b.Get("/staff/audit").Must(403, "may not do this")
	boss.Get(page.URL.Path).Form(page.URL.Path+"/disable").Submit("").Must(200, "Nobody signs in with this account")
	b.Get("/staff").Must(200, "Sign in")
	refused := b.Get("/staff").Form("/staff/sign-in").Set("email", eve.Email).Set("password", password).Submit("")
	refused.Must(422, "do not belong together")
	boss.Get(page.URL.Path).Form(page.URL.Path+"/enable").Submit("").Must(200, "may be used again")
	signIn(t, s, "eve@shop.example").Get("/staff").Must(200, "Hello, The eve")
	s.Verify()
}

func TestAnotherSiteCannotPost(t *testing.T) {
	s, owner := open(t)
	eve := hire(t, s, "eve@shop.example", shop.RoleManager)
	token := session(t, s, owner)
	for name := range matrix {
		path, ok := strings.CutPrefix(name, "POST ")
		if !ok {
			continue
		}
		path = strings.NewReplacer(":id", "2", ":token", "x").Replace(path)
		a := ask(t, s, "POST", path, token, url.Values{"role": {"owner"}}, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")
		if a.status != 403 {
			t.Errorf("%s from another site answers %d", path, a.status)
		}
	}
	now, err := s.App.DB.StaffByID(t.Context(), eve.ID)
	if err != nil || now.Role != shop.RoleManager || now.State != shop.StaffActive {
		t.Errorf("it has changed %+v, %v", now, err)
	}
	if a := ask(t, s, "GET", "/staff", token, nil); a.status != 200 {
		t.Errorf("it has signed the owner out: %d", a.status)
	}
}

func TestNextLeadsNowhereElse(t *testing.T) {
	s, _ := open(t)
	for next, want := range map[string]string{
		"/staff/account": "/staff/account", "": "/staff", "https://evil.example": "/staff", "//evil.example/staff": "/staff",
		"/\\evil.example": "/staff", "/staff/../\\evil": "/staff", "/staffevil": "/staff", "javascript:alert(1)": "/staff",
		"/staff//evil.example": "/staff", "/staff/%2e%2e/cart": "/staff", "https:/staff": "/staff", "/staff\r\nX: y": "/staff",
		"\t/staff": "/staff", "/cart": "/staff", "///staff": "/staff", "/staff@evil.example": "/staff",
	} {
		form := url.Values{"email": right["email"], "password": right["password"], "next": {next}}
		if a := ask(t, s, "POST", "/staff/sign-in", "", form); a.status != 303 || a.location != want {
			t.Errorf("next=%q leads to %q with %d, want %q", next, a.location, a.status, want)
		}
	}
}

func TestTooManyTriesAreToldHowLongToWait(t *testing.T) {
	s, _ := open(t)
	wrong := url.Values{"email": {"never@shop.example"}, "password": {"not the password"}}
	for range shop.LimitPair.Free {
		if a := ask(t, s, "POST", "/staff/sign-in", "", wrong); a.status != 422 {
			t.Fatalf("answers %d", a.status)
		}
	}
	var a answer
	for range 5 { // a slow machine may wait the first second off by itself
		if a = ask(t, s, "POST", "/staff/sign-in", "", wrong); a.status == 429 {
			break
		}
	}
	if a.status != 429 || !strings.Contains(a.body, "Wait ") {
		t.Errorf("answers %d: %.600s", a.status, a.body)
	}
}
