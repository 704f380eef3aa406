package shoedraw

import (
	"strconv"
	"time"
)

// Period is a month, written 2026-11.
type Period string

// ParsePeriod reads a month.
func ParsePeriod(s string) (Period, error) {
	if t, err := time.Parse("2006-01", s); err != nil || t.Format("2006-01") != s {
		return "", malformed("%q is not a month such as 2026-11", s)
	}
	return Period(s), nil
}

// Instant is a moment in UTC to the second.
type Instant struct{ time.Time }

// At is t as an Instant.
func At(t time.Time) Instant { return Instant{t.UTC().Truncate(time.Second)} }

// String is RFC 3339.
func (i Instant) String() string { return i.UTC().Format("2006-01-02T15:04:05Z") }

// ParseInstant reads what String writes.
func ParseInstant(s string) (Instant, error) {
	t, err := time.Parse("2006-01-02T15:04:05Z", s)
	if err != nil {
		return Instant{}, malformed("%q is not a moment such as 2026-11-01T00:00:00Z", s)
	}
	return At(t), nil
}

// parseCount reads a number that is not negative, without leading zeros.
func parseCount(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != s {
		return 0, malformed("%q is not a number", s)
	}
	return n, nil
}
