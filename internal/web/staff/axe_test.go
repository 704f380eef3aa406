package staff_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"longrun/internal/access"
	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/demo"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
)

// noPage are the addresses under GET that answer with a file or with a page
// that is not the staff area's own.
var noPage = []string{
	"/staff/orders/to-ship.csv", "/staff/stock/low.csv", "/staff/account/second-step/qr.png",
	"/staff/products/:id/preview", "/staff/system/mails/:id/html", "/staff/orders/:id/invoice",
}

// elsewhere are pages that take more than a full shop: a refund that has
// failed, which TestAxeFindsNothingWhereARefundIsTriedAgain makes.
var elsewhere = []string{"/staff/orders/:id/refunds/:refund/again"}

// pagesOf are the routes of the staff area that show a page.
func pagesOf() []string {
	e := echo.New()
	staff.New(staff.Options{}).Routes(e)
	var paths []string
	for _, route := range e.Routes() {
		if route.Method == echo.GET && !slices.Contains(noPage, route.Path) && !slices.Contains(elsewhere, route.Path) {
			paths = append(paths, route.Path)
		}
	}
	slices.Sort(paths)
	return paths
}

// inspector looks at pages in a browser.
type inspector struct {
	*apptest.Browser
	t     *testing.T
	s     *apptest.Shop
	shop  string // "full" or "empty", for the names of pictures
	count int
}

// inspect wants nothing wrong with the page that is open, with all that it
// hides: light and dark, and no wider than the window of a telephone. In the
// dark only colours change.
func (i *inspector) inspect(name string) {
	i.t.Helper()
	i.count++
	i.picture(name)
	i.Unfold()
	found := i.Axe("tag", apptest.WCAG...)
	i.As("", "dark")
	for _, v := range i.Axe("rule", "color-contrast", "link-in-text-block") {
		v.Rule = "dark " + v.Rule
		found = append(found, v)
	}
	for n, v := range found {
		if n < 8 {
			i.t.Errorf("%s, %s: %v", i.shop, name, v)
		}
	}
	for _, width := range []int64{320, 768} {
		if by, element := i.Overflow(width); by > 0 {
			i.t.Errorf("%s, %s: at %d pixels the page is %d too wide: %s", i.shop, name, width, by, element)
		}
	}
	i.As("", "light")
}

// picture writes pictures of the page where LONGRUN_TEST_PICTURES names a
// folder.
func (i *inspector) picture(name string) {
	name = "staff-" + i.shop + "-" + name
	i.As("", "light").Picture(name, 1280)
	i.Picture(name, 768)
	i.As("", "dark").Picture(name+"-dark", 1280)
	i.As("", "light")
}

// visit opens an address and inspects what is there.
func (i *inspector) visit(name, path string) {
	i.t.Helper()
	i.Open(i.s.URL + path)
	i.inspect(name)
}

// enter signs somebody in.
func (i *inspector) enter(email string) {
	i.Open(i.s.URL+"/staff/sign-in").WaitFor("Sign in").Send("main form", map[string]string{"email": email, "password": password}, "Sign out")
}

// named is a route's name in pictures.
func named(route string) string {
	return strings.Trim(strings.NewReplacer("/staff", "start", "/:", "-one-", "/", "-").Replace(strings.TrimPrefix(route, "/staff/")), "-")
}

// TestAxeFindsNothingOnEmptyPages opens every page that is there in a shop
// that has nothing yet.
func TestAxeFindsNothingOnEmptyPages(t *testing.T) {
	s, owner := open(t)
	i := &inspector{Browser: apptest.NewBrowser(t, true), t: t, s: s, shop: "empty"}
	i.visit("sign-in", "/staff/sign-in")
	i.Send("main form", map[string]string{"email": owner.Email, "password": "wrong"}, "do not belong together")
	i.inspect("sign-in-refused")
	i.visit("link-over", "/staff/invitation/"+strings.Repeat("a", 26))
	i.enter(owner.Email)
	for _, route := range pagesOf() {
		if !strings.Contains(route, ":") && !strings.HasPrefix(route, "/staff/sign-in") {
			i.visit(named(route), route)
		}
	}
	i.visit("nowhere", "/staff/nowhere")
	t.Logf("%d pages", i.count)
}

