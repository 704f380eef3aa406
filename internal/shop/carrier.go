package shop

import (
	"net/url"
	"regexp"
	"strings"
)

// Carrier takes parcels.
type Carrier struct {
	Name   string
	link   string         // the page of a number, which follows it
	number *regexp.Regexp // what its numbers look like
}

// OtherCarrier is chosen for a carrier that is not in the list.
const OtherCarrier = "Other"

// The lengths of what staff write on a parcel.
const (
	MaxCarrier     = 60
	MaxTracking    = 100
	MaxTrackingURL = 250
)

// carriers are told apart by their numbers in this order.
var carriers = []Carrier{
	{"USPS", "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
		regexp.MustCompile(`^(420[0-9]{5}([0-9]{4})?)?9[1-5][0-9]{18,20}$|^[A-Z]{2}[0-9]{9}US$`)},
	{"UPS", "https://www.ups.com/track?tracknum=", regexp.MustCompile(`^1Z[0-9A-Z]{16}$`)},
	{"FedEx", "https://www.fedex.com/fedextrack/?trknbr=", regexp.MustCompile(`^([0-9]{12}|[0-9]{15}|96[0-9]{20})$`)},
	{"DHL", "https://www.dhl.com/us-en/home/tracking.html?tracking-id=", regexp.MustCompile(`^([0-9]{10}|JJ?D[0-9]{16,22}|GM[0-9]{16,18})$`)},
	{"OnTrac", "https://www.ontrac.com/tracking/?number=", regexp.MustCompile(`^[CD][0-9]{14}$`)},
}

// Carriers are the carriers whose pages the shop knows.
func Carriers() []Carrier { return append([]Carrier(nil), carriers...) }

// CarrierNamed finds a carrier in what a program or a person calls it, such as
// "ups" or "USPS Ground Advantage".
func CarrierNamed(s string) (Carrier, bool) {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	for _, word := range words {
		for _, c := range carriers {
			if word == strings.ToLower(c.Name) {
				return c, true
			}
		}
	}
	return Carrier{}, false
}

// GuessCarrier says whose number this looks like.
func GuessCarrier(number string) (Carrier, bool) {
	number = bare(number)
	for _, c := range carriers {
		if c.number.MatchString(number) {
			return c, true
		}
	}
	return Carrier{}, false
}

// URL is the carrier's page about a number.
func (c Carrier) URL(number string) string { return c.link + url.QueryEscape(number) }

// Tracking is what is written on a parcel, checked.
type Tracking struct {
	Carrier string // a Carrier's name, or another's; "" where nobody said
	Number  string
	URL     string // https, "" for none
}

// ReadTracking reads carrier and number as staff write them. A carrier left
// out is guessed from the number; in place of a number there may be an https
// address. Errors: KindInvalid with Fields "carrier" and "tracking".
func ReadTracking(carrier, number string) (Tracking, error) {
	carrier, number = strings.Join(strings.Fields(carrier), " "), strings.TrimSpace(number)
	t := Tracking{Carrier: carrier, Number: number}
	known, isKnown := CarrierNamed(carrier)
	switch {
	case isKnown:
		t.Carrier = known.Name
	case strings.EqualFold(carrier, OtherCarrier):
		t.Carrier = ""
	case len(carrier) > MaxCarrier || !printable(carrier):
		return t, fieldError("carrier", "Write the carrier's name in at most 60 plain characters.")
	case carrier == "":
		if known, isKnown = GuessCarrier(number); isKnown {
			t.Carrier = known.Name
		}
	}
	if strings.Contains(number, ":") {
		if t.URL = ownPage(number); t.URL == "" {
			return t, fieldError("tracking", "Write a tracking number, or a whole address that begins with https://.")
		}
		t.Number = ""
		return t, nil
	}
	if len(number) > MaxTracking || !printable(number) {
		return t, fieldError("tracking", "Write the tracking number in at most 100 plain characters.")
	}
	if isKnown && number != "" {
		t.Number = bare(number)
		t.URL = known.URL(t.Number)
	}
	return t, nil
}

// ownPage is an address that may be shown to shoppers as a link, "" for any
// other.
func ownPage(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(s) > MaxTrackingURL || !printable(s) || strings.Contains(s, " ") {
		return ""
	}
	return u.String()
}

// bare is a number without the spaces that people read it by.
func bare(number string) string { return strings.ToUpper(strings.ReplaceAll(number, " ", "")) }

func printable(s string) bool {
	for _, r := range s {
		if r < ' ' || r > '~' {
			return false
		}
	}
	return true
}
