package staff_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// gathered is a shop with an owner at work, three shoes and a collection.
func gathered(t *testing.T) (*apptest.Shop, *apptest.Shopper, string) {
	t.Helper()
	s, _ := open(t)
	for _, title := range []string{"Tern", "Kite", "Heron <i>"} {
		s.Sell(apptest.Shoe{Handle: shop.MakeHandle(title), Title: title, Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	}
	b := signIn(t, s, "owner@shop.example")
	made := b.Get("/staff/collections").Must(200, "There is no collection yet").Follow("Make a collection").
		Form("/staff/collections/new").Set("title", "Road").Submit("").Must(200, "The collection is made.")
	return s, b, made.URL.Path
}

func TestACollectionIsMadeFilledOrderedRenamedAndDeletedWithoutScript(t *testing.T) {
	s, b, at := gathered(t)
	found := b.Get(at+"?q=TERN").Must(200, "tern")
	tern := productID(t, s, "tern")
	found.Form(at+"/add").Set("product", tern).Submit("").Must(200, "They are in the collection.", "Products: 1")
	b.Get(at+"?q=tern").Must(200, "in it")
	b.Get(at).Form(at+"/add").Set("names", "kite\r\n\r\n  heron-i-9 \r\n").Set("place", "start").Submit("").Must(200, "Products: 3", "Heron <i>")
	order := func(want string) {
		t.Helper()
		var handles []string
		for _, m := range strings.Split(b.Get(at).Must(200).Body, "<td>")[1:] {
			if h, _, _ := strings.Cut(m, "</td>"); h == "tern" || h == "kite" || h == "heron-i" {
				handles = append(handles, h)
			}
		}
		if got := strings.Join(handles, " "); got != want {
			t.Errorf("the order is %s, want %s", got, want)
		}
	}
	order("kite heron-i tern")
	b.Get(at).Form(at+"/order").Set("at-"+tern, "1").Submit("").Must(200, "The order is saved.")
	order("tern kite heron-i")
	press(t, b, at, "/order", "down", tern)
	order("kite tern heron-i")
	b.Get("/collections/road").Must(200, "Road", "Kite")

	renamed := b.Get(at).Form(at).Set("title", "Road & <b>Track").Set("handle", "track").Set("description", `<p onclick="x()">Fast.</p><script>y()</script>`).Submit("")
	renamed.Must(200, "The collection is saved.", "Road & <b>Track", "handle: road → track").MustNot("onclick", "<script>y")
	if strings.Contains(renamed.Body, "<b>Track") || strings.Contains(renamed.Body, "<i>") {
		t.Error("a title is written as markup")
	}
	if to, err := s.App.DB.RedirectFor(t.Context(), "/collections/road"); err != nil || to != "/collections/track" {
		t.Errorf("the old address leads to %+v, %v", to, err)
	}
	b.Get(at).Form(at).Set("published", "").Submit("").Must(200, "Not published")
	b.Get("/staff").Must(200)
	b.Get(at).Follow("Delete this collection…").Must(200, "The 3 products in it stay").Form(at+"/delete").Submit("").Must(200, "The collection is gone.", "There is no collection yet")
	b.Get(at).Must(404, "There is no such collection.", "Sign out")
	b.Get("/products/tern").Must(200)
	s.Verify()
}

func productID(t *testing.T, s *apptest.Shop, handle string) string {
	t.Helper()
	p, err := s.App.DB.ProductByHandle(t.Context(), handle)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(p.ID)
}

// press sends a page's form by one of its buttons that has a value.
func press(t *testing.T, b *apptest.Shopper, page, action, button, value string) {
	t.Helper()
	version := between(t, b.Get(page).Must(200).Body, `name="version" value="`, `"`)
	b.Post(page+action, url.Values{"version": {version}, "from": {"1"}, button: {value}}).Must(200)
}

func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, before)
	value, _, closed := strings.Cut(rest, after)
	if !ok || !closed {
		t.Fatalf("%q is not there", before)
	}
	return value
}

func TestTwoWhoEditACollectionNeverOverwriteEachOtherSilently(t *testing.T) {
	s, b, at := gathered(t)
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	eve := signIn(t, s, "eve@shop.example")
	mine, hers := b.Get(at).Form(at), eve.Get(at).Form(at)
	hers.Set("title", "Hers").Set("description", "<p>Hers, too.</p>").Submit("").Must(200, "is saved")
	clash := mine.Set("title", "Mine").Set("handle", "mine").Submit("").Must(409,
		"Somebody else has changed this collection", "What others did meanwhile", "The eve", "title: Road → Hers", "By now it says: Hers", "By now it says: <p>Hers, too.</p>")
	if now, _ := s.App.DB.CollectionByHandle(t.Context(), "road"); now.Title != "Hers" {
		t.Fatalf("it was overwritten: %+v", now)
	}
	if typed := between(t, clash.Body, `id="title" name="title" value="`, `"`); typed != "Mine" {
		t.Errorf("what was typed is now %q", typed)
	}
	clash.Form(at).Submit("").Must(200, "is saved", "title: Hers → Mine")
	form := b.Get(at + "/delete").Form(at + "/delete")
	eve.Get(at).Form(at).Set("title", "Hers again").Submit("").Must(200)
	form.Submit("").Must(409, "Somebody else has changed", "Delete Hers again?")
}

