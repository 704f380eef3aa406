package shop

import (
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The limits of what a shopkeeper writes.
const (
	maxShopName    = 80
	maxPhone       = 40
	maxTextLines   = 10
	maxTextLine    = 100
	maxReason      = 300
	maxReturnDays  = 3650
	maxRatePerMin  = 100_000
	maxZones       = 100
	maxZoneName    = 60
	maxZoneCode    = 40
	maxMailAddress = 254 // RFC 5321 4.5.3.1.3, less the angle brackets
)

// flaws collects what is wrong, each by the name of its setting, as it is in
// the document: "shop_name", "zones.us-ak.rate".
type flaws struct {
	sentences []string
	fields    map[string]string
}

// add notes the first flaw of a setting.
func (f *flaws) add(wrong bool, field, format string, args ...any) {
	if !wrong || f.fields[field] != "" {
		return
	}
	if f.fields == nil {
		f.fields = map[string]string{}
	}
	f.fields[field] = fmt.Sprintf(format, args...)
	f.sentences = append(f.sentences, f.fields[field])
}

func (f *flaws) err() error {
	if len(f.sentences) == 0 {
		return nil
	}
	e := Invalid("%s", strings.Join(f.sentences, "; "))
	e.Fields = f.fields
	return e
}

// ZoneField names a setting of a zone as errors and differences do.
func ZoneField(code, field string) string { return "zones." + code + "." + field }

// Check says all that is wrong with settings, nil when nothing is: a shop
// under settings that pass can sell, and its mails can be written. The error
// is of KindInvalid and has a sentence for each setting in Fields.
func (s Settings) Check() error {
	var f flaws
	s.checkShop(&f)
	s.checkRules(&f)
	f.add(len(s.ZonesOn()) == 0, "zones", "at least one zone must be on, or nothing can be sold")
	f.add(len(s.Zones) > maxZones, "zones", "there can be at most %d zones", maxZones)
	s.checkZones(&f)
	s.checkOverlaps(&f)
	if err := s.checkAlarms(); err != nil {
		f.add(true, "alarm_mail_to", "%s", MessageOf(err))
	}
	return f.err()
}

func (s Settings) checkShop(f *flaws) {
	name := strings.TrimSpace(s.ShopName)
	f.add(name == "", "shop_name", "the shop needs a name")
	f.add(!isLine(s.ShopName, maxShopName), "shop_name", "the name of the shop must be one line of at most %d letters", maxShopName)
	f.add(!canBeMailed(s.ShopEmail), "shop_email", "%q is not an address that mail can be sent to and from", s.ShopEmail)
	f.add(strings.TrimSpace(s.ShopAddress) == "", "shop_address", "the shop needs an address: every mail shows it")
	f.add(!isText(s.ShopAddress), "shop_address", "the address must have at most %d lines of at most %d letters", maxTextLines, maxTextLine)
	f.add(!isLine(s.ShopPhone, maxPhone), "shop_phone", "the phone number must be one line of at most %d characters", maxPhone)
	f.add(!isText(s.ShopHours), "shop_hours", "the hours must have at most %d lines of at most %d letters", maxTextLines, maxTextLine)
}

func (s Settings) checkRules(f *flaws) {
	f.add(s.Currency != "usd", "currency", "the currency %q is not one the shop can count in; usd is", s.Currency)
	// Go takes "" for UTC and "Local" for the zone of the machine at hand.
	_, err := time.LoadLocation(s.TimeZone)
	f.add(err != nil || s.TimeZone == "" || s.TimeZone == "Local", "time_zone", "the time zone %q is not known; one is America/New_York", s.TimeZone)
	f.add(!isLine(s.TaxOffReason, maxReason), "tax_off_reason", "the reason must be one line of at most %d letters", maxReason)
	f.add(s.FreeShippingOver < 0 || s.FreeShippingOver > MaxCents, "free_shipping_over", "the line for free shipping must be $0.00 to %s", MaxCents)
	f.add(s.ReturnDays < 1 || s.ReturnDays > maxReturnDays, "return_days", "the days to return must be 1 to %d", maxReturnDays)
	f.add(s.RatePerMinute < 0, "rate_per_minute", "the rate per minute cannot be negative")
	f.add(s.LowStockAt < 0 || s.LowStockAt > 1000, "low_stock_at", "few are left from 0 to 1000 pieces")
	f.add(s.TaxYears < 1 || s.TaxYears > 30, "tax_years", "the years of tax law must be 1 to 30")
	f.add(s.RatePerMinute > maxRatePerMin, "rate_per_minute", "the rate per minute must be at most %d, or 0 for no limit", maxRatePerMin)
}

func (s Settings) checkZones(f *flaws) {
	seen := map[string]bool{}
	for i := range s.Zones {
		z := &s.Zones[i]
		at := func(field string) string { return ZoneField(z.Code, field) }
		f.add(z.Code == "" || len(z.Code) > maxZoneCode || MakeHandle(z.Code) != z.Code, at("code"),
			"a zone needs a code of small letters, digits and hyphens")
		f.add(seen[z.Code], at("code"), "two zones have the code %q", z.Code)
		f.add(strings.TrimSpace(z.Name) == "" || !isLine(z.Name, maxZoneName), at("name"), "a zone needs a name of at most %d letters", maxZoneName)
		f.add(z.Rate < 0 || z.Rate > MaxCents, at("rate"), "the rate of zone %q must be $0.00 to %s", z.Code, MaxCents)
		f.add(!isDestination(z.Country), at("country"),
			"%q is not the code of a country that can be shipped to; US is one", z.Country)
		z.checkStates(f, at("states"))
		seen[z.Code] = true
	}
}

func (z *Zone) checkStates(f *flaws, field string) {
	seen := map[string]bool{}
	for _, state := range z.States {
		f.add(!isState(z.Country, state), field, "%q is not the code of a state of %s", state, z.Country)
		f.add(seen[state], field, "%s stands there twice", state)
		seen[state] = true
	}
}

// checkOverlaps refuses two zones that are on for one place: which rate an
// address has would depend on their order.
func (s Settings) checkOverlaps(f *flaws) {
	on := s.ZonesOn()
	for i := range on {
		for j := range i {
			if place := on[i].shared(&on[j]); place != "" {
				f.add(true, ZoneField(on[i].Code, "states"), "%s is in the zone %s already, which is on too", place, on[j].Name)
			}
		}
	}
}

// shared names a place that both zones cover, "" for none.
func (z *Zone) shared(other *Zone) string {
	switch {
	case z.Country != other.Country:
		return ""
	case len(other.States) == 0 && len(z.States) > 0:
		return z.States[0]
	case len(z.States) == 0 && len(other.States) > 0:
		return other.States[0]
	case len(z.States) == 0:
		return z.Country
	}
	for _, state := range z.States {
		if has(other.States, state) {
			return state
		}
	}
	return ""
}

// isLine says whether text may stand on one line, in a mail's subject too.
func isLine(s string, most int) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && !strings.ContainsFunc(s, isBreak)
}

func isText(s string) bool {
	lines := strings.Split(s, "\n")
	for _, line := range lines {
		if !isLine(line, maxTextLine) {
			return false
		}
	}
	return len(lines) <= maxTextLines
}

// isBreak is what ends a line somewhere or turns the text after it around.
func isBreak(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
}

// canBeMailed says whether s is one bare address at a domain, which mails may
// name and be answered to.
func canBeMailed(s string) bool {
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Name != "" || parsed.Address != s || len(s) > maxMailAddress || !isLine(s, maxMailAddress) {
		return false
	}
	domain := s[strings.LastIndex(s, "@")+1:]
	name, top, ok := cutLast(domain, ".")
	return ok && name != "" && len(top) > 1 && !strings.ContainsAny(domain, "[]_ ")
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
