package shop_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func TestACollectionIsTidiedOrRefusedByField(t *testing.T) {
	tests := []struct {
		name, title, handle, sort string
		text                      int
		want                      string // the handle, or the fields that are refused
	}{
		{"an address is made of the title", "  Road &  Track ", "", shop.SortManual, 0, "road-track"},
		{"an address as typed", "Road", " trail-2 ", shop.SortPrice, 0, "trail-2"},
		{"no title", "", "", shop.SortManual, 0, "title"},
		{"a title of 256 characters", strings.Repeat("ü", 256), "a", shop.SortManual, 0, "title"},
		{"a title of 255 characters", strings.Repeat("ü", 255), "a", shop.SortManual, 0, "a"},
		{"a control character", "Ro\x00ad", "a", shop.SortManual, 0, "title"},
		{"a title that gives no address", "跑鞋", "", shop.SortManual, 0, "handle"},
		{"capitals in the address", "Road", "Road", shop.SortManual, 0, "handle"},
		{"a slash in the address", "Road", "road/../x", shop.SortManual, 0, "handle"},
		{"the collection of everything", "All", "", shop.SortManual, 0, "handle"},
		{"an order that there is not", "Road", "", "id; drop", 0, "sort"},
		{"a text that is too long", "Road", "", shop.SortManual, shop.MaxCollectionText + 1, "description"},
		{"all of it at once", "", "/", "", shop.MaxCollectionText + 1, "description handle sort title"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := shop.Collection{Title: tt.title, Handle: tt.handle, SortOrder: tt.sort, Description: strings.Repeat("a", tt.text)}
			got := ""
			if err := c.Tidy(); err != nil {
				got = strings.Join(fieldsOf(t, err), " ")
			} else {
				got = c.Handle
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestRearrange(t *testing.T) {
	tests := []struct {
		name   string
		wanted map[rune]int
		want   string
	}{
		{"nothing", nil, "abcdef"},
		{"one to the front", map[rune]int{'d': 1}, "dabcef"},
		{"one to the back", map[rune]int{'a': 99}, "bcdefa"},
		{"one step down", map[rune]int{'b': 3}, "acbdef"},
		{"two that pass each other", map[rune]int{'a': 3, 'f': 1}, "fbacde"},
		{"two at one place keep their order", map[rune]int{'e': 1, 'b': 1}, "ebacdf"},
		{"all of them", map[rune]int{'a': 6, 'b': 5, 'c': 4, 'd': 3, 'e': 2, 'f': 1}, "fedcba"},
		{"a stranger and a place before the first", map[rune]int{'x': 1, 'c': -7}, "cabdef"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := []rune("abcdef")
			if got := string(shop.Rearrange(list, tt.wanted)); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if diff := cmp.Diff([]rune("abcdef"), list); diff != "" {
				t.Error("the list itself was changed")
			}
		})
	}
}

// fieldsOf are the fields that an error names.
func fieldsOf(t *testing.T, err error) []string {
	t.Helper()
	var e *shop.Error
	if !errors.As(err, &e) || e.Kind != shop.KindInvalid {
		t.Fatalf("%v is not a refusal", err)
	}
	return slices.Sorted(maps.Keys(e.Fields))
}
