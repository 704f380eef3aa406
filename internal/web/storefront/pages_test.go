package storefront_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

func option(body, value string) string {
	for _, input := range regexp.MustCompile(`(?s)<div class="choice">.*?</div>`).FindAllString(body, -1) {
		if strings.Contains(input, fmt.Sprintf(`value="%s"`, value)) {
			return input
		}
	}
	return ""
}

func TestAProductPageShowsWhatCanBeHad(t *testing.T) {
	b := onSQLite(t)
	p := b.shelve(shoe("tern", "Tern Racer – Ember",
		variant(1, "8", "D", 0), variant(1, "9", "D", 2), variant(1, "10", "D", 9), variant(1, "9", "2E", 4), variant(1, "10", "2E", 0)))
	body := b.see("/products/tern")
	for name, want := range map[string]bool{
		"8 is sold out":       strings.Contains(option(body, "8"), "disabled") && strings.Contains(option(body, "8"), "<s>8</s>"),
		"9 is chosen":         strings.Contains(option(body, "9"), "checked") && strings.Contains(option(body, "9"), "2 left"),
		"10 is there":         !strings.Contains(option(body, "10"), "disabled") && !strings.Contains(option(body, "10"), "left"),
		"2E can be had":       !strings.Contains(option(body, "2E"), "disabled"),
		"the form has its id": strings.Contains(body, fmt.Sprintf(`name="id" value="%d"`, p.Variants[1].ID)),
		"2E is a link":        strings.Contains(body, fmt.Sprintf(`href="/products/tern?variant=%d"`, p.Variants[3].ID)),
		"the price":           strings.Contains(body, "$140.00"),
		"the stock":           strings.Contains(body, "2 left"),
		"free shipping":       strings.Contains(body, "Free shipping"),
		"free returns":        strings.Contains(body, "Free returns within 60 days"),
		"the banner":          strings.Contains(body, "Free Shipping for orders over $100 /// Free Returns for all orders."),
	} {
		if !want {
			t.Errorf("not so: %s", name)
		}
	}
	wide := b.see(fmt.Sprintf("/products/tern?variant=%d", p.Variants[3].ID))
	if !strings.Contains(option(wide, "10"), "disabled") || strings.Contains(option(wide, "9"), "disabled") || !strings.Contains(option(wide, "8"), "disabled") {
		t.Error("with 2E chosen, sizes are not in view of it")
	}
	if canonical := fmt.Sprintf(`<link rel="canonical" href="%s/products/tern">`, b.server.URL); !strings.Contains(wide, canonical) {
		t.Error("a variant's page has not the product's canonical address")
	}
	for _, asked := range []string{"1", "x", "-1", "99999999999999999999", "9%00"} {
		if a := b.get("/products/tern?variant=" + asked); a.StatusCode >= 500 {
			t.Errorf("?variant=%s is %d", asked, a.StatusCode)
		}
	}
}

func TestThePageSaysWhoIsPayingForTheLast(t *testing.T) {
	b := onSQLite(t)
	p := b.shelve(shoe("tern", "Tern Racer", variant(1, "9", "D", 3)))
	hold := func(n int64) {
		b.Tx(func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.HoldStock(ctx, p.Variants[0].ID, n, false)
			return err
		})
	}
	for _, step := range []struct {
		hold int64
		want string
	}{
		{0, "3 left"},
		{1, "2 left, 1 being paid for right now"},
		{2, "The last 3 are being paid for right now. Some may come back within the hour."},
	} {
		hold(step.hold)
		if body := b.see("/products/tern"); !strings.Contains(body, `<p class="stock">`+step.want) {
			t.Errorf("with %d more held it does not say %q", step.hold, step.want)
		}
	}
}

func TestOnlyWhatIsPublishedCanBeSeen(t *testing.T) {
	b := onSQLite(t)
	later := b.Now().Add(time.Hour)
	for handle, change := range map[string]func(*shop.Product){
		"draft":       func(p *shop.Product) { p.Status = shop.ProductDraft },
		"archived":    func(p *shop.Product) { p.Status = shop.ProductArchived },
		"unpublished": func(p *shop.Product) { p.Published = false },
		"scheduled":   func(p *shop.Product) { p.PublishAt = &later },
	} {
		p := shoe(handle, "Hidden "+handle, variant(1, "9", "D", 3))
		change(&p)
		b.shelve(p)
		if a := b.get("/products/" + handle); a.StatusCode != 404 {
			t.Errorf("%s is %d", handle, a.StatusCode)
		}
	}
	if strings.Contains(b.see("/collections/all")+b.see("/"), "Hidden") {
		t.Error("a list shows what is hidden")
	}
	b.AdvanceOurs(2 * time.Hour)
	if !strings.Contains(b.see("/products/scheduled"), "Hidden scheduled") {
		t.Error("what was scheduled is not there in time")
	}
}

