package shop

import (
	"regexp"
	"slices"
	"strings"
)

// AccountAddress is where a shopper's orders may go.
type AccountAddress struct {
	ID         AccountAddressID
	AccountID  AccountID
	Ref        string // names it in addresses of pages; the key of the form that added it, so that it is added once
	Name       string
	Line1      string
	Line2      string
	City       string
	State      string
	PostalCode string
	Country    string // ISO 3166-1 alpha-2
	IsDefault  bool   // the one that the payment page begins with
	CreatedAt  Instant
}

// MaxAddresses is how many addresses an account keeps.
const MaxAddresses = 20

// maxAddressLine is how long one line of an address may be.
const maxAddressLine = 100

var postalCodeUS = regexp.MustCompile(`^[0-9]{5}(-[0-9]{4})?$`)

// Clean brings an address into the form in which it is kept. What is missing
// and where the shop does not ship to is KindInvalid, all of it at once, with
// the fields "name", "line1", "line2", "city", "state", "postal_code" and
// "country".
func (a AccountAddress) Clean(s Settings) (AccountAddress, error) {
	var f flaws
	for _, field := range []struct {
		name, missing string
		value         *string
	}{
		{"name", "Write who gets the parcel.", &a.Name}, {"line1", "Write the street and the number.", &a.Line1},
		{"line2", "", &a.Line2}, {"city", "Write the city.", &a.City}, {"postal_code", "Write the postal code.", &a.PostalCode},
	} {
		*field.value = strings.Join(strings.Fields(*field.value), " ")
		f.add(*field.value == "" && field.missing != "", field.name, "%s", field.missing)
		f.add(!isLine(*field.value, maxAddressLine) || !plain(*field.value), field.name, "This is one line of at most %d letters.", maxAddressLine)
	}
	a.State, a.Country = strings.ToUpper(strings.TrimSpace(a.State)), strings.ToUpper(strings.TrimSpace(a.Country))
	a.checkPlace(&f, s)
	return a, f.err()
}

func (a *AccountAddress) checkPlace(f *flaws, s Settings) {
	countries := s.AddressCountries()
	if a.Country == "" && len(countries) == 1 {
		a.Country = countries[0]
	}
	f.add(!slices.Contains(countries, a.Country), "country", "The shop does not ship to this country.")
	f.add(a.Country == "US" && a.PostalCode != "" && !postalCodeUS.MatchString(a.PostalCode), "postal_code", "This is not a ZIP code. One looks like 97201 or 97201-1234.")
	f.add(a.Country == "US" && a.State == "", "state", "Choose the state.")
	f.add(a.State != "" && !isState(a.Country, a.State), "state", "This is not a state or province. Write its short form, such as OR.")
	if _, ships := s.ZoneOf(a.Country, a.State); !ships {
		f.add(slices.Contains(countries, a.Country), "state", "The shop does not ship there.")
	}
}

// ShipsTo says whether the shop still ships to an address, since what it ships
// to may have changed after the address was kept.
func (a *AccountAddress) ShipsTo(s Settings) bool {
	_, ships := s.ZoneOf(a.Country, a.State)
	return ships
}

// AddressCountries are the countries that an address may be in, those first
// that stand first in the settings.
func (s Settings) AddressCountries() []string {
	var countries []string
	for _, z := range s.ZonesOn() {
		if !slices.Contains(countries, z.Country) {
			countries = append(countries, z.Country)
		}
	}
	return countries
}

// AddressStates are the states to choose from where the shop ships to parts of
// one country only; none where a state has to be typed.
func (s Settings) AddressStates() []string {
	if len(s.AddressCountries()) != 1 {
		return nil
	}
	var states []string
	for _, z := range s.ZonesOn() {
		if len(z.States) == 0 {
			return nil
		}
		states = append(states, z.States...)
	}
	slices.Sort(states)
	return slices.Compact(states)
}

// Lines are an address as it stands on a parcel, without the name.
func (a *AccountAddress) Lines() []string {
	lines := []string{a.Line1, a.Line2, strings.TrimSpace(a.City + ", " + strings.TrimSpace(a.State+" "+a.PostalCode)), a.Country}
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}
