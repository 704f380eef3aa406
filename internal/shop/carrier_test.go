package shop

import (
	"strings"
	"testing"
)

func TestTrackingIsReadAsPeopleWriteIt(t *testing.T) {
	tests := []struct {
		name, carrier, number string
		want                  Tracking
	}{
		{"nothing at all", "", " ", Tracking{}},
		{"a carrier in small letters", "ups", "1z 999 AA1 01 2345 6784", Tracking{"UPS", "1Z999AA10123456784", "https://www.ups.com/track?tracknum=1Z999AA10123456784"}},
		{"a service", "USPS Ground Advantage", "x", Tracking{"USPS", "X", "https://tools.usps.com/go/TrackConfirmAction?tLabels=X"}},
		{"guessed: USPS", "", "9400 1000 0000 0000 0000 00", Tracking{"USPS", "9400100000000000000000", "https://tools.usps.com/go/TrackConfirmAction?tLabels=9400100000000000000000"}},
		{"guessed: FedEx", "", "999999999999", Tracking{"FedEx", "999999999999", "https://www.fedex.com/fedextrack/?trknbr=999999999999"}},
		{"guessed: DHL", "", "1234567890", Tracking{"DHL", "1234567890", "https://www.dhl.com/us-en/home/tracking.html?tracking-id=1234567890"}},
		{"guessed: OnTrac", "", "C12345678901234", Tracking{"OnTrac", "C12345678901234", "https://www.ontrac.com/tracking/?number=C12345678901234"}},
		{"not to be guessed", "", "AB-1", Tracking{"", "AB-1", ""}},
		{"another carrier", "Bike  Courier", "1Z999AA10123456784", Tracking{"Bike Courier", "1Z999AA10123456784", ""}},
		{"other", "Other", "1Z999AA10123456784", Tracking{"", "1Z999AA10123456784", ""}},
		{"a number that is no address stays in its place", "UPS", "1/2?a=b&c#d", Tracking{"UPS", "1/2?A=B&C#D", "https://www.ups.com/track?tracknum=1%2F2%3FA%3DB%26C%23D"}},
		{"a page of one's own", "Bike Courier", "https://bikes.example/p/7?x=1", Tracking{"Bike Courier", "", "https://bikes.example/p/7?x=1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ReadTracking(tt.carrier, tt.number)
			if err != nil || got != tt.want {
				t.Errorf("%+v %v, want %+v", got, err, tt.want)
			}
		})
	}
}

func TestTrackingThatCouldHarmIsRefused(t *testing.T) {
	for name, tt := range map[string]struct{ carrier, number, field string }{
		"a script":              {"", "javascript:alert(1)", "tracking"},
		"a script in capitals":  {"UPS", " JavaScript://x%0aalert(1)", "tracking"},
		"plain http":            {"", "http://bikes.example/1", "tracking"},
		"an address with a key": {"", "https://a:b@bikes.example/", "tracking"},
		"no host":               {"", "https:///x", "tracking"},
		"a data address":        {"", "data:text/html,x", "tracking"},
		"a long number":         {"", strings.Repeat("9", 101), "tracking"},
		"a long address":        {"", "https://bikes.example/" + strings.Repeat("9", 250), "tracking"},
		"other letters":         {"", "１２３", "tracking"},
		"a line break":          {"", "1\n2", "tracking"},
		"a long carrier":        {strings.Repeat("x", 61), "1", "carrier"},
		"a carrier of markup":   {"Ünder", "1", "carrier"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadTracking(tt.carrier, tt.number)
			e, ok := err.(*Error)
			if !ok || e.Kind != KindInvalid || e.Fields[tt.field] == "" {
				t.Errorf("%+v %v", got, err)
			}
		})
	}
}
