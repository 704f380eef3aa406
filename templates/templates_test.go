package templates_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/storefront"
	"longrun/templates"
)

// samples are the pages, each full and empty. The empty ones have only what
// every page has, as a shop without anything in it would show them.
func samples(t *testing.T) []struct {
	name, file string
	data       any
} {
	bare := web.Page{Title: "Longrun", ShopName: "Longrun", Banner: banner, Stylesheet: "/assets/css/shop.css"}
	soldOut := sampleProduct()
	soldOut.SoldOut, soldOut.ChosenOut, soldOut.StockNote = true, true, ""
	chosenOut := sampleProduct()
	chosenOut.ChosenOut, chosenOut.StockNote, chosenOut.Error = true, "", "Tern Racer – Ember, 9 / D is sold out."
	notYet := sampleProduct()
	notYet.NotYet = "On sale from Dec 1, 9:00 AM"
	soldOut.Wait, chosenOut.Wait = sampleWait(), sampleWait()
	chosenOut.Wait.Open = true
	waitRefused := sampleProduct()
	waitRefused.Wait = &storefront.WaitForm{Action: "/waiting", Open: true, Sizes: []storefront.WaitSize{{ID: 9}}, Email: `"@`, Error: "This is not an e-mail address."}
	plain := sampleBag()
	plain.Error, plain.Changes, plain.Pending, plain.Blocked, plain.Zones = "", nil, false, false, nil
	plain.Lines[0].Problem, plain.Lines[0].Quantity = "", "1"
	plain.Code = storefront.BagCode{}
	refusedCode := sampleBag()
	refusedCode.Error, refusedCode.Code = "There is no discount code SPRING.", storefront.BagCode{Typed: `spring "x`, Problem: "There is no discount code SPRING."}
	keptCode := sampleBag()
	keptCode.Discount, keptCode.Code = 0, storefront.BagCode{Code: "SPRING", Problem: "Add $12.00 more to use SPRING."}
	ships := sampleBag()
	ships.Error, ships.Blocked, ships.FreeShips, ships.GapLine, ships.ShippingLine = "", false, true, "", "Free"
	return []struct {
		name, file string
		data       any
	}{
		{"home", "storefront/home.html", sampleHome()},
		{"home-empty", "storefront/home.html", &storefront.HomePage{Page: bare}},
		{"collections", "storefront/collections.html", &storefront.CollectionsPage{Page: samplePage("Collections"), Collections: sampleCollections()}},
		{"collections-empty", "storefront/collections.html", &storefront.CollectionsPage{Page: bare}},
		{"collection", "storefront/collection.html", &storefront.CollectionPage{Page: samplePage("Road"), Heading: "Road",
			Text: "<p>For the miles that nobody counts, on tarmac and towpath.</p>", Action: "/collections/road", Sort: "price-ascending",
			Sorts: []storefront.SortChoice{{Value: "manual", Title: "Featured"}, {Value: "price-ascending", Title: "Price, low to high"}},
			Cards: sampleCards(8), Prev: "/collections/road", Next: "/collections/road?page=3", Number: 2}},
		{"collection-empty", "storefront/collection.html", &storefront.CollectionPage{Page: bare, Heading: "Road"}},
		{"product", "storefront/product.html", sampleProduct()},
		{"product-sold-out", "storefront/product.html", soldOut},
		{"product-chosen-out", "storefront/product.html", chosenOut},
		{"product-not-yet", "storefront/product.html", notYet},
		{"product-empty", "storefront/product.html", &storefront.ProductPage{Page: bare, Heading: "Gift box", Images: []storefront.Image{sampleImage(1, "lateral")}, Quantity: "1", AddURL: "/cart/add"}},
		{"bag", "storefront/bag.html", sampleBag()},
		{"bag-plain", "storefront/bag.html", plain},
		{"bag-code-refused", "storefront/bag.html", refusedCode},
		{"bag-code-kept", "storefront/bag.html", keptCode},
		{"bag-ships-free", "storefront/bag.html", ships},
		{"bag-empty", "storefront/bag.html", &storefront.BagPage{Page: bare, Empty: true, Suggestions: sampleCards(3)}},
		{"order", "storefront/order.html", sampleOrderPage()},
		{"order-empty", "storefront/order.html", &storefront.OrderPage{Page: bare, Heading: "Your order"}},
		{"wait", "storefront/wait.html", &storefront.WaitPage{Page: samplePage("Paying"), Heading: "Your payment is being confirmed", Text: "This usually takes a few seconds.", Refresh: 3, URL: "/checkout/return", Again: &web.MenuItem{Title: "Back to your bag", URL: "/cart"}}},
		{"wait-empty", "storefront/wait.html", &storefront.WaitPage{Page: bare, Heading: "One moment"}},
		{"cancelled", "storefront/cancelled.html", &storefront.CancelledPage{Page: samplePage("Nothing was charged"), ContinueURL: "https://pay.example/c/1", ReleaseURL: "/checkout/release"}},
		{"cancelled-over", "storefront/cancelled.html", &storefront.CancelledPage{Page: bare}},
		{"confirm", "storefront/confirm.html", &storefront.ConfirmPage{Page: samplePage("Confirm"), Heading: "Empty your bag?", Text: "You came here from another site, so we ask.", Action: "/cart/clear", Fields: []storefront.Field{{Name: "line", Value: "1"}}, Button: "Empty it"}},
		{"invoice", "storefront/invoice.html", sampleInvoice(t)},
		{"invoice-empty", "storefront/invoice.html", &storefront.InvoicePage{Page: bare, Heading: "Invoice #1"}},
		{"find", "storefront/find.html", &storefront.FindPage{Page: samplePage("Find your order"), Error: "Two things are wrong.", Fields: map[string]string{"number": "This is not a number.", "email": "This is not an address."}, Number: "1<0", Email: `"@`, Key: "k"}},
		{"find-asked", "storefront/find.html", &storefront.FindPage{Page: samplePage("Find your order"), Asked: true}},
		{"find-empty", "storefront/find.html", &storefront.FindPage{Page: bare}},
		{"waiting-asked", "storefront/waiting.html", &storefront.WaitingPage{Page: samplePage("Look in your mail"), Asked: true, PerDay: 5}},
		{"waiting-confirm", "storefront/waiting.html", sampleWaiting(shop.WaitAsked)},
		{"waiting", "storefront/waiting.html", sampleWaiting(shop.WaitWaiting)},
		{"waiting-told", "storefront/waiting.html", sampleWaiting(shop.WaitTold)},
		{"waiting-left", "storefront/waiting.html", sampleWaiting(shop.WaitLeft)},
		{"waiting-never", "storefront/waiting.html", sampleWaiting(shop.WaitUnwanted)},
		{"waiting-empty", "storefront/waiting.html", &storefront.WaitingPage{Page: bare}},
		{"product-wait-refused", "storefront/product.html", waitRefused},
		{"privacy", "storefront/privacy.html", &storefront.PrivacyPage{Page: samplePage("Your data"), Error: "That is no address.", Fields: map[string]string{"email": "This is not an address."}, Email: `"@`, Key: "k", Kept: sampleKept()}},
		{"privacy-asked", "storefront/privacy.html", &storefront.PrivacyPage{Page: samplePage("Your data"), Asked: true, Key: "k", Kept: sampleKept()}},
		{"privacy-erasing", "storefront/privacy.html", &storefront.PrivacyPage{Page: samplePage("Your data"), Erasing: true, Kept: sampleKept()}},
		{"privacy-empty", "storefront/privacy.html", &storefront.PrivacyPage{Page: bare}},
		{"privacy-file", "storefront/privacy_file.html", &storefront.PrivacyFilePage{Page: samplePage("What we hold of you"), File: samplePrivacyFile(), Base: "/privacy/x"}},
		{"privacy-file-empty", "storefront/privacy_file.html", &storefront.PrivacyFilePage{Page: bare}},
		{"contact", "storefront/contact.html", sampleContact()},
		{"contact-sent", "storefront/contact.html", &storefront.ContactPage{Page: samplePage("Contact"), Sent: true, Key: "k", Most: shop.MaxContactBody}},
		{"contact-empty", "storefront/contact.html", &storefront.ContactPage{Page: bare}},
		{"404", "errors/message.html", &web.MessagePage{Page: samplePage("Not found"), Status: 404, Heading: "This page has run off", Text: "It may have moved, or it never was.", Action: web.MenuItem{Title: "See all shoes", URL: "/collections/all"}}},
		{"500", "errors/message.html", &web.MessagePage{Page: bare, Status: 500, Heading: "Something went wrong", Text: "It is our fault, and nothing you entered is lost.", Reference: "7f3a9c"}},
	}
}

