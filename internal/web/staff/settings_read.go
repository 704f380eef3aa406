package staff

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"longrun/internal/shop"
)

// settingsReading turns a form into settings and collects what cannot be read.
type settingsReading struct {
	bad     map[string]string // by the name of the input
	newCode string            // the code that the new zone gets
}

// read gives the settings that a form asks for, made from those it was shown
// with. Only what the form has fields for differs from them.
func (f *SettingsForm) read(base shop.Settings) (shop.Settings, *settingsReading) {
	r := &settingsReading{bad: map[string]string{}}
	s := base
	s.ShopName, s.ShopEmail = strings.TrimSpace(f.ShopName), strings.TrimSpace(f.ShopEmail)
	s.ShopPhone, s.TimeZone = strings.TrimSpace(f.ShopPhone), strings.TrimSpace(f.TimeZone)
	s.TaxOffReason = strings.TrimSpace(f.TaxOffReason)
	s.ShopAddress, s.ShopHours = lines(f.ShopAddress), lines(f.ShopHours)
	r.amount(&s.FreeShippingOver, "free_shipping_over", f.FreeShippingOver)
	r.number(&s.ReturnDays, "return_days", f.ReturnDays)
	r.number(&s.RatePerMinute, "rate_per_minute", f.RatePerMinute)
	r.number(&s.LowStockAt, "low_stock_at", f.LowStockAt)
	r.number(&s.TaxYears, "tax_years", f.TaxYears)
	s.Zones = nil
	for i := range f.Zones {
		if z := &f.Zones[i]; !z.Remove {
			s.Zones = append(s.Zones, r.zone(z, base.Zones[i]))
		}
	}
	if !f.New.blank() {
		r.newCode = f.New.code(base.Zones)
		s.Zones = append(s.Zones, r.zone(&f.New, shop.Zone{Code: r.newCode}))
	}
	return s, r
}

func (r *settingsReading) zone(f *ZoneForm, z shop.Zone) shop.Zone {
	z.Name, z.Country = strings.TrimSpace(f.Name), strings.ToUpper(strings.TrimSpace(f.Country))
	z.On, z.FreeShipping, z.FreeReturns = f.On, f.FreeShipping, f.FreeReturns
	r.amount(&z.Rate, f.Field("rate"), f.Rate)
	z.States = strings.FieldsFunc(strings.ToUpper(f.States), func(r rune) bool {
		return r == ',' || r == ';' || unicode.IsSpace(r)
	})
	return z
}

// code is a new zone's: its name as a handle, else its country, with a number
// where there is such a zone already.
func (z *ZoneForm) code(taken []shop.Zone) string {
	stem := shop.MakeHandle(z.Name)
	if stem == "" {
		stem = shop.MakeHandle("zone " + z.Country)
	}
	stem = strings.Trim(stem[:min(len(stem), 30)], "-")
	for n := 1; ; n++ {
		code := stem
		if n > 1 {
			code = fmt.Sprintf("%s-%d", stem, n)
		}
		if !hasZone(taken, code) {
			return code
		}
	}
}

func hasZone(zones []shop.Zone, code string) bool {
	for i := range zones {
		if zones[i].Code == code {
			return true
		}
	}
	return false
}

// grouped is an amount with its thousands apart, as the shop writes it.
var grouped = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{0,2})?$`)

// amount reads dollars as people type them: "100", "100.00", "$1,299.00".
func (r *settingsReading) amount(to *shop.Cents, field, typed string) {
	text := strings.TrimPrefix(strings.TrimSpace(typed), "$")
	if grouped.MatchString(text) {
		text = strings.ReplaceAll(text, ",", "")
	}
	cents, err := shop.ParseCents(text)
	if _, fraction, _ := strings.Cut(text, "."); err != nil || len(fraction) > 2 {
		r.bad[field] = "Write an amount in dollars, such as 8.00 or $1,299.00."
		if strings.TrimSpace(typed) == "" {
			r.bad[field] = "Write an amount in dollars; 0.00 is for nothing."
		}
		return
	}
	*to = cents
}

func (r *settingsReading) number(to *int, field, typed string) {
	text := strings.TrimSpace(typed)
	n, err := strconv.Atoi(text)
	if err != nil || strings.Trim(text, "0123456789") != "" {
		r.bad[field] = "Write a whole number, such as 60."
		return
	}
	*to = n
}

// lines is a text of several lines without the spaces and empty lines around
// them.
func lines(typed string) string {
	list := strings.Split(strings.ReplaceAll(typed, "\r\n", "\n"), "\n")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return strings.Trim(strings.Join(list, "\n"), "\n")
}

// refusal joins what could not be read with what is wrong with the rest, each
// as a sentence beside its input; nil where nothing is.
func (r *settingsReading) refusal(err error) error {
	var e *shop.Error
	if err != nil && (!errors.As(err, &e) || e.Kind != shop.KindInvalid || e.Fields == nil) {
		return err
	}
	fields := map[string]string{}
	if e != nil {
		for name, text := range e.Fields {
			fields[r.input(name)] = sentence(text)
		}
	}
	for name, text := range r.bad {
		fields[name] = text
	}
	if len(fields) == 0 {
		return nil
	}
	refused := shop.Invalid("Nothing is saved yet. %s", howMany(len(fields)))
	refused.Fields = fields
	return refused
}

// input is the name of the input for a setting: the new zone's go by another.
func (r *settingsReading) input(name string) string {
	if rest, ok := strings.CutPrefix(name, shop.ZoneField(r.newCode, "")); ok && r.newCode != "" {
		return "new." + rest
	}
	return name
}

func howMany(n int) string {
	if n == 1 {
		return "One entry is not right; it says why."
	}
	return fmt.Sprintf("%d entries are not right; each says why.", n)
}

// sentence begins with a capital and ends with a full stop.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(text[size:], ".") + "."
}
