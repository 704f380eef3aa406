package shop_test

import (
	"testing"
	"time"

	"longrun/internal/shop"
)

func TestALimitCountsFromTheFirstAsking(t *testing.T) {
	start := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	limit := shop.AskLimit{Most: 2, Within: time.Hour}
	var count shop.SignInCount
	tests := []struct {
		name    string
		after   time.Duration
		allowed bool
	}{
		{"the first", 0, true},
		{"the second", 50 * time.Minute, true},
		{"the third within the hour", 59 * time.Minute, false},
		{"pressing again does not lengthen the wait", time.Hour - time.Second, false},
		{"an hour after the first", time.Hour, true},
		{"the second of the new hour", 61 * time.Minute, true},
		{"the third of the new hour", 100 * time.Minute, false},
		{"after the clock was set back", -time.Hour, true},
	}
	for _, tt := range tests {
		next, allowed := limit.Allow(count, shop.At(start.Add(tt.after).Time))
		if allowed != tt.allowed {
			t.Errorf("%s: %v", tt.name, allowed)
		}
		if allowed {
			count = next
		}
	}
}

func TestASubjectKeepsNothingThatWasTyped(t *testing.T) {
	a, b := shop.AskSubject("x", "ab", "c"), shop.AskSubject("x", "a", "bc")
	if a == b || len(a) != 2+32 || a[:2] != "x:" || a != shop.AskSubject("x", "ab", "c") {
		t.Errorf("%s %s", a, b)
	}
}
