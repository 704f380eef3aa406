package staff_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"longrun/internal/apptest"
)

// TestABrowserGivesMoneyBack also writes pictures where
// LONGRUN_TEST_PICTURES names a folder.
func TestABrowserGivesMoneyBack(t *testing.T) {
	s, _ := open(t)
	tern(s)
	order := buy(t, s, buying{quantity: "3", buyer: url.Values{"cc-number": {"4000000000005126"}}})
	b := apptest.NewBrowser(t, true)
	picture := func(name string) {
		for _, width := range []int64{1280, 768} {
			b.Picture("staff-"+name, width)
		}
	}
	b.Open(s.URL + "/staff").WaitFor("Sign in")
	b.Type("#email", "owner@shop.example").Type("#password", password).Click("button.main", "Hello")
	b.Open(s.URL + orderPage(order) + "/refund").WaitFor("Left to give back")
	picture("refund-empty")
	b.Type("#goodwill", "6,95").Click("form.broad button", "is not an amount")
	picture("refund-refused")
	b.Choose(fmt.Sprintf("#unit-%d", order.Lines[0].Units[1].ID)).Type("#goodwill", "12.50").Click("form.broad button", "What goes back")
	picture("refund-plan")
	b.Type("#reason", "The box arrived wet.").Click("button.harm", "The money goes back.")
	desk := signIn(t, s, "owner@shop.example")
	eventually(t, desk, orderPage(order), "given back by staff")
	s.Advance(time.Minute)
	page := eventually(t, desk, orderPage(order), "Try again")
	b.Open(s.URL + orderPage(order)).WaitFor("Try again")
	picture("refund-failed")
	b.Open(s.URL + page.Follow("Try again").URL.Path).WaitFor("failed: the card")
	picture("refund-again")
	b.Click("button.harm", "The money goes back.")
	b.Open(s.URL + privatePage(page)).WaitFor("The box arrived wet.")
	picture("refund-shopper")
}
