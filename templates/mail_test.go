package templates_test

import (
	"bytes"
	"strings"
	"testing"

	"longrun/internal/shop"
	"longrun/templates"
)

type confirmation struct {
	ShopName, BaseURL, OrderURL, Banner, Placed, ShopEmail string
	Order                                                  shop.Order
	ReturnDays                                             int
	ShopAddress                                            []string
}

type lateRefund struct {
	ShopName, OrderURL, Reason, ShopEmail string
	Order                                 shop.Order
	Amount                                shop.Cents
	ShopAddress                           []string
}

type paymentFailed struct {
	ShopName, OrderURL, ShopEmail string
	Order                         shop.Order
	ShopAddress                   []string
}

type shipped struct {
	ShopName, OrderURL, ShopEmail string
	Order                         shop.Order
	Parcel                        shop.Parcel
	Packed, Later                 []shop.PackedLine
	ShopAddress                   []string
}

type orderCancelled struct {
	ShopName, OrderURL, ShopEmail string
	Order                         shop.Order
	Plan                          shop.RefundPlan
	Whole                         bool
	ShopAddress                   []string
}

type refundMail struct {
	ShopName, OrderURL, Reason, ShopEmail string
	Order                                 shop.Order
	Plan                                  shop.RefundPlan
	Again                                 bool
	ShopAddress                           []string
}

