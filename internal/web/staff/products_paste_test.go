package staff_test

import (
	"fmt"
	"strings"
	"testing"

	"longrun/internal/shop"
)

func TestAPasteIsShownBeforeItIsSaved(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p := newTern(t, s, "tern") // 9 D, 9 2E, 10 D
	tests := []struct {
		name, sheet, text string
		want              map[string]string // by cell
		says              string            // of a refusal
	}{
		{"the table as it lies", "price", "129.00\t130.00\n131.00", map[string]string{cell(p, 0, "price"): "129.00", cell(p, 1, "price"): "130.00", cell(p, 2, "price"): "131.00"}, ""},
		{"with sizes and widths around it", "price", "Size\tD\t2E\n9\t$1,129.00\t130\n10\t131", map[string]string{cell(p, 0, "price"): "1129.00", cell(p, 1, "price"): "130.00", cell(p, 2, "price"): "131.00"}, ""},
		{"in another order", "price", "\t2E\tD\n10\t\t131\n9\t130\t129", map[string]string{cell(p, 0, "price"): "129.00", cell(p, 1, "price"): "130.00", cell(p, 2, "price"): "131.00"}, ""},
		{"one width of it", "price", "\t2E\n9\t130", map[string]string{cell(p, 1, "price"): "130.00", cell(p, 0, "price"): "140.00"}, ""},
		{"some sizes, all widths", "price", "10\t131\t", map[string]string{cell(p, 2, "price"): "131.00", cell(p, 0, "price"): "140.00"}, "Copy the column of sizes too"},
		{"by SKU", "count", "SKU\tOn hand\ntern-9-d\t7\nTERN-10-D\t0", map[string]string{cell(p, 0, "count"): "7", cell(p, 2, "count"): "0", cell(p, 1, "count"): "5"}, ""},
		{"one value for all", "compare", "160", map[string]string{cell(p, 0, "compare"): "160.00", cell(p, 2, "compare"): "160.00"}, ""},
		{"a combination that is not made", "price", "\t2E\n10\t150", map[string]string{"v.n1x1.price": "150.00"}, ""},
		{"from Windows", "price", "129.00\t130.00\r\n131.00\r\n", map[string]string{cell(p, 2, "price"): "131.00"}, ""},
		{"digits of another script", "price", "１２\t130.00\n131.00", nil, `Size 9, width D: "１２" is not an amount`},
		{"a negative count", "count", "-1\t2\n3", nil, `Size 9, width D: "-1" is not a whole number`},
		{"several wrong cells", "price", "x\ty\n131.00", nil, `Size 9, width 2E: "y"`},
		{"a size that there is not", "price", "Size\tD\t2E\n44\t1\t2", nil, `There is no size "44"`},
		{"a width that there is not", "price", "Size\tD\t4E\n9\t1\t2", nil, `There is no column "4E"`},
		{"a size twice", "price", "Size\tD\t2E\n9\t1\t2\n9\t3\t4", nil, "Size 9, width D comes twice."},
		{"an SKU that there is not", "price", "TERN-9-D\t1\nKELP-9-D\t2", nil, `no SKU "KELP-9-D"`},
		{"too many rows", "price", "1\t2\n3\t4\n5\t6", nil, "The block has 3 rows and the table 2"},
		{"too many columns", "price", "1\t2\t3\t4", nil, "The block has 4 columns and the table 2"},
		{"10,000 cells", "price", strings.Repeat(strings.Repeat("1\t", 99)+"1\n", 100), nil, "The block has 100 columns"},
		{"30,000 cells", "price", strings.Repeat(strings.Repeat("1\t", 99)+"1\n", 300), nil, "more than 20,000 cells"},
		{"one SKU for all", "sku", "X", nil, "One value cannot be the SKU of every size"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := b.Get(pageOf(p)).Form(pageOf(p))
			form.Values.Set("paste."+tt.sheet, tt.text)
			form.Values.Set("fit_note", "typed and kept")
			page := form.Submit("")
			if tt.says != "" {
				page.Must(422, "Nothing is changed.", tt.says)
			} else {
				page.Must(200, "Nothing is saved yet", "will change")
			}
			again := page.Form(pageOf(p))
			for name, want := range tt.want {
				if got := again.Values.Get(name); tt.says == "" && got != want {
					t.Errorf("%s has %q, want %q", name, got, want)
				}
			}
			if tt.says != "" && again.Values.Get(cell(p, 0, "price")) != "140.00" {
				t.Error("a refused paste has changed a cell")
			}
			if again.Values.Get("fit_note") != "typed and kept" {
				t.Error("what was typed elsewhere is lost")
			}
			if got := now(t, s, p.ID); got.Version != p.Version {
				t.Fatal("looking has saved something")
			}
		})
	}
	form := b.Get(pageOf(p)).Form(pageOf(p)).Set("paste.price", "\t2E\n10\t150")
	form.Submit("").Form(pageOf(p)).Submit("").Must(200, "The product is saved.")
	if got := now(t, s, p.ID); len(got.Variants) != 4 || got.Variants[3].Title() != "10 / 2E" || got.Variants[3].Price != 15_000 {
		t.Errorf("the combination is not made: %+v", got.Variants)
	}
	s.Verify()
}

