package app_test

import (
	"testing"
	"time"

	"longrun/internal/shop"
)

const minute = time.Minute

// eventually waits up to ten seconds for something that happens elsewhere.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 400 {
		if is() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("not within 10 s: %s", what)
}

// waitAsPeopleDo waits as long as a person takes to fill a form in.
func waitAsPeopleDo() { time.Sleep(shop.ContactTooQuick + 200*time.Millisecond) }