// full fills a shop with something of every kind, and gives the addresses of
// each page that has a thing in it, by its route.
func full(t *testing.T, s *apptest.Shop, owner shop.Staff) map[string][]string {
	t.Helper()
	if err := demo.Fill(t.Context(), s.App.Catalog); err != nil {
		t.Fatal(err)
	}
	product := tern(s)
	bury(t, s, "first")
	orders := []shop.Order{
		buy(t, s, buying{quantity: "3", note: "Please ring twice", gift: "Happy birthday!\nRun far."}),
		buy(t, s, buying{size: "9.5"}),
		buy(t, s, buying{size: "10"}),
		buy(t, s, buying{buyer: url.Values{"address-level1": {"AK"}, "address-level2": {"Nome"}, "postal-code": {"99762"}, "name": {"Grace Hopper-Longestname of the Northern Harbour"}}}),
		buy(t, s, buying{size: "9.5"}),
	}
	b := signIn(t, s, owner.Email)
	form := b.Get(orderPage(orders[0])).Form(orderPage(orders[0])+"/ship").Set("tracking", "1Z999AA10123456784")
	form.Values["unit"] = form.Values["unit"][:1]
	form.Submit("").Must(200)
	b.Get(orderPage(orders[1])).Form(orderPage(orders[1])+"/ship").Set("tracking", "9400111899223197428490").Submit("").Must(200)
	back := orderPage(orders[0]) + "/return"
	unit := func(o shop.Order, n int) string { return fmt.Sprintf("unit-%d", o.Lines[0].Units[n].ID) }
	return1 := b.Get(back).Form(back).Set(unit(orders[0], 0), "1").Set(unit(orders[0], 0)+"-reason", "too_small.half").Set(unit(orders[0], 0)+"-comment", "Half a size more would be right.").Submit("").Must(200).URL.Path
	b.Get(return1).Form(return1+"/receive").Set("piece-1", "missing").Submit("").Must(200, "It was missing.")
	back = orderPage(orders[1]) + "/return"
	return2 := b.Get(back).Form(back).Set(unit(orders[1], 0), "1").Set(unit(orders[1], 0)+"-reason", "wrong.faulty").Submit("").Must(200).URL.Path
	b.Get(orderPage(orders[2])+"/cancel").Form(orderPage(orders[2])+"/cancel").Set("reason", "Damaged in the shop").Submit("").Must(200)
	b.Get("/staff/system/verify").Form("/staff/system/verify").Submit("").Must(200)
	b.Get("/staff/stock/receive").Form("/staff/stock/receive").Set("lines", "tern-9 4").Set("reference", "Slip 77").Submit("do=receive").Must(200)
	b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", "tern-9").Submit("").Must(200)
	planned(b, "free_shipping_over", "120.00").Form("/staff/settings").Submit("").Must(200, "The settings are saved")
	b.Get("/staff/discounts/new").Form("/staff/discounts/new").Set("code", "SPRING-26").Set("value", "15").Submit("").Must(200, "The code is made.")
	writeTo(t, s, "Grace Hopper", "grace@runner.example")
	editor := hire(t, s, "editor@shop.example", shop.RoleEditor)
	invited, err := s.App.Access.Invite(t.Context(), shop.ByCommand, access.Invitation{Email: "eve@shop.example", Name: "Eve", Role: "support"})
	if err != nil {
		t.Fatal(err)
	}
	asked, lost := disputed(t, s, b, orders[4]), disputed(t, s, b, orders[1])
	b.Get(shop.DisputeURL(asked.ID)).Form(shop.DisputeURL(asked.ID) + "/answer").Submit("go=keep").Must(200)
	atTheBank(t, s, "/_sim/disputes/"+lost.StripeID+"/lose")
	eventually(t, b, shop.DisputeURL(lost.ID), "It is lost")
	event := firstEvent(t, s)
	written := func(order shop.Order) string { return orderPage(order) }
	return map[string][]string{
		"/staff/orders":                 {"?tab=to-ship", "?tab=review", "?tab=all", "?q=ada", "?q=nobody"},
		"/staff/orders/:id":             {written(orders[0]), written(orders[1]), written(orders[2]), written(orders[3]), written(orders[4])},
		"/staff/orders/:id/cancel":      {written(orders[4]) + "/cancel", written(orders[1]) + "/cancel"},
		"/staff/orders/:id/refund":      {written(orders[1]) + "/refund", written(orders[0]) + "/refund?work-out=1&goodwill=5.00"},
		"/staff/orders/:id/return":      {back, orderPage(orders[0]) + "/return", orderPage(orders[4]) + "/return"},
		"/staff/returns":                {"", "?show=coming", "?show=over", "?number=R7"},
		"/staff/returns/:id":            {return1, return2},
		"/staff/orders/pack":            {"?oldest=20"},
		"/staff/messages/:id":           {"/staff/messages/1"},
		"/staff/disputes":               {"", "?tab=decided"},
		"/staff/disputes/:id":           {shop.DisputeURL(asked.ID), shop.DisputeURL(lost.ID)},
		"/staff/disputes/:id/send":      {shop.DisputeURL(asked.ID) + "/send"},
		"/staff/privacy/:token":         {"/staff/privacy/" + base64.RawURLEncoding.EncodeToString(s.App.DB.SealAddress("grace@runner.example"))},
		"/staff/discounts/:id":          {"/staff/discounts/1"},
		"/staff/orders/fulfil":          {"?oldest=20"},
		"/staff/products":               {"", "?q=nothing+like+it"},
		"/staff/products/:id":           {pageOf(largest(t, s)), pageOf(product)},
		"/staff/products/:id/delete":    {pageOf(product) + "/delete"},
		"/staff/products/:id/duplicate": {pageOf(product) + "/duplicate"},
		"/staff/stock":                  {"", "?q=tern"},
		"/staff/stock/count":            {fmt.Sprintf("?product=%d", product.ID)},
		"/staff/stock/movements":        {"", "?q=tern-9"},
		"/staff/collections/:id":        {"/staff/collections/1?q=e"},
		"/staff/collections/:id/delete": {"/staff/collections/1/delete"},
		"/staff/people/:id":             {fmt.Sprintf("/staff/people/%d", editor.ID), fmt.Sprintf("/staff/people/%d", owner.ID)},
		"/staff/invitation/:token":      {"/staff/invitation/" + invited.Token},
		"/staff/settings/versions/:id":  {"/staff/settings/versions/1"},
		"/staff/system/jobs":            {"", "?state=dead&kind=other", "?state=done"},
		"/staff/system/events/:id":      {"/staff/system/events/" + event},
		"/staff/system/mails/:id":       {"/staff/system/mails/1"},
		"/staff/system/verify/:id":      {"/staff/system/verify/1"},
	}
}

