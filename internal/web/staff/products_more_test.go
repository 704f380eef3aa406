package staff_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

func TestWhatIsTypedIntoAProductStaysText(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p := newTern(t, s, "tern")
	const nasty = `"'><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}`
	form := b.Get(pageOf(p)).Form(pageOf(p))
	for _, name := range []string{
		"title", "description", "vendor", "type", "tags", "family", "colour", "seo_title", "seo_text", "fit_note", "option.1", "all.tax_code",
		cell(p, 0, "sku"), cell(p, 0, "barcode"),
	} {
		form.Values.Set(name, nasty+name)
	}
	inert := func(page *apptest.Page) {
		t.Helper()
		for _, raw := range []string{"<script>alert", "<img src=x", "onerror=alert(2)>{{.}}\""} {
			if strings.Contains(page.Body, raw) {
				t.Errorf("%s has %s", page.URL, raw)
			}
		}
	}
	inert(form.Submit("").Must(200, "The product is saved.", "alert(1)"))
	got := now(t, s, p.ID)
	if got.Title != nasty+"title" || strings.Contains(got.Description, "<script") || strings.Contains(got.Description, "onerror") {
		t.Fatalf("%q %q", got.Title, got.Description)
	}
	for _, path := range []string{
		"/staff/products", "/staff/products?q=" + url.QueryEscape(nasty), "/staff/audit", pageOf(p), pageOf(p) + "/preview", pageOf(p) + "/duplicate", pageOf(p) + "/delete",
		"/staff/products/new", "/products/tern", "/products/tern.js",
	} {
		inert(b.Get(path).Must(200))
	}
	inert(b.Post("/staff/products/status", url.Values{"id": {fmt.Sprint(p.ID)}, "status": {"draft"}}).Must(200, "alert(1)"))
	inert(b.Post("/staff/products/prices", url.Values{"list": {nasty + "\t" + nasty}}).Must(422))
	inert(b.Get(pageOf(p)).Form(pageOf(p)).Set(cell(p, 0, "price"), nasty).Set("publish_at", nasty).Submit("").Must(422))
	clash := b.Get(pageOf(p)).Form(pageOf(p)).Set("title", nasty+"mine")
	b.Get(pageOf(p)).Form(pageOf(p)).Set("title", nasty+"theirs").Submit("").Must(200)
	inert(clash.Submit("").Must(409))
	inert(b.Get(pageOf(p)).Form(pageOf(p)).Set("paste.sku", nasty+"\t"+nasty+"\n"+nasty).Submit(""))
}

func TestEditorsSetNoCountsAndArchiveNothing(t *testing.T) {
	s, _ := open(t)
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	hire(t, s, "sam@shop.example", shop.RoleSupport)
	p := newTern(t, s, "tern")
	eve, sam := signIn(t, s, "eve@shop.example"), signIn(t, s, "sam@shop.example")
	form := eve.Get(pageOf(p)).Must(200).MustNot("Delete").Form(pageOf(p))
	form.Values.Set(cell(p, 0, "count"), "99")
	form.Set("title", "By Eve").Submit("").Must(200, "The product is saved.")
	if got := now(t, s, p.ID); got.Title != "By Eve" || got.Variants[0].Stock.OnHand != 5 {
		t.Errorf("%s with %d on hand", got.Title, got.Variants[0].Stock.OnHand)
	}
	form = eve.Get(pageOf(p)).Form(pageOf(p))
	form.Values.Set("status", "archived")
	form.Submit("").Must(422, "Only managers and owners archive products.")
	form = eve.Get(pageOf(p)).Form(pageOf(p))
	form.Values.Set("paste.count", "1\t2\n3")
	form.Submit("").Must(403)
	eve.Post("/staff/products/status", url.Values{"id": {fmt.Sprint(p.ID)}, "status": {"archived"}, "do": {"apply"}}).Must(403)
	made := eve.Get("/staff/products/new").Form("/staff/products/new")
	made.Values.Set("count", "50")
	made.Set("title", "New by Eve").Set("price", "10").Submit("").Must(200, "The product is made.")
	if n, err := s.App.DB.ProductByHandle(t.Context(), "new-by-eve"); err != nil || n.Variants[0].Stock.OnHand != 0 {
		t.Errorf("%+v %v", n.Variants, err)
	}
	seen := sam.Get(pageOf(p)).Must(200, "By Eve").MustNot("Duplicate")
	if !strings.Contains(seen.Body, `<fieldset disabled>`) || strings.Contains(seen.Body, `<button class="main">Save`) {
		t.Error("support can type into a product")
	}
	sam.Get("/staff/products").Must(200, "By Eve").MustNot("New product", "Set the ticked ones")
	if got := now(t, s, p.ID); got.Status != shop.ProductActive {
		t.Errorf("it is %s", got.Status)
	}
	s.Verify()
}

