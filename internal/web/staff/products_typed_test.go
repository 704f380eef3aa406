package staff_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// TestAShoeGoesOnSaleByFewKeystrokes counts from the start page: at most six
// pages and eighty keys besides the texts, by the keyboard alone.
func TestAShoeGoesOnSaleByFewKeystrokes(t *testing.T) {
	for _, javascript := range []bool{true, false} {
		t.Run(fmt.Sprintf("JavaScript %v", javascript), func(t *testing.T) {
			b := apptest.NewBrowser(t, javascript)
			s, _ := open(t)
			newTern(t, s, "tern")
			enter(s, b)
			k := b.Open(s.URL + "/staff").WaitFor("Hello").Typist()
			k.TabToText("Products").Enter("Changed")
			k.Tab(1).Enter("Skip to the content").TabToText("New product").Enter("New product")
			if got := k.Focus(); got != "f-title" {
				t.Fatalf("the page begins at %q", got)
			}
			k.Write("Kittiwake 2 – Fog").Tab(1).Write("Pellworth").Tab(1).Write("Road shoes").Tab(1).Write("Fog")
			k.Tab(1).Write("5-15 by 0.5, 16").Tab(1).Write("D, 2E").Tab(1).Write("139.95").Tab(1).Write("6").Tab(1).Write("KIT2")
			k.Enter("The product is made.")
			t.Logf("%d pages, %d keys besides the texts", k.Loads, k.Keys)
			if k.Loads > 6 || k.Keys > 80 {
				t.Errorf("%d pages and %d keys", k.Loads, k.Keys)
			}
			p, err := s.App.DB.ProductByHandle(t.Context(), "kittiwake-2-fog")
			if err != nil || len(p.Variants) != 44 || !p.Available() || p.Vendor != "Pellworth" || p.Colour != "Fog" {
				t.Fatalf("%d variants of %+v, %v", len(p.Variants), p.Title, err)
			}
			b.Open(s.URL + "/products/kittiwake-2-fog").WaitFor("$139.95")
			s.Verify()
		})
	}
}

// wide is a shoe of 200 variants, 40 sizes in 5 widths.
func wide(t *testing.T, s *apptest.Shop) shop.Product {
	t.Helper()
	p := shop.Product{Handle: "wide", Title: "Wide", Vendor: "Maker", Type: "Road shoes", Status: shop.ProductActive, Published: true, Options: []shop.ProductOption{{Name: "Size"}, {Name: "Width"}}}
	for size := range 40 {
		for _, width := range []string{"2A", "B", "D", "2E", "4E"} {
			p.Variants = append(p.Variants, shop.Variant{Option1: fmt.Sprint(30 + size), Option2: width, SKU: fmt.Sprintf("W-%d-%s", 30+size, width), Price: 14_000, Tracked: true, Taxable: true, RequiresShipping: true})
		}
	}
	if err := s.App.Catalog.Create(context.Background(), "test", &p); err != nil {
		t.Fatal(err)
	}
	return now(t, s, p.ID)
}

// prices are those of a shoe, each another.
func prices(p shop.Product, line func(size string, prices []string) string) string {
	var lines []string
	for first := 0; first < len(p.Variants); first += 5 {
		var list []string
		for i := range 5 {
			list = append(list, shop.Cents(15_000+10*(first+i)).Decimal())
		}
		lines = append(lines, line(p.Variants[first].Option1, list))
	}
	return strings.Join(lines, "\n")
}

func wantPrices(t *testing.T, s *apptest.Shop, id shop.ProductID) {
	t.Helper()
	p := now(t, s, id)
	for i := range p.Variants {
		if want := shop.Cents(15_000 + 10*i); p.Variants[i].Price != want {
			t.Fatalf("%s costs %s, want %s", p.Variants[i].Title(), p.Variants[i].Price, want)
		}
	}
}

func TestTwoHundredPricesChangeByOnePaste(t *testing.T) {
	t.Run("into a cell of the table", func(t *testing.T) {
		b := apptest.NewBrowser(t, true)
		s, _ := open(t)
		p := wide(t, s)
		enter(s, b)
		k := b.Open(s.URL + pageOf(p)).WaitFor("Sizes").Typist()
		k.TabTo(fmt.Sprintf("f-v-%d-price", p.Variants[0].ID))
		k.Paste(prices(p, func(_ string, list []string) string { return strings.Join(list, "\t") }), true)
		if got := b.ValueOf(t, fmt.Sprintf("f-v-%d-price", p.Variants[199].ID)); got != "169.90" {
			t.Fatalf("the last cell has %q", got)
		}
		keys := k.Keys
		k.Down(2).SaveByKeys("The product is saved.")
		t.Logf("%d pages, %d keys, of them %d on the way to the first cell", k.Loads, k.Keys, keys-2)
		wantPrices(t, s, p.ID)
	})
	t.Run("into the box below it, without JavaScript", func(t *testing.T) {
		b := apptest.NewBrowser(t, false)
		s, _ := open(t)
		p := wide(t, s)
		enter(s, b)
		k := b.Open(s.URL + pageOf(p)).WaitFor("Sizes").Typist()
		k.TabTo("f-paste-price")
		k.Paste("Size\t2A\tB\tD\t2E\t4E\n"+prices(p, func(size string, list []string) string { return size + "\t" + strings.Join(list, "\t") }), false)
		k.Tab(1).Enter("200 cells will change")
		if got := now(t, s, p.ID); got.Version != p.Version {
			t.Fatal("looking has saved something")
		}
		k.TabToText("Save these").Enter("The product is saved.")
		wantPrices(t, s, p.ID)
	})
	t.Run("as a list of SKUs, without JavaScript", func(t *testing.T) {
		b := apptest.NewBrowser(t, false)
		s, _ := open(t)
		p := wide(t, s)
		enter(s, b)
		k := b.Open(s.URL + "/staff/products").WaitFor("Wide").Typist()
		k.TabToText("Change prices").Enter("two columns from a spreadsheet")
		var list strings.Builder
		for i := range p.Variants {
			fmt.Fprintf(&list, "%s\t%s\n", p.Variants[i].SKU, shop.Cents(15_000+10*i).Decimal())
		}
		k.Paste(list.String(), false).Tab(1).Enter("200 prices will change")
		if got := now(t, s, p.ID); got.Version != p.Version {
			t.Fatal("looking has saved something")
		}
		k.Enter("The prices are changed.")
		t.Logf("%d pages, %d keys", k.Loads, k.Keys)
		wantPrices(t, s, p.ID)
	})
}

func TestTwoPeopleMeetInTwoBrowsers(t *testing.T) {
	ada, eve := apptest.NewBrowser(t, true), apptest.NewBrowser(t, true)
	s, _ := open(t)
	p := newTern(t, s, "tern")
	enter(s, ada)
	enter(s, eve)
	ada.Open(s.URL + pageOf(p)).WaitFor("Sizes")
	eve.Open(s.URL + pageOf(p)).WaitFor("Sizes")
	ada.Type("#f-vendor", "Ada's").Click(".savebar button", "The product is saved.")
	eve.Type("#f-title", "Eve's").Click(".savebar button", "Somebody else has changed").WaitFor("saving keeps both")
	eve.Click(".bad button", "The product is saved.")
	if got := now(t, s, p.ID); got.Title != "Eve's" || got.Vendor != "Ada's" {
		t.Errorf("%s by %s", got.Title, got.Vendor)
	}
}
