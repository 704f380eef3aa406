package shop

import (
	"strings"
	"testing"
)

func TestMakeHandle(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a handle stays as it is", "trail-runner-2", "trail-runner-2"},
		{"capitals and spaces", "  Trail Runner  2 ", "trail-runner-2"},
		{"marks are taken off", "Fußweg Ångström Éclair Ćma Łódź", "fussweg-angstrom-eclair-cma-lodz"},
		{"apostrophes vanish", "Women’s Runner's", "womens-runners"},
		{"runs of signs are one hyphen", "a / b -- c.d_e", "a-b-c-d-e"},
		{"signs at the ends go", "--a--", "a"},
		{"a no-break space is a space", "a\u00a0b", "a-b"},
		{"other scripts give nothing", "跑鞋", ""},
		{"too long is cut", strings.Repeat("a", 300), strings.Repeat("a", MaxHandle)},
		{"injection is only letters", "slug x'--; DROP", "slug-x-drop"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := MakeHandle(tt.text)
			if got != tt.want {
				t.Errorf("MakeHandle(%q) = %q, want %q", tt.text, got, tt.want)
			}
			if again := MakeHandle(got); again != got {
				t.Errorf("a made handle %q turns into %q", got, again)
			}
		})
	}
}

func TestSortOr(t *testing.T) {
	tests := []struct{ name, asked, otherwise, want string }{
		{"a known one is taken", "price-ascending", "manual", "price-ascending"},
		{"an unknown one gives the list's own", "price; DROP", "title-ascending", "title-ascending"},
		{"neither known gives manual", "", "", "manual"},
		{"best-selling is not offered", "best-selling", "", "manual"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := SortOr(tt.asked, tt.otherwise); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
