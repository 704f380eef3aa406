package shop_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func TestRoomOfALine(t *testing.T) {
	tests := []struct {
		name                string
		tracked             bool
		policy              shop.StockPolicy
		onHand, held, own   int64
		limit               int
		elsewhere, siblings int
		want                int
		soldOut             bool
	}{
		{name: "all that is free", tracked: true, onHand: 5, want: 5},
		{name: "without what others are paying for", tracked: true, onHand: 5, held: 2, want: 3},
		{name: "with what this bag's own order keeps", tracked: true, onHand: 5, held: 2, own: 2, want: 5},
		{name: "without what other lines of the bag have", tracked: true, onHand: 5, elsewhere: 4, want: 1},
		{name: "never fewer than none", tracked: true, onHand: 5, elsewhere: 9, want: 0},
		{name: "none of what is sold out", tracked: true, want: 0, soldOut: true},
		{name: "none while the last is being paid for", tracked: true, onHand: 1, held: 1, want: 0, soldOut: true},
		{name: "any number of what may be oversold", tracked: true, policy: shop.PolicyContinue, onHand: -3, want: shop.MaxQuantity},
		{name: "any number of what is not counted", want: shop.MaxQuantity},
		{name: "up to the limit per order", limit: 2, want: 2},
		{name: "the limit counts all sizes", limit: 2, siblings: 1, want: 1},
		{name: "a limit above the stock does not matter", tracked: true, onHand: 1, limit: 2, want: 1},
		{name: "a limit that is reached", limit: 2, siblings: 5, want: 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := shop.Variant{Tracked: tt.tracked, Policy: tt.policy, Stock: shop.StockLevel{OnHand: tt.onHand, Held: tt.held}}
			room := shop.RoomFor(&shop.Product{OrderLimit: tt.limit}, &v, tt.own, tt.elsewhere, tt.siblings)
			if room.Most != tt.want || room.SoldOut() != tt.soldOut {
				t.Errorf("room for %d, sold out %v; want %d, %v", room.Most, room.SoldOut(), tt.want, tt.soldOut)
			}
		})
	}
}

func TestShortageSaysWhichAndWhy(t *testing.T) {
	p := shop.Product{Title: "Tern Racer"}
	tests := []struct {
		name          string
		change        func(p *shop.Product, v *shop.Variant)
		before, asked int
		want          shop.Shortage
	}{
		{"fewer than asked", nil, 0, 9, shop.Shortage{
			Text: "Only 5 items were added to your cart.", Sentence: "Only 5 of Tern Racer in 9 / D can be had now; your bag has them all."}},
		{"one only", nil, 4, 9, shop.Shortage{
			Text: "Only 1 item was added to your cart.", Sentence: "Only 5 of Tern Racer in 9 / D can be had now; your bag has them all."}},
		{"none more", nil, 5, 1, shop.Shortage{
			Text: "The maximum quantity of this item is already in your cart.", Sentence: "Only 5 of Tern Racer in 9 / D can be had now; your bag has them all."}},
		{"sold out", func(_ *shop.Product, v *shop.Variant) { v.Stock.OnHand = 0 }, 0, 1, shop.Shortage{
			Text: "The product 'Tern Racer - 9 / D' is already sold out.", Sentence: "Tern Racer in 9 / D has just sold out."}},
		{"being paid for", func(_ *shop.Product, v *shop.Variant) { v.Stock = shop.StockLevel{OnHand: 1, Held: 1} }, 0, 1, shop.Shortage{
			Text:     "The product 'Tern Racer - 9 / D' is already sold out.",
			Sentence: "The last Tern Racer in 9 / D is being paid for by someone else right now. It may come back within the hour."}},
		{"limited", func(p *shop.Product, _ *shop.Variant) { p.OrderLimit = 2 }, 0, 9, shop.Shortage{
			Text: "At most 2 of Tern Racer can be bought at once.", Sentence: "At most 2 of Tern Racer can be bought at once."}},
		{"a full line", func(_ *shop.Product, v *shop.Variant) { v.Tracked = false }, shop.MaxQuantity, 1, shop.Shortage{
			Text: "The maximum quantity of this item is already in your cart.", Sentence: "A bag holds at most 10000 of Tern Racer in 9 / D."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := p
			v := shop.Variant{Option1: "9", Option2: "D", Tracked: true, Stock: shop.StockLevel{OnHand: 5}}
			if tt.change != nil {
				tt.change(&p, &v)
			}
			if diff := cmp.Diff(tt.want, shop.RoomFor(&p, &v, 0, 0, 0).Shortage(tt.before, tt.asked)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
