package mail_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"longrun/internal/mail"
	"longrun/internal/shop"
	"longrun/templates"
)

func writer(t *testing.T) *mail.Writer {
	t.Helper()
	w, err := mail.NewWriter(mail.WriterOptions{Files: templates.Files, From: "Longrun <hello@shop.example>", BaseURL: "https://shop.example:8443"})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func sampleOrder() shop.Order {
	number := int64(1001)
	return shop.Order{
		ID: 5, Number: &number, State: shop.OrderPaid, Subtotal: 14500, Total: 14500, FreeShips: true,
		Lines: []shop.OrderLine{{Title: "Tern Racer – Ember", VariantTitle: "9 / D", Price: 14500, Quantity: 1, Amount: 14500}},
	}
}

func TestEveryKindOfMailIsWritten(t *testing.T) {
	tests := []struct {
		name, subject string
		kind          shop.MailKind
		data          any
		want          []string
	}{
		{"a confirmation", "Your order #1001 at Longrun", shop.MailOrderConfirmation,
			&mail.OrderConfirmation{ShopName: "Longrun", Order: sampleOrder(), OrderURL: "https://shop.example/orders/t0ken", Placed: "November 22, 2026"},
			[]string{"Tern Racer – Ember, 9 / D", "$145.00", "https://shop.example/orders/t0ken", "November 22, 2026"}},
		{"a late refund", "Longrun is giving you $154.00 back", shop.MailLateRefund,
			&mail.LateRefund{ShopName: "Longrun", Order: sampleOrder(), Amount: 15400, OrderURL: "https://shop.example/orders/t0ken", Reason: "The last pair had gone."},
			[]string{"$154.00", "The last pair had gone."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			row := shop.Mail{Kind: tt.kind, MessageID: "k7abc", Recipient: "ada@runner.example"}
			m, err := writer(t).Write(row, tt.data, noon)
			if err != nil {
				t.Fatal(err)
			}
			if m.Subject != tt.subject || m.ID != "k7abc@shop.example" || m.To != row.Recipient || m.At != noon {
				t.Errorf("got %q, id %q, to %q at %s", m.Subject, m.ID, m.To, m.At)
			}
			if strings.Contains(m.Text, "Subject:") || strings.HasPrefix(m.Text, "\n") {
				t.Errorf("the text begins %.40q", m.Text)
			}
			for _, w := range tt.want {
				if !strings.Contains(m.Text, w) || !strings.Contains(m.HTML, w) {
					t.Errorf("one form lacks %q", w)
				}
			}
		})
	}
}

func TestANameWithALineBreakMakesNoHeader(t *testing.T) {
	data := &mail.OrderConfirmation{ShopName: "Long\rrun\t2\u2028x\r\nBcc: c@d.example", Order: sampleOrder()}
	m, err := writer(t).Write(shop.Mail{Kind: shop.MailOrderConfirmation, MessageID: "k", Recipient: "a@b.example"}, data, noon)
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "Your order #1001 at Long run 2 x" {
		t.Errorf("the subject is %q", m.Subject)
	}
}

func TestTemplatesThatCannotBeWrittenAreErrors(t *testing.T) {
	row := shop.Mail{Kind: shop.MailOrderConfirmation, MessageID: "k", Recipient: "a@b.example"}
	if _, err := writer(t).Write(row, &struct{ ShopName string }{"Longrun"}, noon); err == nil {
		t.Error("data without an order is written")
	}
	row.Kind = "spam"
	if _, err := writer(t).Write(row, nil, noon); err == nil {
		t.Error("an unknown kind is written")
	}
	if _, err := mail.NewWriter(mail.WriterOptions{Files: fstest.MapFS{}, From: "a@b.example", BaseURL: "https://b.example"}); err == nil {
		t.Error("missing templates are not noticed at the start")
	}
	for name, o := range map[string]mail.WriterOptions{
		"no sender":            {Files: templates.Files, BaseURL: "https://b.example"},
		"a sender in two rows": {Files: templates.Files, From: "a@b.example\r\nBcc: c@d.example", BaseURL: "https://b.example"},
		"no host":              {Files: templates.Files, From: "a@b.example", BaseURL: "/shop"},
	} {
		if _, err := mail.NewWriter(o); err == nil {
			t.Errorf("%s is not noticed at the start", name)
		}
	}
}
