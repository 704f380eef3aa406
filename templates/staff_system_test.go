package templates_test

import (
	"strings"
	"testing"
	"time"

	"longrun/internal/mail"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/staff"
)

// hostile is what an error or a webhook may carry.
const hostile = `<script>alert(1)</script>"><img src=x onerror=alert(2)>`

// systemSamples are the pages of the system.
func systemSamples() []staffSample {
	bare := staff.SystemPage{Page: staff.Page{Title: "System", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}}
	full := staff.SystemPage{Page: staffPage("System"), Tabs: []web.MenuItem{{Title: "Overview", URL: "/staff/system"}, {Title: "Jobs", URL: "/staff/system/jobs"}}, Tab: "/staff/system/jobs", Key: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	alarms := []shop.Alarm{
		{ID: 1, Kind: shop.AlarmDeadJob, Key: "mail", Message: "Job 7 was given up: " + hostile, URL: "/staff/system/jobs?state=dead", Times: 3, OpenedAt: at, LastAt: at.Add(time.Hour)},
		{ID: 2, Kind: shop.AlarmWebhook, Message: "Stripe says nothing.", Times: 1, OpenedAt: at, LastAt: at},
	}
	closed := alarms[0]
	closed.ClosedAt, closed.Note = &at, "The server was back at noon. "+hostile
	job := func(state shop.JobState) shop.Job {
		return shop.Job{ID: 7, Kind: "mail", Key: "order-confirmation:7", Payload: `{"id":7}`, State: state, RunAt: at, Attempts: 4, LastError: hostile, CreatedAt: at, FinishedAt: &at}
	}
	running := job(shop.JobReady)
	running.LeaseUntil = &at
	states := []web.MenuItem{{Title: "Waiting", URL: "ready"}, {Title: "Dead", URL: "dead"}, {Title: "Done", URL: "done"}}
	event := shop.StripeEvent{ID: "evt_1", Type: "checkout.session.completed", ObjectID: "cs_test_1", ObjectKind: "checkout.session", APIVersion: "2023-10-16", CreatedAt: at, ReceivedAt: at}
	row := shop.Mail{ID: 3, Kind: shop.MailOrderConfirmation, Recipient: "ada@runner.example", State: shop.MailHanded, CreatedAt: at, HandedAt: &at}
	line := staff.VerifyLine{ID: 4, By: "the clock", Started: at, Took: "1.2s", Verdict: "violations: 1, notices: 1", Bad: true}
	report := shop.VerifyReport{Violations: []shop.VerifyLine{{Rule: "1", Line: "variant 1: " + hostile}}, Notices: []shop.VerifyLine{{Line: "job 7 is dead"}}}
	refused := row
	refused.State, refused.HandedAt, refused.Refusal = shop.MailRefused, nil, "550 5.1.1 <ada@runner.example>: "+hostile
	entries := []staff.AuditLine{{Seq: 7, At: at, Who: "Ada Moss", Action: "mail.send_again", Details: "kind: order_confirmation"}}
	return []staffSample{
		{"system", "staff/system.html", &staff.OverviewPage{SystemPage: full, Facts: []staff.Fact{{Name: "Open alarms", Value: "2", URL: "/staff/system/alarms", Bad: true}, {Name: "Last webhook received", At: &at, URL: "/staff/system/events"}}, Versions: []staff.Fact{{Name: "Go", Value: "go1.26"}}}},
		{"system-empty", "staff/system.html", &staff.OverviewPage{SystemPage: bare}},
		{"alarms", "staff/system_alarms.html", &staff.AlarmsPage{SystemPage: full, Open: alarms, More: true, Closed: []staff.ClosedAlarm{{Alarm: closed, By: "Ada Moss"}}, Next: "/staff/system/alarms?after=1-1", Wrong: 1, Note: hostile}},
		{"alarms-empty", "staff/system_alarms.html", &staff.AlarmsPage{SystemPage: bare}},
		{"settings-alarms", "staff/settings_alarms.html", &staff.AlarmSettingsPage{Page: staffPage("Who is told"), To: "ada@shop.example\n" + hostile, Causes: []staff.AlarmCause{{Kind: shop.AlarmNewOrder, On: true}, {Kind: shop.AlarmMail}}}},
		{"settings-alarms-empty", "staff/settings_alarms.html", &staff.AlarmSettingsPage{Page: bare.Page}},
		{"jobs", "staff/system_jobs.html", &staff.JobsPage{SystemPage: full, State: shop.JobReady, States: states, Kind: "mail", Kinds: shop.JobKinds(), Jobs: []shop.Job{job(shop.JobReady), running}, Next: "/staff/system/jobs?before=7"}},
		{"jobs-dead", "staff/system_jobs.html", &staff.JobsPage{SystemPage: full, State: shop.JobDead, States: states, Kind: "mail", Kinds: shop.JobKinds(), Jobs: []shop.Job{job(shop.JobDead)}}},
		{"jobs-empty", "staff/system_jobs.html", &staff.JobsPage{SystemPage: bare, State: shop.JobDone}},
		{"events", "staff/system_events.html", &staff.EventsPage{SystemPage: full, Type: "checkout.session.completed", Types: []string{"charge.refunded"}, Named: hostile, Events: []shop.StripeEvent{event}, Next: "/staff/system/events?after=1-evt_1"}},
		{"events-empty", "staff/system_events.html", &staff.EventsPage{SystemPage: bare}},
		{"event", "staff/system_event.html", &staff.EventPage{SystemPage: full, Event: event, Action: "/staff/system/events/evt_1", Payload: hostile, Jobs: []shop.Job{job(shop.JobDone)}, Entries: entries}},
		{"event-empty", "staff/system_event.html", &staff.EventPage{SystemPage: bare, Event: event, Action: "/staff/system/events/evt_1"}},
		{"mails", "staff/system_mails.html", &staff.MailsPage{SystemPage: full, Recipient: hostile, Kind: shop.MailOrderConfirmation, Kinds: mail.Kinds(), State: shop.MailHanded, States: []shop.MailState{shop.MailQueued, shop.MailHanded}, Mails: []shop.Mail{row}, Next: "/staff/system/mails?before=3"}},
		{"mails-empty", "staff/system_mails.html", &staff.MailsPage{SystemPage: bare}},
		{"mail", "staff/system_mail.html", &staff.MailPage{SystemPage: full, Mail: row, Action: "/staff/system/mails/3", Message: &mail.Message{Subject: "Your order", From: "Longrun <hello@shop.example>", ID: "a@b", Text: hostile}, CanSend: true, Entries: entries}},
		{"mail-refused", "staff/system_mail.html", &staff.MailPage{SystemPage: full, Mail: refused, Action: "/staff/system/mails/3", Message: &mail.Message{Subject: "Your order", From: "Longrun <hello@shop.example>", ID: "a@b", Text: hostile}, CanSend: true}},
		{"mail-hidden", "staff/system_mail.html", &staff.MailPage{SystemPage: bare, Mail: row, Action: "/staff/system/mails/3", Hidden: "It is for its reader alone."}},
		{"checks", "staff/system_checks.html", &staff.ChecksPage{SystemPage: full, Runs: []staff.VerifyLine{line, {ID: 3, By: "Ada", Started: at, Verdict: "running"}}}},
		{"checks-running", "staff/system_checks.html", &staff.ChecksPage{SystemPage: full, Open: true}},
		{"checks-empty", "staff/system_checks.html", &staff.ChecksPage{SystemPage: bare}},
		{"check", "staff/system_check.html", &staff.CheckPage{SystemPage: full, Run: shop.VerifyRun{ID: 4, StartedAt: at, EndedAt: &at, Failure: hostile}, Line: line, Report: report}},
		{"check-empty", "staff/system_check.html", &staff.CheckPage{SystemPage: bare, Run: shop.VerifyRun{ID: 4, StartedAt: at}, Line: staff.VerifyLine{By: "Ada", Verdict: "running"}}},
	}
}

func TestMailsToStaffSayWhatIsOpen(t *testing.T) {
	alarm := &mail.StaffAlarm{ShopName: "Longrun", Cause: "Dead job", More: true, URL: "https://shop.example/staff/system/alarms", ShopEmail: "hello@shop.example", ShopAddress: []string{"12 Mill Lane"},
		Lines: []mail.AlarmLine{{Message: "Job 7 <mail> was given up", Times: 3, Last: "November 22, 10:00 PST", URL: "https://shop.example/staff/system/jobs?state=dead&kind=mail"}, {Message: "Job 9", Times: 1, Last: "November 22, 11:00 PST"}}}
	tests := []struct {
		name, file string
		data       any
		subject    string
		want       []string
	}{
		{"an alarm", "staff_alarm", alarm, "Subject: Dead job at Longrun", []string{"3 times, last on November 22, 10:00 PST", "Job 9", "On November 22, 11:00 PST", "There is more", "https://shop.example/staff/system/alarms"}},
		{"an alarm that was closed", "staff_alarm", &mail.StaffAlarm{ShopName: "Longrun", Cause: "Dead job", URL: "https://shop.example/staff"}, "Subject: Dead job at Longrun", []string{"has been closed since"}},
		{"an order", "staff_new_order", &mail.StaffNewOrder{ShopName: "Longrun", Orders: 1, Since: "November 22", URL: "https://shop.example/staff"}, "Subject: A new order at Longrun", []string{"since November 22", "https://shop.example/staff"}},
		{"many orders", "staff_new_order", &mail.StaffNewOrder{ShopName: "Longrun", Orders: 1000, More: true, Since: "November 22", URL: "https://shop.example/staff"}, "Subject: More than 1000 new orders at Longrun", []string{"ore than 1000"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			html, text := renderMail(t, tt.file, tt.data)
			keep(t, "mail-"+strings.ReplaceAll(tt.name, " ", "-")+".html", html)
			keep(t, "mail-"+strings.ReplaceAll(tt.name, " ", "-")+".txt", text)
			if first, _, _ := strings.Cut(text, "\n"); first != tt.subject {
				t.Errorf("the subject line is %q, want %q", first, tt.subject)
			}
			for _, w := range tt.want {
				if !strings.Contains(html, w) || !strings.Contains(text, w) {
					t.Errorf("a form of the mail lacks %q", w)
				}
			}
			if strings.Contains(html, "<mail>") || strings.Contains(text, "&lt;") {
				t.Error("a message is written as markup, or escaped where it is text")
			}
		})
	}
}
