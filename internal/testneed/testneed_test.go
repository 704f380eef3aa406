package testneed_test

import (
	"testing"

	"longrun/internal/testneed"
)

// recorder is a test that notes how it ended.
type recorder struct {
	testing.TB
	ended string
}

func (r *recorder) Helper()               {}
func (r *recorder) Fatalf(string, ...any) { r.ended = "failed"; panic(r) }
func (r *recorder) Skipf(string, ...any)  { r.ended = "left out"; panic(r) }

func TestWhatIsMissingIsLeftOutUnlessEverythingIsWanted(t *testing.T) {
	for all, want := range map[string]string{"": "left out", "0": "left out", "1": "failed"} {
		t.Setenv("LONGRUN_TEST_ALL", all)
		r := &recorder{}
		func() {
			defer func() { _ = recover() }()
			testneed.Missing(r, "a browser")
		}()
		if r.ended != want {
			t.Errorf("with LONGRUN_TEST_ALL=%q it is %s, want %s", all, r.ended, want)
		}
	}
}
