package app_test

import (
	"strings"
	"testing"

	"longrun/internal/apptest"
)

// Product page and bag say what others are paying for, and to the one who pays
// that it is kept.
func TestWhatOthersArePayingForIsShown(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 3})
		ada, bob := s.Shopper(t), s.Shopper(t)
		ada.Get("/products/tern").Must(200, "3 left").MustNot("being paid for").Form("/cart/add").Submit("").Must(200, "3 left").
			Form("/cart").Submit("checkout").Must(200)
		eventually(t, "the product's page knows", func() bool {
			page := bob.Get("/products/tern")
			return page.Status == 200 && strings.Contains(page.Text(), "2 left, 1 being paid for right now")
		})
		bob.Get("/products/tern").Form("/cart/add").Submit("").Must(200, "2 left, 1 being paid for right now")
		ada.Get("/cart").Must(200, "3 left", "What you chose is kept for you").MustNot("being paid for right now")
		bob.Get("/cart").Form("/cart").Set("updates[]", "2").Submit("checkout").Must(200)
		eventually(t, "the product's page knows that none is left", func() bool {
			return strings.Contains(s.Shopper(t).Get("/products/tern").Text(), "The last 3 are being paid for right now. Some may come back within the hour.")
		})
		s.Verify()
	})
}
