package app_test

import (
	"context"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/demo"
)

// T33: TestABrowserWithoutJavaScriptBuysAPair also shows that the content security
// policy lets the form lead on to the payment page, which Chromium checks and
// other clients do not.
func TestABrowserWithoutJavaScriptBuysAPair(t *testing.T) {
	b := apptest.NewBrowser(t, false)
	s := apptest.Start(t, "sqlite")
	if err := demo.Fill(context.Background(), s.App.Catalog); err != nil {
		t.Fatal(err)
	}
	widths := func(name string) {
		for _, w := range []int64{320, 768, 1280} {
			b.Picture(name, w)
		}
	}
	style := demo.Styles()[0]
	b.Open(s.URL + "/").WaitFor("Free Shipping for orders over $100 /// Free Returns for all orders.")
	widths("home")
	b.Open(s.URL + "/collections/road").WaitFor(style.Title)
	widths("collection")
	b.Open(s.URL + "/products/" + style.Handle(style.Colourways[0])).WaitFor(style.Title)
	widths("product")
	b.Click(`form[action="/cart/add"] button`, "Your Bag")
	widths("bag")
	b.Click(`button[name="checkout"]`, "Card")
	if !strings.HasPrefix(b.URL(), s.Simulator) {
		t.Fatalf("Checkout led to %s", b.URL())
	}
	widths("payment")
	for token, value := range apptest.Buyer() {
		b.Fill(token, value[0])
	}
	b.Click(`p.actions button[value="pay"]`, "Thank you")
	widths("order")
	b.Open(s.URL + "/dev/mail").WaitFor("ada@example.com")
	widths("caught-mail")
	b.Open(s.URL + "/dev/mail/1/html").WaitFor("#1001")
	widths("mail")
	b.Open(s.URL + "/nowhere").WaitFor("404")
	widths("not-found")
	s.Verify()
}
