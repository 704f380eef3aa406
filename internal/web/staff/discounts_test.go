package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

func TestADiscountCodeIsMadeUsedChangedAndEndedWithoutScript(t *testing.T) {
	s, _ := open(t)
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 9_000, Sizes: []string{"9"}, Stock: 5})
	b := signIn(t, s, "owner@shop.example")
	form := b.Get("/staff/discounts").Must(200, "There is no discount code yet.").Follow("Make a code").Form("/staff/discounts/new")
	made := form.Set("code", "spring-26").Set("value", "15").Set("minimum", "$50.00").Set("uses", "2").Set("customer", "1").
		Set("scope", "products").Set("products", "tern\r\n").Submit("")
	made.Must(200, "The code is made.", "SPRING-26", "active, used 0 times", "/discount/SPRING-26")
	at := made.URL.Path
	b.Get("/staff/discounts").Must(200, "SPRING-26", "15% off, from $50.00", "some products", "of 2")

	ada := s.Shopper(t)
	bag := ada.Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Set("discount", "Spring-26").Submit("apply_code").Must(200, "−$13.50")
	bag.Form("/cart").Submit("checkout").Must(200)
	b.Get(at).Must(200, "used 1 times", "without a number", "held while it is being paid", "$13.50")

	edited := b.Get(at).Form(at)
	edited.Set("value", "20").Set("uses", "").Submit("").Must(200, "The code is saved.", "value: 15 → 20", "uses: 2 → none")
	edited.Set("value", "25").Submit("").Must(409, "Somebody else has changed this code", "value: 15 → 20")
	b.Get(at).Form(at).Submit("").Must(200, "The code is saved.") // nothing new, nothing noted
	press(t, b, at, "/end", "", "")
	b.Get(at).Must(200, "off, used 1 times", "Put it back")
	s.Shopper(t).Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Set("discount", "Spring-26").Submit("apply_code").
		Must(422, "There is no discount code SPRING-26.")
	press(t, b, at, "/restore", "", "")
	b.Get(at).Must(200, "active, used 1 times")
	s.Verify()
}

func TestADiscountFormThatIsWrongComesBackAsTyped(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	good := url.Values{"code": {"GOOD"}, "kind": {"percent"}, "value": {"10"}, "scope": {"all"}}
	if a := ask(t, s, "POST", "/staff/discounts/new", token, good); a.status != 303 {
		t.Fatalf("%d: %.600s", a.status, a.body)
	}
	tests := []struct {
		name, field, value, want string
		status                   int
	}{
		{"a code that is taken", "code", "good", "This code is taken.", 409},
		{"no code", "code", "", "3 to 32 letters", 422},
		{"a code with markup", "code", `<img src=x onerror="alert(1)">`, "3 to 32 letters", 422},
		{"a code of 500 characters", "code", strings.Repeat("A", 500), "3 to 32 letters", 422},
		{"0 percent", "value", "0", "from 1 to 100", 422},
		{"101 percent", "value", "101", "from 1 to 100", 422},
		{"half a percent", "value", "0.5", "from 1 to 100", 422},
		{"less than nothing", "value", "-5", "from 1 to 100", 422},
		{"wide digits", "value", "１０", "from 1 to 100", 422},
		{"no such kind", "kind", "gift", "Choose what the code takes off.", 422},
		{"no such scope", "scope", "planets", "Choose what the code is for.", 422},
		{"an amount with a comma for cents", "minimum", "1.299,00", "is not an amount", 422},
		{"no products", "scope", "products", "Write the handles or SKUs", 422},
		{"a product that is not there", "products", "nothing-here", "Line 1", 422},
		{"no collections", "scope", "collections", "Tick a collection.", 422},
		{"an end that is no time", "ends", "tomorrow", "Write a day and time", 422},
		{"an end before the start", "ends", "2001-01-01T00:00", "The end is after the start.", 422},
		{"no uses", "uses", "0", "A limit is from 1", 422},
		{"uses beyond counting", "uses", "99999999999999999999", "is more than", 422},
		{"uses per customer in words", "customer", "one", "is not a whole number", 422},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := url.Values{"code": {"NEW"}, "kind": {"percent"}, "value": {"10"}, "scope": {"all"}}
			form.Set(tt.field, tt.value)
			if tt.field == "products" {
				form.Set("scope", "products")
			}
			a := ask(t, s, "POST", "/staff/discounts/new", token, form)
			if a.status != tt.status || !strings.Contains(a.body, tt.want) {
				t.Errorf("%d, want %d and %q: %.900s", a.status, tt.status, tt.want, a.body)
			}
			if strings.Contains(a.body, "<img src=x") {
				t.Error("what was typed is written as markup")
			}
		})
	}
	if list, err := s.App.DB.Discounts(t.Context(), 0, 10); err != nil || len(list) != 1 {
		t.Errorf("%d codes, %v", len(list), err)
	}
}

func TestALimitIsNeverSetBelowTheUsesThereAre(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 9_000, Sizes: []string{"9"}, Stock: 5})
	form := url.Values{"code": {"TWICE"}, "kind": {"amount"}, "value": {"$5.00"}, "scope": {"all"}, "uses": {"2"}}
	at := ask(t, s, "POST", "/staff/discounts/new", token, form).location
	at, _, _ = strings.Cut(at, "?")
	for range 2 {
		s.Shopper(t).Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Set("discount", "twice").Submit("apply_code").
			Must(200, "−$5.00").Form("/cart").Submit("checkout").Must(200)
	}
	form.Set("uses", "1")
	form.Set("version", "1")
	if a := ask(t, s, "POST", at, token, form); a.status != 422 || !strings.Contains(a.body, "It is used 2 times by now") {
		t.Errorf("%d: %.600s", a.status, a.body)
	}
	d, err := s.App.DB.DiscountByCode(t.Context(), "TWICE")
	if err != nil || d.MaxUses == nil || *d.MaxUses != 2 || d.Uses != 2 || d.Kind != shop.DiscountAmount {
		t.Errorf("%+v %v", d, err)
	}
	s.Verify()
}
