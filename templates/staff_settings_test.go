package templates_test

import (
	"time"

	"longrun/internal/shop"
	"longrun/internal/web/staff"
)

// settingsSamples are the pages of the settings.
func settingsSamples() []staffSample {
	bare := staff.Page{Title: "Settings", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	full := staffPage("Settings")
	full.Path = "/staff/settings"
	full.Fields = map[string]string{"shop_name": "The shop needs a name.", "shop_address": "The shop needs an address.", "time_zone": "Not known.",
		"zones": "At least one zone must be on.", "zones.us.rate": "Write an amount.", "zones.us.states": "Not a state.", "new.country": "Not a country.", "sure": "Please say so."}
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	s := shop.DefaultSettings()
	s.Version = 7
	differences := []shop.Difference{
		{Name: "free_shipping_over", Label: "Free shipping above", Before: "$100.00", After: "$120.00"},
		{Name: "shop_name", Label: "Shop name", Before: "Longrun", After: "<script>alert(1)</script>"},
		{Name: "zones.canada", Label: "Canada", After: "on, CA, the whole country, $15.00"}}
	line := staff.SettingsLine{SettingsVersion: shop.SettingsVersion{Settings: s, Who: "staff:1", At: at}, By: "Ada Moss", Changed: differences}
	first := staff.SettingsLine{SettingsVersion: shop.SettingsVersion{Settings: shop.Settings{Version: 1}, Who: "command", At: at}, By: "A command"}
	us := staff.ZoneForm{Code: "us", Name: "United States", Country: "US", States: "OR WA", Rate: "8.00", On: true, FreeShipping: true, FreeReturns: true}
	form := staff.SettingsForm{Version: "7", ShopName: "Long & run", ShopAddress: "Longrun\n12 River Path", ShopEmail: "hello@longrun.example", ShopHours: "10 to 6",
		TimeZone: "America/Los_Angeles", FreeShippingOver: "100.00", ReturnDays: "60", RatePerMinute: "0", Zones: []staff.ZoneForm{us, {Code: "pr", Name: "Puerto Rico", Country: "PR", Remove: true}}}
	entries := []staff.AuditLine{{Seq: 7, At: at, Who: "Ada Moss", Action: "settings.save", Thing: "settings 7", Details: "free_shipping_over: $100.00 → $120.00"}}
	return []staffSample{
		{"settings", "staff/settings.html", &staff.SettingsPage{Page: full, Form: form, Currency: "usd", TimeZones: []string{"UTC"}, Changed: true, Theirs: differences[:1], Mine: differences[1:], Since: line, Entries: entries}},
		{"settings-empty", "staff/settings.html", &staff.SettingsPage{Page: bare, Since: first}},
		{"settings-plan", "staff/settings_plan.html", &staff.SettingsPlanPage{Page: full, Differences: differences, Consequences: []string{"12 orders being paid keep the rules they were placed under."}, Doubts: []string{"Every order would ship free."}, Sent: form.Sent()}},
		{"settings-plan-empty", "staff/settings_plan.html", &staff.SettingsPlanPage{Page: bare}},
		{"settings-versions", "staff/settings_versions.html", &staff.SettingsVersionsPage{Page: full, Versions: []staff.SettingsLine{line, first}, Next: "/staff/settings/versions?before=1"}},
		{"settings-versions-empty", "staff/settings_versions.html", &staff.SettingsVersionsPage{Page: bare}},
		{"settings-version", "staff/settings_version.html", &staff.SettingsVersionPage{Page: full, Line: line, Values: s.Told(), Now: 9, Differences: differences, Consequences: []string{"Orders placed until now keep their 60 days."}, Doubts: []string{"Shoes could come back for 1 day only."}, Action: "/staff/settings/versions/7"}},
		{"settings-version-refused", "staff/settings_version.html", &staff.SettingsVersionPage{Page: full, Line: line, Values: s.Told(), Now: 9, Differences: differences, Refused: "The shop needs an address."}},
		{"settings-version-empty", "staff/settings_version.html", &staff.SettingsVersionPage{Page: bare, Line: first, Now: 1}},
	}
}
