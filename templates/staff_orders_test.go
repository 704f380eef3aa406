package templates_test

import (
	"strings"
	"time"

	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/staff"
)

// staffOrder has everything that an order can have, written by somebody who
// tries to be markup.
func staffOrder() shop.Order {
	number, tax := int64(1001), shop.Cents(812)
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	return shop.Order{
		ID: 7, Number: &number, State: shop.OrderPaid, Fulfilment: shop.PartlyFulfilled, Review: "the address is <b>off</b> the list",
		Subtotal: 38_000, Discount: 500, Total: 37_500, Tax: &tax, ShippingTax: new(shop.Cents), FreeShips: true,
		Note: "Ring <twice>", GiftNote: "For you\nwith love", PlacedAt: at, PaidAt: &at,
		Lines: []shop.OrderLine{
			{ID: 1, Title: "Tern Racer – Ember", VariantTitle: "9 / D", SKU: "TR-9D", Handle: "tern", Price: 14_000, Quantity: 2, Amount: 28_000, Discount: 500, Ships: true,
				Properties: []shop.OrderLineProperty{{Name: "Bib", Value: "<12>"}},
				Units:      []shop.OrderUnit{{ID: 1, Position: 1, State: shop.UnitShipped}, {ID: 2, Position: 2, State: shop.UnitWaiting}}},
			{ID: 2, Title: "Keel", VariantTitle: "10.5 / EE", Price: 10_000, Quantity: 1, Amount: 10_000, Ships: true, Units: []shop.OrderUnit{{ID: 3, Position: 1, State: shop.UnitWaiting}}},
		},
		Tenders:    []shop.OrderTender{{Kind: shop.TenderStripe, Amount: 38_312}},
		Attributes: []shop.OrderAttribute{{Name: "club", Value: "LRC"}},
		Contact:    &shop.OrderContact{Email: "ada@example.com", Name: "Ada <Runner>", Phone: "555", ShipName: "Ada", Line1: "1 Track Road", Line2: "Flat 2", City: "Portland", State: "OR", PostalCode: "97209", Country: "US"},
	}
}