func TestABadFormAboutACollectionChangesNothingAndKeepsWhatWasTyped(t *testing.T) {
	s, b, at := gathered(t)
	b.Get("/staff/collections/new").Form("/staff/collections/new").Set("title", "Trail").Submit("").Must(200)
	tern := productID(t, s, "tern")
	b.Get(at).Form(at+"/add").Set("names", "tern").Submit("").Must(200)
	before := collectionsNow(t, s)
	version := between(t, b.Get(at).Body, `name="version" value="`, `"`)
	whole := url.Values{"title": {"Typed <x>"}, "handle": {"typed"}, "description": {""}, "sort": {"manual"}, "version": {version}, "published": {"1"}}
	with := func(values url.Values, pairs ...string) url.Values {
		form := url.Values{}
		for name, list := range values {
			form[name] = list
		}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		return form
	}
	places := url.Values{"version": {version}, "from": {"1"}}
	tests := []struct {
		name, path string
		form       url.Values
		status     int
		says       string
	}{
		{"nothing", at, nil, 400, "The form is not whole."},
		{"no title", at, with(whole, "title", " "), 422, "A title has 1 to 255"},
		{"a title too long", at, with(whole, "title", strings.Repeat("x", 256)), 422, "A title has 1 to 255"},
		{"an address with a slash", at, with(whole, "handle", "a/b"), 422, "small letters, digits"},
		{"the address of all", at, with(whole, "handle", "all"), 422, "is the address of all"},
		{"an address that is taken", at, with(whole, "handle", "trail"), 409, "This address is taken"},
		{"an order that there is not", at, with(whole, "sort", "price; DROP TABLE"), 422, "Choose one of these orders"},
		{"a text too long", at, with(whole, "description", strings.Repeat("y ", shop.MaxCollectionText/2+1)), 422, "This text is too long"},
		{"no version", at, with(whole, "version", ""), 409, "Somebody else"},
		{"a version in other digits", at, with(whole, "version", "１"), 409, "Somebody else"},
		{"a version beyond", at, with(whole, "version", "99999999999999999999"), 409, "Somebody else"},
		{"a foreign id in the form", "/staff/collections/999", with(whole, "id", "1"), 404, "no such collection"},
		{"an address that is no number", "/staff/collections/1e0", whole, 404, "no such collection"},
		{"a new one without a title", "/staff/collections/new", with(nil, "title", "", "handle", "typed", "sort", "manual"), 422, "A title has 1 to 255"},
		{"a place that is a word", at + "/order", with(places, "at-"+tern, "first"), 422, "A place is a number from 1."},
		{"a place below the first", at + "/order", with(places, "at-"+tern, "-1"), 422, "A place is a number from 1."},
		{"a place in other digits", at + "/order", with(places, "at-"+tern, "１２"), 422, "A place is a number from 1."},
		{"a place beyond all", at + "/order", with(places, "at-"+tern, "1000001"), 422, "A place is a number from 1."},
		{"an order of another version", at + "/order", with(places, "version", "1", "at-"+tern, "1"), 409, "Somebody else"},
		{"lines that are nothing", at + "/add", with(nil, "names", "kite\n<nobody>\nheron-i-9\nnobody-2"), 422, `line 2, "<nobody>", is no handle and no SKU; line 4`},
		{"nothing to add", at + "/add", nil, 422, "Tick a product"},
		{"an id that is none", at + "/add", with(nil, "product", "1 OR 1=1"), 400, "could not be read"},
		{"a product that is not there", at + "/add", with(nil, "product", "999999"), 409, "not in the shop any more"},
		{"nothing to remove", at + "/remove", places, 422, "Tick the products"},
		{"an id to remove that is none", at + "/remove", with(places, "product", "x"), 400, "could not be read"},
		{"deleting without a version", at + "/delete", nil, 409, "Somebody else"},
		{"deleting what is not there", "/staff/collections/999/delete", nil, 404, "no such collection"},
		{"an order of nothing seen", "/staff/collections/order", url.Values{"at-1": {"2"}}, 409, "made, dropped or moved"},
		{"an order that is no order", "/staff/collections/order", url.Values{"seen": {"1;2"}}, 400, "could not be read"},
		{"a place in the list that is a word", "/staff/collections/order", url.Values{"seen": {"1 2"}, "at-1": {"last"}}, 422, "A place is a number"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := b.Post(tt.path, tt.form).Must(tt.status, tt.says, "Sign out")
			if strings.Contains(page.Body, "<nobody>") || strings.Contains(page.Body, "<x>") {
				t.Error("what was typed is written as markup")
			}
			for _, field := range []string{"title", "handle", "names", "at-" + tern} {
				if value := tt.form.Get(field); tt.status == 422 && strings.TrimSpace(value) != "" && !strings.Contains(page.Body, strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(value)) {
					t.Errorf("%s is lost: %q", field, value)
				}
			}
			if now := collectionsNow(t, s); now != before {
				t.Errorf("something has changed:\n%s\nwas\n%s", now, before)
			}
		})
	}
	b.Post(at, with(whole, "position", "77", "id", "2", "created_at", "0", "ID", "2")).Must(200, "is saved")
	if now := collectionsNow(t, s); !strings.Contains(now, "1 typed 1") || !strings.Contains(now, "2 trail 2") {
		t.Errorf("a field that the form has not was saved: %s", now)
	}
}

