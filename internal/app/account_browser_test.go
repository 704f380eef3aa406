package app_test

import (
	"fmt"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// TestABrowserLooksAtEveryPageOfAnAccount holds each to WCAG and to 320 px,
// and writes pictures where LONGRUN_TEST_PICTURES names a folder.
func TestABrowserLooksAtEveryPageOfAnAccount(t *testing.T) {
	b := apptest.NewBrowser(t, true)
	s := apptest.Start(t, "sqlite")
	unlimited(t, s)
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer – Ember", Price: 14_000, Sizes: []string{"9", "10"}, Stock: 30})
	for range ordersToPage {
		pay(t, s.Shopper(t).Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Submit("checkout"), nil).Must(200, "Thank you")
	}
	look := func(name string) {
		t.Helper()
		for _, v := range b.Axe("tag", apptest.WCAG...) {
			t.Errorf("%s: %v", name, v)
		}
		if n, element := b.Overflow(320); n > 0 {
			t.Errorf("%s is %d px too wide at 320: %s", name, n, element)
		}
		for _, w := range []int64{320, 768, 1280} {
			b.Picture("account-"+name, w)
		}
		b.Dark(true).Picture("account-"+name+"-dark", 768)
		b.Dark(false)
		time.Sleep(200 * time.Millisecond) // colours change little by little
	}
	b.Open(s.URL + "/account").WaitFor("There is no password")
	look("login")
	b.Send("main form", map[string]string{"email": "ada@"}, "That did not work")
	look("login-refused")
	b.Send("main form", map[string]string{"email": "ada@example.com"}, "Look in your mail")
	look("code")
	b.Send("main form", map[string]string{"code": "12"}, "six digits")
	look("code-refused")
	m := mailTo(t, s, "ada@example.com", ordersToPage+1)
	b.Open(s.URL + linkOf(t, m)).WaitFor("As ada@example.com")
	look("link")
	b.Click("main form button", "Your details")
	look("first")
	b.Open(s.URL + "/account/addresses").WaitFor("None yet")
	look("addresses-none")
	b.Open(s.URL + "/account/addresses/new").WaitFor("A new address")
	look("address-new")
	b.Send("main form", map[string]string{"name": "Ada Moss", "line1": ""}, "The address is not saved yet")
	look("address-refused")
	b.Send("main form", map[string]string{"name": "Ada Moss", "line1": "4 Weir Street", "line2": "Flat 2", "city": "Troy", "state": "NY", "postal_code": "12180"}, "The address is saved")
	b.Open(s.URL+"/account/addresses/new").Send("main form", map[string]string{"name": "A person with quite a long name, as some have", "line1": "1234 A Street With Quite A Long Name Avenue North East",
		"city": "Portland", "state": "OR", "postal_code": "97209-1234"}, "The address is saved")
	look("addresses")
	b.Open(s.URL + "/account/email").WaitFor("We mail a link to the new address")
	look("email")
	b.Send("main form", map[string]string{"email": "new@example.com"}, "Look in the mail of the new address")
	look("email-asked")
	change := mailTo(t, s, "new@example.com", 1)
	b.Open(s.URL + linkOf(t, change)).WaitFor("From here on it would be")
	look("email-link")
	b.Click("main form button", "This is your address now")
	look("changed")
	b.Send("main form[action='/account/name']", map[string]string{"name": "x\u202ey"}, "That is not saved yet")
	look("name-refused")
	b.Open(s.URL + linkOf(t, change)).WaitFor("Nothing has changed")
	look("email-link-over")
	s.Advance(shop.AccountFresh + time.Minute)
	b.Open(s.URL + "/account/email").WaitFor("sign in once more first")
	look("email-stale")
	b.Open(s.URL+"/products/tern").Send("form[action='/cart/add']", map[string]string{"quantity": "12"}, "Bag (12)")
	look("bag")
	b.Open(s.URL + "/account?before=1003").WaitFor("Earlier orders")
	look("older")
	b.Open(s.URL + linkOf(t, m)).WaitFor("This link was used")
	look("over")
	mailTo(t, s, "ada@example.com", ordersToPage+2)
	b.Open(s.URL + "/account").WaitFor("Your details")
	b.Click("main form[action='/account/logout'] button", "You are signed out")
	look("signed-out")
	for i := range 3 { // link and code, the new address asked, the old told
		mail := fmt.Sprint(ordersToPage + 1 + i)
		b.Open(s.URL + "/dev/mail/" + mail + "/html").WaitFor("Longrun")
		b.Picture("account-mail-"+mail, 320)
		b.Picture("account-mail-"+mail, 640)
	}
}

// ordersToPage are one more than fit on a page.
const ordersToPage = 11
