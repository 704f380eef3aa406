package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/checkout"
	"longrun/internal/database"
	"longrun/internal/shop"
)

func discount(t *testing.T, s *apptest.Shop, d shop.Discount) {
	t.Helper()
	d.Scope, d.StartsAt = shop.ScopeAll, shop.At(time.Now().Add(-time.Hour))
	if _, err := s.App.Discounts.Make(t.Context(), shop.ByCommand, checkout.DiscountForm{Discount: d}); err != nil {
		t.Fatal(err)
	}
}

// TestACodeFromBagToMail buys a pair with each kind of code, without
// JavaScript, and reads what is said of it on the way.
func TestACodeFromBagToMail(t *testing.T) {
	tests := []struct {
		discount        shop.Discount
		off, pays, says string // in the bag; at Stripe, in Oregon, which has no tax; in the mail
	}{
		{shop.Discount{Code: "TENTH", Kind: shop.DiscountPercent, Value: 10}, "−$9.00", "$89.00", "Discount (TENTH): -$9.00"},
		{shop.Discount{Code: "FIVER", Kind: shop.DiscountAmount, Value: 500}, "−$5.00", "$93.00", "Discount (FIVER): -$5.00"},
		{shop.Discount{Code: "SHIPFREE", Kind: shop.DiscountShipping}, "free shipping", "$90.00", "Shipping (SHIPFREE): Free"},
		{shop.Discount{Code: "ALL", Kind: shop.DiscountPercent, Value: 100}, "−$90.00", "$8.00", "Discount (ALL): -$90.00"},
	}
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 9_000, Sizes: []string{"9"}, Stock: 9})
		for i, tt := range tests {
			discount(t, s, tt.discount)
			ada := s.Shopper(t)
			bag := ada.Get("/products/tern").Form("/cart/add").Submit("")
			bag = bag.Form("/cart").Set("discount", strings.ToLower(tt.discount.Code)).Submit("apply_code").Must(200, tt.discount.Code, tt.off)
			paying := bag.Form("/cart").Submit("checkout")
			if !strings.HasPrefix(paying.URL.String(), s.Simulator) {
				t.Fatalf("%s: Checkout led to %s: %.500s", tt.discount.Code, paying.URL, paying.Text())
			}
			order := pay(t, paying, nil)
			order.Must(200, "Thank you", tt.discount.Code, tt.pays)
			ada.Get("/cart").Must(200).MustNot(tt.discount.Code)
			mails := s.WaitForMail(i + 1)
			if !strings.Contains(mails[0].Text, tt.says) || !strings.Contains(mails[0].HTML, tt.discount.Code) {
				t.Errorf("%s: the mail does not say %q:\n%s", tt.discount.Code, tt.says, mails[0].Text)
			}
		}
		s.Verify()
	})
}

// Where shipping costs nothing, a code for everything leaves nothing to pay.
func TestACodeForEverythingBuysWithoutThePaymentPage(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			settings, err := tx.Settings(ctx)
			if err != nil {
				return err
			}
			for i := range settings.Zones {
				settings.Zones[i].Rate = 0
			}
			_, err = tx.AddSettings(ctx, settings, shop.ByCommand)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 9_000, Sizes: []string{"9"}, Stock: 9})
		discount(t, s, shop.Discount{Code: "ALL", Kind: shop.DiscountPercent, Value: 100})
		ada := s.Shopper(t)
		bag := ada.Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Set("discount", "all").Submit("apply_code")
		order := bag.Form("/cart").Submit("checkout").Must(200, "#1001", "ALL", "−$90.00", "$0.00")
		if !strings.HasPrefix(order.URL.String(), s.URL+"/orders/") {
			t.Errorf("it led to %s", order.URL)
		}
		s.Verify()
	})
}

// The threshold counts what is left after the code, at the cent.
func TestTheThresholdCountsWhatIsLeftAfterACode(t *testing.T) {
	s := apptest.Start(t, "sqlite")
	discount(t, s, shop.Discount{Code: "DOLLAR", Kind: shop.DiscountAmount, Value: 100})
	for _, tt := range []struct {
		price shop.Cents
		gap   string
		pays  string
	}{
		{10_099, "$0.02 away from free shipping", "$107.99"},
		{10_100, "$0.01 away from free shipping", "$108.00"},
		{10_101, "Your order ships free.", "$100.01"},
	} {
		handle := fmt.Sprintf("tern-%d", tt.price)
		s.Sell(apptest.Shoe{Handle: handle, Title: "Tern", Price: tt.price, Sizes: []string{"9"}, Stock: 9})
		ada := s.Shopper(t)
		bag := ada.Get("/products/"+handle).Form("/cart/add").Submit("").Must(200, "Your order ships free.")
		bag = bag.Form("/cart").Set("discount", "dollar").Submit("apply_code").Must(200, tt.gap)
		pay(t, bag.Form("/cart").Submit("checkout"), nil).Must(200, "Thank you", tt.pays)
	}
	s.Verify()
}
