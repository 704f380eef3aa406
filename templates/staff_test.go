package templates_test

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/staff"
	"longrun/templates"
)

func staffPage(title string) staff.Page {
	return staff.Page{Title: title, ShopName: "Longrun", TestBar: "Test shop", Notice: "No taxes are worked out.", Stylesheet: "/assets/css/staff.css", Icon: "/assets/img/icon.svg", Script: "/assets/js/staff.js",
		Path: "/staff/people", Me: "Ada Moss", MyRole: shop.RoleOwner, Done: "It is done.", Error: "It is not right.",
		Menu: []web.MenuItem{{Title: "Start", URL: "/staff"}}, House: []web.MenuItem{{Title: "People", URL: "/staff/people"}},
		Fields: map[string]string{"email": "Not an address.", "name": "Too long.", "password": "Too short.", "again": "Not the same.", "current": "Wrong.", "code": "Wrong."}}
}

// staffSample is a page of the staff area with something to show.
type staffSample struct {
	name, file string
	data       any
}

// staffSamples are the pages of the staff area, each full and empty.
func staffSamples() []staffSample {
	return slices.Concat(accountSamples(), collectionSamples(), discountSamples(), disputeSamples(), messageSamples(), orderSamples(), privacySamples(), productSamples(), returnSamples(), settingsSamples(), stockSamples(), systemSamples())
}

