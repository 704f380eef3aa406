package staff_test

import (
	"context"
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/stock"
)

// tern is a shop with an owner who is signed in, and with a shoe in two sizes,
// three of each.
func sellTern(t *testing.T) (*apptest.Shop, *apptest.Shopper, shop.Product) {
	s, _ := open(t)
	p := barcodes(t, s, s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer – Ember", Price: 14_000, Sizes: []string{"9", "10"}, Stock: 3}))
	return s, signIn(t, s, "owner@shop.example"), p
}

func stockOf(t *testing.T, s *apptest.Shop, v shop.Variant) shop.StockLine {
	t.Helper()
	lines, err := s.App.DB.StockLines(t.Context(), []shop.VariantID{v.ID})
	if err != nil {
		t.Fatal(err)
	}
	return lines[v.ID]
}

func wantOnHand(t *testing.T, s *apptest.Shop, v shop.Variant, n int64) {
	t.Helper()
	if got := stockOf(t, s, v); got.OnHand != n {
		t.Errorf("%d on hand, want %d", got.OnHand, n)
	}
}

// keepFor holds pieces for an order that is being paid.
func keepFor(t *testing.T, s *apptest.Shop, v shop.Variant, n int64) {
	t.Helper()
	err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		return stock.Hold(ctx, tx, stock.Cause{Kind: "prize", ID: 5}, []stock.Want{{Variant: v.ID, Title: "x", Quantity: n}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSizesAreFoundByCodeTitleAndSize(t *testing.T) {
	_, b, p := sellTern(t)
	for q, finds := range map[string]int{
		"tern-9": 1, "TERN-9": 0, "4000000000100": 1, "04000000000100": 1, "ember": 2, "EMBER racer": 2, "tern 9": 1, "tern 11": 0,
		"tern": 2, "400000000010": 2, "heron": 0, "%": 0, "_": 0, `\`: 0, "": 2, "'; --": 0, strings.Repeat("x", 101): 2,
	} {
		page := b.Get("/staff/stock?q=" + url.QueryEscape(q)).Must(200)
		if n := strings.Count(page.Body, `<tr id="v`); n != finds {
			t.Errorf("%q finds %d sizes, want %d", q, n, finds)
		}
	}
	b.Get("/staff/stock?q=tern&after=x").Must(404)
	b.Get("/staff/stock?q=tern&after=99").Must(404)
	b.Get(fmt.Sprintf("/staff/stock?q=tern&after=%d", p.ID)).Must(200, "Nothing was found.")
}

func TestACountIsAdjustedFromTheListItWasFoundIn(t *testing.T) {
	s, b, p := sellTern(t)
	v := p.Variants[0]
	keepFor(t, s, v, 1)
	page := b.Get("/staff/stock?q=tern").Must(200, "1 for prize 5")
	form := page.Form("/staff/stock/adjust")
	form.Set("change", "-3").Set("reason", "other").Set("note", "<script>alert(1)</script>")
	refused := form.Submit("").Must(409, "3 on hand, and 1 held for somebody who is paying. At most 2 can go.")
	if !strings.Contains(refused.Body, `value="&lt;script&gt;alert(1)&lt;/script&gt;"`) || !strings.Contains(refused.Body, `value="-3"`) || !strings.Contains(refused.Body, "<details open>") {
		t.Error("the form does not come back as it was filled in")
	}
	for _, change := range []string{"", "5", "１２", "-１", "0", "+0", "-0", "--1", "+-1", "1e3", "-1.5", "+100001", "=100001", "=-1", "- 1 2", "0x10", "99999999999999999999"} {
		refused.Form("/staff/stock/adjust").Set("change", change).Submit("").Must(422, "Write -1 or +5")
	}
	wantOnHand(t, s, v, 3)
	form = b.Get("/staff/stock?q=tern").Form("/staff/stock/adjust")
	form.Set("change", "−2").Set("reason", "other").Set("note", "<script>alert(1)</script>")
	form.Submit("").Must(200, "The count is adjusted.")
	form.Submit("").Must(200) // a second press
	wantOnHand(t, s, v, 1)
	form.Set("change", "+4").Submit("").Must(409, "This form was sent before, with something else in it.")
	wantOnHand(t, s, v, 1)
	history := b.Get(fmt.Sprintf("/staff/stock/movements?variant=%d", v.ID)).Must(200, "other: <script>alert(1)</script>", "adjusted", "The owner", "1 left, 1 held")
	if strings.Contains(history.Body, "<script>alert") {
		t.Error("a note is markup")
	}
	b.Get("/staff/audit?action=stock.").Must(200, "stock.adjust", fmt.Sprintf("variant %d", v.ID), "3 → 1")
	b.Get("/staff/stock?q=tern").Form("/staff/stock/adjust").Set("change", "=6").Submit("").Must(200, "adjusted")
	wantOnHand(t, s, v, 6)
}

func TestFieldsOfOthersAndSmuggledNumbersMoveNothing(t *testing.T) {
	s, b, p := sellTern(t)
	v, other := p.Variants[0], p.Variants[1]
	key := keyOn(t, b.Get("/staff/stock").Body)
	good := func() url.Values {
		return url.Values{"variant": {fmt.Sprint(v.ID)}, "seen": {"3"}, "key": {key}, "reason": {"lost"}, "change": {"-1"}}
	}
	for name, wrong := range map[string]url.Values{
		"another id": {"variant": {"999999"}}, "no id": {"variant": {""}}, "a negative id": {"variant": {"-1"}}, "an id with more": {"variant": {"1 OR 1=1"}},
		"no key": {"key": {""}}, "a short key": {"key": {"AAA"}}, "a key of other letters": {"key": {"abcdefghijklmnopqrstuvwxyz"}},
		"a wide seen": {"seen": {"３"}, "change": {"=1"}}, "a huge seen": {"seen": {"9999999999"}, "change": {"=1"}}, "no seen": {"seen": {""}, "change": {"=1"}},
		"an unknown reason": {"reason": {"magic"}},
	} {
		form := good()
		for field, value := range wrong {
			form[field] = value
		}
		if page := b.Post("/staff/stock/adjust", form); page.Status != 404 && page.Status != 422 {
			t.Errorf("%s answers %d", name, page.Status)
		}
	}
	wantOnHand(t, s, v, 3)
	form := good()
	for _, more := range []string{"who", "Who", "at", "place", "cause_kind", "held", "on_hand", "delta", "step", "id"} {
		form.Set(more, "7")
	}
	form.Add("variant", fmt.Sprint(other.ID))
	b.Post("/staff/stock/adjust", form).Must(200)
	wantOnHand(t, s, v, 2)
	wantOnHand(t, s, other, 3)
	m, _, err := s.App.DB.Movements(t.Context(), database.MovementSearch{Variants: []shop.VariantID{v.ID}, Limit: 9})
	if err != nil || len(m) != 2 || m[0].Who != "staff:1" || m[0].Place != shop.PlaceShop || m[0].Delta != -1 || m[0].CauseKind != "adjustment" {
		t.Errorf("%+v %v", m, err)
	}
	s.Verify()
}

func keyOn(t *testing.T, body string) string {
	t.Helper()
	found := regexp.MustCompile(`name="key" value="([A-Z2-7]+)"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatal("the page has no key")
	}
	return found[1]
}

func TestADeliveryIsPastedAndEachWrongLineIsNamed(t *testing.T) {
	s, b, p := sellTern(t)
	page := b.Get("/staff/stock/receive").Must(200)
	text := "SKU\tQuantity\ntern-9\t5\nnobody\t1\n4000000000101\t１２\ntern-10\t-1\ntern-10,0\ntern-10;100001\n4.00638E+12\t3\n\t4"
	refused := page.Form("/staff/stock/receive").Set("lines", text).Set("reference", "Slip <7>").Submit("do=receive").
		Must(422, "Nothing was saved: 7 lines are not right.", `Line 3 No size has the SKU or barcode "nobody".`, `Line 4 "１２" is not a quantity`,
			`Line 5 "-1" is not`, `Line 6 "0" is not`, `Line 7 "100001" is not`, "Line 8 A spreadsheet has rounded", "Line 9")
	if !strings.Contains(refused.Body, "tern-10;100001") || !strings.Contains(refused.Body, `value="Slip &lt;7&gt;"`) {
		t.Error("what was typed is lost")
	}
	wantOnHand(t, s, p.Variants[0], 3)
	form := refused.Form("/staff/stock/receive").Set("lines", "tern-9\t5\r\ntern-9 1\r\n4000000000101")
	form.Submit("do=look").Must(200, "7 pieces of 2 sizes. Nothing is saved yet.", "2 lines added up")
	wantOnHand(t, s, p.Variants[0], 3)
	form.Submit("do=receive").Must(200, "The delivery is on the shelf. Lines that named the same size were added up.", "+6", "+1", "Slip <7>")
	form.Submit("do=receive").Must(200, "This form was sent before. The delivery was not taken in twice.")
	wantOnHand(t, s, p.Variants[0], 9)
	wantOnHand(t, s, p.Variants[1], 4)
	page.Form("/staff/stock/receive").Set("lines", " \n ").Submit("do=receive").Must(422, "at least one line")
	page.Form("/staff/stock/receive").Set("lines", strings.Repeat("tern-9 1\n", 5001)).Submit("do=receive").Must(422, "At most 5000 lines")
	s.Verify()
}

func TestACountShowsItsDifferencesBeforeItIsSaved(t *testing.T) {
	s, b, p := sellTern(t)
	sheet := b.Get("/staff/stock?q=ember").Follow("Count it").Must(200, "In the books", "What stays empty is not counted.")
	nine, ten := fmt.Sprintf("counted-%d", p.Variants[0].ID), fmt.Sprintf("counted-%d", p.Variants[1].ID)
	sheet.Form("/staff/stock/count").Submit("do=check").Must(422, "Nothing was counted yet.")
	sheet.Form("/staff/stock/count").Set(nine, "１").Set(ten, "-2").Submit("do=check").Must(422, "Write a number from 0 to 100,000")
	checked := sheet.Form("/staff/stock/count").Set(nine, "1").Submit("do=check").Must(200, "Nothing is saved yet.", "-2")
	wantOnHand(t, s, p.Variants[0], 3)
	// A pair is sold while the differences are looked at.
	b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", "tern-9").Submit("").Must(200, "2 left")
	form := checked.Form("/staff/stock/count").Set("note", "Shelf 4")
	form.Submit("do=save").Must(200, "The count is saved.", "Shelf 4", "-2")
	form.Submit("do=save").Must(200)
	wantOnHand(t, s, p.Variants[0], 0)
	wantOnHand(t, s, p.Variants[1], 3)
	list := b.Get("/staff/stock/count").Form("/staff/stock/count")
	list.Set("lines", "tern-10\ntern-10\nwhat 3").Submit("do=lines").Must(422, "Line 3 No size")
	keepFor(t, s, p.Variants[1], 3)
	scanned := list.Set("lines", "tern-10\ntern-10\ntern-9\t0").Submit("do=lines").Must(200, "Nothing is saved yet.", "right", "-1")
	scanned.Form("/staff/stock/count").Submit("do=save").Must(409, "3 on hand, and 3 held for somebody who is paying.")
	wantOnHand(t, s, p.Variants[1], 3)
	b.Get("/staff/stock/count?product=x").Must(404)
	b.Get("/staff/stock/count?product=999").Must(404)
	b.Post("/staff/stock/count", url.Values{"do": {"save"}, "key": {keyOn(t, sheet.Body)}, "seen-999": {"1"}, "counted-999": {"5"}, "seen-x": {"1"}}).Must(422, "Nothing was counted yet.")
	s.Verify()
}

func TestAScanSellsOnePieceAndTheNextFieldWaits(t *testing.T) {
	s, b, p := sellTern(t)
	keepFor(t, s, p.Variants[0], 1)
	page := b.Get("/staff/stock/sell").Must(200)
	if !regexp.MustCompile(`name="code"[^>]* autofocus`).MatchString(page.Body) {
		t.Error("the field does not wait for a scan")
	}
	form := page.Form("/staff/stock/sell").Set("code", "4000000000100")
	sold := form.Submit("").Must(200, "Sold: Tern Racer – Ember, 9: 2 left, 1 held", "Undo", "sold in store")
	form.Submit("").Must(200, "nothing more was taken")
	wantOnHand(t, s, p.Variants[0], 2)
	sold.Form("/staff/stock/sell/undo").Submit("").Must(200, "Undone: Tern Racer – Ember, 9: 3 left, 1 held").MustNot("Undo ")
	wantOnHand(t, s, p.Variants[0], 3)
	sold.Form("/staff/stock/sell/undo").Submit("").Must(200)
	wantOnHand(t, s, p.Variants[0], 3)
	for range 2 {
		b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", "tern-9").Submit("").Must(200)
	}
	b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", "tern-9").Submit("").Must(409, "1 on hand, and 1 held for somebody who is paying")
	b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", "<b>x</b>").Submit("").Must(422, `No size has the SKU or barcode "<b>x</b>".`)
	hire(t, s, "kit@shop.example", shop.RoleSupport)
	kit := signIn(t, s, "kit@shop.example")
	kit.Get(sold.URL.RequestURI()).Must(200).MustNot("Undo ")
	last := b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", "tern-10").Submit("").Must(200, "Undo").URL.Query().Get("sold")
	kit.Post("/staff/stock/sell/undo", url.Values{"movement": {last}}).Must(409, "Only your own sale")
	kit.Post("/staff/stock/sell/undo", url.Values{"movement": {"1"}}).Must(409)
	kit.Post("/staff/stock/sell/undo", url.Values{"movement": {"x"}}).Must(404)
	kit.Get("/staff/stock/sell?sold=1").Must(404)
	s.Verify()
}

func TestABarcodeOnTwoSizesAsksWhich(t *testing.T) {
	s, b, p := sellTern(t)
	p.Variants[1].Barcode = p.Variants[0].Barcode
	err := s.App.DB.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error { return tx.UpdateVariant(ctx, p.Variants[1]) })
	if err != nil {
		t.Fatal(err)
	}
	asked := b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", p.Variants[0].Barcode).Submit("").Must(200, "is on 2 sizes. Which is it?", "Ember, 9", "Ember, 10")
	wantOnHand(t, s, p.Variants[0], 3)
	asked.Form("/staff/stock/sell").Set("variant", fmt.Sprint(p.Variants[1].ID)).Submit("").Must(200, "Sold: Tern Racer – Ember, 10: 2 left")
	wantOnHand(t, s, p.Variants[0], 3)
	form := asked.Form("/staff/stock/sell")
	form.Values.Set("variant", "999")
	form.Submit("").Must(422, "No size has")
}

func TestMovementsAreSearchedAndPaged(t *testing.T) {
	s, b, p := sellTern(t)
	other := s.Sell(apptest.Shoe{Handle: "swift", Title: "Swift", Price: 14_000, Sizes: []string{"9"}, Stock: 3})
	actor := "staff:1"
	for range 120 {
		_, err := s.App.Stock.Receive(t.Context(), actor, stock.Delivery{Lines: []shop.TypedLine{{Line: 1, Code: "tern-9", Quantity: 1}}, Key: rand.Text()})
		if err != nil {
			t.Fatal(err)
		}
	}
	one := b.Get(fmt.Sprintf("/staff/stock/movements?variant=%d", p.Variants[0].ID)).Must(200, "On hand then", "123 left")
	third := one.Follow("Older movements").Must(200).Follow("Older movements").Must(200, "opening stock").MustNot("Older movements")
	if !regexp.MustCompile(`(?s)opening stock.*&#43;3</td><td class="n">3</td>`).MatchString(third.Body) {
		t.Error("the running count does not begin with 3")
	}
	if n := strings.Count(one.Body, "<tr><td>") + strings.Count(third.Body, "<tr><td>"); n != 71 {
		t.Errorf("%d rows on two pages", n)
	}
	b.Get("/staff/stock/movements?q=tern-9").Must(200, "On hand then")
	b.Get("/staff/stock/movements?q=swift").Must(200, "Swift, 9").MustNot("Ember")
	b.Get(fmt.Sprintf("/staff/stock/movements?product=%d", other.ID)).Must(200, "Swift, 9").MustNot("Ember")
	b.Get("/staff/stock/movements?kind=adjustment").Must(200, "opening stock").MustNot("received")
	b.Get("/staff/stock/movements?kind=order").Must(200, "Nothing was found.")
	b.Get("/staff/stock/movements?who=staff:1").Must(200, "received").MustNot("opening stock")
	b.Get("/staff/stock/movements?who=staff:1&until=2020-01-01").Must(200, "Nothing was found.")
	b.Get("/staff/stock/movements?from=2020-01-01&q=heron").Must(200, "Nothing was found.")
	for _, wrong := range []string{"kind=magic", "from=yesterday", "before=x", "before=1", "before=-1-1", "before=99999999999999999999-1", "variant=x", "product=-1"} {
		b.Get("/staff/stock/movements?" + wrong).Must(422)
	}
	b.Get("/staff/stock/movements?variant=999").Must(200, "Nothing was found.")
}

func TestMovementsAndHoldsNameTheirOrder(t *testing.T) {
	s, b, p := sellTern(t)
	paying := s.Shopper(t).Get("/products/tern").Form("/cart/add").Set("options[Size]", "9").Submit("").Form("/cart").Submit("checkout")
	b.Get("/staff/stock?q=tern-9").Must(200, "1 for an order being paid")
	paying.Form(paying.URL.Path).FillByAutocomplete(apptest.Buyer()).Submit("do=pay").Must(200, "#1001")
	one := b.Get(fmt.Sprintf("/staff/stock/movements?variant=%d", p.Variants[0].ID)).Must(200, "order 1001", "The shop itself", "2 left")
	if !strings.Contains(one.Body, `<a href="/staff/orders/1">order 1001</a>`) {
		t.Error("the order has no link")
	}
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	e := signIn(t, s, "eve@shop.example")
	if page := e.Get("/staff/stock/movements?q=tern-9").Must(200, "order 1001"); strings.Contains(page.Body, "/staff/orders/") {
		t.Error("who may not see orders is led to one")
	}
}

func TestWhatIsLowIsListedByProductAndAsAFile(t *testing.T) {
	s, b, p := sellTern(t)
	for _, code := range []string{"tern-9", "tern-9", "tern-9"} {
		b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", code).Submit("").Must(200)
	}
	s.Sell(apptest.Shoe{Handle: "many", Title: "Many", Price: 14_000, Sizes: []string{"9"}, Stock: 50})
	s.Sell(apptest.Shoe{Handle: "formula", Title: "=HYPERLINK(\"http://evil.example\")", Price: 14_000, Sizes: []string{"9"}, Stock: 1})
	b.Get("/staff/stock/low").Must(200, "3 or fewer", "tern-9", "tern-10", "formula-9").MustNot("many-9")
	b.Get("/staff/stock/low?show=out").Must(200, "tern-9").MustNot("tern-10")
	b.Get("/staff/stock/low?show=low").Must(200, "tern-10").MustNot("tern-9")
	if _, err := s.App.Settings.Set(t.Context(), "low_stock_at", "1", shop.ByCommand); err != nil {
		t.Fatal(err)
	}
	b.Get("/staff/stock/low").Must(200, "1 or fewer", "tern-9").MustNot("tern-10")
	file := b.Get("/staff/stock/low.csv").Must(200)
	rows, err := csv.NewReader(strings.NewReader(file.Body)).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][0] != `'=HYPERLINK("http://evil.example")` || rows[2][2] != "tern-9" || rows[2][6] != "0" {
		t.Errorf("%q %v", rows, err)
	}
	if got := file.Header.Get("Content-Disposition"); !strings.Contains(got, "low-stock.csv") {
		t.Errorf("the file is %q", got)
	}
	if got := file.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
		t.Errorf("the file may be kept: %q", got)
	}
	b.Get("/staff/stock/low?show=magic").Must(404)
	for _, wrong := range []string{"x", "1", "1.2", "a.b.c", "999.1.1", "1.-1.1"} {
		b.Get("/staff/stock/low?after=" + wrong).Must(404)
	}
	b.Get(fmt.Sprintf("/staff/stock/low?after=%d.2.%d", p.ID, p.Variants[0].ID)).Must(200, "Nothing is low")
}

func TestLowStockIsPaged(t *testing.T) {
	s, b, _ := sellTern(t)
	for i := range 40 {
		s.Sell(apptest.Shoe{Handle: fmt.Sprintf("h%d", i), Title: "Same title", Price: 14_000, Sizes: []string{"9", "10"}, Stock: 2})
	}
	first := b.Get("/staff/stock/low").Must(200)
	second := first.Follow("More").Must(200).MustNot("More")
	skus := regexp.MustCompile(`h\d+-\d+`).FindAllString(first.Body+second.Body, -1)
	seen := map[string]bool{}
	for _, sku := range skus {
		seen[sku] = true
	}
	if len(seen) != 80 || len(skus) != 80 {
		t.Errorf("%d sizes, %d of them different", len(skus), len(seen))
	}
}

func TestAChangeOfStockReachesTheProductsPage(t *testing.T) {
	s, b, p := sellTern(t)
	c := s.Shopper(t)
	c.Get("/products/tern").Must(200)
	for range 3 {
		b.Get("/staff/stock/sell").Form("/staff/stock/sell").Set("code", "tern-9").Submit("").Must(200)
	}
	b.Get("/staff/stock?q=tern-10").Form("/staff/stock/adjust").Set("change", "=0").Submit("").Must(200)
	wantOnHand(t, s, p.Variants[1], 0)
	for end := time.Now().Add(10 * time.Second); !strings.Contains(c.Get("/products/tern").Text(), "Sold out"); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the page still sells what is gone")
		}
	}
}

func TestWhoMayOnlyLookSeesNoForms(t *testing.T) {
	s, _, _ := sellTern(t)
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	b := signIn(t, s, "eve@shop.example")
	page := b.Get("/staff/stock").Must(200, "Tern Racer").MustNot("Adjust", "Sell in store", "Receive", "Count it")
	if page.HasForm("/staff/stock/adjust") {
		t.Error("there is a form")
	}
	b.Get("/staff/stock/movements").Must(200)
	b.Get("/staff/stock/low").Must(200)
}
