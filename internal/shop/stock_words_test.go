package shop_test

import (
	"testing"

	"longrun/internal/shop"
)

func TestHowManyAreLeftIsSaidHonestly(t *testing.T) {
	tests := []struct {
		name              string
		onHand, held, own int64
		want              string
	}{
		{"plenty", 9, 2, 0, ""},
		{"few", 3, 0, 0, "3 left"},
		{"one of them being paid for", 3, 1, 0, "2 left, 1 being paid for right now"},
		{"plenty but for those being paid for", 9, 7, 0, "2 left, 7 being paid for right now"},
		{"none", 0, 0, 0, ""},
		{"the last being paid for", 1, 1, 0, "The last one is being paid for right now. It may come back within the hour."},
		{"the last three being paid for", 3, 3, 0, "The last 3 are being paid for right now. Some may come back within the hour."},
		{"the last kept for the reader", 1, 1, 1, "1 left"},
		{"one kept for the reader, one for another", 3, 2, 1, "2 left, 1 being paid for right now"},
		{"more sold than there are", -1, 0, 0, ""},
	}
	for _, tt := range tests {
		v := shop.Variant{Tracked: true, Policy: shop.PolicyDeny, Stock: shop.StockLevel{OnHand: tt.onHand, Held: tt.held}}
		if got := shop.StockNote(&v, tt.own); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		v.Policy = shop.PolicyContinue
		if got := shop.StockNote(&v, tt.own); got != "" {
			t.Errorf("%s, made to order: %q", tt.name, got)
		}
	}
}
