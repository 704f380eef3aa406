package shop

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDifferencesAreToldInWords(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Settings)
		want   []Difference
	}{
		{"nothing", func(*Settings) {}, nil},
		{"another number of the version", func(s *Settings) { s.Version = 99 }, nil},
		{"the line", func(s *Settings) { s.FreeShippingOver = 12_000 }, []Difference{{"free_shipping_over", "Free shipping above", "$100.00", "$120.00"}}},
		{"a switch", func(s *Settings) { s.Zones[1].On = true }, []Difference{{"zones.us-ak.on", "Alaska", "off", "on"}}},
		{"a rate", func(s *Settings) { s.Zones[0].Rate = 0 }, []Difference{{"zones.us.rate", "United States: rate", "$8.00", "$0.00"}}},
		{"states", func(s *Settings) { s.Zones[3].States = []string{"AA", "AK"} },
			[]Difference{{"zones.us-mil.states", "Military (APO, FPO, DPO): states", "3 states", "2 states (AK added, AE AP removed)"}}},
		{"states in another order", func(s *Settings) { s.Zones[3].States = []string{"AP", "AA", "AE"} },
			[]Difference{{"zones.us-mil.states", "Military (APO, FPO, DPO): states", "3 states", "3 states in another order"}}},
		{"the whole country", func(s *Settings) { s.Zones[1].States = nil }, []Difference{{"zones.us-ak.states", "Alaska: states", "AK", "the whole country"}}},
		{"no states, written otherwise", func(s *Settings) { s.Zones[4].States = []string{} }, nil},
		{"a zone more", func(s *Settings) {
			s.Zones = append(s.Zones, Zone{Code: "ca", Name: "Canada", Country: "CA", Rate: 1500})
		},
			[]Difference{{"zones.ca", "Canada", "", "off, CA, the whole country, $15.00"}}},
		{"a zone less", func(s *Settings) { s.Zones = s.Zones[:4] },
			[]Difference{{"zones.pr", "Puerto Rico", "off, PR, the whole country, $18.00, free shipping, free returns", ""}}},
		{"an address", func(s *Settings) { s.ShopAddress = "One\nTwo" },
			[]Difference{{"shop_address", "Address", "Longrun Running Shoes / 12 River Path / Portland, OR 97209", "One / Two"}}},
		{"no limit any more", func(s *Settings) { s.RatePerMinute = 60 }, []Difference{{"rate_per_minute", "Writes per minute from one address", "no limit", "60"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, other := DefaultSettings(), DefaultSettings()
			tt.change(&other)
			if diff := cmp.Diff(tt.want, s.Differences(&other)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNoSettingChangesUntold changes every field of the document, also those
// that no list names.
func TestNoSettingChangesUntold(t *testing.T) {
	s := DefaultSettings()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for name, value := range doc {
		switch v := value.(type) {
		case string:
			doc[name] = "other"
		case float64:
			doc[name] = 77
		case bool:
			doc[name] = !v
		case nil:
			doc[name] = []any{"other"}
		default:
			doc[name] = []any{}
		}
		changed, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		var other Settings
		if err := json.Unmarshal(changed, &other); err != nil {
			t.Fatal(err)
		}
		if len(s.Differences(&other)) == 0 {
			t.Errorf("nothing tells that %s is another", name)
		}
		doc[name] = value
	}
}

func TestEachWrongSettingIsNamed(t *testing.T) {
	s := DefaultSettings()
	s.ShopName, s.ShopEmail, s.ShopAddress, s.ReturnDays, s.TimeZone = "", "x@localhost", "\n", 0, "Local"
	s.Zones[0].Rate, s.Zones[1].States, s.Zones[2].Country = -1, []string{"ZZ"}, "KP"
	s.Zones[3].On, s.Zones[3].States = true, []string{"AA", "OR"}
	e, ok := s.Check().(*Error)
	if !ok || e.Kind != KindInvalid {
		t.Fatalf("not refused: %v", s.Check())
	}
	for _, field := range []string{"shop_name", "shop_email", "shop_address", "return_days", "time_zone", "zones.us.rate", "zones.us-ak.states", "zones.us-hi.country", "zones.us-mil.states"} {
		if e.Fields[field] == "" {
			t.Errorf("%s is not named", field)
		}
		delete(e.Fields, field)
	}
	if len(e.Fields) > 2 { // Hawaii is no state of another country
		t.Errorf("named besides: %v", e.Fields)
	}
}

func TestZonesOfOnePlaceAreRefusedWhileTheyAreOn(t *testing.T) {
	tests := []struct {
		name string
		a, b []string
		good bool
	}{
		{"states apart", []string{"OR"}, []string{"WA"}, true},
		{"one state in both", []string{"OR", "WA"}, []string{"CA", "WA"}, false},
		{"a state and the whole country", []string{"OR"}, nil, false},
		{"the whole country twice", nil, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := DefaultSettings()
			s.Zones = s.Zones[:2]
			s.Zones[0].States, s.Zones[1].States, s.Zones[1].On = tt.a, tt.b, true
			if err := s.Check(); (err == nil) != tt.good {
				t.Errorf("%v", err)
			}
			if s.Zones[1].On = false; s.Check() != nil {
				t.Errorf("with one of them off: %v", s.Check())
			}
			s.Zones[1].On, s.Zones[1].Country, s.Zones[1].States = true, "CA", nil
			if err := s.Check(); err != nil {
				t.Errorf("in two countries: %v", err)
			}
		})
	}
}

func TestRebaseKeepsWhatBothHaveDone(t *testing.T) {
	base, mine, theirs := DefaultSettings(), DefaultSettings(), DefaultSettings()
	mine.ShopName, mine.FreeShippingOver, mine.Zones[0].Rate = "Mine", 1, 700
	mine.Zones = append(mine.Zones[:4], Zone{Code: "ca", Name: "Canada", Country: "CA"})
	theirs.Version, theirs.ReturnDays, theirs.FreeShippingOver, theirs.Zones[0].On = 8, 90, 2, false
	theirs.Zones = append(theirs.Zones, Zone{Code: "mx", Name: "Mexico", Country: "MX"})
	want := DefaultSettings()
	want.Version, want.ShopName, want.FreeShippingOver, want.ReturnDays = 8, "Mine", 1, 90
	want.Zones[0].Rate, want.Zones[0].On = 700, false
	want.Zones = append(want.Zones[:4], Zone{Code: "mx", Name: "Mexico", Country: "MX"}, Zone{Code: "ca", Name: "Canada", Country: "CA"})
	if diff := cmp.Diff(want, Rebase(base, mine, theirs)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(theirs, Rebase(base, base, theirs)); diff != "" {
		t.Errorf("who changed nothing: %s", diff)
	}
	mine.Version = theirs.Version
	if diff := cmp.Diff(mine, Rebase(base, mine, func() Settings { b := base; b.Version = 8; return b }())); diff != "" {
		t.Errorf("where others changed nothing: %s", diff)
	}
}

func TestAnOldDocumentReads(t *testing.T) {
	s := Settings{TaxYears: DefaultTaxYears} // as package database reads it
	old := `{"shop_name":"Longrun","shop_email":"a@b.example","shop_address":"X","currency":"usd","time_zone":"UTC","free_shipping_over":10000,"zones":[{"code":"us","name":"US","country":"US","rate":800,"on":true}],"return_days":60}`
	if err := json.Unmarshal([]byte(old), &s); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err != nil || s.ShopHours != "" {
		t.Errorf("%v, hours %q", err, s.ShopHours)
	}
}

func TestASettingThatNoListNamesIsToldByItsName(t *testing.T) {
	whole := told
	t.Cleanup(func() { told = whole })
	told = whole[1:]
	s, other := DefaultSettings(), DefaultSettings()
	other.ShopName = "Far"
	want := []Difference{{"shop_name", "shop name", "Longrun", "Far"}}
	if diff := cmp.Diff(want, s.Differences(&other)); diff != "" {
		t.Error(diff)
	}
	if first := s.Told()[len(told)]; first.Label != "shop name" || first.After != "Longrun" {
		t.Errorf("told as %+v", first)
	}
}

// TestRebaseKnowsEverySettingOfTheForm changes each told setting alone.
func TestRebaseKnowsEverySettingOfTheForm(t *testing.T) {
	base := DefaultSettings()
	for _, setting := range told {
		mine := base
		switch setting.name {
		case "alarm_mail_to":
			mine.AlarmMailTo, mine.Alarms = []string{"ada@shop.example"}, base.Alarms
		case "alarms":
			mine.Alarms = []AlarmSwitch{{Code: AlarmNewOrder, On: true}}
		default:
			mine = changed(t, base, setting.name)
		}
		if got := Rebase(base, mine, base); setting.shown(&got) == setting.shown(&base) {
			t.Errorf("%s is lost", setting.name)
		}
	}
}

// changed is settings with one setting changed that is a text or a number.
func changed(t *testing.T, base Settings, name string) Settings {
	t.Helper()
	mine := base
	if json.Unmarshal([]byte(`{"`+name+`":"9"}`), &mine) != nil {
		mine = base
		if err := json.Unmarshal([]byte(`{"`+name+`":9}`), &mine); err != nil {
			t.Fatal(err)
		}
	}
	return mine
}
