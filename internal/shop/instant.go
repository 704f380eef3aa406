package shop

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// Instant is a moment in UTC to the microsecond. It is the only time that is
// stored: INTEGER microseconds on SQLite, timestamptz on PostgreSQL.
type Instant struct{ time.Time }

// At is t as an Instant.
func At(t time.Time) Instant { return Instant{t.UTC().Truncate(time.Microsecond)} }

// Add is the instant d later.
func (i Instant) Add(d time.Duration) Instant { return At(i.Time.Add(d)) }

// Before says whether i is earlier than j.
func (i Instant) Before(j Instant) bool { return i.Time.Before(j.Time) }

// Value gives the database a time cut to microseconds; the drivers write it
// in their own form.
func (i Instant) Value() (driver.Value, error) {
	return i.UTC().Truncate(time.Microsecond), nil
}

// Scan reads what either driver returns.
func (i *Instant) Scan(src any) error {
	switch v := src.(type) {
	case int64:
		*i = At(time.UnixMicro(v))
	case time.Time:
		*i = At(v)
	default:
		return fmt.Errorf("an instant cannot be read from %T", src)
	}
	return nil
}

// MarshalJSON writes RFC 3339.
func (i Instant) MarshalJSON() ([]byte, error) {
	return json.Marshal(i.UTC().Format(time.RFC3339Nano))
}

// UnmarshalJSON reads RFC 3339.
func (i *Instant) UnmarshalJSON(b []byte) error {
	var t time.Time
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	*i = At(t)
	return nil
}

// Month is a calendar month in the shop's time zone, written "2026-11".
type Month string

// MonthOf is the month of an instant in a zone.
func MonthOf(i Instant, zone *time.Location) Month {
	return Month(i.In(zone).Format("2006-01"))
}

// ParseMonth reads "2026-11".
func ParseMonth(s string) (Month, error) {
	if _, err := time.Parse("2006-01", s); err != nil || len(s) != 7 {
		return "", Invalid("%q is not a month such as 2026-11", s)
	}
	return Month(s), nil
}
