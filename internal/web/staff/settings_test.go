package staff_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/settings"
	"longrun/internal/shop"
)

// planned sends the form of the settings with some fields typed.
func planned(b *apptest.Shopper, typed ...string) *apptest.Page {
	form := b.Get("/staff/settings").Must(200, "Settings").Form("/staff/settings/plan")
	for i := 0; i < len(typed); i += 2 {
		form.Set(typed[i], typed[i+1])
	}
	return form.Submit("")
}

func inForce(t *testing.T, s *apptest.Shop) shop.Settings {
	t.Helper()
	now, err := s.App.DB.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// soon waits for what pages say after the cache has heard of a change.
func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 200 {
		if is() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("%s: not within 5 s", what)
}

func TestAChangeIsShownBeforeItIsSaved(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	before := inForce(t, s)
	plan := planned(ada, "free_shipping_over", "$1,299.00", "zones.us-ak.on", "1", "shop_hours", "Mon to Fri\r\n9 to 5 ").
		Must(200, "What will change", "Free shipping above $100.00 $1,299.00", "Alaska off on", "Mon to Fri / 9 to 5",
			"The banner becomes", "over $1,299 ///", "The bag asks where to")
	if now := inForce(t, s); now.Version != before.Version {
		t.Fatalf("showing what will change has made version %d", now.Version)
	}
	plan.Form("/staff/settings").Submit("edit").Must(200, "Nothing is saved yet").Form("/staff/settings/plan").Submit("").
		Form("/staff/settings").Submit("").Must(200, "The settings are saved", "free_shipping_over: $100.00 → $1,299.00", "The owner")
	now := inForce(t, s)
	if now.FreeShippingOver != 129_900 || !now.Zones[1].On || now.ShopHours != "Mon to Fri\n9 to 5" || now.Version != before.Version+1 {
		t.Errorf("saved %+v", now)
	}
	if n := len(before.Differences(&now)); n != 3 {
		t.Errorf("%d settings have changed, not 3: %+v", n, before.Differences(&now))
	}
	planned(ada).Must(422, "Nothing is different")
	s.Verify()
}

func TestEveryWrongSettingIsNamedBesideItsField(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	tests := []struct{ name, field, value, says string }{
		{"an amount as Europeans write it", "free_shipping_over", "1.299,00", "Write an amount in dollars"},
		{"three decimals", "free_shipping_over", "35.000", "Write an amount"},
		{"another script's digits", "free_shipping_over", "１２", "Write an amount"},
		{"less than nothing", "zones.us.rate", "-1", "Write an amount"},
		{"thousands set apart wrongly", "zones.us.rate", "12,99", "Write an amount"},
		{"no rate", "zones.us.rate", " ", "0.00 is for nothing"},
		{"a rate beyond what Stripe takes", "zones.us.rate", "1000000.00", "Write an amount"},
		{"no name", "shop_name", " ", "The shop needs a name."},
		{"a name that is too long", "shop_name", strings.Repeat("x", 81), "one line of at most 80"},
		{"a name that turns the text around", "shop_name", "Long\u202erun", "one line"},
		{"no address", "shop_address", "\r\n \r\n", "The shop needs an address"},
		{"an address of a page", "shop_address", strings.Repeat("line\r\n", 11) + "x", "at most 10 lines"},
		{"no e-mail address", "shop_email", "", "is not an address that mail"},
		{"an address with a name", "shop_email", "Shop <a@b.example>", "is not an address that mail"},
		{"an address at no domain", "shop_email", "root@localhost", "is not an address that mail"},
		{"two addresses", "shop_email", "a@b.example, c@d.example", "is not an address that mail"},
		{"a phone number of a book", "shop_phone", strings.Repeat("5", 41), "one line of at most 40"},
		{"hours of a book", "shop_hours", strings.Repeat("x", 101), "at most 10 lines"},
		{"a time zone nobody knows", "time_zone", "Mars/Olympus", "is not known; one is America/New_York"},
		{"a path for a time zone", "time_zone", "../../etc/passwd", "is not known"},
		{"no day to return", "return_days", "0", "1 to 3650"},
		{"days in words", "return_days", "sixty", "Write a whole number"},
		{"a signed number", "return_days", "+60", "Write a whole number"},
		{"a number of ages", "return_days", "99999999999999999999", "Write a whole number"},
		{"a rate per minute below nothing", "rate_per_minute", "-5", "Write a whole number"},
		{"a state nobody knows", "zones.us.states", "OR ZZ", "is not the code of a state of US"},
		{"a state twice", "zones.us.states", "OR or", "OR stands there twice"},
		{"a country nobody sells to", "zones.us.country", "KP", "is not the code of a country"},
		{"a country in words", "zones.us.country", "USA", "is not the code of a country"},
		{"a zone without a name", "zones.pr.name", "", "a name of at most"},
		{"a new zone without a rate", "new.name", "Canada", "Write an amount"},
		{"a new zone of a country nobody knows", "new.country", "XX", "is not the code of a country"},
	}
	before := inForce(t, s)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			page := planned(ada, test.field, test.value, "shop_phone", "555 kept")
			if test.field == "shop_phone" {
				page = planned(ada, test.field, test.value)
			}
			page.Must(422, "Nothing is saved yet", test.says)
			if !strings.Contains(page.Body, `id="`+test.field+`" name="`+test.field+`"`) || !strings.Contains(page.Body, `id="`+fieldOf(test.field, test.says)+`-bad"`) {
				t.Errorf("the sentence does not stand beside %s", test.field)
			}
			form := page.Form("/staff/settings/plan")
			if got := strings.Join(strings.Fields(form.Values.Get(test.field)), " "); got != strings.Join(strings.Fields(test.value), " ") {
				t.Errorf("%s came back as %q", test.field, got)
			}
			if test.field != "shop_phone" && form.Values.Get("shop_phone") != "555 kept" {
				t.Error("what was typed besides is lost")
			}
		})
	}
	if now := inForce(t, s); now.Version != before.Version {
		t.Errorf("a refused form has made version %d", now.Version)
	}
}

