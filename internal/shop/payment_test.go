package shop

import (
	"strings"
	"testing"
)

func TestValidSessionID(t *testing.T) {
	tests := []struct {
		name, id string
		want     bool
	}{
		{"a test session", "cs_test_a1B2c3", true},
		{"a live session", "cs_live_a1B2c3", true},
		{"a very long one", "cs_test_" + strings.Repeat("a", 200), true},
		{"an endless one", "cs_test_" + strings.Repeat("a", 201), false},
		{"none", "", false},
		{"only the beginning", "cs_test_", false},
		{"another mode", "cs_prod_abc", false},
		{"another kind of thing", "pi_abc", false},
		{"the placeholder, not filled in", "{CHECKOUT_SESSION_ID}", false},
		{"a way up", "cs_test_../refunds", false},
		{"a query", "cs_test_a?limit=100", false},
		{"a line after it", "cs_test_abc\n", false},
		{"something before it", "xcs_test_abc", false},
		{"letters beyond ASCII", "cs_test_é", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := ValidSessionID(tt.id); got != tt.want {
				t.Errorf("ValidSessionID(%q) = %v", tt.id, got)
			}
		})
	}
}
