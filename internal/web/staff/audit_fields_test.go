package staff

import "testing"

func TestDetailsAreReadAsPeopleWrite(t *testing.T) {
	for details, want := range map[string]string{
		`{"amount":1234567890,"reason":""}`:                              "amount: 1234567890, reason: nothing",
		`{"units":[4,5],"note":null}`:                                    "note: nothing, units: 4; 5",
		`{"units":[{"unit":5,"net":14000000}],"free":true,"rate":0.125}`: "free: true, rate: 0.125, units: net 14000000, unit 5",
		`{"before":"paid","after":null}`:                                 "paid → nothing",
		`{"before":{"price":14000000},"after":{"price":15000000}}`:       "price: 14000000 → 15000000",
		`not JSON`: "not JSON",
	} {
		if got := detailText(&details); got != want {
			t.Errorf("%s reads %q, want %q", details, got, want)
		}
	}
}
