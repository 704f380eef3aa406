package shop

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Difference is one setting that two versions have differently, in words.
type Difference struct {
	Name   string // as it is in the document: "free_shipping_over", "zones.us-ak.on"
	Label  string // as staff read it: "Free shipping above", "Alaska"
	Before string // "" for nothing
	After  string // "" for nothing
}

// told are the settings of the shop as a whole, in the order they are shown.
var told = []struct {
	name, label string
	shown       func(*Settings) string
}{
	{"shop_name", "Shop name", func(s *Settings) string { return s.ShopName }},
	{"shop_address", "Address", func(s *Settings) string { return inOneLine(s.ShopAddress) }},
	{"shop_email", "E-mail", func(s *Settings) string { return s.ShopEmail }},
	{"shop_phone", "Phone", func(s *Settings) string { return s.ShopPhone }},
	{"shop_hours", "Hours", func(s *Settings) string { return inOneLine(s.ShopHours) }},
	{"currency", "Currency", func(s *Settings) string { return strings.ToUpper(s.Currency) }},
	{"time_zone", "Time zone", func(s *Settings) string { return s.TimeZone }},
	{"tax_off_reason", "Why there are no taxes", func(s *Settings) string { return s.TaxOffReason }},
	{"free_shipping_over", "Free shipping above", func(s *Settings) string { return s.FreeShippingOver.String() }},
	{"return_days", "Days to return", func(s *Settings) string { return strconv.Itoa(s.ReturnDays) }},
	{"low_stock_at", "Few are left from", func(s *Settings) string { return fmt.Sprint(s.LowStockAt) }},
	{"tax_years", "Years that orders keep names", func(s *Settings) string { return fmt.Sprint(s.TaxYears) }},
	{"rate_per_minute", "Writes per minute from one address", func(s *Settings) string { return orNoLimit(s.RatePerMinute) }},
	{"alarm_mail_to", "Told of alarms", func(s *Settings) string { return strings.Join(s.AlarmMailTo, ", ") }},
	{"alarms", "Causes they are told of", func(s *Settings) string { return strings.Join(causesOn(s.Alarms), ", ") }},
}

// causesOn are the causes of alarms that are told by mail.
func causesOn(switches []AlarmSwitch) []string {
	var on []string
	for _, s := range switches {
		if s.On {
			on = append(on, strings.ReplaceAll(string(s.Code), "_", " "))
		}
	}
	return on
}

// toldZone are those of a zone.
var toldZone = []struct {
	name, label string
	shown       func(*Zone) string
}{
	{"name", "name", func(z *Zone) string { return z.Name }},
	{"on", "", func(z *Zone) string { return onOff(z.On) }},
	{"rate", "rate", func(z *Zone) string { return z.Rate.String() }},
	{"free_shipping", "free shipping", func(z *Zone) string { return onOff(z.FreeShipping) }},
	{"free_returns", "free returns", func(z *Zone) string { return onOff(z.FreeReturns) }},
	{"country", "country", func(z *Zone) string { return z.Country }},
	{"states", "states", func(z *Zone) string { return orWhole(z.States) }},
}

// Differences are the settings that another version has differently, none
// where the two say the same. A setting that this list does not know by name
// is told by its name in the document, so that no change is hidden.
func (s *Settings) Differences(other *Settings) []Difference {
	var list []Difference
	for _, t := range told {
		if before, after := t.shown(s), t.shown(other); before != after {
			list = append(list, Difference{t.name, t.label, before, after})
		}
	}
	list = append(list, unnamed(s, other)...)
	return append(list, zoneDifferences(s.Zones, other.Zones)...)
}

func zoneDifferences(before, after []Zone) []Difference {
	var list []Difference
	for i := range after {
		z := &after[i]
		if old := zoneOf(before, z.Code); old != nil {
			list = append(list, old.differences(z)...)
		} else {
			list = append(list, Difference{"zones." + z.Code, z.Name, "", z.summary()})
		}
	}
	for i := range before {
		z := &before[i]
		if zoneOf(after, z.Code) == nil {
			list = append(list, Difference{"zones." + z.Code, z.Name, z.summary(), ""})
		}
	}
	return list
}

func (z *Zone) differences(other *Zone) []Difference {
	var list []Difference
	for _, t := range toldZone {
		before, after := t.shown(z), t.shown(other)
		if before == after {
			continue
		}
		if t.name == "states" && len(z.States) > 0 && len(other.States) > 0 {
			before, after = count(z.States), count(other.States)+movedStates(z.States, other.States)
		}
		label := strings.TrimSuffix(z.Name+": "+t.label, ": ")
		list = append(list, Difference{ZoneField(z.Code, t.name), label, before, after})
	}
	return list
}

// summary is a zone in one line.
func (z *Zone) summary() string {
	parts := []string{onOff(z.On), z.Country, orWhole(z.States), z.Rate.String()}
	if z.FreeShipping {
		parts = append(parts, "free shipping")
	}
	if z.FreeReturns {
		parts = append(parts, "free returns")
	}
	return strings.Join(parts, ", ")
}

// movedStates says which states are new and which are gone: " (AK added)".
func movedStates(before, after []string) string {
	var parts []string
	for _, m := range []struct {
		in, from []string
		word     string
	}{{after, before, "added"}, {before, after, "removed"}} {
		var moved []string
		for _, state := range m.in {
			if !has(m.from, state) {
				moved = append(moved, state)
			}
		}
		if len(moved) > 0 {
			parts = append(parts, strings.Join(moved, " ")+" "+m.word)
		}
	}
	if len(parts) == 0 {
		return " in another order"
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// unnamed are the differences of what the document has besides.
func unnamed(before, after *Settings) []Difference {
	was, is := rest(before), rest(after)
	var list []Difference
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if was[name] != is[name] {
			list = append(list, Difference{name, strings.ReplaceAll(name, "_", " "), was[name], is[name]})
		}
	}
	return list
}

func rest(s *Settings) map[string]string {
	doc := map[string]json.RawMessage{}
	text, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(text, &doc)
	}
	if err != nil {
		panic(err) // a struct of strings, numbers and lists of them
	}
	delete(doc, "zones")
	for _, t := range told {
		delete(doc, t.name)
	}
	left := map[string]string{}
	for name, value := range doc {
		left[name] = strings.Trim(string(value), `"`)
	}
	return left
}

// zoneOf is the zone with a code, nil without one.
func zoneOf(zones []Zone, code string) *Zone {
	for i := range zones {
		if zones[i].Code == code {
			return &zones[i]
		}
	}
	return nil
}

func inOneLine(text string) string { return strings.ReplaceAll(text, "\n", " / ") }

func count(states []string) string { return fmt.Sprintf("%d states", len(states)) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func orNoLimit(n int) string {
	if n == 0 {
		return "no limit"
	}
	return strconv.Itoa(n)
}

func orWhole(states []string) string {
	if len(states) == 0 {
		return "the whole country"
	}
	return strings.Join(states, " ")
}

// Told are all settings in words, as After.
func (s *Settings) Told() []Difference {
	var list []Difference
	for _, t := range told {
		list = append(list, Difference{Name: t.name, Label: t.label, After: t.shown(s)})
	}
	others := rest(s)
	for _, name := range slices.Sorted(maps.Keys(others)) {
		list = append(list, Difference{Name: name, Label: strings.ReplaceAll(name, "_", " "), After: others[name]})
	}
	return append(list, zoneDifferences(nil, s.Zones)...)
}