// firstEvent waits for something that Stripe has told the shop.
func firstEvent(t *testing.T, s *apptest.Shop) string {
	t.Helper()
	id := ""
	soon(t, "an event", func() bool {
		events, err := s.App.DB.EventList(context.Background(), database.EventSearch{Limit: 1})
		if err != nil || len(events) == 0 {
			return false
		}
		id = events[0].ID
		return true
	})
	return id
}

// TestAxeFindsNothingOnFullPages opens every page of a shop that has
// something of every kind. A page of one thing that has no row in full fails.
func TestAxeFindsNothingOnFullPages(t *testing.T) {
	s, owner := open(t)
	rows := full(t, s, owner)
	i := &inspector{Browser: apptest.NewBrowser(t, true), t: t, s: s, shop: "full"}
	i.visit("invitation", rows["/staff/invitation/:token"][0])
	i.enter(owner.Email)
	for _, route := range pagesOf() {
		addresses := rows[route]
		if len(addresses) == 0 {
			addresses = []string{""}
		}
		for n, address := range addresses {
			if strings.HasPrefix(address, "?") || address == "" {
				address = route + address
			}
			if strings.Contains(address, ":") {
				t.Errorf("%s has no address of a thing in full", route)
				continue
			}
			if !strings.HasPrefix(address, "/staff/sign-in") && !strings.HasPrefix(address, "/staff/invitation") {
				i.visit(fmt.Sprintf("%s-%d", named(route), n+1), address)
			}
		}
	}
	for route := range rows {
		if !slices.Contains(pagesOf(), route) {
			t.Errorf("full has %s, which is no page", route)
		}
	}
	t.Logf("%d pages", i.count)
}