// fieldOf is the input that a sentence stands beside: a new zone that has
// only a name lacks its rate.
func fieldOf(field, says string) string {
	if field == "new.name" {
		return "new.rate"
	}
	return field
}

func TestWhatIsUnreadableAtSavingIsNotSaved(t *testing.T) {
	s, owner := open(t)
	token, before := session(t, s, owner), inForce(t, s)
	form := url.Values{"version": {fmt.Sprint(before.Version)}, "shop_name": {"X"}, "free_shipping_over": {"1.299,00"}}
	if a := ask(t, s, "POST", "/staff/settings", token, form); a.status != 422 || !strings.Contains(a.body, "Write an amount") || !strings.Contains(a.body, `value="1.299,00"`) {
		t.Errorf("it answers %d", a.status)
	}
	if now := inForce(t, s); now.Version != before.Version {
		t.Errorf("it made version %d", now.Version)
	}
}

func TestSettingsThatSellNothingAreRefused(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	form := ada.Get("/staff/settings").Form("/staff/settings/plan")
	form.Values.Del("zones.us.on")
	form.Submit("").Must(422, "At least one zone must be on, or nothing can be sold")

	ada.Get("/staff/settings").Form("/staff/settings/plan").Set("zones.us.remove", "1").Submit("").Must(422, "At least one zone must be on")
	planned(ada, "zones.us-ak.on", "1", "zones.us-ak.states", "AK, or").Must(422, "OR is in the zone United States already")
	planned(ada, "zones.us-ak.on", "1", "zones.us-ak.states", "").Must(422, "is in the zone United States already")
	planned(ada, "shop_name", "", "shop_email", "x", "return_days", "", "zones.us.rate", "x", "zones.pr.country", "P").
		Must(422, "5 entries are not right", "The shop needs a name", "is not an address", "Write a whole number", "Write an amount", "not the code of a country")
	if now := inForce(t, s); now.Zones[0].Name != "United States" || !now.Zones[0].On {
		t.Errorf("the first zone is %+v", now.Zones[0])
	}
}

