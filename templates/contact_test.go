package templates_test

import (
	"strings"
	"testing"
	"time"

	"longrun/internal/mail"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
	"longrun/internal/web/storefront"
)

const hostileText = "Hello <b>there</b>\n\n'\"><script>alert(1)</script>"

func sampleContact() *storefront.ContactPage {
	return &storefront.ContactPage{Page: samplePage("Contact"), Error: "Two things are wrong.", Key: "k", Most: shop.MaxContactBody,
		Fields: map[string]string{"name": "A name is one line.", "email": "This is not an e-mail address.", "order": "That is too long.", "body": "Write what you would like to say."},
		Name:   `Ada "<i>" Moss`, Email: "ada@", Order: "#1001", Body: hostileText}
}

// messageSamples are the pages about messages.
func messageSamples() []staffSample {
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	bare := staff.Page{Title: "Staff", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	waits := shop.ContactMessage{ID: 1, Name: "Ada Moss", Email: "ada@shop.example", OrderNumber: "#1001", Body: hostileText, CreatedAt: at}
	answered := waits
	answered.AnsweredAt, answered.Name, answered.OrderNumber = &at, "", ""
	line := func(m shop.ContactMessage) staff.MessageLine {
		return staff.MessageLine{ContactMessage: m, Begins: m.Body, By: "Ada Moss"}
	}
	return []staffSample{
		{"messages", "staff/messages.html", &staff.MessagesPage{Page: staffPage("Messages"), Messages: []staff.MessageLine{line(waits)}, Next: "/staff/messages?before=1"}},
		{"messages-answered", "staff/messages.html", &staff.MessagesPage{Page: staffPage("Messages"), Answered: true, Messages: []staff.MessageLine{line(answered)}}},
		{"messages-empty", "staff/messages.html", &staff.MessagesPage{Page: bare}},
		{"message", "staff/message_of.html", &staff.MessageOfPage{Page: staffPage("Message"), MessageLine: line(waits), Action: "/staff/messages/1", Answer: "mailto:ada@shop.example", Orders: "/staff/orders?q=1001"}},
		{"message-empty", "staff/message_of.html", &staff.MessageOfPage{Page: bare, MessageLine: line(answered), Action: "/staff/messages/1", Answer: "mailto:ada@shop.example", Orders: "/staff/orders"}},
	}
}

func TestTheMailOfAMessageSaysItWhole(t *testing.T) {
	data := &mail.Contact{ShopName: "Longrun", URL: "https://shop.example/staff/messages/1", Received: "November 22, 2026", ShopAddress: []string{"12 Mill Lane"},
		Message: shop.ContactMessage{Name: "Ada Moss", Email: "ada@shop.example", OrderNumber: "#1001", Body: hostileText}}
	html, text := renderMail(t, "contact", data)
	keep(t, "mail-contact.html", html)
	keep(t, "mail-contact.txt", text)
	if !strings.HasPrefix(text, "Subject: A message from Ada Moss\n") || !strings.Contains(text, hostileText) {
		t.Errorf("the text is\n%s", text)
	}
	if strings.Contains(html, "<script>") || strings.Contains(html, "<b>there") || !strings.Contains(html, "&lt;b&gt;there") {
		t.Error("a message is markup")
	}
	for _, want := range []string{"ada@shop.example", "#1001", "November 22, 2026", "https://shop.example/staff/messages/1", "12 Mill Lane"} {
		if !strings.Contains(html, want) || !strings.Contains(text, want) {
			t.Errorf("a form of the mail lacks %q", want)
		}
	}
}