func TestAListOfPricesChangesAllOrNone(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p, other := newTern(t, s, "tern"), newTern(t, s, "kelp")
	sku := func(p shop.Product, n int) string { return p.Variants[n].SKU }
	page := b.Get("/staff/products").Follow("Change prices").Must(200, "SKU and price")
	for name, tt := range map[string]struct{ list, says string }{
		"digits of another script": {sku(p, 0) + "\t１２\n" + sku(p, 1) + "\t12", `Row 1: "１２" is not an amount`},
		"a negative price":         {sku(p, 0) + "\t-1", `Row 1: "-1" is not an amount`},
		"no such SKU":              {sku(p, 0) + "\t12\nNOPE\t12", `Row 2: there is no SKU "NOPE"`},
		"an SKU twice":             {sku(p, 0) + "\t12\n" + sku(p, 0) + "\t13", "is there twice"},
		"one column":               {sku(p, 0), "this has one cell"},
		"nothing":                  {"SKU\tPrice", "Paste 1 to"},
		"30,000 cells":             {strings.Repeat("X\t1\n", 15_000), "20,000 cells"},
	} {
		t.Run(name, func(t *testing.T) {
			refused := page.Form("/staff/products/prices").Set("list", tt.list).Submit("").Must(422, "Nothing is changed", tt.says)
			if refused.HasForm("/staff/products/prices") && refused.Form("/staff/products/prices").Values.Has("seen") {
				t.Error("what is wrong can be confirmed")
			}
		})
	}
	list := fmt.Sprintf("SKU\tPrice\n%s\t150.00\n%s\t160\n%s\t140.00", sku(p, 0), sku(other, 2), sku(p, 1))
	seen := page.Form("/staff/products/prices").Set("list", list).Submit("").Must(200, "2 prices will change", "1 of the list is that already", "$140.00", "$150.00", "$160.00")
	if now(t, s, p.ID).Version != p.Version || now(t, s, other.ID).Version != other.Version {
		t.Fatal("looking has saved something")
	}
	b.Get(pageOf(p)).Form(pageOf(p)).Set(cell(p, 0, "price"), "145.00").Submit("").Must(200, "The product is saved.")
	again := seen.Form("/staff/products/prices").Submit("").Must(409, "changed since", "$145.00")
	again.Form("/staff/products/prices").Submit("").Must(200, "The prices are changed.")
	if a, o := now(t, s, p.ID), now(t, s, other.ID); a.Variants[0].Price != 15_000 || o.Variants[2].Price != 16_000 || o.Version != other.Version+1 {
		t.Errorf("%s and %s", a.Variants[0].Price, o.Variants[2].Price)
	}
	b.Get(pageOf(p)).Must(200, "product.prices", "$145.00 → $150.00")
	free := page.Form("/staff/products/prices").Set("list", sku(p, 0)+"\t0").Submit("").Form("/staff/products/prices").Submit("").Must(409, "would cost nothing")
	if now(t, s, p.ID).Variants[0].Price != 15_000 {
		t.Fatal("a price of nothing was not asked about")
	}
	free.Form("/staff/products/prices").Submit("sure").Must(200, "The prices are changed.")
	s.Verify()
}