func TestAProductNotYetOnSaleSaysWhen(t *testing.T) {
	b := onSQLite(t)
	from := shop.At(time.Date(2030, 12, 1, 17, 0, 0, 0, time.UTC))
	p := shoe("drop", "Drop Day", variant(1, "9", "D", 3))
	p.OnSaleAt = &from
	b.shelve(p)
	if body := b.see("/products/drop"); !strings.Contains(body, "On sale from Dec 1, 9:00 AM") || !strings.Contains(body, "Not on sale yet") {
		t.Error("the page does not say when, in the shop's time")
	}
}

// data are a page's JSON-LD nodes by their type.
func data(t *testing.T, body string) map[string]map[string]any {
	t.Helper()
	found := map[string]map[string]any{}
	for _, m := range regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`).FindAllStringSubmatch(body, -1) {
		var node map[string]any
		if err := json.Unmarshal([]byte(m[1]), &node); err != nil {
			t.Fatalf("%v in %s", err, m[1])
		}
		found[node["@type"].(string)] = node
	}
	return found
}

func TestSearchEnginesAreToldTheShippingOfEachPrice(t *testing.T) {
	b := onSQLite(t)
	nasty := `</script><script>alert(1)</script>`
	p := shoe("tern", "Tern "+nasty, variant(1, "9", "D", 3), variant(1, "10", "D", 3), variant(1, "11", "2E", 0))
	for i, price := range []shop.Cents{9_999, 10_000, 10_001} {
		p.Variants[i].Price = price
	}
	b.shelve(p)
	body := b.see("/products/tern")
	if strings.Contains(body, nasty) {
		t.Fatal("a title ends the script it stands in")
	}
	group := data(t, body)["ProductGroup"]
	if group["name"] != "Tern "+nasty || len(group["hasVariant"].([]any)) != 3 {
		t.Fatalf("the group is %v", group)
	}
	rates := map[string]map[string]any{}
	for i, want := range []struct{ price, rate, stock, size string }{
		{"99.99", "8.00", "InStock", "9 D"}, {"100.00", "8.00", "InStock", "10 D"}, {"100.01", "0.00", "OutOfStock", "11 2E"},
	} {
		v := group["hasVariant"].([]any)[i].(map[string]any)
		offer := v["offers"].(map[string]any)
		details := offer["shippingDetails"].(map[string]any)
		if whole, told := rates[details["@id"].(string)]; told {
			if details["shippingRate"] != nil {
				t.Error("a rate is told twice")
			}
			details = whole
		}
		rates[details["@id"].(string)] = details
		rate := details["shippingRate"].(map[string]any)["value"]
		if offer["price"] != want.price || rate != want.rate || offer["availability"] != "https://schema.org/"+want.stock || v["size"] != want.size {
			t.Errorf("variant %d is %v", i, v)
		}
	}
	if data(t, body)["BreadcrumbList"] == nil {
		t.Error("no breadcrumbs")
	}
	policy := data(t, b.see("/"))["OnlineStore"]["hasMerchantReturnPolicy"].(map[string]any)
	if policy["merchantReturnDays"] != 60.0 || policy["returnFees"] != "https://schema.org/FreeReturn" {
		t.Errorf("returns are %v", policy)
	}
}

func TestCollectionsAreSortedAndPaged(t *testing.T) {
	b := onSQLite(t)
	var ids []shop.ProductID
	for i := range 30 {
		v := variant(1, "9", "D", 3)
		v.Price = shop.Cents(20_000 - 100*i)
		ids = append(ids, b.shelve(shoe(fmt.Sprintf("shoe-%02d", i), fmt.Sprintf("Shoe %02d", i), v)).ID)
	}
	b.Tx(func(ctx context.Context, tx *database.Tx) error {
		c := shop.Collection{Handle: "road", Title: "Road & more", Description: "<p>For pavement. And more.</p>", SortOrder: shop.SortManual, Position: 1, Published: true}
		if err := tx.InsertCollection(ctx, &c); err != nil {
			return err
		}
		return tx.SetCollectionProducts(ctx, c.ID, ids)
	})
	tests := []struct {
		path        string
		first, last string
		n           int
		prev, next  string
	}{
		{"/collections/road", "Shoe 00", "Shoe 23", 24, "", "/collections/road?page=2"},
		{"/collections/road?page=2", "Shoe 24", "Shoe 29", 6, "/collections/road", ""},
		{"/collections/road?sort_by=price-ascending", "Shoe 29", "Shoe 06", 24, "", "/collections/road?page=2&sort_by=price-ascending"},
		{"/collections/all?sort_by=title-descending", "Shoe 29", "Shoe 06", 24, "", "/collections/all?page=2&sort_by=title-descending"},
		{"/collections/road?sort_by=nonsense'--&page=-1", "Shoe 00", "Shoe 23", 24, "", "/collections/road?page=2&sort_by=nonsense"},
	}
	card := regexp.MustCompile(`<h3><a href="/products/[^"]*">([^<]*)</a></h3>`)
	for _, tt := range tests {
		body := html.UnescapeString(b.see(tt.path))
		cards := card.FindAllStringSubmatch(body, -1)
		if len(cards) != tt.n || cards[0][1] != tt.first || cards[len(cards)-1][1] != tt.last {
			t.Errorf("%s: %d cards %v", tt.path, len(cards), cards)
		}
		if got := strings.Contains(body, "Previous page"); got != (tt.prev != "") || !strings.Contains(body, tt.prev) || !strings.Contains(body, tt.next) {
			t.Errorf("%s: its pager is not %q and %q", tt.path, tt.prev, tt.next)
		}
	}
	if a := b.get("/collections/road?page=3"); a.StatusCode != 404 {
		t.Errorf("a page beyond the end is %d", a.StatusCode)
	}
	if a := b.get("/collections/none"); a.StatusCode != 404 {
		t.Errorf("an unknown collection is %d", a.StatusCode)
	}
	if body := html.UnescapeString(b.see("/collections")); !strings.Contains(body, "Road & more") || !strings.Contains(body, "For pavement.") {
		t.Error("the list has not the collection")
	}
	if body := b.see("/collections/road/products/shoe-03"); !strings.Contains(body, "/products/shoe-03\">") || !strings.Contains(body, `href="/collections/road"`) {
		t.Error("a product inside a collection has no way back, or no canonical address")
	}
}

