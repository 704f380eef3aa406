// Package testneed says what a test needs and this machine has not. It is for
// tests only.
package testneed

import (
	"os"
	"testing"
)

// Missing leaves a test out, aloud. With LONGRUN_TEST_ALL=1, where everything
// is wanted, it fails instead.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("LONGRUN_TEST_ALL") == "1" {
		t.Fatalf("missing, and LONGRUN_TEST_ALL=1 wants it: %s", what)
	}
	t.Skipf("left out, since it is missing: %s", what)
}
