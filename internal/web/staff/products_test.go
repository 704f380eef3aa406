package staff_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// tern is a shoe of two sizes in two widths, one of which is not made.
func tern(t *testing.T, s *apptest.Shop, handle string) shop.Product {
	t.Helper()
	p := shop.Product{
		Handle: handle, Title: "Tern " + handle, Description: "<p>A shoe.</p>", Vendor: "Maker", Type: "Road shoes", Status: shop.ProductActive,
		Published: true, Options: []shop.ProductOption{{Name: "Size"}, {Name: "Width"}}, Tags: []shop.ProductTag{{Tag: "road"}},
	}
	for _, size := range []string{"9 D", "9 2E", "10 D"} {
		first, second, _ := strings.Cut(size, " ")
		p.Variants = append(p.Variants, shop.Variant{
			Option1: first, Option2: second, SKU: strings.ToUpper(handle) + "-" + first + "-" + second, Price: 14_000, Tracked: true, Taxable: true,
			TaxCode: "txcd_99999999", RequiresShipping: true, Grams: 900, Stock: shop.StockLevel{Place: shop.PlaceShop, OnHand: 5},
		})
	}
	if err := s.App.Catalog.Create(t.Context(), "test", &p); err != nil {
		t.Fatal(err)
	}
	return now(t, s, p.ID)
}

