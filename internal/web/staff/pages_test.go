package staff_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
)

// shown is a page of the staff area as it is asked for in a grown shop.
type shown struct {
	path string // {order}, {name} and so on are things of the shop; "next" is the page after the row before
	says string // what must be on it, "" for anything
}

// pages are the pages of the staff area that have something of the shop on
// them; a page that is no row here fails TestEveryPageHasARow.
var pages = []shown{
	{"/staff", "orders"},
	{"/staff/account", ""}, {"/staff/account/second-step", ""}, {"/staff/confirm", ""},
	{"/staff/people", "The owner"}, {"/staff/people/invite", ""}, {"/staff/people/{owner}", "The owner"},

	{"/staff/audit", "product.save"}, {"next", "product.save"}, {"/staff/audit?who=staff:3", "product.save"}, {"next", ""},
	{"/staff/audit?who=staff:{owner}", ""}, {"/staff/audit?who=staff:999", "Nothing"},
	{"/staff/audit?action=settings.", ""}, {"/staff/audit?action=nothing", "Nothing"}, {"/staff/audit?action=order.ship", "order.ship"}, {"next", ""},
	{"/staff/audit?thing=product", "product.save"}, {"/staff/audit?thing=product+{product}", ""}, {"/staff/audit?thing=staff+99", "Nothing"},
	{"/staff/audit?from=2025-06-01&until=2025-06-30", ""}, {"/staff/audit?from=2024-01-01", "product.save"}, {"/staff/audit?until=2024-01-01", ""},
	{"/staff/audit?who=staff:3&action=settings.&from=2025-01-01", ""}, {"/staff/audit?who=command&thing=settings", "Nothing"},

	{"/staff/orders", "To ship"}, {"next", "To ship"}, {"/staff/orders?tab=ship&first=newest", "To ship"}, {"next", "To ship"},
	{"/staff/orders?tab=review", "address"}, {"/staff/orders?tab=money", ""}, {"/staff/orders?tab=way", ""}, {"next", ""}, {"/staff/orders?tab=way&first=oldest", ""},
	{"/staff/orders?tab=delivered", ""}, {"next", ""}, {"/staff/orders?tab=delivered&first=oldest", ""}, {"/staff/orders?tab=cancelled", ""},
	{"/staff/orders?tab=unpaid", ""}, {"next", ""}, {"/staff/orders?tab=unpaid&first=oldest", ""},
	{"/staff/orders?tab=all", ""}, {"next", ""}, {"/staff/orders?tab=all&first=oldest", ""}, {"next", ""},
	{"/staff/orders?q={number}", ""}, {"/staff/orders?q=%23{number}", ""}, {"/staff/orders?q={email}", ""}, {"/staff/orders?q={name}", "{name}"}, {"next", ""},
	{"/staff/orders?q={first}", "{first}"}, {"next", ""}, {"/staff/orders?q={begins}", ""}, {"next", ""}, {"/staff/orders?q={letter}", ""}, {"/staff/orders?q={first}+no", ""},
	{"/staff/orders?q={orderSKU}", ""}, {"/staff/orders?q={tracking}", ""}, {"/staff/orders?q=nobody+at+all", "Nothing"}, {"/staff/orders?q={first}+nobody", "Nothing"}, {"/staff/orders?q=999999999", "Nothing"},
	{"/staff/orders/{order}", "{number}"}, {"/staff/orders/{delivered}", "{tracking}"}, {"/staff/orders/{late}", ""}, {"/staff/orders/{order}/cancel", ""}, {"/staff/orders/{order}/invoice", "{number}"},
	{"/staff/orders/{order}/refund", ""},
	{"/staff/returns", "R1"}, {"/staff/returns?show=coming", "R1"}, {"/staff/returns?show=over", "R1"}, {"/staff/returns/{return}", "R{returned}"}, {"/staff/orders/{delivered}/return", ""},
	{"/staff/discounts", "CODE-"}, {"next", ""}, {"/staff/discounts/new", ""}, {"/staff/discounts/1", "CODE-1"},
	{"/staff/disputes", ""}, {"/staff/disputes?tab=bank", ""}, {"/staff/disputes?tab=decided", ""},
	{"/staff/messages", "run small"}, {"next", ""}, {"/staff/messages?show=answered", ""}, {"/staff/messages/1", "run small"},
	{"/staff/orders/pack?oldest=100", "Pick"}, {"/staff/orders/pack?o={order}", ""}, {"/staff/orders/fulfil?oldest=100", ""}, {"/staff/orders/tracking", ""}, {"/staff/orders/to-ship.csv?oldest=100", ""},

	{"/staff/products", "{title}"}, {"next", ""}, {"/staff/products?tab=draft", ""}, {"next", ""}, {"/staff/products?tab=archived", ""}, {"/staff/products?tab=active", ""}, {"next", ""},
	{"/staff/products?q={title}", "{title}"}, {"/staff/products?q={word}", "{word}"}, {"next", ""}, {"/staff/products?q={handle}", "{title}"}, {"/staff/products?q={word}+moss", ""},
	{"/staff/products?q=sandal", "Nothing"}, {"/staff/products?q=sandal&tab=draft", "Nothing"}, {"/staff/products?q={sku}", "{title}"}, {"/staff/products?q=LR-1", ""}, {"/staff/products?q={barcode}", "{title}"}, {"/staff/products?q=4000", ""},
	{"/staff/products?vendor=Maker+7", ""}, {"next", ""}, {"/staff/products?vendor=nobody", "Nothing"}, {"/staff/products?type=Trail", ""}, {"/staff/products?vendor=Maker+7&type=Trail", ""}, {"/staff/products?vendor=Maker+7&q=sandal", "Nothing"},
	{"/staff/products?tag=tag-7", ""}, {"next", ""}, {"/staff/products?tag=none", "Nothing"}, {"/staff/products?tag=tag-7&tab=draft", ""}, {"/staff/products?tag=tag-7&vendor=Maker+8", ""},
	{"/staff/products?stock=out", ""}, {"next", ""}, {"/staff/products?stock=out&tab=active", ""}, {"/staff/products?stock=out&q={word}", ""}, {"/staff/products?stock=out&vendor=Maker+7", ""},
	{"/staff/products?stock=low", ""}, {"next", ""}, {"/staff/products?stock=low&tab=draft", ""}, {"/staff/products?stock=low&tag=tag-7", ""}, {"/staff/products?stock=low&q=sandal", "Nothing"},
	{"/staff/products/{product}", "{title}"}, {"/staff/products/{product}/preview", "{title}"}, {"/staff/products/{product}/duplicate", ""}, {"/staff/products/{product}/delete", ""},
	{"/staff/products/new", ""}, {"/staff/products/prices", ""},

	{"/staff/stock", ""}, {"next", ""}, {"/staff/stock?q={title}", "{title}"}, {"/staff/stock?q={word}", "{word}"}, {"next", ""}, {"/staff/stock?q={word}+9+4E", ""}, {"/staff/stock?q={sku}", "{sku}"},
	{"/staff/stock?q=LR-1", ""}, {"/staff/stock?q=lr-1", ""}, {"/staff/stock?q={barcode}", "{title}"}, {"/staff/stock?q=sandal", "Nothing"},
	{"/staff/stock/movements", ""}, {"next", ""}, {"/staff/stock/movements?kind=order", ""}, {"next", ""}, {"/staff/stock/movements?kind=import", ""}, {"/staff/stock/movements?kind=count", "Nothing"},
	{"/staff/stock/movements?who=staff:{owner}", "Nothing"}, {"/staff/stock/movements?who=job", "Nothing"}, {"/staff/stock/movements?who=command", ""}, {"/staff/stock/movements?who=command&kind=order", "Nothing"},
	{"/staff/stock/movements?from=2025-06-01&until=2025-06-30", ""}, {"/staff/stock/movements?until=2001-01-01", "Nothing"}, {"/staff/stock/movements?kind=order&from=2025-06-01&until=2025-06-01", ""},
	{"/staff/stock/movements?variant={variant}", "{sku}"}, {"/staff/stock/movements?product={product}", "{title}"}, {"/staff/stock/movements?product={product}&kind=order", ""}, {"/staff/stock/movements?q={sku}", "{sku}"}, {"/staff/stock/movements?q={word}", ""}, {"/staff/stock/movements?q=sandal", "Nothing"},
	{"/staff/stock/movements?kind=order&cause={order}", ""},
	{"/staff/stock/low", ""}, {"next", ""}, {"/staff/stock/low?show=out", ""}, {"next", ""}, {"/staff/stock/low?show=low", ""}, {"/staff/stock/low.csv?show=low", ""}, {"/staff/stock/waiting", ""},
	{"/staff/stock/receive", ""}, {"/staff/stock/count", ""}, {"/staff/stock/count?product={product}", "{title}"}, {"/staff/stock/sell", ""},

	{"/staff/collections", "Collection 1"}, {"/staff/collections/new", ""}, {"/staff/collections/1", "Collection 1"}, {"next", ""}, {"/staff/collections/1?from=4950", ""},
	{"/staff/collections/1?q={word}", "{word}"}, {"/staff/collections/1?q={title}", "{title}"}, {"/staff/collections/1?q={sku}", "{title}"}, {"/staff/collections/1?q={handle}", "{title}"}, {"/staff/collections/1?q=sandal", ""}, {"/staff/collections/1/delete", ""},

	{"/staff/privacy", "Personal data"}, {"/staff/privacy/{sealed}", "{email}"}, {"/staff/system/retention", "Bags"},

	{"/staff/settings", ""}, {"/staff/settings/versions", ""}, {"next", ""}, {"/staff/settings/versions/1", ""}, {"/staff/settings/alarms", ""},

	{"/staff/system", ""}, {"/staff/system/alarms", "thing"}, {"next", ""},
	{"/staff/system/jobs", ""}, {"/staff/system/jobs?state=dead", "refused"}, {"next", ""}, {"/staff/system/jobs?state=dead&kind=refund", ""}, {"/staff/system/jobs?state=done", ""}, {"next", ""}, {"/staff/system/jobs?state=done&kind=mail", ""}, {"/staff/system/jobs?state=done&kind=refund", ""},
	{"/staff/system/events", "evt_"}, {"next", ""}, {"/staff/system/events?type=checkout.session.completed", "evt_"}, {"/staff/system/events?type=charge.refunded", ""},
	{"/staff/system/events?q=evt_{order}", "evt_{order}"}, {"/staff/system/events?q=cs_test_{order}", "evt_{order}"}, {"/staff/system/events?q=nothing", ""}, {"/staff/system/events?q=cs_test_{order}&type=charge.refunded", ""}, {"/staff/system/events/evt_{order}", "cs_test"},
	{"/staff/system/mails", "@"}, {"next", ""}, {"/staff/system/mails?q={email}", "{email}"}, {"/staff/system/mails?q=nobody@runner.example", ""}, {"/staff/system/mails?state=queued", ""}, {"/staff/system/mails?state=handed", ""},
	{"/staff/system/mails?kind=order_confirmation", ""}, {"/staff/system/mails?kind=shipped", ""}, {"/staff/system/mails?kind=order_confirmation&state=handed", ""}, {"next", ""}, {"/staff/system/mails?kind=shipped&q={email}", ""},
	{"/staff/system/mails/{mail}", "{email}"},
	{"/staff/system/verify", ""}, {"/staff/system/verify/1", ""},
}

