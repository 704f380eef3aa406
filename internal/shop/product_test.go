package shop

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWhenAProductIsSeenAndSold(t *testing.T) {
	now := At(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	at := func(d time.Duration) *Instant { i := now.Add(d); return &i }
	shown := Product{Status: ProductActive, Published: true}
	with := func(change func(*Product)) Product { p := shown; change(&p); return p }
	tests := []struct {
		name            string
		product         Product
		visible, onSale bool
	}{
		{"active and published", shown, true, true},
		{"a draft", with(func(p *Product) { p.Status = ProductDraft }), false, false},
		{"archived", with(func(p *Product) { p.Status = ProductArchived }), false, false},
		{"of no known status", with(func(p *Product) { p.Status = "" }), false, false},
		{"not published", with(func(p *Product) { p.Published = false }), false, false},
		{"published from a second on", with(func(p *Product) { p.PublishAt = at(time.Second) }), false, false},
		{"published from this instant", with(func(p *Product) { p.PublishAt = at(0) }), true, true},
		{"published since", with(func(p *Product) { p.PublishAt = at(-time.Hour) }), true, true},
		{"announced, and sold from a microsecond on", with(func(p *Product) { p.OnSaleAt = at(time.Microsecond) }), true, false},
		{"sold from this instant", with(func(p *Product) { p.OnSaleAt = at(0) }), true, true},
		{"on sale, but not yet to be seen", with(func(p *Product) { p.PublishAt, p.OnSaleAt = at(1e6), at(-1e6) }), false, false},
		{"a draft whose time has come", with(func(p *Product) { p.Status, p.PublishAt = ProductDraft, at(-time.Hour) }), false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.product.Visible(now); got != tt.visible {
				t.Errorf("visible %v", got)
			}
			if got := tt.product.OnSale(now); got != tt.onSale {
				t.Errorf("on sale %v", got)
			}
		})
	}
}

// shoe has two sizes in two widths; only the third variant is in stock.
func shoe() Product {
	variant := func(id VariantID, size, width string, price Cents, stock int64) Variant {
		return Variant{ID: id, Option1: size, Option2: width, Price: price, Tracked: true, Policy: PolicyDeny, Stock: StockLevel{OnHand: stock}}
	}
	return Product{
		Options: []ProductOption{{Position: 1, Name: "Size"}, {Position: 2, Name: "Width"}},
		Variants: []Variant{
			variant(1, "9", "D", 14_000, 0), variant(2, "9", "2E", 15_000, 0), variant(3, "10", "D", 13_000, 2),
		},
	}
}

func TestAProductOfItsVariants(t *testing.T) {
	p := shoe()
	if !p.Available() || p.FirstAvailable().ID != 3 {
		t.Errorf("available %v, first %+v; want the third variant", p.Available(), p.FirstAvailable())
	}
	if low, high := p.PriceRange(); low != 13_000 || high != 15_000 {
		t.Errorf("prices from %s to %s", low, high)
	}
	for position, want := range map[int][]string{1: {"9", "10"}, 2: {"D", "2E"}, 3: nil, 4: nil, 0: nil} {
		if diff := cmp.Diff(want, p.OptionValues(position)); diff != "" {
			t.Errorf("option %d: %s", position, diff)
		}
	}
	if p.Variant(2) != &p.Variants[1] || p.Variant(4) != nil {
		t.Error("Variant does not find by id")
	}
	if p.HasOnlyDefaultVariant() {
		t.Error("a shoe with sizes has nothing to choose")
	}
}

func TestASoldOutProductStillHasAPreselection(t *testing.T) {
	p := shoe()
	p.Variants[2].Stock.Held = 2
	if p.Available() || p.FirstAvailable().ID != 1 {
		t.Errorf("available %v, first %+v; want the first variant", p.Available(), p.FirstAvailable())
	}
	empty := Product{}
	if empty.Available() || empty.FirstAvailable() != nil {
		t.Error("a product without variants has one")
	}
	if low, high := empty.PriceRange(); low != 0 || high != 0 {
		t.Errorf("a product without variants costs %s to %s", low, high)
	}
}

func TestVariantByOptions(t *testing.T) {
	p := shoe()
	tests := []struct {
		name   string
		values []string
		want   VariantID
	}{
		{"all values", []string{"9", "2E"}, 2},
		{"a combination that is not made", []string{"10", "2E"}, 0},
		{"too few values", []string{"9"}, 0},
		{"too many values", []string{"9", "2E", ""}, 0},
		{"no values", nil, 0},
		{"another case", []string{"9", "2e"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := p.VariantByOptions(tt.values)
			if tt.want == 0 && got != nil || tt.want != 0 && (got == nil || got.ID != tt.want) {
				t.Errorf("%+v, want %d", got, tt.want)
			}
		})
	}
	single := Product{Variants: []Variant{{ID: 7, Option1: DefaultTitle}}}
	if !single.HasOnlyDefaultVariant() || single.VariantByOptions([]string{DefaultTitle}) == nil {
		t.Error("the only variant of a product without options is not found by Shopify's word for it")
	}
}