func TestWhatIsHardlyMeantIsAskedAgain(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	before := inForce(t, s)
	plan := planned(ada, "zones.us.rate", "1,000.00", "return_days", "3").Must(200, "Is this meant?", "Shipping to United States would cost $1,000.00", "3 days only")
	refused := plan.Form("/staff/settings").Submit("").Must(422, "Please say that you are sure", "What will change")
	if now := inForce(t, s); now.Version != before.Version {
		t.Fatalf("it was saved without being sure")
	}
	refused.Form("/staff/settings").Set("sure", "1").Submit("").Must(200, "The settings are saved")
	if now := inForce(t, s); now.Zones[0].Rate != 100_000 || now.ReturnDays != 3 {
		t.Errorf("saved %+v", now)
	}
	planned(ada, "shop_name", "Far").Must(200, "Shop name").MustNot("Is this meant?")
}

func TestTwoPeopleNeverOverwriteEachOther(t *testing.T) {
	s, _ := open(t)
	hire(t, s, "manager@shop.example", shop.RoleManager)
	ada, bea := signIn(t, s, "owner@shop.example"), signIn(t, s, "manager@shop.example")
	form := ada.Get("/staff/settings").Form("/staff/settings/plan").
		Set("shop_name", "Ada’s").Set("free_shipping_over", "120").Set("zones.us-hi.on", "1").Set("new.name", "Canada").Set("new.country", "ca").Set("new.rate", "15").Set("new.on", "1")
	late := form.Submit("").Must(200, "Canada nothing on, CA, the whole country, $15.00")

	planned(bea, "free_shipping_over", "150.00", "return_days", "90").Form("/staff/settings").Submit("").Must(200, "saved")

	for name, page := range map[string]*apptest.Page{"at the plan": form.Submit(""), "at saving": late.Form("/staff/settings").Submit("")} {
		page.Must(409, "Somebody else has changed the settings meanwhile", "Changed meanwhile", "$100.00 $150.00", "60 90", "Yours, on top of that", "$150.00 $120.00")
		again := page.Form("/staff/settings/plan")
		for field, want := range map[string]string{"shop_name": "Ada’s", "free_shipping_over": "120.00", "return_days": "90", "zones.us-hi.on": "1", "new.name": "Canada"} {
			if got := again.Values.Get(field); got != want {
				t.Errorf("%s: %s comes back as %q, want %q", name, field, got, want)
			}
		}
		if now := inForce(t, s); now.ReturnDays != 90 || now.FreeShippingOver != 15_000 || now.ShopName != "Longrun" {
			t.Fatalf("%s: %+v is in force", name, now)
		}
		if name == "at saving" {
			plan := again.Submit("").Must(200, "$150.00 $120.00").MustNot("90")
			plan.Form("/staff/settings").Submit("").Must(200, "saved")
			plan.Form("/staff/settings").Submit("").Must(200, "saved") // pressed twice
			break
		}
	}
}

func TestAZoneIsAddedAndRemoved(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	planned(ada, "new.name", "Canada", "new.country", "ca", "new.rate", "15", "new.states", "on, qc", "new.on", "1").
		Must(200, "on, CA, ON QC, $15.00, free shipping, free returns").Form("/staff/settings").Submit("").Must(200, "saved")
	now := inForce(t, s)
	if z := now.Zones[len(now.Zones)-1]; z.Code != "canada" || z.Rate != 1500 || !z.On || len(z.States) != 2 {
		t.Fatalf("added %+v", z)
	}
	planned(ada, "new.name", "Canada", "new.country", "CA", "new.rate", "1").Form("/staff/settings").Submit("")
	if now = inForce(t, s); now.Zones[len(now.Zones)-1].Code != "canada-2" {
		t.Errorf("a second zone of the name has the code %q", now.Zones[len(now.Zones)-1].Code)
	}
	planned(ada, "zones.canada.remove", "1").Must(200, "Canada on, CA, ON QC, $15.00, free shipping, free returns nothing", "Nothing is sold to Canada any more").
		Form("/staff/settings").Submit("").Must(200, "saved")
	now = inForce(t, s)
	for _, z := range now.Zones {
		if z.Code == "canada" {
			t.Error("the zone is still there")
		}
	}
}

