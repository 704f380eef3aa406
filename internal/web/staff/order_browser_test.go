package staff_test

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// desk is a browser at the staff's desk that is worked by its keyboard alone.
type desk struct {
	*apptest.Browser
	t     *testing.T
	loads int
	page  float64
}

// deskOf signs somebody in.
func deskOf(t *testing.T, s *apptest.Shop, email string, javascript bool) *desk {
	t.Helper()
	b := apptest.NewBrowser(t, javascript)
	b.Open(s.URL+"/staff/sign-in").WaitFor("Sign in").Type("#email", email).Type("#password", password).Click("main form button", "Sign out")
	return &desk{Browser: b, t: t, page: b.Began()}
}

// arrive waits for a page that says something, and counts it.
func (d *desk) arrive(says string) {
	d.t.Helper()
	d.WaitFor(says)
	if at := d.Began(); at != d.page {
		d.page = at
		d.loads++
	}
}

// tabTo presses Tab until something has the focus.
func (d *desk) tabTo(name string) {
	d.t.Helper()
	for range 300 {
		if d.Focused() == name {
			return
		}
		d.Press(kb.Tab)
	}
	d.t.Fatalf("no way leads to %q; the focus is on %q", name, d.Focused())
}

// TestTwentyOrdersArePackedAndFulfilledInFourPages does it by keyboard.
func TestTwentyOrdersArePackedAndFulfilledInFourPages(t *testing.T) {
	for name, javascript := range map[string]bool{"with JavaScript": true, "without JavaScript": false} {
		t.Run(name, func(t *testing.T) {
			s, owner := open(t)
			tern(s)
			var orders []shop.Order
			for i := range 20 {
				orders = append(orders, buy(t, s, buying{size: []string{"9", "9.5", "10"}[i%3], buyer: url.Values{"name": {fmt.Sprintf("Runner %d", i)}}}))
			}
			d := deskOf(t, s, owner.Email, javascript)
			d.Open(s.URL + "/staff/orders")
			d.arrive("To ship 20")
			if javascript {
				d.tabTo("All orders on this page")
				d.Press(" ")
				d.tabTo("Pick list and slips")
			} else {
				d.tabTo("pick list and slips")
			}
			d.Press(kb.Enter)
			d.arrive("20 orders, 20 pieces. Print this page")
			d.tabTo("Fulfil these 20 orders")
			d.Press(kb.Enter)
			d.arrive("Each order goes whole and in one parcel.")
			for i, order := range orders {
				d.tabTo(fmt.Sprintf("tracking-%d", order.ID))
				d.Press(fmt.Sprintf("1Z999AA1012345%04d", i))
			}
			d.Press(kb.Enter)
			d.arrive("All of these orders are on their way.")
			if d.loads > 4 {
				t.Errorf("it took %d pages", d.loads)
			}
			t.Logf("%d pages", d.loads)
			for _, o := range orders {
				if now, err := s.App.DB.OrderByID(t.Context(), o.ID); err != nil || now.Fulfilment != shop.Fulfilled {
					t.Errorf("order %d is %s, %v", *o.Number, now.Fulfilment, err)
				}
			}
			s.Verify()
		})
	}
}

// TestOrdersThatCannotBeSentStayFilledIn scans one number of two, as a scanner
// that ends it with Enter, and then the other.
func TestOrdersThatCannotBeSentStayFilledIn(t *testing.T) {
	s, owner := open(t)
	tern(s)
	a, b := buy(t, s, buying{}), buy(t, s, buying{})
	page := signIn(t, s, owner.Email).Get("/staff/orders/fulfil?oldest=20")
	field := func(name string, o shop.Order) string { return fmt.Sprintf("%s-%d", name, o.ID) }
	form := page.Form("/staff/orders/fulfil").Set(field("tracking", a), "1Z999AA10123456784")
	half := form.Submit("").Must(422, "nothing was sent", "No tracking number yet.")
	if rows, err := s.App.DB.OrderQueue(t.Context(), database.OrderPage{Queue: database.QueueToShip, Limit: 5}); err != nil || len(rows) != 2 {
		t.Errorf("a scanner's Enter has sent something: %d wait, %v", len(rows), err)
	}
	rest := half.Form("/staff/orders/fulfil").Set(field("tracking", b), "javascript:alert(1)").Submit("").Must(422, "On the way now: #1001", "1 order could not be sent")
	form = rest.Form("/staff/orders/fulfil")
	if form.Values.Get(field("tracking", b)) != "javascript:alert(1)" || form.Values.Has(field("tracking", a)) {
		t.Errorf("the form has %v", form.Values)
	}
	form.Set(field("tracking", b), "9400111899223197428490").Submit("").Must(200, "All of these orders are on their way.", "To ship 0")
	s.WaitForMail(4) // two confirmations, two parcels
	s.Verify()
}

// TestOrdersAreLookedAt takes pictures of every page of orders for people to
// look at.
func TestOrdersAreLookedAt(t *testing.T) {
	s, owner := open(t)
	tern(s)
	s.Sell(apptest.Shoe{Handle: "keel", Title: "Keel Stability in a colour with a rather long name", Price: 9_500, Sizes: []string{"9"}, Stock: 5})
	b := deskOf(t, s, owner.Email, true)
	pictures := func(name, path, says string) {
		b.Open(s.URL + path).WaitFor(says)
		for _, width := range []int64{1280, 768} {
			b.As("", "light").Picture("staff-"+name, width)
		}
		b.As("", "dark").Picture("staff-"+name+"-dark", 1280)
		b.As("", "light")
	}
	pictures("orders-empty", "/staff/orders", "There are no such orders.")
	first := buy(t, s, buying{quantity: "3", note: "Please ring twice", gift: "Happy birthday!\nRun far."})
	buy(t, s, buying{size: "9.5"})
	buy(t, s, buying{buyer: url.Values{"address-level1": {"AK"}, "address-level2": {"Nome"}, "postal-code": {"99762"}, "name": {"Grace Hopper-Longestname of the Northern Harbour"}}})
	pictures("orders", "/staff/orders", "#1001")
	pictures("orders-review", "/staff/orders?tab=review", "#1003")
	pictures("orders-nothing", "/staff/orders?q=nobody", "Nothing was found")
	pictures("order", orderPage(first), "Ship 3 pieces")
	pictures("order-review", "/staff/orders/3", "Let it go on")
	pictures("order-cancel", orderPage(first)+"/cancel", "What goes back")
	pictures("order-pack", "/staff/orders/pack?oldest=5", "Print this page")
	pictures("order-fulfil", "/staff/orders/fulfil?oldest=5", "Fulfil 2 orders")
	pictures("order-tracking", "/staff/orders/tracking", "Import")
	b.Open(s.URL + "/staff/orders/pack?oldest=5").WaitFor("Print this page")
	b.As("print", "light").Picture("staff-order-pack-print", 768)
	b.As("", "light")
	shopper := signIn(t, s, owner.Email)
	form := shopper.Get(orderPage(first)).Form(orderPage(first)+"/ship").Set("tracking", "1Z999AA10123456784")
	form.Values["unit"] = form.Values["unit"][:1]
	form.Submit("").Must(200)
	shopper.Get(orderPage(first)+"/cancel").Form(orderPage(first)+"/cancel").Set("reason", "Damaged in the shop").Submit("").Must(200)
	pictures("order-shipped", orderPage(first), "Parcel 1")
}
