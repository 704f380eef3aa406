package app_test

import (
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// pay fills in the payment page that a press on Checkout led to.
func pay(t *testing.T, page *apptest.Page, change url.Values) *apptest.Page {
	t.Helper()
	buyer := apptest.Buyer()
	for name, values := range change {
		buyer[name] = values
	}
	return page.Form(page.URL.Path).FillByAutocomplete(buyer).Submit("do=pay")
}

func TestAShopperBuysAPairWithoutJavaScript(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		s.Sell(apptest.Shoe{Handle: "tern-ember", Title: "Tern", Price: 14_000, Sizes: []string{"8.5", "9", "9.5"}, Stock: 3})
		ada := s.Shopper(t)
		page := ada.Get("/products/tern-ember").Must(200, "Tern", "$140.00")
		bag := page.Form("/cart/add").Set("options[Size]", "9").Submit("")
		bag.Must(200, "Your Bag", "Tern", "9", "$140.00").MustNot("away from free shipping")

		paying := bag.Form("/cart").Submit("checkout")
		if !strings.HasPrefix(paying.URL.String(), s.Simulator) {
			t.Fatalf("Checkout led to %s: %.500s", paying.URL, paying.Text())
		}
		order := pay(t, paying, nil)
		order.Must(200, "Thank you", "#1001", "Tern", "$140.00", "ada@example.com")
		if got := order.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
			t.Errorf("the order page may be stored: %q", got)
		}
		ada.Get("/cart").Must(200, "Your Bag").MustNot("Tern, 9")

		mails := s.WaitForMail(1)
		if len(mails) != 1 || mails[0].To != "ada@example.com" {
			t.Fatalf("mails: %+v", mails)
		}
		for _, part := range []string{mails[0].Text, mails[0].HTML} {
			for _, want := range []string{"1001", "Tern", "140.00", s.URL + "/orders/"} {
				if !strings.Contains(part, want) {
					t.Errorf("the mail does not say %q:\n%s", want, part)
				}
			}
		}
		link := mails[0].Text[strings.Index(mails[0].Text, s.URL+"/orders/"):]
		s.Shopper(t).Get(strings.Fields(link)[0]).Must(200, "#1001")
		s.Verify()
	})
}

func TestADeclinedCardMayBeTriedAgain(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 1})
	ada := s.Shopper(t)
	paying := ada.Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Submit("checkout")
	declined := pay(t, paying, url.Values{"cc-number": {"4000000000000002"}})
	if !strings.HasPrefix(declined.URL.String(), s.Simulator) {
		t.Fatalf("a declined card led to %s", declined.URL)
	}
	pay(t, declined, nil).Must(200, "Thank you")
	if n := len(s.WaitForMail(1)); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
	s.Verify()
}

func TestTheLastPairGoesToOne(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 1})
	ada, ben := s.Shopper(t), s.Shopper(t)
	adas := ada.Get("/products/tern").Form("/cart/add").Submit("")
	bens := ben.Get("/products/tern").Form("/cart/add").Submit("")
	paying := adas.Form("/cart").Submit("checkout").Must(200)
	refused := bens.Form("/cart").Submit("checkout")
	if refused.Status != 422 || !strings.Contains(refused.Text(), "Tern") || !strings.Contains(refused.Text(), "9") {
		t.Errorf("the second buyer got %d: %.600s", refused.Status, refused.Text())
	}
	eventually(t, "the page says that the pair is being paid for", func() bool {
		return strings.Contains(ben.Get("/products/tern").Text(), "being paid for right now")
	})
	pay(t, paying, nil).Must(200, "Thank you")
	s.Verify()
}

func TestAnAbandonedPaymentGivesTheShoeBack(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 1})
	ada := s.Shopper(t)
	ada.Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Submit("checkout").Must(200)
	if got := free(t, s, p); got != 0 {
		t.Fatalf("%d free while it is being paid for", got)
	}
	s.Advance(40 * minute)
	eventually(t, "the shoe is free again", func() bool { return free(t, s, p) == 1 })
	ada.Get("/cart").Must(200, "Tern")
	s.Verify()
}

func free(t *testing.T, s *apptest.Shop, p shop.Product) int64 {
	t.Helper()
	now, err := s.App.DB.ProductByHandle(t.Context(), p.Handle)
	if err != nil {
		t.Fatal(err)
	}
	return now.Variants[0].Stock.Free()
}
