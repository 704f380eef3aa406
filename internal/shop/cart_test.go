package shop

import "testing"

func TestABagCountsPiecesAndSaysWhatBlocksIt(t *testing.T) {
	tests := []struct {
		name    string
		lines   []BagLine
		count   int
		blocked bool
	}{
		{"empty", nil, 0, true},
		{"two lines", []BagLine{{Line: CartLine{Quantity: 2}}, {Line: CartLine{Quantity: 3}}}, 5, false},
		{"one line of two cannot be bought", []BagLine{{Line: CartLine{Quantity: 2}}, {Line: CartLine{Quantity: 1}, Problem: "Sold out."}}, 3, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bag := Bag{Lines: tt.lines}
			if got := bag.Count(); got != tt.count {
				t.Errorf("%d pieces, want %d", got, tt.count)
			}
			if got := bag.Blocked(); got != tt.blocked {
				t.Errorf("blocked %v, want %v", got, tt.blocked)
			}
		})
	}
}
