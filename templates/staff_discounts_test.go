package templates_test

import (
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
)

// discountSamples are those of the discount codes.
func discountSamples() []staffSample {
	bare := staff.Page{Title: "Discount codes", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	full := staffPage("Discount codes")
	full.Path = "/staff/discounts"
	full.Fields = map[string]string{"code": "Taken.", "kind": "Choose.", "value": "Not a number.", "minimum": "Too much.", "scope": "Choose.",
		"products": "Line 1 is nothing.", "collections": "Tick one.", "starts": "Not a day.", "ends": "Before the start.", "uses": "Too few.", "customer": "Too many."}
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	ten, number := int64(10), int64(1001)
	spring := shop.Discount{ID: 7, Code: "SPRING", Kind: shop.DiscountPercent, Value: 10, Minimum: 5_000, Scope: shop.ScopeProducts, StartsAt: at, EndsAt: &at, MaxUses: &ten, Uses: 10, Active: true, Version: 3}
	typed := staff.TypedDiscount{Version: 3, Code: `spring "<b>`, Kind: "percent", Value: "ten", Minimum: "x", Scope: "products", Starts: "2026-11-22T10:00", Ends: "soon", Uses: "-1", Customer: "1e9", Products: "tern\n<kite"}
	choices := []staff.CollectionChoice{{ID: 4, Title: "Road <i>", Ticked: true}, {ID: 5, Title: "Trail"}}
	var orders []staff.DiscountOrderLine
	for i, use := range []shop.UseState{shop.UseHeld, shop.UseUsed, shop.UseReleased, shop.UseLate} {
		line := staff.DiscountOrderLine{Name: "without a number", URL: "/staff/orders/9", DiscountOrder: database.DiscountOrder{
			DiscountUse: shop.DiscountUse{OrderID: shop.OrderID(9 - i), State: use}, OrderState: shop.OrderPaid, Discount: 1_400, Total: 12_600, PlacedAt: at,
		}}
		if use == shop.UseUsed {
			line.Number, line.Name = &number, "#1001"
		}
		orders = append(orders, line)
	}
	entries := []staff.AuditLine{{Seq: 9, At: at, Who: "Eve", Action: "discount.save", Thing: "discount 7", Details: "value: 5 → 10"}}
	return []staffSample{
		{"discounts", "staff/discounts.html", &staff.DiscountsPage{Page: full, Next: "/staff/discounts?before=7", Lines: []staff.DiscountLine{
			{Discount: spring, URL: "/staff/discounts/7", State: "used up"},
			{Discount: shop.Discount{ID: 8, Code: "SHIP", Kind: shop.DiscountShipping, Scope: shop.ScopeAll, StartsAt: at}, URL: "/staff/discounts/8", State: "active"},
		}}},
		{"discounts-empty", "staff/discounts.html", &staff.DiscountsPage{Page: bare, First: true}},
		{"discount", "staff/discount.html", &staff.DiscountPage{Page: full, Action: "/staff/discounts/7", Saved: spring, State: "used up", Typed: typed, Zone: "America/New_York", Collections: choices, Orders: orders, Next: "/staff/discounts/7?before=6#uses", Entries: entries}},
		{"discount-empty", "staff/discount.html", &staff.DiscountPage{Page: bare, Action: "/staff/discounts/7", Saved: shop.Discount{ID: 7, Code: "X-1"}, State: "off", First: true, Zone: "UTC"}},
		{"discount-new", "staff/discount_new.html", &staff.DiscountPage{Page: full, Action: "/staff/discounts/new", Typed: typed, Zone: "UTC", Collections: choices}},
		{"discount-new-empty", "staff/discount_new.html", &staff.DiscountPage{Page: bare, Action: "/staff/discounts/new", Zone: "UTC"}},
	}
}