func TestMailsSayEverythingInBothForms(t *testing.T) {
	order := sampleOrder()
	packed, later := []shop.PackedLine{{Line: &order.Lines[0], Quantity: 1}}, []shop.PackedLine{{Line: &order.Lines[1], Quantity: 2}}
	plan := shop.RefundPlan{Lines: []shop.RefundLine{{Line: &order.Lines[1], Quantity: 1, Net: 700, Tax: 40}},
		Units: []shop.RefundUnit{{Net: 700, Tax: 40}}, Shipping: 500, ShippingTax: 10}
	late := sampleOrder()
	late.Number, late.Tax = nil, nil
	tests := []struct {
		name, file string
		data       any
		subject    string
		want       []string
	}{
		{"the confirmation of an order", "order_confirmation", &confirmation{ShopName: "Longrun", BaseURL: "https://shop.example", OrderURL: "https://shop.example/orders/t0ken",
			Banner: banner, Placed: "November 22, 2026", ShopEmail: "hello@shop.example", Order: sampleOrder(), ReturnDays: 60, ShopAddress: []string{"12 Mill Lane", "Portland"}},
			"Subject: Your order #1001 at Longrun",
			[]string{"#1001", "November 22, 2026", "Tern Racer – Ember, 9 / D", "$145.00", "Trail Sock – Moss", "Engraving: for Ada", "$14.00", "$5.00", "Free", "$12.40", "$166.40",
				"https://shop.example/orders/t0ken", "4 Weir Street", "Free returns within 60 days", banner, "Leave it at the back door", "Run well", "12 Mill Lane"}},
		{"a confirmation with next to nothing", "order_confirmation", &confirmation{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken"},
			"Subject: Your order at Longrun", []string{"https://shop.example/orders/t0ken"}},
		{"the refund of a late payment", "late_refund", &lateRefund{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken", Reason: "Your payment arrived after the last pair was sold.",
			ShopEmail: "hello@shop.example", Order: late, Amount: 15400}, "Subject: Longrun is giving you $154.00 back",
			[]string{"$154.00", "Your payment arrived after the last pair was sold.", "Tern Racer – Ember, 9 / D", "https://shop.example/orders/t0ken", "hello@shop.example"}},
		{"a parcel that leaves the rest for later", "shipped", &shipped{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken", Order: order, Packed: packed, Later: later,
			Parcel:    shop.Parcel{Carrier: "UPS", Tracking: "1Z999", TrackingURL: "https://www.ups.com/track?tracknum=1Z999"},
			ShopEmail: "hello@shop.example", ShopAddress: []string{"12 Mill Lane"}}, "Subject: Part of your order #1001 is on its way",
			[]string{"UPS", "1Z999", "https://www.ups.com/track?tracknum=1Z999", "Tern Racer – Ember, 9 / D", "Follows later", "Trail Sock – Moss", "4 Weir Street", "Flat 2", "https://shop.example/orders/t0ken", "12 Mill Lane"}},
		{"a parcel without a number", "shipped", &shipped{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken"}, "Subject: Your order is on its way",
			[]string{"https://shop.example/orders/t0ken"}},
		{"a part that is cancelled", "order_cancelled", &orderCancelled{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken", Order: order, Plan: plan},
			"Subject: Part of your order #1001 is cancelled", []string{"1 × Trail Sock – Moss", "$7.00", "Shipping", "$5.00", "Tax", "$0.50", "$12.50", "https://shop.example/orders/t0ken"}},
		{"an order that is cancelled", "order_cancelled", &orderCancelled{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken", Whole: true, ShopEmail: "hello@shop.example"},
			"Subject: Your order is cancelled", []string{"hello@shop.example", "given back before"}},
		{"a refund with its sum", "refund", &refundMail{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken", Order: order, Again: true, Reason: "The box arrived wet.",
			Plan: shop.RefundPlan{Lines: plan.Lines, Units: plan.Units, Goodwill: 300, GivenBefore: 100}},
			"Subject: Longrun is giving you $9.40 back for order #1001", []string{"1 × Trail Sock – Moss", "$7.00", "Tax", "$0.40", "Goodwill", "$3.00", "Given back before", "-$1.00", "$9.40",
				"The box arrived wet.", "sending it again", "https://shop.example/orders/t0ken"}},
		{"a payment that did not come", "payment_failed", &paymentFailed{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken", Order: late, ShopEmail: "hello@shop.example", ShopAddress: []string{"12 Mill Lane"}},
			"Subject: Your payment to Longrun did not arrive", []string{"did not arrive", "cancelled", "$154.00", "Tern Racer – Ember, 9 / D", "https://shop.example/orders/t0ken", "hello@shop.example", "12 Mill Lane"}},
		{"a payment that did not come, of next to nothing", "payment_failed", &paymentFailed{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken"},
			"Subject: Your payment to Longrun did not arrive", []string{"You owe nothing"}},
		{"a refund of next to nothing", "refund", &refundMail{ShopName: "Longrun", OrderURL: "https://shop.example/orders/t0ken", Plan: shop.RefundPlan{Goodwill: 1}},
			"Subject: Longrun is giving you $0.01 back", []string{"$0.01"}},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			html, text := renderMail(t, tt.file, tt.data)
			keep(t, "mail-"+string(rune('a'+i))+".html", html)
			keep(t, "mail-"+string(rune('a'+i))+".txt", text)
			if first, _, _ := strings.Cut(text, "\n"); first != tt.subject {
				t.Errorf("the subject line is %q, want %q", first, tt.subject)
			}
			for _, w := range tt.want {
				if !strings.Contains(html, w) {
					t.Errorf("the HTML part lacks %q", w)
				}
				if !strings.Contains(text, w) {
					t.Errorf("the text part lacks %q", w)
				}
			}
			if strings.Contains(html+text, shop.DefaultTitle) || strings.Contains(html, "ZgotmplZ") || strings.Contains(text, "<no value>") {
				t.Error("the mail has a value that is none")
			}
		})
	}
}

func TestTextMailsAreNotEscaped(t *testing.T) {
	order := sampleOrder()
	order.Lines[0].Title = "Hill & Dale's <fast>"
	html, text := renderMail(t, "order_confirmation", &confirmation{ShopName: "Longrun", Order: order})
	if !strings.Contains(text, "Hill & Dale's <fast>") {
		t.Error("the text part escapes a title")
	}
	if strings.Contains(html, "<fast>") {
		t.Error("the HTML part does not")
	}
}

func renderMail(t *testing.T, name string, data any) (html, text string) {
	t.Helper()
	m, err := templates.ParseMail(templates.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	var h, b bytes.Buffer
	if err := m.HTML.Execute(&h, data); err != nil {
		t.Fatal(err)
	}
	if err := m.Text.Execute(&b, data); err != nil {
		t.Fatal(err)
	}
	return h.String(), b.String()
}
