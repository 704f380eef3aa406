package shop_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func TestNotesArePlainText(t *testing.T) {
	tests := []struct {
		name, text, want string
		refused          bool
	}{
		{"stays as it is", "Ring twice, please.", "Ring twice, please.", false},
		{"has its lines as the shop writes them", " a\r\nb\n", "a\nb", false},
		{"may be 500 characters of any script", strings.Repeat("靴", 500), strings.Repeat("靴", 500), false},
		{"may have joined emoji", "👩‍👩‍👧", "👩‍👩‍👧", false},
		{"may not be longer", strings.Repeat("é", 501), "", true},
		{"may not ring", "\a", "", true},
		{"may not steer a terminal", "\x1b[2J", "", true},
		{"may not turn writing around", "a\u202Eb", "", true},
		{"may not break lines in another way", "a\u2028b", "", true},
		{"may not be broken", "\xff", "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := shop.CheckNote("note", tt.text)
			if got != tt.want || (shop.KindOf(err) == shop.KindInvalid) != tt.refused {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestPropertiesStandByNameAndHaveADigest(t *testing.T) {
	list, err := shop.LineProperties(map[string]string{"b": "2", "a": "1", "empty": ""})
	want := []shop.LineProperty{{Position: 1, Name: "a", Value: "1"}, {Position: 2, Name: "b", Value: "2"}}
	if diff := cmp.Diff(want, list); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	digests := map[string]bool{}
	for _, values := range []map[string]string{nil, {"a": "1"}, {"a": "12"}, {"a1": "2"}, {"a": "1", "b": "2"}, {"a": "1b2"}} {
		list, _ := shop.LineProperties(values)
		digest := shop.PropertiesDigest(list)
		if digest == "" || digests[digest] {
			t.Errorf("%v has the digest %q of another", values, digest)
		}
		digests[digest] = true
	}
}

func TestPairsHaveLimits(t *testing.T) {
	many := map[string]string{}
	for i := range shop.MaxPairs + 1 {
		many[fmt.Sprint(i)] = "x"
	}
	for name, values := range map[string]map[string]string{
		"a name that is missing":   {"": "x"},
		"a name that is too long":  {strings.Repeat("n", 101): "x"},
		"a value that is too long": {"n": strings.Repeat("v", 501)},
		"a value of two lines":     {"n": "a\nb"},
		"too many":                 many,
	} {
		if _, err := shop.LineProperties(values); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%s on a line: %v", name, err)
		}
		if _, err := shop.MergeAttributes(nil, values); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%s on a bag: %v", name, err)
		}
	}
}

func TestAMarkTellsLinesFromTerms(t *testing.T) {
	lines := []shop.CartLine{{VariantID: 1, Digest: "a"}, {VariantID: 2, Digest: "a"}}
	found := func(price shop.Cents) map[shop.VariantID]shop.Product {
		return map[shop.VariantID]shop.Product{
			1: {Title: "Tern Racer", Variants: []shop.Variant{{Price: price}}},
			2: {Title: "Cap", Variants: []shop.Variant{{Price: 2_400}}},
		}
	}
	mark := shop.MarkSeen(lines, found(14_000))
	if again := shop.MarkSeen(lines, found(14_000)); again != mark {
		t.Errorf("the same bag has the marks %q and %q", mark, again)
	}
	if dearer := shop.MarkSeen(lines, found(15_000)); dearer == mark || !dearer.SameLines(mark) {
		t.Error("another price is another mark of the same lines")
	}
	if fewer := shop.MarkSeen(lines[:1], found(14_000)); fewer.SameLines(mark) {
		t.Error("fewer lines are other lines")
	}
	if turned := shop.MarkSeen([]shop.CartLine{lines[1], lines[0]}, found(14_000)); turned.SameLines(mark) {
		t.Error("another order is other lines, since quantities come in order")
	}
}
