package templates_test

import (
	"fmt"
	"html/template"
	"strings"
	"testing"

	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/storefront"
)

const banner = "Free Shipping for orders over $100 /// Free Returns for all orders."

func samplePage(title string) web.Page {
	return web.Page{
		Title: title, Description: "Running shoes & socks, fitted with care.",
		Canonical: "https://shop.example/here", JSONLD: []template.JS{`{"@type":"Organization"}`},
		Crumbs: []web.Crumb{{Title: "Home", URL: "/"}, {Title: "Road", URL: "/collections/road"}, {Title: title}},
		Path:   "/collections/road", ShopName: "Longrun", Banner: banner,
		Menu: []web.MenuItem{{Title: "New", URL: "/collections/new"}, {Title: "Road", URL: "/collections/road"},
			{Title: "Trail", URL: "/collections/trail"}, {Title: "Race day", URL: "/collections/race"}, {Title: "All shoes", URL: "/collections/all"}},
		FooterMenu: []web.MenuItem{{Title: "Collections", URL: "/collections"}, {Title: "Everything", URL: "/collections/all"}},
		Stylesheet: "/assets/css/shop.css", Icon: "/assets/img/icon.svg", BagMark: "(2)", ReturnDays: 60,
		ShopAddress: []string{"Longrun", "12 Mill Lane", "Portland, OR 97201"}, ShopEmail: "hello@shop.example", ShopPhone: "(503) 555-0142", ShopHours: []string{"Mon to Fri, 9 to 5", "Sat, 10 to 2"},
	}
}

func sampleImage(n int, view string) storefront.Image {
	url := fmt.Sprintf("/images/%d-%s.svg", n%8, view)
	return storefront.Image{URL: url, Srcset: url + " 1200w", Sizes: "100vw", Alt: "Tern Racer in Ember, seen from the " + view, Width: 1200, Height: 900}
}

func sampleCards(n int) []storefront.Card {
	was := shop.Cents(17500)
	titles := []string{"Tern Racer", "Fellside GTX Mid", "Mile Nine", "Harrier 3", "Slow Sunday", "Cinder Track Spike", "Long Meadow", "Keel Stability"}
	colours := []string{"Ember", "Fog / Sea Kale", "Night Bus", "Sorrel", "Milk", "Signal", "Lichen", "Tide"}
	cards := make([]storefront.Card, n)
	for i := range cards {
		cards[i] = storefront.Card{Title: titles[i%8], URL: "/products/tern-racer", Vendor: "Hollis & Wade",
			Colour: colours[i%8], Colours: i % 4, Price: shop.Cents(14000 + 500*i), Varies: i == 3,
			SoldOut: i == 4, Few: i == 2, Facts: "Road · neutral · 6 mm drop", Image: sampleImage(i, "lateral"), Lazy: i > 3}
		if i%5 == 1 {
			cards[i].CompareAt = &was
		}
	}
	return cards
}

func sampleCollections() []storefront.CollectionCard {
	var cards []storefront.CollectionCard
	for i, title := range []string{"Road", "Trail & fell", "Race day", "Easy miles", "Stability", "Socks and a cap"} {
		cards = append(cards, storefront.CollectionCard{Title: title, URL: "/collections/road", Image: sampleImage(i+2, "lateral"),
			Text: "For the miles that nobody counts, on tarmac and towpath."})
	}
	return cards
}

func sampleHome() *storefront.HomePage {
	cards := sampleCards(8)
	p := &storefront.HomePage{Page: samplePage("Running shoes"), Heading: "Shoes for the long way round",
		Intro: "Forty styles from small makers, fitted by people who run in them.", Lead: &cards[0],
		New: cards[1:6], Collections: sampleCollections(), OnSale: cards[5:8]}
	p.Crumbs, p.Path = nil, "/"
	return p
}

