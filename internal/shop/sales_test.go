package shop_test

import (
	"testing"
	"time"

	"longrun/internal/shop"
)

func TestTheLastDaysAreThoseOfTheShop(t *testing.T) {
	portland, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, now   string
		first, last string // in UTC
		hours       float64
	}{
		{"in the evening it is tomorrow in UTC", "2026-11-22T05:00:00Z", "2026-11-20T08:00:00Z", "2026-11-22T08:00:00Z", 48},
		{"a day of 25 hours", "2026-11-01T20:00:00Z", "2026-10-31T07:00:00Z", "2026-11-02T08:00:00Z", 49},
		{"a day of 23 hours", "2027-03-14T20:00:00Z", "2027-03-13T08:00:00Z", "2027-03-15T07:00:00Z", 47},
		{"over the turn of the year", "2027-01-01T20:00:00Z", "2026-12-31T08:00:00Z", "2027-01-02T08:00:00Z", 48},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			days := shop.LastDays(shop.At(now), portland, 2)
			if len(days) != 3 || days[0].Format(time.RFC3339) != tt.first || days[2].Format(time.RFC3339) != tt.last {
				t.Errorf("%v, want from %s to %s", days, tt.first, tt.last)
			}
			if got := days[2].Sub(days[0].Time).Hours(); got != tt.hours {
				t.Errorf("%v hours, want %v", got, tt.hours)
			}
		})
	}
}