// now is a product as it is stored.
func now(t *testing.T, s *apptest.Shop, id shop.ProductID) shop.Product {
	t.Helper()
	p, err := s.App.DB.ProductForStaff(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func pageOf(p shop.Product) string { return fmt.Sprintf("/staff/products/%d", p.ID) }

func cell(p shop.Product, n int, field string) string {
	return fmt.Sprintf("v.%d.%s", p.Variants[n].ID, field)
}

func TestAShoeIsMadeOfItsSizesAndWidths(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	page := b.Get("/staff").Follow("Products").Must(200, "There are no products yet.").Follow("New product").Must(200, "New product")
	form := page.Form("/staff/products/new").Set("title", "Tern Racer – Ember").Set("sizes", "5-15 by 0.5").Set("widths", "D, 2E").Set("price", "139.95").Set("count", "6").Set("sku_stem", "TERN")
	form.Submit("").Must(200, "The product is made.", "See it in the shop")
	b.Get("/products/tern-racer-ember").Must(200, "Tern Racer", "$139.95")
	p, err := s.App.DB.ProductByHandle(t.Context(), "tern-racer-ember")
	if err != nil || len(p.Variants) != 42 || p.Variants[41].SKU != "TERN-15-2E" || p.Variants[0].Stock.OnHand != 6 {
		t.Fatalf("%d variants, %v: %+v", len(p.Variants), err, p.Variants[len(p.Variants)-1])
	}
	more := b.Get(pageOf(p)).Form(pageOf(p)).Set("sizes", "16").Submit("").Must(200, "The product is saved.")
	if got := now(t, s, p.ID); len(got.Variants) != 44 || got.Variants[43].Title() != "16 / 2E" || got.Variants[43].Price != 13_995 {
		t.Errorf("%d variants: %.300s", len(got.Variants), more.Text())
	}
	again := b.Get("/staff/products/new").Form("/staff/products/new")
	if again.Values.Get("all.tax_code") != "txcd_99999999" {
		t.Errorf("a second product begins with %v", again.Values)
	}
	s.Verify()
}

func TestAProductWithoutSizesIsSoldAsOneAndGetsSizesLater(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	b.Get("/staff/products/new").Form("/staff/products/new").Set("title", "Cap").Set("price", "20").Set("count", "3").Submit("").Must(200, "The product is made.", "One size")
	p, err := s.App.DB.ProductByHandle(t.Context(), "cap")
	if err != nil || !p.HasOnlyDefaultVariant() || p.Variants[0].Stock.OnHand != 3 {
		t.Fatalf("%+v %v", p, err)
	}
	b.Get(pageOf(p)).Form(pageOf(p)).Set("sizes", "S, L").Submit("").Must(200, "The product is saved.")
	if got := now(t, s, p.ID); len(got.Variants) != 2 || got.Variants[0].ID != p.Variants[0].ID || got.Variants[0].Option1 != "S" || got.Options[0].Name != "Size" {
		t.Errorf("%+v %+v", got.Options, got.Variants)
	}
	s.Verify()
}

func TestARefusedFormLosesNothingAndNamesEachCell(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p := tern(t, s, "tern")
	other := tern(t, s, "kelp")
	tests := []struct{ name, field, value, says string }{
		{"digits of another script", cell(p, 0, "price"), "１２", "is not an amount"},
		{"a negative price", cell(p, 0, "price"), "-1", "is not an amount"},
		{"a comma before cents", cell(p, 0, "price"), "1.299,00", "is not an amount"},
		{"no price", cell(p, 1, "price"), "", "is not an amount"},
		{"a number that is too large", cell(p, 0, "price"), "9999999999", "is not an amount"},
		{"a negative count", cell(p, 0, "count"), "-1", "is not a whole number"},
		{"a count with a fraction", cell(p, 0, "count"), "1.5", "is not a whole number"},
		{"a double SKU", cell(p, 1, "sku"), p.Variants[0].SKU, "is also the SKU of"},
		{"an SKU of another product", cell(p, 0, "sku"), other.Variants[0].SKU, other.Variants[0].SKU},
		{"no title", "title", " ", "Give the product a title"},
		{"an address that is taken", "handle", "kelp", "taken"},
		{"no such gender", "gender", "", ""},
		{"a drop of letters", "drop", "six", "whole number"},
		{"an hour that the clocks skip", "publish_at", "2027-03-14T02:30", "skip this hour"},
		{"a day that there is not", "on_sale_at", "2027-02-30T10:00", "Write a day and time"},
		{"a month that there is not", "released", "2026-13", "month"},
		{"widths for some", "sizes", "twenty-to", ""},
	}
	for _, tt := range tests {
		if tt.says == "" {
			continue
		}
		t.Run(tt.name, func(t *testing.T) {
			before := now(t, s, p.ID)
			form := b.Get(pageOf(p)).Form(pageOf(p))
			form.Values.Set(tt.field, tt.value)
			form.Values.Set("fit_note", "typed and kept")
			page := form.Submit("").Must(422, tt.says)
			again := page.Form(pageOf(p))
			if again.Values.Get("fit_note") != "typed and kept" || strings.TrimSpace(again.Values.Get(tt.field)) != strings.TrimSpace(tt.value) {
				t.Errorf("what was typed is lost: %q", again.Values.Get(tt.field))
			}
			id := `id="f-` + strings.ReplaceAll(tt.field, ".", "-") + `"`
			_, field, _ := strings.Cut(page.Body, id)
			if field, _, _ = strings.Cut(field, ">"); !strings.Contains(field, `aria-invalid="true"`) {
				t.Errorf("the field is not marked: %s", field)
			}
			if !strings.Contains(page.Body, `href="#f-`+strings.ReplaceAll(tt.field, ".", "-")+`"`) {
				t.Error("no link leads to the field")
			}
			if after := now(t, s, p.ID); after.Version != before.Version {
				t.Error("something was saved")
			}
		})
	}
	s.Verify()
}

func TestAPriceThatIsHardlyMeantIsAskedAboutOnce(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p := tern(t, s, "tern")
	form := b.Get(pageOf(p)).Form(pageOf(p)).Set(cell(p, 0, "price"), "0")
	asked := form.Submit("").Must(409, "Is this meant?", "would cost nothing", "Save all the same")
	if now(t, s, p.ID).Version != p.Version {
		t.Fatal("it was saved")
	}
	other := asked.Form(pageOf(p)).Set(cell(p, 1, "price"), "1.00").Submit("sure").Must(409, "would cost $1.00 instead of $140.00")
	if now(t, s, p.ID).Version != p.Version {
		t.Fatal("being sure of one price was taken for being sure of another")
	}
	other.Form(pageOf(p)).Submit("sure").Must(200, "The product is saved.")
	if got := now(t, s, p.ID); got.Variants[0].Price != 0 || got.Variants[1].Price != 100 {
		t.Errorf("%+v", got.Variants)
	}
}

func TestTwoPeopleAtOneProductOverwriteNothingUnseen(t *testing.T) {
	s, _ := open(t)
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	ada, eve := signIn(t, s, "owner@shop.example"), signIn(t, s, "eve@shop.example")
	p := tern(t, s, "tern")
	hers := eve.Get(pageOf(p)).Form(pageOf(p))
	ada.Get(pageOf(p)).Form(pageOf(p)).Set(cell(p, 0, "price"), "150.00").Set("vendor", "New Maker").Set("published", "").Submit("").Must(200, "The product is saved.")
	hers.Set("title", "Tern Two").Set("vendor", "Her Maker")
	clash := hers.Submit("").Must(409, "Somebody else has changed", "Both of you changed these", "New Maker", "Her Maker", "Only they changed", "Price, size 9, width D", "150.00")
	again := clash.Form(pageOf(p))
	if again.Values.Get("title") != "Tern Two" || again.Values.Get("vendor") != "Her Maker" || again.Values.Get(cell(p, 0, "price")) != "150.00" || again.Values.Has("published") {
		t.Errorf("the form has not both: %v", again.Values)
	}
	if got := now(t, s, p.ID); got.Title != "Tern tern" || got.Vendor != "New Maker" {
		t.Fatalf("saved unseen: %s by %s", got.Title, got.Vendor)
	}
	again.Submit("").Must(200, "The product is saved.")
	if got := now(t, s, p.ID); got.Title != "Tern Two" || got.Vendor != "Her Maker" || got.Variants[0].Price != 15_000 || got.Published {
		t.Errorf("%s by %s at %s", got.Title, got.Vendor, got.Variants[0].Price)
	}
	clash.Follow("Start again from theirs").Must(200, "Tern Two")
	s.Verify()
}

func TestASaleMeanwhileIsNotUndoneByTheForm(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p := tern(t, s, "tern")
	first, second := b.Get(pageOf(p)).Form(pageOf(p)), b.Get(pageOf(p)).Form(pageOf(p))
	first.Set(cell(p, 0, "count"), "3").Submit("").Must(200, "The product is saved.") // 5 less 2
	second.Values.Set("version", fmt.Sprint(now(t, s, p.ID).Version))                 // as a sale does, which makes no version
	second.Set(cell(p, 0, "count"), "6").Submit("").Must(200, "The product is saved.")
	if got := now(t, s, p.ID).Variants[0].Stock.OnHand; got != 4 {
		t.Errorf("%d on hand, want 4: 5 were seen, 2 went, 1 was added", got)
	}
	s.Verify()
}

func TestTheSameFormTwiceMovesTheStockOnce(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p := tern(t, s, "tern")
	form := b.Get(pageOf(p)).Form(pageOf(p)).Set(cell(p, 0, "count"), "9")
	form.Submit("").Must(200, "The product is saved.")
	form.Submit("").Must(200)
	if got := now(t, s, p.ID).Variants[0].Stock.OnHand; got != 9 {
		t.Errorf("%d on hand", got)
	}
}

func TestRowsOfOtherProductsAndColumnsOfNoFormChangeNothing(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p, other := tern(t, s, "tern"), tern(t, s, "kelp")
	foreign := b.Get(pageOf(p)).Form(pageOf(p))
	for _, name := range []string{cell(other, 0, "price"), "v.999999.price", "v.x.price", "v.n0x0x.price", "v.-1.price", "image.999.alt"} {
		foreign.Values.Set(name, "1.00")
		foreign.Submit("").Must(422, "a field of another product")
		foreign.Values.Del(name)
	}
	smuggled := b.Get(pageOf(p)).Form(pageOf(p))
	for name, value := range map[string]string{
		"id": fmt.Sprint(other.ID), "ID": fmt.Sprint(other.ID), "price_low": "1", "PriceLow": "1", "created_at": "2000-01-01", "gift_card": "1",
		"category": "x", "Variants.0.Price": "1", "variants.0.price": "1", "product_id": fmt.Sprint(other.ID), "cost": "1", "status ": "archived",
	} {
		smuggled.Values.Set(name, value)
	}
	smuggled.Set("title", "Renamed").Submit("").Must(200, "The product is saved.")
	got := now(t, s, p.ID)
	if got.Title != "Renamed" || got.PriceLow != 14_000 || got.GiftCard || got.Category != "" || got.Variants[0].Price != 14_000 || got.Variants[0].Cost != nil || !got.CreatedAt.Equal(p.CreatedAt.Time) {
		t.Errorf("%+v", got)
	}
	if o := now(t, s, other.ID); o.Version != other.Version || o.Title != other.Title {
		t.Errorf("the other product is changed: %+v", o)
	}
	for _, version := range []string{"", "0", "-1", "99999999999999999999", "x"} {
		stale := b.Get(pageOf(p)).Form(pageOf(p))
		stale.Values.Set("version", version)
		if page := stale.Set("title", "By trick").Submit(""); page.Status >= 500 || version == "0" && page.Status != 409 {
			t.Errorf("version %q is %d", version, page.Status)
		}
	}
	if a := ask(t, s, "POST", "/staff/products/999999", session(t, s, hire(t, s, "max@shop.example", shop.RoleManager)), url.Values{"title": {"x"}}); a.status != 404 {
		t.Errorf("a product that is not there is %d", a.status)
	}
	s.Verify()
}