func sampleProduct() *storefront.ProductPage {
	was := shop.Cents(17500)
	p := &storefront.ProductPage{Page: samplePage("Tern Racer – Ember"), ID: 7, Heading: "Tern Racer", Vendor: "Hollis & Wade",
		VendorURL: "/collections/vendors?q=Hollis+%26+Wade", Colour: "Ember", VariantID: 42, Price: 14500, CompareAt: &was,
		PriceVaries: true, Low: 14500, High: 15500, Chosen: "9 / D", StockNote: "2 left, 1 being paid for right now",
		ShippingNote: "Free shipping", FitNote: "True to size. If you are between two sizes, take the larger.",
		Quantity: "1", AddURL: "/cart/add", OGImage: "https://shop.example/images/1.jpg",
		Text: "<p>A light shoe for the day you have trained for. The plate is stiff, the foam is not, and the upper holds the heel without being asked.</p><p>We have run it through two winters.</p>",
		Facts: []storefront.Fact{{Name: "Surface", Value: "Road"}, {Name: "Support", Value: "Neutral"}, {Name: "Drop", Value: "6 mm"},
			{Name: "Stack", Value: "38 mm heel, 32 mm forefoot"}, {Name: "Weight", Value: "7.4 oz (210 g), men’s 9"}}}
	for _, view := range []string{"lateral", "top", "heel", "medial", "sole"} {
		p.Images = append(p.Images, sampleImage(1, view))
	}
	size, width := storefront.OptionGroup{Name: "Size"}, storefront.OptionGroup{Name: "Width"}
	for i, v := range strings.Fields("5 5.5 6 6.5 7 7.5 8 8.5 9 9.5 10 10.5 11 11.5 12 12.5 13 14 15") {
		o := storefront.OptionValue{Value: v, Checked: v == "9", Out: i%6 == 1, URL: "/products/tern-racer?variant=4" + v}
		if v == "9" {
			o.Note = "2 left"
		}
		size.Values = append(size.Values, o)
	}
	for _, v := range strings.Fields("B D 2E 4E") {
		width.Values = append(width.Values, storefront.OptionValue{Value: v, Checked: v == "D", Out: v == "4E", URL: "/products/tern-racer?variant=" + v})
	}
	p.Options = []storefront.OptionGroup{size, width}
	for i, title := range []string{"Ember", "Night Bus", "Fog / Sea Kale"} {
		p.OtherColours = append(p.OtherColours, storefront.ColourLink{Title: title, URL: "/products/tern-racer", Image: sampleImage(i+1, "lateral"), Current: i == 0, SoldOut: i == 2})
	}
	return p
}

func sampleBag() *storefront.BagPage {
	was := shop.Cents(1800)
	return &storefront.BagPage{Page: samplePage("Your Bag"), Subtotal: 8800, Discount: 500, GapLine: "$12.01 away from free shipping", GapPercent: 88,
		Code: storefront.BagCode{Code: "SPRING", Gives: "10% off"}, ShippingLine: "$8.00", TaxLine: "Taxes and shipping calculated at checkout", Note: "Leave it at the back door", GiftNote: "Run well",
		Zones:   []storefront.ZoneChoice{{Code: "us", Name: "Lower 48 states and DC", Checked: true}, {Code: "ak", Name: "Alaska"}},
		Changes: []string{"Trail Sock – Moss, M: the price is now $14.00, it was $12.00."}, Pending: true, Blocked: true,
		Error: "There is less left than you asked for. Nothing was changed.",
		Lines: []storefront.BagLine{
			{Key: "42:a", Title: "Tern Racer – Ember", Variant: "9 / D", URL: "/products/tern-racer?variant=42", Image: sampleImage(1, "lateral"),
				Price: 14500, Amount: 43500, Quantity: "3", Problem: "Only 2 left.", RemoveURL: "/cart/change?line=1&quantity=0"},
			{Key: "43:b", Title: "Trail Sock – Moss", Variant: "M", URL: "/products/trail-sock", Image: sampleImage(2, "lateral"), Price: 1400, CompareAt: &was,
				Amount: 1400, Quantity: "1", StockNote: "2 left, 1 being paid for right now", Properties: []shop.LineProperty{{Name: "Engraving", Value: "for Ada"}}, RemoveURL: "/cart/change?line=2&quantity=0"},
		}}
}