func TestWhatTheFormHasNoFieldForIsNotChanged(t *testing.T) {
	s, owner := open(t)
	token := session(t, s, owner)
	before := inForce(t, s)
	version := fmt.Sprint(before.Version)
	forms := map[string]url.Values{
		"the currency":          {"version": {version}, "currency": {"eur"}},
		"an unknown zone":       {"version": {version}, "zones.mars.name": {"Mars"}, "zones.mars.rate": {"1"}, "zones.mars.on": {"1"}},
		"a zone's code":         {"version": {version}, "zones.us.code": {"eu"}},
		"the document":          {"version": {version}, "document": {"{}"}, "Version": {"99"}, "zones": {""}},
		"one box alone":         {"version": {version}, "zones.us-ak.on": {"1"}},
		"no version":            {"shop_name": {"X"}},
		"a version to come":     {"version": {"99"}, "shop_name": {"X"}},
		"a version of nonsense": {"version": {"1 OR 1=1"}, "shop_name": {"X"}},
		"a negative version":    {"version": {"-1"}, "shop_name": {"X"}},
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			for _, path := range []string{"/staff/settings", "/staff/settings/plan"} {
				if a := ask(t, s, "POST", path, token, form); a.status != 422 && a.status != 303 {
					t.Errorf("%s answers %d", path, a.status)
				}
			}
			now := inForce(t, s)
			if d := before.Differences(&now); len(d) > 0 || now.Version != before.Version {
				t.Errorf("version %d: %+v", now.Version, d)
			}
		})
	}
	many := url.Values{"version": {version}}
	for i := range 1001 {
		many.Set(fmt.Sprintf("zones.z%d.name", i), "x")
	}
	if a := ask(t, s, "POST", "/staff/settings/plan", token, many); a.status != 400 {
		t.Errorf("1,002 fields answer %d", a.status)
	}
}

func TestAVersionIsBroughtBack(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	first := inForce(t, s)
	for _, days := range []string{"70", "80"} {
		planned(ada, "return_days", days).Form("/staff/settings").Submit("").Must(200, "saved")
	}
	list := ada.Get("/staff/settings").Follow("All versions").Must(200, "Days to return: 70 → 80", "Days to return: 60 → 70", "The owner", "A command")
	old := list.Follow(fmt.Sprint(first.Version)).Must(200, "Bring it back", "Days to return 80 60", "Orders placed until now keep their 80 days", "America/Los_Angeles")
	planned(ada, "shop_name", "Meanwhile").Form("/staff/settings").Submit("").Must(200, "saved")
	back := fmt.Sprintf("/staff/settings/versions/%d", first.Version)
	again := old.Form(back).Submit("").Must(409, "Somebody else has changed", "Meanwhile Longrun")
	again.Form(back).Submit("").Must(200, "That version is back", "brought_back: ")
	now := inForce(t, s)
	if d := first.Differences(&now); len(d) > 0 || now.Version != first.Version+4 {
		t.Errorf("version %d differs: %+v", now.Version, d)
	}
	ada.Get(back).Must(200, "It is the same as version").MustNot("Bring this version back")
	ada.Get("/staff/settings/versions/999").Must(404)
	ada.Get("/staff/settings/versions?before=x").Must(404)
	ada.Get("/staff/settings/versions?before=2").Must(200, "the first").MustNot("70 → 80")
	s.Verify()
}