func TestManyProductsChangeTheirStatusAfterALook(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p, other := newTern(t, s, "tern"), newTern(t, s, "kelp")
	ids := []string{fmt.Sprint(p.ID), fmt.Sprint(other.ID)}
	look := b.Post("/staff/products/status", url.Values{"id": ids, "status": {"draft"}}).Must(200, "Set 2 products draft", "Tern tern", "Tern kelp", "Shoppers do not see these")
	if now(t, s, p.ID).Status != shop.ProductActive {
		t.Fatal("looking has changed it")
	}
	look.Form("/staff/products/status").Submit("do=apply").Must(200, "The products have their new status.")
	if now(t, s, p.ID).Status != shop.ProductDraft || now(t, s, other.ID).Status != shop.ProductDraft {
		t.Error("they are not drafts")
	}
	b.Get("/products/tern").Must(404)
	b.Get(pageOf(p)+"/preview").Must(200, "Preview: not visible to shoppers", "Tern tern")
	if got := s.Shopper(t).Get(pageOf(p) + "/preview"); !strings.Contains(got.Text(), "Sign in") {
		t.Errorf("a shopper sees the preview: %.100s", got.Text())
	}
	free := shop.Product{Handle: "cap", Title: "Cap", Status: shop.ProductDraft, Variants: []shop.Variant{{Price: 0}}}
	if err := s.App.Catalog.Create(t.Context(), "test", &free); err != nil {
		t.Fatal(err)
	}
	b.Post("/staff/products/status", url.Values{"id": {fmt.Sprint(free.ID), ids[0]}, "status": {"active"}}).Must(200, "Cap A size of it costs nothing.").MustNot("Tern tern A size")
	for name, form := range map[string]url.Values{
		"none ticked": {"status": {"draft"}}, "no such status": {"id": ids, "status": {"sold"}}, "no id": {"id": {"x"}, "status": {"draft"}},
		"a number below zero": {"id": {"-1"}, "status": {"draft"}}, "no status": {"id": ids},
	} {
		if page := b.Post("/staff/products/status", form); page.Status != 422 {
			t.Errorf("%s is %d", name, page.Status)
		}
	}
	b.Get("/staff/products?tab=draft").Must(200, "Tern tern")
	b.Get("/staff/products?tab=active").Must(200, "Nothing was found.")
	b.Get("/staff/products?q=KELP-9-D").Must(200, "Tern kelp").MustNot("Tern tern")
	b.Get("/staff/products?q=%25").Must(200, "Nothing was found.")
	for _, query := range []string{"?tab=x", "?after=x", "?after=1-", "?after=-1-1", "?stock=x"} {
		b.Get("/staff/products" + query).Must(422)
	}
}

func TestAProductIsCopiedRenamedAndDeleted(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p := newTern(t, s, "tern")
	form := b.Get(pageOf(p)).Follow("Duplicate").Must(200, "Duplicate").Form(pageOf(p) + "/duplicate")
	form.Set("title", "Tern Two").Set("handle", "tern").Submit("").Must(422)
	form.Set("handle", "").Set("title", "Tern – Fog").Set("colour", "Fog").Submit("").Must(200, "This is the copy", "draft")
	b.Get(pageOf(p)).Form(pageOf(p)).Set("handle", "tern-racer").Submit("").Must(200, "The product is saved.")
	if page := b.Get("/products/tern").Must(200); page.URL.Path != "/products/tern-racer" {
		t.Errorf("the old address leads to %s", page.URL)
	}
	b.Get(pageOf(p)).Follow("Delete").Must(200, "was never sold", "15 on hand").Form(pageOf(p)+"/delete").Submit("").Must(200, "The product is deleted.")
	b.Get(pageOf(p)).Must(404)
	s.Verify()
}

// TestAPageOfProductsAsksAFixedNumberOfQuestions compares a shop of few
// products and sizes with one of many.
func TestAPageOfProductsAsksAFixedNumberOfQuestions(t *testing.T) {
	s, _ := open(t)
	b := signIn(t, s, "owner@shop.example")
	p := newTern(t, s, "tern")
	count := func(path string) int64 { // the least of some, since the shop's jobs ask too
		least := int64(1_000)
		for range 5 {
			before := s.App.DB.Questions()
			b.Get(path).Must(200)
			least = min(least, s.App.DB.Questions()-before)
		}
		return least
	}
	paths := map[string]int64{"/staff/products": 0, pageOf(p): 0, "/staff/products/new": 0, "/staff/products/prices": 0}
	for path := range paths {
		paths[path] = count(path)
	}
	for n := range 30 {
		newTern(t, s, fmt.Sprintf("tern-%d", n))
	}
	big := wide(t, s)
	paths[pageOf(big)] = paths[pageOf(p)]
	for path, few := range paths {
		if many := count(path); many != few || many > 20 {
			t.Errorf("%s asks %d questions, with few products %d", path, many, few)
		} else {
			t.Logf("%s asks %d questions", path, many)
		}
	}
}