// collectionsNow is what the database says of all collections.
func collectionsNow(t *testing.T, s *apptest.Shop) string {
	t.Helper()
	list, err := s.App.DB.AllCollections(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range list {
		members, err := s.App.DB.CollectionOrder(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%d %s %d %s %d %v %v\n", c.ID, c.Handle, c.Position, c.Title, c.Version, c.Published, members)
	}
	return b.String()
}

func TestWhoMayOnlyLookAtCollectionsIsShownNoForm(t *testing.T) {
	s, b, at := gathered(t)
	b.Get(at).Form(at+"/add").Set("names", "tern\nkite").Submit("").Must(200)
	hire(t, s, "sam@shop.example", shop.RoleSupport)
	sam := signIn(t, s, "sam@shop.example")
	page := sam.Get(at).Must(200, "Road", "Tern", "History")
	if page.HasForm(at) || page.HasForm(at+"/add") || strings.Contains(page.Body, "<button name=") || strings.Contains(page.Body, "formaction") {
		t.Error("support is shown what support may not do")
	}
	sam.Get("/staff/collections").Must(200, "Road").MustNot("Make a collection", "Save the order")
}

func TestALongCollectionIsPaged(t *testing.T) {
	s, b, at := gathered(t)
	var lines []string
	for i := range 120 {
		p := s.Sell(apptest.Shoe{Handle: fmt.Sprintf("p%03d", i), Title: fmt.Sprintf("Pair %03d", i), Price: 100, Sizes: []string{"9"}, Stock: 1})
		lines = append(lines, p.Handle)
	}
	b.Get(at).Form(at+"/add").Set("names", strings.Join(lines, "\n")).Submit("").Must(200, "Products: 120", "Pair 049").MustNot("Pair 050")
	third := b.Get(at).Follow("Later places").Must(200, "Pair 050", "Pair 099").MustNot("Pair 100").Follow("Later places").Must(200, "Pair 119")
	third.MustNot("Later places").Follow("Earlier places").Must(200, "Pair 050")
	third.Form(at+"/order").Set("at-"+productID(t, s, "p119"), "2").Submit("").Must(200, "Pair 118").MustNot("Pair 119")
	b.Get(at).Must(200, "Pair 119")
	for _, from := range []string{"-1", "x", "0", "1e3", "99999999999"} {
		b.Get(at+"?from="+from).Must(200, "Pair 000")
	}
	b.Get(at+"?from=999").Must(200, "There are no more.", "Earlier places")
}

func TestStaffHaveTheirOwnPageWhereThereIsNone(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	for _, path := range []string{"/staff/nowhere", "/staff/people/999", "/staff/collections/999", "/staff/people/x/y/z", "/staff/"} {
		for _, method := range []string{"GET", "POST"} {
			if method == "POST" && strings.HasSuffix(path, "999") {
				continue
			}
			a := ask(t, s, method, path, token, nil)
			if a.status != 404 || !strings.Contains(a.body, "Sign out") || strings.Contains(a.body, "/cart") || a.header.Get("Cache-Control") != "private, no-store" {
				t.Errorf("%s %s answers %d: %.200s", method, path, a.status, a.body)
			}
			if a = ask(t, s, method, path, "", nil); a.status != 303 || !strings.HasPrefix(a.location, "/staff/sign-in") {
				t.Errorf("%s %s to a stranger answers %d %s", method, path, a.status, a.location)
			}
		}
	}
	if a := ask(t, s, "GET", "/staffroom", token, nil); a.status != 404 || strings.Contains(a.body, "Sign out") {
		t.Errorf("what is no address of the staff area answers %d", a.status)
	}
	if a := ask(t, s, "GET", "/staff/nowhere", token, nil, "Accept", "application/json"); a.status != 404 || strings.Contains(a.body, "<html") {
		t.Errorf("who wants JSON gets %d %.80s", a.status, a.body)
	}
}
