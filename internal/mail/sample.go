package mail

import (
	"time"

	"longrun/internal/shop"
)

// Sample is a mail of a kind with invented data, as a shop with these settings
// at baseURL would write it, for whoever works on the templates. A kind
// without a sample is KindNotFound.
func (w *Writer) Sample(kind shop.MailKind, settings shop.Settings, baseURL string) (Message, error) {
	data, ok := samples[kind]
	if !ok {
		return Message{}, shop.NotFound("There is no sample of such a mail.")
	}
	at := shop.At(time.Date(2026, 11, 22, 18, 4, 0, 0, time.UTC))
	row := shop.Mail{ID: 1, Kind: kind, Recipient: "ada@runner.example", MessageID: "sample-" + string(kind), CreatedAt: at}
	m, err := w.Write(row, data(sample{settings, AddressLines(settings), baseURL}), at)
	if err == nil && m.ReplyTo == "" {
		m.ReplyTo = settings.ShopEmail
	}
	return m, err
}

// sample is what samples are made with.
type sample struct {
	shop.Settings
	address []string
	base    string
}

// token stands for the unguessable end of a link.
const token = "k3v7q2m5x4z6n2p7w5t3r4y6ad"

func (s sample) orderURL() string { return s.base + "/orders/" + token }

// samples make the data of each kind, with everything in it that it can have.
var samples = map[shop.MailKind]func(sample) any{
	shop.MailOrderConfirmation: func(s sample) any {
		return &OrderConfirmation{ShopName: s.ShopName, BaseURL: s.base, Order: s.order(), OrderURL: s.orderURL(), Banner: s.Banner(),
			ReturnDays: s.ReturnDays, ShopAddress: s.address, ShopEmail: s.ShopEmail, Placed: "November 22, 2026"}
	},
	shop.MailLateRefund: func(s sample) any {
		order := s.order()
		return &LateRefund{ShopName: s.ShopName, Order: order, Amount: order.GrandTotal(), OrderURL: s.orderURL(),
			Reason:    "Your payment reached us when this order was already over, so nothing will be sent for it.",
			ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailShipped: func(s sample) any {
		order := s.order()
		return &Shipped{ShopName: s.ShopName, Order: order, OrderURL: s.orderURL(), ShopEmail: s.ShopEmail, ShopAddress: s.address,
			Parcel: shop.Parcel{Number: 1, Carrier: "UPS", Tracking: "1Z999AA10123456784", TrackingURL: "https://www.ups.com/track?tracknum=1Z999AA10123456784"},
			Packed: []shop.PackedLine{{Line: &order.Lines[0], Quantity: 1}}, Later: []shop.PackedLine{{Line: &order.Lines[1], Quantity: 2}}}
	},
	shop.MailOrderCancelled: func(s sample) any {
		order := s.order()
		return &OrderCancelled{ShopName: s.ShopName, Order: order, Plan: s.plan(&order), OrderURL: s.orderURL(), ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailRefund: func(s sample) any {
		order := s.order()
		plan := s.plan(&order)
		plan.Goodwill, plan.GivenBefore = 500, 200
		return &Refund{ShopName: s.ShopName, Order: order, Plan: plan, Reason: "One sock of the pair had a hole. We are sorry.", Again: true,
			OrderURL: s.orderURL(), ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailOrderLink: func(s sample) any {
		return &OrderLink{ShopName: s.ShopName, Order: s.order(), OrderURL: s.orderURL(), Placed: "November 22, 2026", ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailPaymentFailed: func(s sample) any {
		return &PaymentFailed{ShopName: s.ShopName, Order: s.order(), OrderURL: s.orderURL(), ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailPrivacyLink: func(s sample) any {
		return &PrivacyLink{ShopName: s.ShopName, URL: s.base + "/privacy/" + token, Until: "November 23, 10:04 PST", ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailAccountSignIn: func(s sample) any {
		return &AccountSignIn{ShopName: s.ShopName, URL: s.base + "/account/login/" + token, Code: "204 671", Expires: "10:19 AM PST", Browser: "Firefox on Linux",
			ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailAccountEmail: func(s sample) any {
		return &AccountEmail{ShopName: s.ShopName, URL: s.base + "/account/email/" + token, Expires: "November 23, 2026 at 10:04 AM PST", ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailAccountChanged: func(s sample) any {
		return &AccountChanged{ShopName: s.ShopName, Changed: "November 22, 2026 at 10:04 AM PST", ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailWaitConfirm: func(s sample) any {
		return &WaitConfirm{ShopName: s.ShopName, What: sampleShoe, URL: s.base + "/waiting/" + token, ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailBackInStock: func(s sample) any {
		return &BackInStock{ShopName: s.ShopName, What: sampleShoe, Price: 14_500, ProductURL: s.base + "/products/tern-racer-ember?variant=42",
			Asked: "November 2, 2026", LeaveURL: s.base + "/waiting/" + token, ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailContact: func(s sample) any {
		return &Contact{ShopName: s.ShopName, Received: "November 22, 2026 at 10:04 PST", URL: s.base + "/staff/messages/7",
			Message: shop.ContactMessage{ID: 7, Name: "Ada Moss", Email: "ada@runner.example", OrderNumber: "#1001",
				Body: "Hello,\n\nthe left shoe squeaks on wet stone. Is that the rubber, or is it me?\n\nAda"},
			ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailStaffInvitation: func(s sample) any {
		return &StaffInvitation{ShopName: s.ShopName, Name: "Juno Park", URL: s.base + "/staff/invitation/" + token, First: true,
			Expires: "November 29, 2026 at 10:04 PST", ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
	shop.MailStaffAlarm: func(s sample) any {
		return &StaffAlarm{ShopName: s.ShopName, Cause: shop.AlarmMail.Title(), URL: s.base + "/staff/system/alarms", ShopEmail: s.ShopEmail, ShopAddress: s.address, More: true,
			Lines: []AlarmLine{
				{Message: "3 mails have been waiting for more than 15 minutes, the oldest since Nov 22, 09:41.", Times: 4, Last: "November 22, 10:04 PST", URL: s.base + "/staff/system/mails?state=queued"},
				{Message: "The mail server will not have mail 12 (order confirmation). It says: 550 5.1.1 <ada@runner.exampel>: user unknown", Times: 1, Last: "November 22, 10:02 PST", URL: s.base + "/staff/system/mails/12"},
			}}
	},
	shop.MailStaffNewOrder: func(s sample) any {
		return &StaffNewOrder{ShopName: s.ShopName, Orders: 3, Since: "November 22, 09:04 PST", URL: s.base + "/staff", ShopEmail: s.ShopEmail, ShopAddress: s.address}
	},
}

const sampleShoe = "Tern Racer – Ember in 9 / D"

// order is one with all that mails show of orders.
func (s sample) order() shop.Order {
	number, tax := int64(1001), shop.Cents(1_240)
	order := shop.Order{
		ID: 5, Number: &number, State: shop.OrderPaid, Currency: s.Currency, Subtotal: 15_900, Discount: 500, DiscountCode: "SPRING", FreeShips: true,
		Total: 15_400, Tax: &tax, Note: "Leave it at the back door", GiftNote: "Run well",
		Lines: []shop.OrderLine{
			{ID: 1, Title: "Tern Racer – Ember", VariantTitle: "9 / D", Price: 14_500, Quantity: 1, Amount: 14_500},
			{ID: 2, Title: "Trail Sock – Moss", VariantTitle: shop.DefaultTitle, Price: 700, Quantity: 2, Amount: 1_400,
				Properties: []shop.OrderLineProperty{{Name: "Engraving", Value: "for Ada"}}},
		},
	}
	order.Contact = &shop.OrderContact{Email: "ada@runner.example", Name: "Ada Moss", Line1: "4 Weir Street", Line2: "Flat 2",
		City: "Troy", State: "NY", PostalCode: "12180", Country: "US"}
	return order
}

func (s sample) plan(order *shop.Order) shop.RefundPlan {
	return shop.RefundPlan{
		Lines: []shop.RefundLine{{Line: &order.Lines[1], Quantity: 1, Net: 700, Tax: 40}},
		Units: []shop.RefundUnit{{Net: 700, Tax: 40}},
	}
}
