package app_test

import (
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/fulfilment"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

// What staff do is told by mail and on the private page, to the cent.
func TestAShopperFollowsParcelsAndACancellation(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
		ada := s.Shopper(t)
		bag := ada.Get("/products/tern").Form("/cart/add").Set("quantity", "2").Submit("")
		paid := pay(t, bag.Form("/cart").Submit("checkout"), nil).Must(200, "Thank you", "Status: Paid")
		address := strings.TrimSuffix(paid.URL.Path, "/")
		s.WaitForMail(1)

		order, err := s.App.DB.OrderByNumber(t.Context(), 1001)
		if err != nil {
			t.Fatal(err)
		}
		units := order.Lines[0].Units
		parcel, err := s.App.Fulfilment.Ship(t.Context(), "staff:1", fulfilment.Shipment{
			Order: order.ID, Units: []shop.UnitID{units[0].ID}, Tracking: "1Z999AA10123456784", Tell: true, Key: "formkey1",
		})
		if err != nil {
			t.Fatal(err)
		}
		if told := s.WaitForMail(2)[0]; !strings.Contains(told.Text, "https://www.ups.com/track?tracknum=1Z999AA10123456784") || !strings.Contains(told.Subject, "Part of your order #1001") {
			t.Errorf("%q: %s", told.Subject, told.Text)
		}
		ada.Get(address).Must(200, "Partly shipped", "UPS 1Z999AA10123456784", "1 × Tern, 9", "Follow the parcel")

		back := units[1].PaidNet + *units[1].PaidTax
		err = s.App.Orders.Cancel(t.Context(), "staff:1", orders.Cancellation{
			Order: order.ID, Units: []shop.UnitID{units[1].ID}, Restock: true, Key: "formkey1", Expected: back,
		})
		if err != nil {
			t.Fatal(err)
		}
		if told := s.WaitForMail(3)[0]; !strings.Contains(told.Text, "Goes back: "+back.String()) {
			t.Errorf("%s", told.Text)
		}
		eventually(t, "the money has gone back", func() bool {
			return strings.Contains(ada.Get(address).Text(), back.String()+" went back")
		})
		ada.Get(address).Must(200, "Status: Shipped", "1 cancelled", "1 × Tern, 9", "In all")
		if err := s.App.Fulfilment.MarkDelivered(t.Context(), "staff:1", parcel.ID); err != nil {
			t.Fatal(err)
		}
		ada.Get(address).Must(200, "Status: Delivered", "Your order has been delivered.")
		s.Verify()
	})
}
