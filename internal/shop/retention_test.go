package shop

import (
	"testing"
	"time"
)

func TestTheYearsOfTaxLawEndWithTheCalendarOfTheShop(t *testing.T) {
	sold := Retention{Kind: RetainSold}
	s := DefaultSettings() // Los Angeles, 7 years
	at := func(text string) Instant {
		when, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return At(when)
	}
	for now, want := range map[string]string{
		"2033-12-31T23:59:59-08:00": "2026-01-01T00:00:00-08:00",
		"2034-01-01T00:00:00-08:00": "2027-01-01T00:00:00-08:00",
		"2034-01-01T07:59:59Z":      "2026-01-01T00:00:00-08:00", // not yet the new year there
	} {
		if got := sold.Cut(at(now), s); !got.Equal(at(want).Time) {
			t.Errorf("at %s what was sold before %s is old, want %s", now, got, want)
		}
	}
	day := Retention{Keep: 24 * time.Hour}
	if got := day.Cut(at("2026-11-22T10:00:00Z"), s); !got.Equal(at("2026-11-21T10:00:00Z").Time) {
		t.Errorf("a day ends at %s", got)
	}
}

func TestHowLongSomethingIsKeptReadsWell(t *testing.T) {
	for want, r := range map[string]Retention{
		"1 day": {Keep: oneDay}, "2 days": {Keep: 2 * oneDay}, "90 days": {Keep: 90 * oneDay}, "1 year": {Keep: 365 * oneDay}, "3 years": {Keep: 3 * 365 * oneDay},
		"until the end of the 7th year after the sale": {},
	} {
		if got := r.Days(7); got != want {
			t.Errorf("%v reads %q, want %q", r.Keep, got, want)
		}
	}
	for years, want := range map[int]string{1: "until the end of the year after the sale", 2: "until the end of the 2nd year after the sale",
		3: "until the end of the 3rd year after the sale", 11: "until the end of the 11th year after the sale", 21: "until the end of the 21st year after the sale"} {
		if got := (Retention{}).Days(years); got != want {
			t.Errorf("%d years read %q", years, got)
		}
	}
}
