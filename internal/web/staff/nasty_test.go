package staff_test

import (
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// nasty is what no field of the staff area expects.
var nasty = []string{
	"x\x00y", "\xff\xfe", "１２", "٣", "-1", "+5", " 5", "5.0", "1e3", "0x10", "1_000", "NaN", "9223372036854775808", "99999999999999999999",
	`'";--><script>alert(1)</script>`, `%_\`, "\t=1+1\r\n", "\u202eabc\u2028", strings.Repeat("ä", 3_000), "2026-02-30", "9999-12-31T23:59",
}

// asked are the parameters of all pages together.
var asked = strings.Fields("action after again before cause done first from kind next oldest product q show sold state stock tab tag thing type until variant vendor who")

// sent are fields of all forms together.
var sent = strings.Fields(`version base key sure title handle description vendor type tags status published family colour publish_at on_sale_at order_limit drop heel
	forefoot shoe_weight released price compare count sizes widths sku_stem all.weight all.tax_code all.tracked all.policy paste.price paste.count paste.sku
	list seen id do code variant change new_count reason note lines reference movement counted-1 seen-1 product names place q from up down at-1 sort
	alarm_mail_to on end shop_name shop_email time_zone free_shipping_over return_days rate_per_minute low_stock_at tax_years email zones.us.rate zones.us.name zones.us.states new.name new.rate`)

// TestNothingThatIsSentIsAFaultOfTheProgram sends every value in every
// parameter and field: one after the other in long runs, all at once
// otherwise.
func TestNothingThatIsSentIsAFaultOfTheProgram(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Shop) {
		if _, err := s.App.Settings.Set(t.Context(), "rate_per_minute", "0", shop.ByCommand); err != nil {
			t.Fatal(err)
		}
		owner := hire(t, s, "owner@shop.example", shop.RoleOwner)
		token := session(t, s, owner)
		newTern(t, s, "tern")
		if _, err := s.App.Catalog.MakeCollection(t.Context(), "staff:1", shop.Collection{Title: "Road", SortOrder: shop.SortManual}); err != nil {
			t.Fatal(err)
		}
		for _, route := range slices.Sorted(maps.Keys(matrix)) {
			method, path, _ := strings.Cut(route, " ")
			if strings.Contains(path, "people") || strings.Contains(path, "account") || strings.Contains(path, "sign-") || strings.Contains(path, "confirm") {
				continue // they end the session
			}
			path = strings.NewReplacer(":id", "1", ":token", "a").Replace(path)
			names := asked
			if method == "POST" {
				names = sent
			}
			for _, value := range nasty {
				for _, form := range forms(names, value) {
					a := answer{}
					if method == "GET" {
						a = ask(t, s, method, path+"?"+form.Encode(), token, nil)
					} else {
						a = ask(t, s, method, path, token, form)
					}
					if a.status >= 500 || strings.Contains(a.body, "<script>alert") {
						t.Errorf("%s with %.80q answers %d", route, fmt.Sprint(form), a.status)
					}
				}
			}
		}
		s.Verify()
	})
}

// forms have the value in each field by itself, or in all of them.
func forms(names []string, value string) []url.Values {
	all := url.Values{}
	var list []url.Values
	for _, name := range names {
		all.Set(name, value)
		list = append(list, url.Values{name: {value}})
	}
	if os.Getenv("LONGRUN_TEST_LONG") == "1" {
		return list
	}
	return []url.Values{all}
}