// otherPages are those that have nothing of the shop on them, and the mail
// alone, which takes the key of a link that grown shops do not have; and a
// refund that failed and disputes, which they do not have either.
var otherPages = []string{"/staff/sign-in", "/staff/sign-in/code", "/staff/invitation/:token", "/staff/account/second-step/qr.png", "/staff/system/mails/:id/html", "/staff/orders/:id/refunds/:refund/again", "/staff/disputes/:id", "/staff/disputes/:id/send"}

// TestEveryPageHasARow has every address of the staff area measured, in time
// and in questions.
func TestEveryPageHasARow(t *testing.T) {
	e := echo.New()
	staff.New(staff.Options{}).Routes(e)
	rows := map[string]bool{}
	for _, path := range otherPages {
		rows[path] = true
	}
	for _, p := range pages {
		path, _, _ := strings.Cut(strings.NewReplacer("{", "", "}", "").Replace(p.path), "?")
		c := e.NewContext(nil, nil)
		e.Router().Find(http.MethodGet, path, c)
		rows[c.Path()] = true
	}
	for _, route := range e.Routes() {
		if route.Method == http.MethodGet && !rows[route.Path] {
			t.Errorf("%s is no row of pages", route.Path)
		}
	}
}

// grown is a shop on a grown database with somebody signed in.
type grown struct {
	*apptest.Shop
	token string
	names *strings.Replacer
}