// accountSamples are those of signing in, accounts and the audit log.
func accountSamples() []staffSample {
	bare := staff.Page{Title: "Staff", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	full := staffPage("A page")
	lines := []staff.AuditLine{{Seq: 7, At: at, Who: "Ada Moss", Action: "staff.role_changed", Thing: "Eve", ThingURL: "/staff/people/2", Details: "editor → owner"}, {Seq: 6, At: at, Who: "command", Action: "settings.set", Thing: "settings 2", Details: "(erased)"}}
	sessions := []staff.SessionLine{{ID: 1, Browser: "Firefox on Linux", Network: "192.0.2.0/24", Began: at, Seen: at, This: true}, {ID: 2, Browser: "Safari on iPhone", Network: "198.51.100.0/24", Began: at, Seen: at}}
	people := []shop.Staff{{ID: 1, Name: "Ada Moss", Email: "ada@shop.example", Role: shop.RoleOwner, State: shop.StaffActive, SealedSecret: []byte{1}}, {ID: 2, Name: "Eve", Email: "eve@shop.example", Role: shop.RoleEditor, State: shop.StaffDisabled}}
	return []staffSample{
		{"signin", "staff/signin.html", &staff.SignInPage{Page: full, Email: "ada@shop.example", Next: "/staff"}},
		{"signin-empty", "staff/signin.html", &staff.SignInPage{Page: bare}},
		{"code", "staff/code.html", &staff.CodePage{Page: full, Next: "/staff"}},
		{"code-empty", "staff/code.html", &staff.CodePage{Page: bare}},
		{"invitation", "staff/invitation.html", &staff.InvitationPage{Page: full, Name: "Ada", Email: "ada@shop.example", Action: "/staff/invitation/t0ken"}},
		{"invitation-empty", "staff/invitation.html", &staff.InvitationPage{Page: bare, Action: "/staff/invitation/t0ken"}},
		{"linkover", "staff/linkover.html", &full},
		{"linkover-empty", "staff/linkover.html", &bare},
		{"refused", "staff/refused.html", &full},
		{"refused-empty", "staff/refused.html", &bare},
		{"start", "staff/start.html", &staff.StartPage{Page: full, Tasks: []staff.Task{{Count: "12", Title: "orders to ship", URL: "/staff/orders"}, {Count: "99+", Title: "jobs were given up", URL: "/staff/system/jobs", Harm: true}},
			Alarms: []shop.Alarm{{ID: 1, Kind: shop.AlarmReview, Message: "Order #1001 needs a look.", URL: "/staff/orders/1", Times: 2, OpenedAt: at, LastAt: at}, {ID: 2, Kind: shop.AlarmVerify, Message: "Something is wrong.", Times: 1, OpenedAt: at, LastAt: at}}, More: true,
			Sales: &staff.SalesChart{Orders: 1, Amount: 15_400, Most: 15_400, Bars: []staff.SalesBar{{Day: "Nov 21", Date: "2026-11-21", Y: 100}, {Day: "Nov 22", Date: "2026-11-22", Orders: 1, Amount: 15_400, X: 20, H: 100}}}}},
		{"start-empty", "staff/start.html", &staff.StartPage{Page: bare}},
		{"confirm", "staff/confirm.html", &staff.ConfirmPage{Page: full, Next: "/staff"}},
		{"confirm-empty", "staff/confirm.html", &staff.ConfirmPage{Page: bare}},
		{"account", "staff/account.html", &staff.AccountPage{Page: full, Email: "ada@shop.example", SecondStep: true, CodesLeft: 1, Sessions: sessions, Others: true}},
		{"account-empty", "staff/account.html", &staff.AccountPage{Page: bare}},
		{"secondstep", "staff/secondstep.html", &staff.SecondStepPage{Page: full, Has: true, Secret: "abcd efgh", QR: "/qr.png", CodesLeft: 9}},
		{"secondstep-empty", "staff/secondstep.html", &staff.SecondStepPage{Page: bare, Needed: true, Secret: "abcd", QR: "/qr.png"}},
		{"codes", "staff/codes.html", &staff.CodesPage{Page: full, Codes: []string{"abcd-efgh-2345-6723", "bbcd-efgh-2345-6723"}}},
		{"codes-empty", "staff/codes.html", &staff.CodesPage{Page: bare}},
		{"people", "staff/people.html", &staff.PeoplePage{Page: full, People: people}},
		{"people-empty", "staff/people.html", &staff.PeoplePage{Page: bare}},
		{"invite", "staff/invite.html", &staff.InvitePage{Page: full, Email: "x", Name: "y", Role: "editor", Roles: shop.StaffRoles()}},
		{"invite-empty", "staff/invite.html", &staff.InvitePage{Page: bare}},
		{"person", "staff/person.html", &staff.PersonPage{Page: full, Person: people[0], Roles: shop.StaffRoles(), Self: true, Action: "/staff/people/1", Entries: lines}},
		{"person-disabled", "staff/person.html", &staff.PersonPage{Page: bare, Person: people[1], Action: "/staff/people/2"}},
		{"audit", "staff/audit.html", &staff.AuditPage{Page: full, Who: "staff:1", Action: "staff.", Thing: "staff 1", From: "2026-11-01", Until: "2026-11-22", People: []web.MenuItem{{Title: "Ada Moss", URL: "staff:1"}}, Lines: lines, Next: "/staff/audit?before=6"}},
		{"audit-empty", "staff/audit.html", &staff.AuditPage{Page: bare}},
	}
}

func TestEveryStaffPageIsSoundFullAndEmpty(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range staffSamples() {
		seen[s.file] = true
		t.Run(s.name, func(t *testing.T) {
			set, err := templates.Parse(templates.Files, s.file)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := set.ExecuteTemplate(&b, templates.Base, s.data); err != nil {
				t.Fatal(err)
			}
			for _, fault := range faults(t, b.String()) {
				t.Error(fault)
			}
			if n := strings.Count(b.String(), "<script"); n > 1 || strings.Contains(b.String(), "<script>") {
				t.Error("the page has a script of its own")
			}
			keep(t, "staff-"+s.name+".html", b.String())
		})
	}
	files, err := fs.Glob(templates.Files, "staff/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !seen[file] {
			t.Errorf("%s has no sample", file)
		}
	}
}

type staffInvitation struct {
	ShopName, Name, URL, Expires, ShopEmail string
	First                                   bool
	ShopAddress                             []string
}

func TestTheMailOfALinkSaysWhatItIsFor(t *testing.T) {
	for first, want := range map[bool]string{true: "Subject: You are invited to Longrun's staff", false: "Subject: A new password at Longrun"} {
		html, text := renderMail(t, "staff_invitation", &staffInvitation{ShopName: "Longrun", Name: "Ada <Moss>", First: first,
			URL: "https://shop.example/staff/invitation/t0ken", Expires: "November 25, 2026 at 10:00 PST", ShopEmail: "hello@shop.example"})
		if line, _, _ := strings.Cut(text, "\n"); line != want {
			t.Errorf("the subject is %q, want %q", line, want)
		}
		for _, w := range []string{"https://shop.example/staff/invitation/t0ken", "November 25, 2026", "works once"} {
			if !strings.Contains(html, w) || !strings.Contains(text, w) {
				t.Errorf("a form of the mail lacks %q", w)
			}
		}
		if strings.Contains(html, "<Moss>") || !strings.Contains(text, "Ada <Moss>") {
			t.Error("a name is written as markup, or escaped where it is text")
		}
	}
}
