package shop

import "time"

// DaySales are what was paid on one day in the shop's time zone, with tax and
// shipping and before anything was given back.
type DaySales struct {
	Day    Instant // its first moment
	Orders int64
	Amount Cents
}

// LastDays are the first moments of the last n days in a time zone, the oldest
// first, and the end of the last of them, which is the day of now. A day may
// have 23 or 25 hours.
func LastDays(now Instant, zone *time.Location, n int) []Instant {
	y, m, d := now.In(zone).Date()
	bounds := make([]Instant, n+1)
	for i := range bounds {
		bounds[i] = At(time.Date(y, m, d-n+1+i, 0, 0, 0, 0, zone))
	}
	return bounds
}