// openGrown starts a shop that only answers, and finds things in it to ask
// for.
func openGrown(t *testing.T, at string) grown {
	t.Helper()
	s := apptest.StartStill(t, at)
	owner := hire(t, s, "owner@shop.example", shop.RoleOwner)
	g := grown{Shop: s, token: session(t, s, owner)}
	db, ctx := s.App.DB, t.Context()
	first := func(q database.OrderQueue) shop.Order {
		rows, err := db.OrderQueue(ctx, database.OrderPage{Queue: q, Limit: 1})
		if err != nil || len(rows) == 0 {
			t.Fatalf("%s has %d orders, %v", q, len(rows), err)
		}
		order, err := db.OrderByID(ctx, rows[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		return order
	}
	order, delivered, late := first(database.QueueToShip), first(database.QueueDelivered), first(database.QueueMoney)
	products, _, err := db.SearchProducts(ctx, database.ProductSearch{Tab: "active", Limit: 1})
	if err != nil || len(products) == 0 {
		t.Fatalf("%d products, %v", len(products), err)
	}
	product, err := db.ProductForStaff(ctx, products[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	mails, err := db.MailList(ctx, database.MailSearch{Recipient: order.Contact.Email, Limit: 1})
	if err != nil || len(mails) == 0 {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	returns, err := db.ReturnList(ctx, database.ReturnsHere, 1)
	if err != nil || len(returns) == 0 {
		t.Fatalf("%d returns, %v", len(returns), err)
	}
	name, _, _ := strings.Cut(order.Contact.Name, " ")
	word, _, _ := strings.Cut(product.Title, " ")
	_, last, _ := strings.Cut(order.Contact.Name, " ")
	g.names = strings.NewReplacer("{owner}", fmt.Sprint(owner.ID), "{return}", fmt.Sprint(returns[0].ID), "{returned}", fmt.Sprint(returns[0].Number), "{order}", fmt.Sprint(order.ID), "{number}", fmt.Sprint(*order.Number), "{email}", order.Contact.Email,
		"{name}", url.QueryEscape(last), "{first}", url.QueryEscape(name), "{begins}", url.QueryEscape(strings.ToLower(last[:3])), "{letter}", url.QueryEscape(strings.ToLower(last[:1])),
		"{orderSKU}", order.Lines[0].SKU, "{delivered}", fmt.Sprint(delivered.ID), "{tracking}", fmt.Sprintf("T%d", delivered.ID), "{late}", fmt.Sprint(late.ID),
		"{product}", fmt.Sprint(product.ID), "{title}", url.QueryEscape(product.Title), "{word}", word, "{handle}", product.Handle,
		"{sku}", product.Variants[0].SKU, "{barcode}", product.Variants[0].Barcode, "{variant}", fmt.Sprint(product.Variants[0].ID), "{mail}", fmt.Sprint(mails[0].ID), "{sealed}", base64.RawURLEncoding.EncodeToString(db.SealAddress(order.Contact.Email)))
	return g
}

// addresses are those of the pages, by their rows; where a page has no next
// one there is none.
func (g grown) addresses(t *testing.T) map[int]string {
	t.Helper()
	list, body := map[int]string{}, ""
	for i, p := range pages {
		path := g.names.Replace(p.path)
		if p.path == "next" {
			if path = nextIn(body); path == "" {
				continue
			}
		}
		a := ask(t, g.Shop, "GET", path, g.token, nil)
		if a.status == 303 && strings.HasPrefix(a.location, "/staff/orders/") { // the one that was found
			path = a.location
			a = ask(t, g.Shop, "GET", path, g.token, nil)
		}
		list[i], body = g.names.Replace(p.path), a.body
		if p.path == "next" {
			list[i] = path
		}
		says, err := url.QueryUnescape(g.names.Replace(p.says))
		if err != nil {
			t.Fatal(err)
		}
		if a.status != 200 || !strings.Contains(body, says) {
			t.Errorf("%s answers %d %s and does not say %q", path, a.status, a.location, says)
		}
	}
	return list
}

var nextLink = regexp.MustCompile(`<a rel="next" href="([^"]+)"`)

func nextIn(body string) string {
	found := nextLink.FindStringSubmatch(body)
	if found == nil {
		return ""
	}
	return strings.NewReplacer("&amp;", "&", "&#43;", "+").Replace(found[1])
}