func TestMarkupInSettingsStaysText(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}`
	planned(ada, "shop_name", evil, "shop_address", evil+"\r\n"+evil, "shop_phone", `<b>1</b>"'`, "shop_hours", evil, "zones.us.name", `</td><script>1</script>`).
		Form("/staff/settings").Submit("").Must(200, "saved")
	p := s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	soon(t, "the name is on the page", func() bool { return strings.Contains(s.Shopper(t).Get("/").Text(), "alert(1)") })
	visitor := s.Shopper(t)
	bodies := map[string]string{}
	for _, path := range []string{"/", "/products/tern", "/cart"} {
		bodies[path] = visitor.Get(path).Must(200, evil).Body
	}
	for _, path := range []string{"/staff/settings", "/staff/settings/versions", fmt.Sprintf("/staff/settings/versions/%d", inForce(t, s).Version), "/staff/audit"} {
		bodies[path] = ada.Get(path).Must(200, "alert(1)").Body
	}
	hire(t, s, "eve@shop.example", shop.RoleEditor)
	mail := s.WaitForMail(1)[0]
	bodies["mail"] = mail.HTML
	for path, body := range bodies {
		for _, live := range []string{"<script>alert", "<script>1", "<img src=x", "<b>1</b>"} {
			if strings.Contains(body, live) {
				t.Errorf("%s has live %s (%d)", path, live, p.ID)
			}
		}
	}
	if !strings.Contains(mail.Subject, evil) || strings.ContainsAny(mail.Subject, "\r\n") {
		t.Errorf("the subject is %q", mail.Subject)
	}
}

func TestPhoneAndHoursStandOnEveryPage(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	s.Shopper(t).Get("/").Must(200, "(503) 555-0142", "Tuesday to Saturday, 10 to 6")
	planned(ada, "shop_phone", "(503) 555-0199", "shop_hours", "Mon 9 to 5\r\nTue 9 to 6").Form("/staff/settings").Submit("").Must(200, "saved")
	soon(t, "the hours are on the page", func() bool {
		return strings.Contains(s.Shopper(t).Get("/").Text(), "(503) 555-0199 Mon 9 to 5 Tue 9 to 6")
	})
	if home := s.Shopper(t).Get("/"); !strings.Contains(home.Body, `"telephone":"(503) 555-0199"`) {
		t.Error("search engines are not told the phone number")
	}
	planned(ada, "shop_phone", "", "shop_hours", " ").Form("/staff/settings").Submit("").Must(200, "saved")
	soon(t, "they are gone", func() bool { return !strings.Contains(s.Shopper(t).Get("/").Text(), "Tue 9") })
}

func TestStaffSeeThatNoTaxesAreWorkedOut(t *testing.T) {
	s := apptest.StartWith(t, map[string]string{"STRIPE_TAX": "off"})
	hire(t, s, "owner@shop.example", shop.RoleOwner)
	ada := signIn(t, s, "owner@shop.example")
	ada.Get("/staff").Must(200, "No taxes are worked out or taken (STRIPE_TAX is off): the settings do not say why.")
	planned(ada, "tax_off_reason", "Oregon has <b>none</b>").Must(200, "Why there are no taxes nothing Oregon has").Form("/staff/settings").Submit("").Must(200, "saved")
	for _, path := range []string{"/staff", "/staff/people", "/staff/settings"} {
		ada.Get(path).Must(200, "(STRIPE_TAX is off): Oregon has <b>none</b>.")
	}
	planned(ada, "tax_off_reason", strings.Repeat("x", 301)).Must(422, "at most 300 letters")

	with, _ := open(t)
	signIn(t, with, "owner@shop.example").Get("/staff").Must(200).MustNot("No taxes")
}

