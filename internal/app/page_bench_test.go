package app_test

import (
	"fmt"
	"net/http"
	"testing"

	"longrun/internal/apptest"
)

// BenchmarkAProductPageThatIsNotKept makes a page each time: every address
// differs, so the page cache has none of them.
func BenchmarkAProductPageThatIsNotKept(b *testing.B) {
	s := apptest.Start(b, "sqlite")
	const products = 300
	for i := range products {
		s.Sell(apptest.Shoe{Handle: fmt.Sprintf("tern-%d", i), Title: "Tern", Price: 14_000, Sizes: []string{"7", "8", "9", "10", "11", "12"}, Stock: 5})
	}
	b.ResetTimer()
	for i := range min(b.N, products) {
		response, err := http.Get(fmt.Sprintf("%s/products/tern-%d", s.URL, i%products))
		if err != nil || response.StatusCode != http.StatusOK {
			b.Fatal(response, err)
		}
		_ = response.Body.Close()
	}
}

func BenchmarkAPurchase(b *testing.B) {
	s := apptest.Start(b, "sqlite")
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"7"}, Stock: 100_000})
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			ada := s.Shopper(b)
			paying := ada.Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Submit("checkout")
			paying.Form(paying.URL.Path).FillByAutocomplete(apptest.Buyer()).Submit("do=pay").Must(200, "Thank you")
		}
	})
}
