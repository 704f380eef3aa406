package app_test

import (
	"strings"
	"testing"

	"longrun/internal/apptest"
)

// TestABrowserWithoutJavaScriptWritesAndFindsItsOrder also writes pictures
// where LONGRUN_TEST_PICTURES names a folder.
func TestABrowserWithoutJavaScriptWritesAndFindsItsOrder(t *testing.T) {
	b := apptest.NewBrowser(t, false)
	s := apptest.Start(t, "sqlite")
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer – Ember", Price: 14_000, Sizes: []string{"9", "10"}, Stock: 3})
	widths := func(name string) {
		for _, w := range []int64{320, 768, 1280} {
			b.Picture(name, w)
		}
		b.Dark(true).Picture(name+"-dark", 768)
		b.Dark(false)
	}
	paid := pay(t, s.Shopper(t).Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Submit("checkout"), nil).Must(200, "Thank you")
	b.Open(s.URL + "/pages/contact").WaitFor("How to reach us")
	widths("contact")
	b.Type("#contact-email", "ada@example.com").Type("#contact-body", "Do you repair soles?")
	b.Click("#contact-form button", "press Send once more")
	widths("contact-again")
	waitAsPeopleDo()
	b.Click("#contact-form button", "Thank you. Your message is with us.")
	widths("contact-sent")
	b.Open(s.URL+"/orders/find").Type("#find-number", "#１００１").Type("#find-email", "ada@example.com").Click(".find button", "not an order’s number")
	widths("find-refused")
	b.Type("#find-number", "#1001").Click(".find button", "Look in your mail")
	widths("find-asked")
	b.Open(s.URL + paid.URL.Path + "/invoice").WaitFor("Invoice #1001")
	widths("invoice")
	b.Open(s.URL + "/products/tern").WaitFor("left")
	s.WaitForMail(3)
	for _, mail := range []string{"1", "2", "3"} {
		b.Open(s.URL + "/dev/mail/" + mail + "/html").WaitFor("Longrun")
		b.Picture("after-mail-"+mail, 320)
		b.Picture("after-mail-"+mail, 640)
	}
	if !strings.Contains(s.Mail()[0].Text+s.Mail()[1].Text, "Do you repair soles?") {
		t.Error("the message is in no mail")
	}
}