func TestAFirstVisitGetsNoCookieAndAsksNobodyElse(t *testing.T) {
	b := onSQLite(t)
	p := shoe("tern", "Tern Racer", variant(1, "9", "D", 3))
	p.Images = []shop.ProductImage{{Position: 1, SourceURL: "https://elsewhere.example/a.jpg"}}
	b.shelve(p)
	for _, path := range []string{"/", "/collections", "/collections/all", "/products/tern", "/cart", "/nowhere"} {
		a := b.get(path)
		if len(a.Cookies()) > 0 {
			t.Errorf("%s sets a cookie", path)
		}
		for _, m := range regexp.MustCompile(`(?:src|srcset|href|action)="((?:https?:)?//[^"]*)"`).FindAllStringSubmatch(a.body, -1) {
			if !strings.HasPrefix(m[1], b.server.URL) {
				t.Errorf("%s asks %s", path, m[1])
			}
		}
	}
}

func TestColoursOfAStyleKnowEachOther(t *testing.T) {
	b := onSQLite(t)
	for _, colour := range []string{"Ember", "Fog"} {
		p := shoe("tern-"+strings.ToLower(colour), "Tern Racer – "+colour, variant(1, "9", "D", 3))
		p.Family, p.Colour = "tern", colour
		p.ShoeFacts = shop.ShoeFacts{Gender: "women", Surface: "road", Support: "neutral", DropMM: 6, HeelMM: 38, ForefootMM: 32, WeightGrams: 210}
		b.shelve(p)
	}
	body := b.see("/products/tern-ember")
	for _, text := range []string{"<h1>Tern Racer</h1>", `href="/products/tern-fog"`, "Other colours", "38 mm heel, 32 mm forefoot", "7.4 oz (210 g), women’s 7"} {
		if !strings.Contains(body, text) {
			t.Errorf("the page has no %q", text)
		}
	}
	if list := b.see("/collections/all"); !strings.Contains(list, "2 colours") || !strings.Contains(list, "Road · neutral · 6 mm drop") {
		t.Error("the list does not say how many colours, or what runners compare")
	}
}
