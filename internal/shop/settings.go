package shop

import (
	"strings"
	"time"
)

// Settings are what the shopkeeper changes. Each change is a new, whole,
// numbered version; an order keeps the number of the one it was placed under.
type Settings struct {
	Version          int64  `json:"-"`
	ShopName         string `json:"shop_name"`
	ShopEmail        string `json:"shop_email"`
	ShopAddress      string `json:"shop_address"` // lines separated by newline
	ShopPhone        string `json:"shop_phone"`
	ShopHours        string `json:"shop_hours"`         // when somebody answers, lines separated by newline; "" says nothing
	Currency         string `json:"currency"`           // ISO 4217, lower case as Stripe writes it
	TimeZone         string `json:"time_zone"`          // IANA name; months, days and deadlines are read in it
	FreeShippingOver Cents  `json:"free_shipping_over"` // cents; strictly above ships free
	TaxOffReason     string `json:"tax_off_reason"`     // why taxes are not worked out where STRIPE_TAX is off; "" where they are
	Zones            []Zone `json:"zones"`
	ReturnDays       int    `json:"return_days"`
	RatePerMinute    int    `json:"rate_per_minute"` // writes per minute from one address before 429, 0 for no limit
	LowStockAt       int    `json:"low_stock_at"`    // so many free or fewer of a size are few
	TaxYears         int    `json:"tax_years"`       // whole calendar years after the sale that an order keeps its person, for tax law

	AlarmMailTo []string      `json:"alarm_mail_to"` // who is told of alarms, empty for nobody
	Alarms      []AlarmSwitch `json:"alarms"`        // every cause, as AlarmSwitches gives them
}

// Zone is a set of destinations with one rate.
type Zone struct {
	Code         string   `json:"code"` // what the bag's form sends
	Name         string   `json:"name"`
	Country      string   `json:"country"` // ISO 3166-1 alpha-2
	States       []string `json:"states"`  // postal codes; empty for the whole country
	Rate         Cents    `json:"rate"`
	FreeShipping bool     `json:"free_shipping"`
	FreeReturns  bool     `json:"free_returns"`
	On           bool     `json:"on"`
}

// DefaultLowStock is LowStockAt where nobody has said otherwise: in a new shop,
// and in settings that were stored before there was such a thing.
const DefaultLowStock = 3

var contiguous = strings.Fields(`AL AZ AR CA CO CT DE DC FL GA ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT
	NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY`)

// DefaultSettings are those of a shop that nobody has changed: the
// contiguous states and DC ship for $8, the rest is off until switched on.
func DefaultSettings() Settings {
	return Settings{
		ShopName:         "Longrun",
		ShopEmail:        "hello@longrun.example",
		ShopAddress:      "Longrun Running Shoes\n12 River Path\nPortland, OR 97209",
		ShopPhone:        "(503) 555-0142",
		ShopHours:        "Tuesday to Saturday, 10 to 6",
		Currency:         "usd",
		TimeZone:         "America/Los_Angeles",
		FreeShippingOver: 10_000,
		ReturnDays:       60,
		LowStockAt:       DefaultLowStock,
		TaxYears:         DefaultTaxYears,
		Zones: []Zone{
			{Code: "us", Name: "United States", Country: "US", States: contiguous, Rate: 800, FreeShipping: true, FreeReturns: true, On: true},
			{Code: "us-ak", Name: "Alaska", Country: "US", States: []string{"AK"}, Rate: 1_800, FreeShipping: true, FreeReturns: true},
			{Code: "us-hi", Name: "Hawaii", Country: "US", States: []string{"HI"}, Rate: 1_800, FreeShipping: true, FreeReturns: true},
			{Code: "us-mil", Name: "Military (APO, FPO, DPO)", Country: "US", States: []string{"AA", "AE", "AP"}, Rate: 800, FreeShipping: true, FreeReturns: true},
			{Code: "pr", Name: "Puerto Rico", Country: "PR", Rate: 1_800, FreeShipping: true, FreeReturns: true},
		},
		Alarms: AlarmSwitches(nil),
	}
}

// Location is the time zone of the shop; UTC if the name is unknown, which
// Check refuses.
func (s Settings) Location() *time.Location {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// ZonesOn are the zones the shop ships to.
func (s Settings) ZonesOn() []Zone {
	var on []Zone
	for _, z := range s.Zones {
		if z.On {
			on = append(on, z)
		}
	}
	return on
}

// AsksDestination says whether the bag must ask where to before it knows the
// rate: only where the zones differ in what they cost.
func (s Settings) AsksDestination() bool {
	on := s.ZonesOn()
	for _, z := range on {
		if z.Rate != on[0].Rate || z.FreeShipping != on[0].FreeShipping {
			return true
		}
	}
	return false
}

// ZoneFor is the zone a bag is quoted for, and whether it is certain: the one
// with the code while it is on, else the first that is on.
func (s Settings) ZoneFor(code string) (zone Zone, certain bool) {
	on := s.ZonesOn()
	for _, z := range on {
		if z.Code == code {
			return z, true
		}
	}
	if len(on) == 0 {
		return Zone{}, false
	}
	return on[0], !s.AsksDestination()
}

// ZoneOf is the zone that an address lies in and whether the shop ships there.
func (s Settings) ZoneOf(country, state string) (Zone, bool) {
	for _, z := range s.ZonesOn() {
		if z.Country == country && (len(z.States) == 0 || has(z.States, state)) {
			return z, true
		}
	}
	return Zone{}, false
}

func has(list []string, s string) bool {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return true
		}
	}
	return false
}

// Banner is the line above every page.
func (s Settings) Banner() string {
	return "Free Shipping for orders over " + s.FreeShippingOver.Short() + " /// Free Returns for all orders."
}

// GapLine says how far a bag is from free shipping, "" when it is not.
func (q Quote) GapLine() string {
	if q.Gap == 0 {
		return ""
	}
	return q.Gap.String() + " away from free shipping"
}

// SettingsVersion is a version of the settings with who made it and when.
type SettingsVersion struct {
	Settings
	Who string // as the audit log names people
	At  Instant
}
