package templates_test

import (
	"strings"
	"testing"
	"time"

	"longrun/internal/mail"
	"longrun/internal/privacy"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
	"longrun/internal/web/storefront"
)

var privacyAt = shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))

func sampleKept() []storefront.KeptLine {
	return []storefront.KeptLine{{What: "Messages <b>written</b> to the shop", Keep: "1 year", Then: "deleted", Why: "To know what was said."}}
}

func samplePrivacyFile() privacy.File {
	return privacy.File{Email: `ada"<i>@runner.example`, Held: shop.Held{Orders: 3, Messages: 1, Mails: 12}, Postponed: []string{"Order #1001 is not sent yet."}}
}

// privacySamples are staff's pages about what is held of people.
func privacySamples() []staffSample {
	bare := staff.Page{Title: "Staff", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	full := staff.SystemPage{Page: staffPage("Retention"), Tab: "/staff/system/retention"}
	requests := []staff.RequestLine{
		{PrivacyRequest: shop.PrivacyRequest{ID: 3, Kind: shop.PrivacyErase, State: shop.PrivacyPostponed, Why: "Order #1001 is not sent yet.", CreatedAt: privacyAt}, By: "the person", Waits: true},
		{PrivacyRequest: shop.PrivacyRequest{ID: 2, Kind: shop.PrivacyErase, State: shop.PrivacyDone, CreatedAt: privacyAt, EndedAt: &privacyAt}, By: hostile, Went: "mails: 12, orders: 3"},
		{PrivacyRequest: shop.PrivacyRequest{ID: 1, Kind: shop.PrivacyExport, State: shop.PrivacyOpen, CreatedAt: privacyAt}, By: "a command"},
	}
	under := samplePrivacyFile()
	under.Erasure = &requests[0].PrivacyRequest
	kept := shop.Retentions()[0]
	return []staffSample{
		{"privacy", "staff/privacy.html", &staff.PrivacyPage{Page: staffPage("Personal data"), Email: `"<i>@`, Requests: requests}},
		{"privacy-empty", "staff/privacy.html", &staff.PrivacyPage{Page: bare}},
		{"privacy-file", "staff/privacy_file.html", &staff.PersonFilePage{Page: staffPage("What is held"), File: samplePrivacyFile(), Requests: requests, Action: "/staff/privacy/x", Key: "k"}},
		{"privacy-file-erasing", "staff/privacy_file.html", &staff.PersonFilePage{Page: staffPage("What is held"), File: under, Action: "/staff/privacy/x", Key: "k"}},
		{"privacy-file-empty", "staff/privacy_file.html", &staff.PersonFilePage{Page: bare}},
		{"retention", "staff/system_retention.html", &staff.RetentionPage{SystemPage: full, Lines: []staff.RetentionLine{
			{Retention: kept, Days: "90 days", Count: &shop.RetentionCount{Kind: kept.Kind, Gone: 3, Total: 400, RanAt: privacyAt}}, {Retention: kept, Days: "1 year"}}}},
		{"retention-empty", "staff/system_retention.html", &staff.RetentionPage{SystemPage: staff.SystemPage{Page: bare}}},
	}
}

func TestTheMailToOnesDataLeadsToItAndSaysNothing(t *testing.T) {
	data := &mail.PrivacyLink{ShopName: "Longrun", URL: "https://shop.example/privacy/abc", Until: "November 23, 10:00 PST", ShopEmail: "hello@shop.example", ShopAddress: []string{"12 Mill Lane"}}
	html, text := renderMail(t, "privacy_link", data)
	keep(t, "mail-privacy_link.html", html)
	keep(t, "mail-privacy_link.txt", text)
	if !strings.HasPrefix(text, "Subject: Your data at Longrun: the link you asked for\n") {
		t.Errorf("the text is\n%s", text)
	}
	for _, want := range []string{"https://shop.example/privacy/abc", "November 23, 10:00 PST", "12 Mill Lane"} {
		if !strings.Contains(html, want) || !strings.Contains(text, want) {
			t.Errorf("a form of the mail lacks %q", want)
		}
	}
}