func sampleOrder() shop.Order {
	number, tax := int64(1001), shop.Cents(1240)
	return shop.Order{ID: 5, Number: &number, State: shop.OrderPaid, Subtotal: 15900, Discount: 500, DiscountCode: "SPRING", FreeShips: true, Total: 15400, Tax: &tax,
		Note: "Leave it at the back door", GiftNote: "Run well",
		Lines: []shop.OrderLine{
			{ID: 1, Handle: "tern-racer", Title: "Tern Racer – Ember", VariantTitle: "9 / D", Price: 14500, Quantity: 1, Amount: 14500},
			{ID: 2, Handle: "trail-sock", Title: "Trail Sock – Moss", VariantTitle: shop.DefaultTitle, Price: 700, Quantity: 2, Amount: 1400,
				Properties: []shop.OrderLineProperty{{Name: "Engraving", Value: "for Ada"}, {Name: "_bundle", Value: "b-77"}}},
		},
		Contact: &shop.OrderContact{Email: "ada@shop.example", Name: "Ada Moss", Line1: "4 Weir Street", Line2: "Flat 2", City: "Troy", State: "NY", PostalCode: "12180", Country: "US"}}
}

func sampleOrderPage() *storefront.OrderPage {
	order := sampleOrder()
	packed := []shop.PackedLine{{Line: &order.Lines[0], Quantity: 1}}
	plan := shop.RefundPlan{Lines: []shop.RefundLine{{Line: &order.Lines[1], Quantity: 1, Net: 700, Tax: 40}}, Units: []shop.RefundUnit{{Net: 700, Tax: 40}}, Shipping: 500}
	return &storefront.OrderPage{Status: "Partly shipped",
		Parcels: []storefront.OrderParcel{
			{Heading: "Parcel 1 of 2", When: "Delivered November 26, 2026", Lines: packed, Parcel: shop.Parcel{Carrier: "UPS", Tracking: "1Z999AA10123456784", TrackingURL: "https://www.ups.com/track?tracknum=1Z999AA10123456784"}},
			{Heading: "Parcel 2 of 2", When: "Shipped November 24, 2026", Lines: packed},
		},
		Refunds: []storefront.OrderRefund{{Heading: "Cancelled", When: "November 24, 2026", Reason: "Sorry & thank you", Plan: plan, Text: "$12.40 goes back to the card or account it came from."}},
		Page:    samplePage("Order #1001"), Order: sampleOrder(), Heading: "Thank you", Fresh: true, Placed: "November 22, 2026",
		StateText: "Your order is paid. We write again when it is on its way.", Refund: "$14.00 goes back to your card: one pair was lost on its way to us.",
		PayURL: "https://pay.example/c/1", Images: map[shop.OrderLineID]storefront.Image{1: sampleImage(1, "lateral"), 2: sampleImage(3, "lateral")}}
}

func sampleInvoice(t *testing.T) *storefront.InvoicePage {
	t.Helper()
	order := sampleOrder()
	order.Tenders = []shop.OrderTender{{Kind: shop.TenderStripe, Amount: order.GrandTotal()}}
	order.Lines[0].SKU, order.Lines[0].Discount = "TERN-EM-9D", 500
	for i := range order.Lines {
		order.Lines[i].Units = shop.UnitsFor(order.Lines[i])
		for j := range order.Lines[i].Units {
			order.Lines[i].Units[j].ID, order.Lines[i].Units[j].PaidTax = shop.UnitID(10*i+j+1), new(shop.Cents(413))
		}
	}
	refund := shop.Refund{ID: 1, Amount: 1113, State: shop.RefundPending, Cause: shop.RefundCancelled}
	invoice, err := shop.InvoiceFor(&order, []shop.Refund{refund}, []shop.RefundUnit{{UnitID: 11, RefundID: 1, Net: 700, Tax: 413}})
	if err != nil {
		t.Fatal(err)
	}
	return &storefront.InvoicePage{Page: samplePage("Invoice #1001"), Invoice: invoice, Heading: "Invoice #1001", Seller: []string{"Longrun", "12 Mill Lane", "Portland, OR 97201"},
		Placed: "November 22, 2026", Paid: "November 22, 2026", Means: "Visa ending in 4242", Back: "/orders/t0ken",
		Refunds: []storefront.InvoiceRefund{{InvoiceRefund: invoice.Refunds[0], Day: "November 23, 2026", Under: true}}}
}
