package mail_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

var noon = shop.At(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))

func message() mail.Message {
	return mail.Message{
		ID: "k7abc@shop.example", From: "Longrun <hello@shop.example>", To: "ada@runner.example",
		Subject: "Your order – 8½ / D", Text: "Danke schön.\n\n.a line with a dot\n", HTML: "<p>Danke schön.</p>", At: noon,
	}
}

func TestNothingCanBePutIntoAHeader(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(m *mail.Message)
	}{
		{"a recipient with another header", func(m *mail.Message) { m.To = "a@b.example\r\nBcc: c@d.example" }},
		{"a recipient with a bare line feed", func(m *mail.Message) { m.To = "a@b.example\nBcc: c@d.example" }},
		{"two recipients", func(m *mail.Message) { m.To = "a@b.example, c@d.example" }},
		{"a recipient with a name", func(m *mail.Message) { m.To = "Ada <a@b.example>" }},
		{"a recipient with a comment", func(m *mail.Message) { m.To = "a@b.example (c@d.example)" }},
		{"a group of recipients", func(m *mail.Message) { m.To = "all:a@b.example,c@d.example;" }},
		{"no recipient", func(m *mail.Message) { m.To = "" }},
		{"a recipient without a host", func(m *mail.Message) { m.To = "ada" }},
		{"a recipient with a NUL", func(m *mail.Message) { m.To = "a\x00@b.example" }},
		{"an endless recipient", func(m *mail.Message) { m.To = strings.Repeat("a", 250) + "@b.example" }},
		{"a subject with another header", func(m *mail.Message) { m.Subject = "Hi\r\nBcc: c@d.example" }},
		{"a subject with a body", func(m *mail.Message) { m.Subject = "Hi\n\nbuy this" }},
		{"a subject with a next-line sign", func(m *mail.Message) { m.Subject = "Hi\u0085Bcc: c@d.example" }},
		{"a subject that is no text", func(m *mail.Message) { m.Subject = "Hi\xff" }},
		{"no subject", func(m *mail.Message) { m.Subject = "" }},
		{"a sender with another header", func(m *mail.Message) { m.From = "a@b.example\r\nBcc: c@d.example" }},
		{"an answer address with another header", func(m *mail.Message) { m.ReplyTo = "a@b.example\r\nBcc: c@d.example" }},
		{"an id with another header", func(m *mail.Message) { m.ID = "x@y>\r\nBcc: c@d.example" }},
		{"an id that closes itself", func(m *mail.Message) { m.ID = "x@y> <z@y" }},
		{"no id", func(m *mail.Message) { m.ID = "" }},
		{"no text", func(m *mail.Message) { m.Text = "" }},
		{"no date", func(m *mail.Message) { m.At = shop.Instant{} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			folder, err := mail.NewFolder(dir)
			if err != nil {
				t.Fatal(err)
			}
			m := message()
			tt.spoil(&m)
			if err := folder.Send(context.Background(), m); !errors.Is(err, shop.ErrPermanent) {
				t.Errorf("it gives %v, want a permanent error", err)
			}
			if caught, err := mail.Caught(dir); err != nil || len(caught) != 0 {
				t.Errorf("%d mails went out, %v", len(caught), err)
			}
		})
	}
}

func TestOrdinaryAddressesAreTaken(t *testing.T) {
	for _, s := range []string{"a@b.example", "ada+shoes@mail.b.example", "o'hara@b.example", "a_b-c.d@b-c.example", "jörg@bücher.example"} {
		if err := mail.CheckAddress(s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
}
