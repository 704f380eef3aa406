package app_test

import (
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/orders"
	"longrun/internal/shop"
)

func TestAnInvoiceIsForWhoHasTheLink(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 4_000, Sizes: []string{"9"}, Stock: 5})
		ada := s.Shopper(t)
		bag := ada.Get("/products/tern").Form("/cart/add").Set("quantity", "2").Submit("")
		bag.Form("/cart").Set("gift_note", "For you").Submit("update")
		paying := ada.Get("/cart").Form("/cart").Submit("checkout")
		session := paying.URL.Path[strings.LastIndex(paying.URL.Path, "/")+1:]
		attempt, err := s.App.DB.AttemptBySession(t.Context(), session)
		if err != nil {
			t.Fatal(err)
		}
		link, err := s.App.DB.LinkOf(t.Context(), shop.LinkOrder, int64(attempt.OrderID))
		if err != nil {
			t.Fatal(err)
		}
		private := "/orders/" + s.App.DB.Token(link)
		ada.Get(private+"/invoice").Must(404, "once the order is paid")
		ada.Get(private).Must(200).MustNot("Invoice, to print")

		pay(t, paying, nil).Must(200, "Thank you")
		invoice := ada.Get(private).Follow("Invoice, to print").Must(200, "Invoice #1001", "12 River Path", "Ada Runner", "1 Track Road", "Tern, 9", "$40.00", "$80.00", "Shipping", "Tax", "Visa ending in 4242")
		for name, want := range map[string]string{"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"} {
			if got := invoice.Header.Get(name); got != want {
				t.Errorf("%s is %q", name, got)
			}
		}
		for _, path := range []string{"/orders/1001/invoice", "/orders/" + strings.Repeat("a", 26) + "/invoice", "/orders//invoice"} {
			s.Shopper(t).Get(path).Must(404).MustNot("Ada")
		}
		order, err := s.App.DB.OrderByNumber(t.Context(), 1001)
		if err != nil {
			t.Fatal(err)
		}
		unit := order.Lines[0].Units[0]
		back := unit.PaidNet + *unit.PaidTax
		if err := s.App.Orders.Cancel(t.Context(), "staff:1", orders.Cancellation{Order: order.ID, Units: []shop.UnitID{unit.ID}, Key: "formkey1", Expected: back}); err != nil {
			t.Fatal(err)
		}
		ada.Get(private+"/invoice").Must(200, "1 × Tern, 9: $40.00", "−"+back.String(), "Paid in the end", (order.GrandTotal() - back).String())
	})
}
