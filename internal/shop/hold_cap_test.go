package shop_test

import (
	"testing"

	"longrun/internal/shop"
)

func TestOneAddressHoldsAtMostHalfOfASizeInSeveralCheckouts(t *testing.T) {
	tests := []struct {
		name                 string
		onHand, have, wanted int64
		policy               shop.StockPolicy
		refused              bool
	}{
		{"the first checkout may have all", 6, 0, 6, shop.PolicyDeny, false},
		{"a second one beside it up to the half", 6, 2, 1, shop.PolicyDeny, false},
		{"and not more", 6, 2, 2, shop.PolicyDeny, true},
		{"two of a size, however few there are", 2, 1, 1, shop.PolicyDeny, false},
		{"a third of three", 3, 2, 1, shop.PolicyDeny, true},
		{"what is made to order is never short", 1, 5, 5, shop.PolicyContinue, false},
	}
	for _, tt := range tests {
		v := shop.Variant{ID: 7, Tracked: true, Policy: tt.policy, Stock: shop.StockLevel{OnHand: tt.onHand}}
		holds := shop.VisitorHolds{Of: map[shop.VariantID]int64{7: tt.have}}
		if got := holds.Short("Tern in 9", &v, tt.wanted); (got != "") != tt.refused {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}

func TestOneAddressHasRoomForSoManyCheckouts(t *testing.T) {
	tests := []struct {
		name    string
		holds   shop.VisitorHolds
		pieces  int64
		refused bool
	}{
		{"none yet", shop.VisitorHolds{}, 1, false},
		{"a very large order", shop.VisitorHolds{}, shop.HoldPieces, false},
		{"one too large to be kept", shop.VisitorHolds{}, shop.HoldPieces + 1, true},
		{"the last checkout", shop.VisitorHolds{Checkouts: shop.HoldCheckouts - 1}, 1, false},
		{"one more", shop.VisitorHolds{Checkouts: shop.HoldCheckouts}, 1, true},
		{"too many pieces together", shop.VisitorHolds{Checkouts: 2, Pieces: shop.HoldPieces - 1}, 2, true},
	}
	for _, tt := range tests {
		if err := tt.holds.Room(tt.pieces); (err != nil) != tt.refused || err != nil && shop.KindOf(err) != shop.KindConflict {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
