package shop

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheDefaultsAreAShopThatWorks(t *testing.T) {
	s := DefaultSettings()
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	if s.AsksDestination() {
		t.Error("a shop with one zone on asks where to")
	}
	on := s.ZonesOn()
	if len(on) != 1 || on[0].Rate != 800 || len(on[0].States) != 49 {
		t.Errorf("zones on: %+v, want the 48 contiguous states and DC for $8", on)
	}
}

func TestTheBannerIsSaidLetterForLetter(t *testing.T) {
	tests := map[Cents]string{
		10_000:  "Free Shipping for orders over $100 /// Free Returns for all orders.",
		9_950:   "Free Shipping for orders over $99.50 /// Free Returns for all orders.",
		150_000: "Free Shipping for orders over $1,500 /// Free Returns for all orders.",
		0:       "Free Shipping for orders over $0 /// Free Returns for all orders.",
	}
	for over, want := range tests {
		if got := (Settings{FreeShippingOver: over}).Banner(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSettingsCheck(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Settings)
		good   bool
	}{
		{"the defaults", func(*Settings) {}, true},
		{"everything ships free", func(s *Settings) { s.FreeShippingOver = 0 }, true},
		{"the highest line", func(s *Settings) { s.FreeShippingOver = MaxCents }, true},
		{"a line beyond it", func(s *Settings) { s.FreeShippingOver = MaxCents + 1 }, false},
		{"a line below nothing", func(s *Settings) { s.FreeShippingOver = -1 }, false},
		{"no name", func(s *Settings) { s.ShopName = "" }, false},
		{"a name of spaces", func(s *Settings) { s.ShopName = " \t" }, false},
		{"another currency", func(s *Settings) { s.Currency = "eur" }, false},
		{"a currency in capitals", func(s *Settings) { s.Currency = "USD" }, false},
		{"a day to return", func(s *Settings) { s.ReturnDays = 1 }, true},
		{"no day to return", func(s *Settings) { s.ReturnDays = 0 }, false},
		{"ten years to return", func(s *Settings) { s.ReturnDays = 3_650 }, true},
		{"longer than that", func(s *Settings) { s.ReturnDays = 3_651 }, false},
		{"a negative rate limit", func(s *Settings) { s.RatePerMinute = -1 }, false},
		{"another time zone", func(s *Settings) { s.TimeZone = "Europe/Zurich" }, true},
		{"a time zone nobody knows", func(s *Settings) { s.TimeZone = "Mars/Olympus" }, false},
		{"no time zone", func(s *Settings) { s.TimeZone = "" }, false},
		{"the machine's own time zone", func(s *Settings) { s.TimeZone = "Local" }, false},
		{"a path for a time zone", func(s *Settings) { s.TimeZone = "../../etc/passwd" }, false},
		{"no zone on", func(s *Settings) { s.Zones[0].On = false }, false},
		{"no zones", func(s *Settings) { s.Zones = nil }, false},
		{"a second zone on", func(s *Settings) { s.Zones[1].On = true }, true},
		{"a zone without a code", func(s *Settings) { s.Zones[1].Code = "" }, false},
		{"a zone without a name", func(s *Settings) { s.Zones[1].Name = "" }, false},
		{"a country of three letters", func(s *Settings) { s.Zones[1].Country = "USA" }, false},
		{"a country in small letters, which no address would match", func(s *Settings) { s.Zones[1].Country = "us" }, false},
		{"two zones of one code", func(s *Settings) { s.Zones[1].Code = "us" }, false},
		{"a zone that costs nothing", func(s *Settings) { s.Zones[0].Rate = 0 }, true},
		{"a rate below nothing", func(s *Settings) { s.Zones[0].Rate = -1 }, false},
		{"a rate beyond what Stripe takes", func(s *Settings) { s.Zones[0].Rate = MaxCents + 1 }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := DefaultSettings()
			tt.change(&s)
			err := s.Check()
			if tt.good && err != nil {
				t.Errorf("refused: %v", err)
			}
			if !tt.good && KindOf(err) != KindInvalid {
				t.Errorf("not refused: %v", err)
			}
		})
	}
}

// withZones are the default settings with these zones on.
func withZones(codes ...string) Settings {
	s := DefaultSettings()
	for i := range s.Zones {
		s.Zones[i].On = has(codes, s.Zones[i].Code)
	}
	return s
}

func TestTheBagAsksWhereToOnlyWhereItMatters(t *testing.T) {
	sameRate := withZones("us", "us-mil")
	otherRule := withZones("us", "us-mil")
	otherRule.Zones[3].FreeShipping = false
	tests := []struct {
		name string
		s    Settings
		want bool
	}{
		{"no zone", withZones(), false},
		{"one zone", withZones("us"), false},
		{"two zones of one rate", sameRate, false},
		{"two rates", withZones("us", "us-hi"), true},
		{"one rate, but free shipping in one only", otherRule, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.s.AsksDestination(); got != tt.want {
				t.Errorf("asks %v, want %v", got, tt.want)
			}
		})
	}
}

func TestZoneFor(t *testing.T) {
	tests := []struct {
		name    string
		s       Settings
		code    string
		want    string
		certain bool
	}{
		{"the only zone is certain unasked", withZones("us"), "", "us", true},
		{"of two rates the first stands, uncertain", withZones("us", "us-hi"), "", "us", false},
		{"a chosen zone is certain", withZones("us", "us-hi"), "us-hi", "us-hi", true},
		{"of one rate the first is certain", withZones("us", "us-mil"), "", "us", true},
		{"a zone switched off since falls back", withZones("us", "us-hi"), "us-ak", "us", false},
		{"an unknown code falls back", withZones("us"), "x'; DROP", "us", true},
		{"no zone on is nowhere", withZones(), "us", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			zone, certain := tt.s.ZoneFor(tt.code)
			if zone.Code != tt.want || certain != tt.certain {
				t.Errorf("%q, certain %v; want %q, %v", zone.Code, certain, tt.want, tt.certain)
			}
		})
	}
}

func TestZoneOf(t *testing.T) {
	tests := []struct{ name, country, state, want string }{
		{"a state of the main zone", "US", "OR", "us"},
		{"the capital", "US", "DC", "us"},
		{"a state in small letters", "US", "or", "us"},
		{"a state with a zone of its own", "US", "HI", "us-hi"},
		{"a zone that is off", "US", "AK", ""},
		{"a whole country, whatever the state", "PR", "", "pr"},
		{"a state nobody knows", "US", "XX", ""},
		{"no state", "US", "", ""},
		{"another country", "CA", "ON", ""},
		{"a state of another country with a known name", "AU", "WA", ""},
		{"no address", "", "", ""},
	}
	s := withZones("us", "us-hi", "pr")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			zone, ships := s.ZoneOf(tt.country, tt.state)
			if zone.Code != tt.want || ships != (tt.want != "") {
				t.Errorf("%q, ships %v; want %q", zone.Code, ships, tt.want)
			}
		})
	}
}

func TestSettingsComeBackFromTheirDocument(t *testing.T) {
	want := withZones("us", "pr")
	want.FreeShippingOver = 0
	document, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Settings
	if err := json.Unmarshal(document, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLocation(t *testing.T) {
	if got := DefaultSettings().Location().String(); got != "America/Los_Angeles" {
		t.Errorf("the default is %s", got)
	}
	if got := (Settings{TimeZone: "Mars/Olympus"}).Location().String(); got != "UTC" {
		t.Errorf("an unknown one is %s, want UTC", got)
	}
}
