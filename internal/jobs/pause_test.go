package jobs

import (
	"testing"
	"time"
)

func TestPausesGrowToAnHour(t *testing.T) {
	tests := map[int]time.Duration{
		0: time.Second, 1: time.Second, 2: 5 * time.Second, 3: 30 * time.Second, 4: 2 * time.Minute,
		5: 10 * time.Minute, 6: time.Hour, 7: time.Hour, 19: time.Hour,
	}
	for tries, want := range tests {
		if got := pauseAfter(tries); got != want {
			t.Errorf("after %d tries: %s, want %s", tries, got, want)
		}
	}
}