func render(t *testing.T, file string, data any) string {
	t.Helper()
	set, err := templates.ParsePage(templates.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, templates.Base, data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryPageIsSoundFullAndEmpty(t *testing.T) {
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			html := render(t, s.file, s.data)
			for _, fault := range faults(t, html) {
				t.Error(fault)
			}
			keep(t, s.name+".html", html)
		})
	}
}

// keep writes what was rendered into the folder RENDERED_PAGES, if one is
// named, so that it can be looked at.
func keep(t *testing.T, name, text string) {
	if dir := os.Getenv("RENDERED_PAGES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPagesSayTheSentences(t *testing.T) {
	soldOut := sampleProduct()
	soldOut.SoldOut = true
	free, waiting := sampleOrderPage(), sampleOrderPage()
	waiting.Order.Number = nil
	tests := []struct {
		name, file string
		data       any
		want       []string
		not        []string
	}{
		{"every page has the banner", "errors/message.html", &web.MessagePage{Page: samplePage("x")}, []string{`<p class="banner">` + banner + `</p>`}, nil},
		{"the header has the bag and its number", "storefront/home.html", sampleHome(), []string{`<a class="baglink" href="/cart">Bag (2)</a>`}, []string{"<form"}},
		{"the bag has its heading, gap and tax line", "storefront/bag.html", sampleBag(),
			[]string{"<h1>Your Bag</h1>", "$12.01 away from free shipping", "Taxes and shipping calculated at checkout", "A checkout has begun", ">Check out</button>"}, nil},
		{"a product that can be bought", "storefront/product.html", sampleProduct(),
			[]string{">Add to bag</button>", "Free returns within 60 days", `<s>5.5</s><span class="vh"> sold out</span>`, `name="options[Width]" value="4E" disabled`,
				`name="options[Size]" value="9" checked`, `name="id" value="42"`, "2 left, 1 being paid for right now", `href="/products/tern-racer?variant=2E"`}, []string{">Sold out</button>"}},
		{"a product that is sold out", "storefront/product.html", soldOut, []string{"disabled>Sold out</button>"}, []string{"Add to bag", `name="quantity"`}},
		{"an order", "storefront/order.html", free, []string{"Order <b>#1001</b>", "<dd>Free</dd>", "<dd>$166.40</dd>", ", placed November 22, 2026", "4 Weir Street", "2 × $7.00", "Engraving: for Ada"}, []string{shop.DefaultTitle, "b-77"}},
		{"an order without a number yet", "storefront/order.html", waiting, []string{">Placed November 22, 2026<"}, []string{"Order <b>#"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			html := render(t, tt.file, tt.data)
			for _, w := range tt.want {
				if !strings.Contains(html, w) {
					t.Errorf("the page lacks %q", w)
				}
			}
			for _, w := range tt.not {
				if strings.Contains(html, w) {
					t.Errorf("the page has %q", w)
				}
			}
		})
	}
}

func TestEnterInTheBagUpdatesIt(t *testing.T) {
	html := render(t, "storefront/bag.html", sampleBag())
	form := html[strings.Index(html, `class="bag"`):]
	if up, out := strings.Index(form, `name="update"`), strings.Index(form, `name="checkout"`); up < 0 || out < up {
		t.Errorf("update stands at %d and checkout at %d; a browser presses the first", up, out)
	}
}

func TestHostileTextStaysText(t *testing.T) {
	p := sampleProduct()
	p.Heading, p.Options[0].Values[0].Value = `<script>alert(1)</script>`, `"><i>`
	html := render(t, "storefront/product.html", p)
	if strings.Contains(html, "<script>alert") || strings.Contains(html, `"><i>`) {
		t.Error("a title or an option value is written as markup")
	}
}

func TestTheStyleSheetIsSmall(t *testing.T) {
	css, err := templates.Files.ReadFile("assets/css/shop.css")
	if err != nil {
		t.Fatal(err)
	}
	if n := zipped(t, css); n > 12<<10 {
		t.Errorf("the style sheet has %d bytes gzipped, more than 12 KB", n)
	}
	for _, far := range []string{"@import", "url(", "@font-face"} {
		if bytes.Contains(css, []byte(far)) {
			t.Errorf("the style sheet has %s", far)
		}
	}
}

func TestAListOfFortyEightIsSmall(t *testing.T) {
	page := &storefront.CollectionPage{Page: samplePage("Road"), Heading: "Road", Cards: sampleCards(48)}
	if n := zipped(t, []byte(render(t, "storefront/collection.html", page))); n > 20<<10 {
		t.Errorf("the page has %d bytes gzipped, more than 20 KB", n)
	}
}

func zipped(t *testing.T, text []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
