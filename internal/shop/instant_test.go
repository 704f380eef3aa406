package shop

import (
	"encoding/json"
	"testing"
	"time"
)

func TestAnInstantIsUTCToTheMicrosecond(t *testing.T) {
	zone := time.FixedZone("east", 5*3600+1800)
	tests := []struct {
		name string
		time time.Time
		want string
	}{
		{"nanoseconds are cut", time.Date(2026, 11, 22, 10, 0, 0, 123_456_999, time.UTC), "2026-11-22T10:00:00.123456Z"},
		{"and cut downwards before 1970", time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC), "1969-12-31T23:59:59.999999Z"},
		{"another zone becomes UTC", time.Date(2026, 11, 22, 1, 30, 0, 0, zone), "2026-11-21T20:00:00Z"},
		{"the year 1", time.Time{}, "0001-01-01T00:00:00Z"},
		{"after nanoseconds in an int64 have run out", time.Date(2500, 1, 1, 0, 0, 0, 1_000, time.UTC), "2500-01-01T00:00:00.000001Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i := At(tt.time)
			if got := i.Format(time.RFC3339Nano); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			checkStored(t, i)
			checkJSON(t, i, tt.want)
		})
	}
}

// checkStored sends an instant the way either driver does.
func checkStored(t *testing.T, want Instant) {
	t.Helper()
	value, err := Instant{want.Time.Add(999)}.Value() // what Value is given need not be cut
	stored, ok := value.(time.Time)
	if err != nil || !ok || !stored.Equal(want.Time) || stored.Location() != time.UTC {
		t.Fatalf("Value gives %v, %v", value, err)
	}
	for name, src := range map[string]any{
		"SQLite's":                 stored.UnixMicro(),
		"PostgreSQL's":             stored.In(time.FixedZone("west", -7*3600)),
		"one with its nanoseconds": stored.Add(999),
	} {
		var got Instant
		if err := got.Scan(src); err != nil || !got.Equal(want.Time) || got.Location() != time.UTC {
			t.Errorf("%s form is read as %v, %v", name, got, err)
		}
	}
}

func checkJSON(t *testing.T, i Instant, want string) {
	t.Helper()
	b, err := json.Marshal(i)
	if err != nil || string(b) != `"`+want+`"` {
		t.Errorf("JSON %s, %v", b, err)
	}
	var got Instant
	if err := json.Unmarshal(b, &got); err != nil || !got.Equal(i.Time) {
		t.Errorf("JSON is read as %v, %v", got, err)
	}
}

func TestAnInstantIsNotReadFromAnythingElse(t *testing.T) {
	for name, src := range map[string]any{
		"NULL": nil, "text": "2026-11-22", "a float": 1.5, "bytes": []byte("2026-11-22"), "a bool": true,
	} {
		if err := new(Instant).Scan(src); err == nil {
			t.Errorf("%s was read", name)
		}
	}
	for _, text := range []string{`"yesterday"`, `17`, `"2026-11-22"`, `{}`} {
		if err := json.Unmarshal([]byte(text), new(Instant)); err == nil {
			t.Errorf("JSON %s was read", text)
		}
	}
}

func TestInstantsAddAndCompare(t *testing.T) {
	i := At(time.Date(2026, 3, 8, 9, 59, 59, 0, time.UTC))
	later := i.Add(time.Second + 900*time.Nanosecond)
	if got := later.Format(time.RFC3339Nano); got != "2026-03-08T10:00:00Z" {
		t.Errorf("a second and 900 nanoseconds later is %s", got)
	}
	if !i.Before(later) || later.Before(i) || i.Before(i) {
		t.Error("Before is not strict")
	}
}

func TestMonthOf(t *testing.T) {
	tests := []struct {
		name, utc, zone string
		want            Month
	}{
		{"late in the evening of the last day", "2026-12-01T07:59:59Z", "America/Los_Angeles", "2026-11"},
		{"midnight in the shop", "2026-12-01T08:00:00Z", "America/Los_Angeles", "2026-12"},
		{"the same instant in UTC", "2026-12-01T07:59:59Z", "UTC", "2026-12"},
		{"in summer the day ends an hour earlier", "2026-07-01T07:00:00Z", "America/Los_Angeles", "2026-07"},
		{"the year turns", "2027-01-01T07:00:00Z", "America/Los_Angeles", "2026-12"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, tt.utc)
			if err != nil {
				t.Fatal(err)
			}
			zone, err := time.LoadLocation(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			if got := MonthOf(At(at), zone); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestParseMonth(t *testing.T) {
	for _, good := range []string{"2026-11", "0001-01", "9999-12"} {
		if got, err := ParseMonth(good); err != nil || string(got) != good {
			t.Errorf("%q: %q, %v", good, got, err)
		}
	}
	for _, bad := range []string{"", "2026", "2026-13", "2026-00", "2026-1", "2026-11-01", "26-11", "2026-11 ", "２０２６-11", "2026/11", "-026-11"} {
		if got, err := ParseMonth(bad); KindOf(err) != KindInvalid {
			t.Errorf("%q was read as %q", bad, got)
		}
	}
}