// orderSamples are the pages of orders, each full and empty.
func orderSamples() []staffSample {
	bare := staff.Page{Title: "Staff", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	full := staffPage("Orders")
	full.Fields = map[string]string{"carrier": "Too long.", "tracking": "Not a number.", "line-2": "Too many.", "reason": "Too long.", "units": "Gone.", "shipping": "Gone.", "goodwill": "No amount.", "current": "Wrong."}
	order := staffOrder()
	at := order.PlacedAt
	session, key := "cs_test_1", "pi_1"
	tabs := []staff.OrderTab{{Title: "To ship", URL: "/staff/orders?tab=ship", Count: "99+", Current: true}, {Title: "Needs review", URL: "/staff/orders?tab=review", Count: "1"}, {Title: "All paid", URL: "/staff/orders?tab=all"}}
	rows := []staff.OrderLine{
		{ID: 7, URL: "/staff/orders/7", Number: "#1001", At: at, Age: "2 days", Name: "Ada <Runner>", Place: "Portland, OR", Pieces: "3 pieces", Items: []string{"2 × Tern Racer – Ember, 9 / D", "Keel, 10.5 / EE"}, More: 1, Total: 38_312, Status: "Paid", Gift: true, HasNote: true, Act: web.MenuItem{Title: "Ship 3 pieces", URL: "/staff/orders/7#ship"}},
		{ID: 8, URL: "/staff/orders/8", Number: "no number", At: at, Age: "1 hour", Name: "Ben", Pieces: "1 piece", Items: []string{"Keel"}, Total: 10_000, Status: "Cancelled", Review: "paid twice"},
	}
	parcel := shop.Parcel{ID: 3, OrderID: 7, Number: 1, State: shop.ParcelShipped, Carrier: "UPS", Tracking: "1Z999", TrackingURL: "https://www.ups.com/track?tracknum=1Z999", Version: 2, ShippedAt: at, DeliveredAt: &at}
	undone := parcel
	undone.ID, undone.Number, undone.State, undone.TrackingURL = 4, 2, shop.ParcelUndone, ""
	plan, err := shop.PlanCancel(&order, shop.Given{Left: 1_000_000}, nil)
	if err != nil {
		panic(err)
	}
	page := staff.OrderPage{
		Page: full, Order: order, Heading: "Order #1001", Status: "Partly shipped", Age: "2 days", Action: "/staff/orders/7", Next: "Ship 2 pieces.",
		CanFulfil: true, CanCancel: true, CanRefund: true, CanSettle: true, Refused: "parcel-3", Carriers: []string{"UPS", "USPS"}, Waiting: 2,
		Ship: staff.ShipForm{Carrier: "UPS", Tracking: "1Z", Tell: true, Key: "KEY", Chosen: map[shop.UnitID]bool{2: true}},
		Lines: []staff.OrderedLine{{OrderLine: &order.Lines[0], Image: "/media/a.svg", Sums: "1 in parcel 1, 1 waiting", Pieces: []staff.Piece{{ID: 1, Position: 1}, {ID: 2, Position: 2, Waits: true}}},
			{OrderLine: &order.Lines[1], Pieces: []staff.Piece{{ID: 3, Position: 1, Waits: true}}}},
		Parcels:  []staff.SentParcel{{Parcel: parcel, Contents: []string{"1 × Tern"}, Action: "/staff/orders/7/parcels/3", Form: staff.ParcelForm{Version: 2, Carrier: "UPS"}}, {Parcel: undone}},
		Payments: []staff.OrderPayment{{PaymentAttempt: shop.PaymentAttempt{Amount: 37_500, SessionID: &session, PaymentIntent: key, ChargeID: "ch_1", CardBrand: "visa", CardLast4: "4242", CreatedAt: at}, Means: "captured"}},
		Refunds:  []staff.OrderRefund{{Refund: shop.Refund{Amount: 100, State: shop.RefundFailed, StripeID: &key, LastError: "no", CreatedAt: at}, Why: "cancelled", Means: "failed", Sum: 1, Rows: plan.Rows(), Again: "/staff/orders/7/refunds/2/again"}},
		Disputes: []staff.DisputeLine{{Dispute: shop.Dispute{State: shop.DisputeWaits, Amount: 38_312, Withdrawn: 38_312, Reason: "fraudulent", DueAt: &at}, URL: "/staff/disputes/3", Left: "2 days", Soon: true}},
		Timeline: []staff.OrderEvent{{At: at, Who: "Stripe", What: "Order: pending → paid"}, {At: at, Who: "Ada", What: "order.note", Note: "text: <hello>"}},
		Others:   []staff.OtherOrder{{URL: "/staff/orders/2", Number: "#1000", Status: "Delivered", At: at, Total: 100}}, MoreOthers: true,
		PrivateURL: "/orders/t0ken", Before: "/staff/orders/6", After: "/staff/orders/8", Note: "typed", Review: "typed",
	}
	shipping := page
	shipping.Order.Review, shipping.Refused = "", "ship"
	unpaid := staff.OrderPage{Page: bare, Order: shop.Order{ID: 9, State: shop.OrderPending, PlacedAt: at}, Heading: "Checkout without a number", Action: "/staff/orders/9"}
	packed := []staff.PackOrder{{Order: &order, Name: "#1001", Gift: true, Paid: at, Lines: []staff.PackLine{{OrderLine: &order.Lines[0], Pieces: 1}}}}
	settings := shop.DefaultSettings()
	report := fulfilment.TrackingReport{Rows: 3, Shipped: 1, Known: 1, Errors: []fulfilment.TrackingError{{Line: 4, Order: "<1002>", Message: "There is no such order."}}}
	again := fulfilment.TrackingReport{Rows: 1, Known: 1}
	return []staffSample{
		{"orders", "staff/orders.html", &staff.OrdersPage{Page: full, Tabs: tabs, Queue: database.QueueToShip, About: "Oldest first.", Rows: rows, First: "/staff/orders", Next: "/staff/orders?after=1", Turn: web.MenuItem{Title: "Newest first", URL: "/staff/orders?first=newest"}, CanFulfil: true, Ticks: true}},
		{"orders-found", "staff/orders.html", &staff.OrdersPage{Page: bare, Tabs: tabs, Search: "<ada>", Searching: true, Narrow: true, Rows: rows}},
		{"orders-empty", "staff/orders.html", &staff.OrdersPage{Page: bare, Tabs: tabs}},
		{"orders-nothing", "staff/orders.html", &staff.OrdersPage{Page: bare, Search: "x", Searching: true}},
		{"order", "staff/order.html", &page},
		{"order-ship", "staff/order.html", &shipping},
		{"order-empty", "staff/order.html", &unpaid},
		{"ordercancel", "staff/ordercancel.html", &staff.CancelPage{Page: full, Order: order, Heading: "Cancel pieces of #1001", Action: "/staff/orders/7/cancel", Back: "/staff/orders/7", Lines: []staff.CancelLine{{Line: &order.Lines[1], Name: "line-2", Waiting: 1, Typed: "3"}}, Plan: &plan, Units: "2,3", Reason: "<b>", Restock: true, Key: "KEY", Asks: true}},
		{"ordercancel-empty", "staff/ordercancel.html", &staff.CancelPage{Page: bare, Heading: "Cancel", Back: "/staff/orders/7"}},
		{"orderrefund", "staff/orderrefund.html", &staff.RefundPage{Page: full, Order: order, Heading: "Give money back for #1001", Action: "/staff/orders/7/refund", Back: "/staff/orders/7", Captured: 38_312, Left: 30_000, Lines: []staff.RefundableLine{{OrderLine: &order.Lines[0], Pieces: []staff.RefundablePiece{{ID: 1, Position: 1, State: "in parcel 1", Paid: 14_500, Gone: true}, {ID: 2, Position: 2, State: "waiting", Paid: 14_500}}}}, Shipping: 854, Form: staff.RefundForm{Chosen: map[shop.UnitID]bool{2: true}, Shipping: true, Goodwill: "<1,5>", Reason: "<b>"}, Plan: &plan, Units: "2,3", Goodwill: 500, Key: "KEY", Asks: true}},
		{"orderrefund-again", "staff/orderrefund.html", &staff.RefundPage{Page: full, Order: order, Heading: "Give money back for #1001", Action: "/staff/orders/7/refunds/2/again", Back: "/staff/orders/7", Form: staff.RefundForm{Reason: "<b>"}, Plan: &plan, Why: "The refund of $5.00 failed: <no>."}},
		{"orderrefund-empty", "staff/orderrefund.html", &staff.RefundPage{Page: bare, Heading: "Give money back", Back: "/staff/orders/7"}},
		{"orderpack", "staff/orderpack.html", &staff.PackPage{Page: full, Orders: packed, Pick: []staff.PickLine{{Title: "Tern", Size: "9 / D", SKU: "TR", Pieces: 2, Orders: []string{"2 for #1001"}}}, Slips: true, Pieces: 2, Left: 1, Fulfil: "/staff/orders/fulfil?o=7", Shop: settings, Address: strings.Split(settings.ShopAddress, "\n")}},
		{"orderpack-empty", "staff/orderpack.html", &staff.PackPage{Page: bare, Slips: true, Left: 2}},
		{"orderfulfil", "staff/orderfulfil.html", &staff.FulfilPage{Page: full, Rows: []staff.FulfilRow{{ID: 7, Number: "#1001", URL: "/staff/orders/7", Name: "Ada", Place: "Portland, OR", Items: []string{"2 × Tern"}, Carrier: "x", Tracking: "<1>", Key: "K", Refusal: "Not right.", Fields: map[string]string{"carrier": "x", "tracking": "y"}}, {ID: 8, Number: "#1002", URL: "/staff/orders/8"}}, Left: []string{"#1003: it is not paid"}, Sent: []string{"#1004"}, Carriers: []string{"UPS"}, Tell: true, Without: true}},
		{"orderfulfil-empty", "staff/orderfulfil.html", &staff.FulfilPage{Page: bare}},
		{"ordertracking", "staff/ordertracking.html", &staff.TrackingPage{Page: full, Pasted: "<a>", Report: &report}},
		{"ordertracking-again", "staff/ordertracking.html", &staff.TrackingPage{Page: full, Report: &again}},
		{"ordertracking-empty", "staff/ordertracking.html", &staff.TrackingPage{Page: bare}},
	}
}