func TestTheBagsToAZoneThatGoesOffAreCounted(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	for _, name := range []string{"zones.us-ak.on", "zones.us-hi.on"} {
		if _, err := s.App.Settings.Set(t.Context(), name, "true", shop.ByCommand); err != nil {
			t.Fatal(err)
		}
	}
	s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern", Price: 14_000, Sizes: []string{"9"}, Stock: 5})
	visitor := s.Shopper(t)
	visitor.Get("/products/tern").Form("/cart/add").Submit("").Form("/cart").Set("ship_to", "us-ak").Submit("update")
	form := ada.Get("/staff/settings").Form("/staff/settings/plan")
	form.Values.Del("zones.us-ak.on")
	form.Submit("").Must(200, "Nothing is sold to Alaska any more. 1 bag to go there will be asked for another place.")
	form = ada.Get("/staff/settings").Form("/staff/settings/plan")
	form.Values.Del("zones.us-hi.on")
	form.Submit("").Must(200, "Nothing is sold to Hawaii any more. No bag is to go there.")
	visitor.Get("/cart").Form("/cart").Submit("checkout")
	planned(ada, "zones.us.rate", "9").Must(200, "1 order being paid keeps the rules it was placed under.")
}

func TestTheThresholdChangesEverywhereAtOnce(t *testing.T) {
	s, _ := open(t)
	ada := signIn(t, s, "owner@shop.example")
	for _, price := range []shop.Cents{9999, 10_000, 10_001} {
		s.Sell(apptest.Shoe{Handle: fmt.Sprintf("tern-%d", price), Title: "Tern", Price: price, Sizes: []string{"9"}, Stock: 9})
	}
	check := func(line string, gaps map[shop.Cents]string) {
		t.Helper()
		soon(t, "the banner says "+line, func() bool { return strings.Contains(s.Shopper(t).Get("/").Text(), "for orders over "+line+" ///") })
		for price, gap := range gaps {
			visitor, path := s.Shopper(t), fmt.Sprintf("/products/tern-%d", price)
			rate, note := `"shippingRate":{"@type":"MonetaryAmount","currency":"USD","value":"8.00"}`, "Shipping $8.00, free for orders over "+line
			if gap == "" {
				rate, note = `"value":"0.00"`, "Free shipping"
			}
			// Each page is dropped from the cache by itself, within a second.
			soon(t, path+" says "+line, func() bool { return strings.Contains(visitor.Get(path).Text(), "for orders over "+line+" ///") })
			product := visitor.Get(path).Must(200, "for orders over "+line+" ///", note)
			if !strings.Contains(product.Body, rate) {
				t.Errorf("at %s with %s the product's JSON-LD lacks %s", price, line, rate)
			}
			bag := product.Form("/cart/add").Submit("").Must(200, "for orders over "+line+" ///", gap)
			if gap == "" {
				bag.MustNot("away from free shipping")
			}
		}
	}
	check("$100", map[shop.Cents]string{9999: "$0.02 away from free shipping", 10_000: "$0.01 away from free shipping", 10_001: ""})
	planned(ada, "free_shipping_over", "99.99").Form("/staff/settings").Submit("").Must(200, "saved")
	check("$99.99", map[shop.Cents]string{9999: "$0.01 away from free shipping", 10_000: "", 10_001: ""})
	planned(ada, "free_shipping_over", "100.01").Form("/staff/settings").Submit("").Must(200, "saved")
	check("$100.01", map[shop.Cents]string{9999: "$0.03 away from free shipping", 10_000: "$0.02 away from free shipping", 10_001: "$0.01 away from free shipping"})
}

// TestVersionsArePagedByTheirNumber makes many versions and pages
// through them.
func TestVersionsArePagedByTheirNumber(t *testing.T) {
	s, owner := open(t)
	for i := range 60 {
		now := inForce(t, s)
		wanted := now
		wanted.ReturnDays = 100 + i
		if _, err := s.App.Settings.Save(t.Context(), settings.Wish{Who: owner.Actor(), Version: now.Version, Settings: wanted}); err != nil {
			t.Fatal(err)
		}
	}
	ada := signIn(t, s, "owner@shop.example")
	older := ada.Get("/staff/settings/versions").Must(200, "158 → 159", "Older versions").MustNot("60 → 100").Follow("Older versions")
	older.Must(200, "60 → 100", "the first").MustNot("158 → 159", "Older versions")
}
