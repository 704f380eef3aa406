package templates_test

import (
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
)

// disputeSamples are the pages of disputes, each full and empty.
func disputeSamples() []staffSample {
	bare := staff.Page{Title: "Staff", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	line := func(state shop.DisputeState, evidence shop.EvidenceState) staff.DisputeLine {
		return staff.DisputeLine{
			Dispute: shop.Dispute{ID: 3, StripeID: "dp_1", State: state, EvidenceState: evidence, Reason: "a <reason>", Amount: 14_560, Withdrawn: 14_560, Fee: 1_500, DueAt: &at, CreatedAt: at},
			URL:     "/staff/disputes/3", Order: "#1001", Left: "2 days", Soon: true,
		}
	}
	sent := line(shop.DisputeLost, shop.EvidenceSent)
	sent.SentAt, sent.EndedAt, sent.LastError, sent.Left = &at, &at, "Stripe says: <no>", ""
	tabs := []staff.OrderTab{{Title: "To answer", URL: "/staff/disputes?tab=answer", Count: "99+", Current: true}, {Title: "Decided", URL: "/staff/disputes?tab=decided"}}
	order := staffOrder()
	var parts []staff.DisputeField
	for _, f := range shop.EvidenceFor(&order, nil, shop.DefaultSettings()).Fields() {
		parts = append(parts, staff.DisputeField{EvidenceField: f, Bad: "At most 5000 characters."})
	}
	page := staff.DisputePage{
		Page: staffPage("Dispute"), DisputeLine: line(shop.DisputeWaits, shop.EvidenceDraft), OrderURL: "/staff/orders/7", Waiting: 2,
		Action: "/staff/disputes/3", CanWrite: true, Parts: parts, Version: 2, Filled: true,
	}
	page.LastError = "Stripe says: <no>"
	asked := staff.DisputePage{Page: bare, DisputeLine: line(shop.InquiryWaits, shop.EvidenceNone), OrderURL: "/staff/orders/7", Waiting: 1, Action: "/staff/disputes/3"}
	lost := staff.DisputePage{Page: bare, DisputeLine: sent, OrderURL: "/staff/orders/7", Action: "/staff/disputes/3", Parts: parts}
	return []staffSample{
		{"disputes", "staff/disputes.html", &staff.DisputesPage{Page: staffPage("Disputes"), Tabs: tabs, Tab: database.DisputesToAnswer, About: "The soonest end first.", Rows: []staff.DisputeLine{page.DisputeLine, asked.DisputeLine}, Next: "/staff/disputes?after=1"}},
		{"disputes-decided", "staff/disputes.html", &staff.DisputesPage{Page: bare, Tabs: tabs, Tab: database.DisputesDecided, Rows: []staff.DisputeLine{sent}}},
		{"disputes-empty", "staff/disputes.html", &staff.DisputesPage{Page: bare}},
		{"dispute", "staff/dispute.html", &page},
		{"dispute-inquiry", "staff/dispute.html", &asked},
		{"dispute-lost", "staff/dispute.html", &lost},
		{"dispute-send", "staff/dispute_send.html", &page},
		{"dispute-send-empty", "staff/dispute_send.html", &asked},
	}
}
