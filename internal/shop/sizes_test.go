package shop_test

import (
	"slices"
	"strings"
	"testing"

	"longrun/internal/shop"
)

func TestSizesAreReadAsPeopleWriteThem(t *testing.T) {
	tests := []struct{ text, want string }{
		{"5-7 by 0.5, 16", "5|5.5|6|6.5|7|16"},
		{"5 - 7 by .5", "5|5.5|6|6.5|7"},
		{"5 to 8", "5|6|7|8"},
		{"36-37.5 by 0.25", "36|36.25|36.5|36.75|37|37.25|37.5"},
		{"5 5.5 6", "5|5.5|6"},
		{"2A, B, D, 2E, 4E", "2A|B|D|2E|4E"},
		{"2A B D 2E 4E", "2A|B|D|2E|4E"},
		{"XS S M L XL", "XS|S|M|L|XL"},
		{"One Size", "One Size"},
		{"Narrow, Extra Wide", "Narrow|Extra Wide"},
		{" 9 ,, 9; 9.5\r\n10\t10.5 ", "9|9.5|10|10.5"},
		{"7-7", "7"},
		{"5-6 by 0.4", "5|5.4|5.8"},
		{"5 6-8", "5 6-8"},
		{"9.50", "9.50"},
	}
	for _, tt := range tests {
		got, err := shop.ExpandSizes(tt.text)
		if strings.Join(got, "|") != tt.want || err != nil {
			t.Errorf("%q is %q, %v", tt.text, got, err)
		}
	}
}

func TestSizesThatAreNoneAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "Write the sizes",
		" , ;\n":                      "Write the sizes",
		"9-5":                         "goes down",
		"5-15 by 0":                   "no step",
		"5-15 by 0.0":                 "no step",
		"0-9999 by 0.01":              "more than 100",
		"1-60, 101-160":               "more than 100",
		"１２":                          "plain letters",
		"9½":                          "plain letters",
		"9\x00":                       "plain letters",
		"5–15":                        "plain letters",
		"Default Title":               "choose another",
		strings.Repeat("long ", 21):   "too long for a size",
		strings.Repeat("9,", 2_001):   "too long for a list",
		strings.Repeat("99999 ", 500): "more than 100",
	} {
		got, err := shop.ExpandSizes(text)
		if want == "more than 100" && strings.HasPrefix(text, "99999 ") { // one size, written often
			if len(got) != 1 || err != nil {
				t.Errorf("a repeated size is %q, %v", got, err)
			}
			continue
		}
		if shop.KindOf(err) != shop.KindInvalid || !strings.Contains(shop.MessageOf(err), want) {
			t.Errorf("%.40q is %q, %v", text, got, err)
		}
	}
}

func FuzzExpandSizes(f *testing.F) {
	for _, seed := range []string{"5-15 by 0.5, 16", "2A B D", "One Size", "0-9999 by .01", "9-5", "1 to 3 by"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		values, err := shop.ExpandSizes(text)
		if err != nil {
			return
		}
		if len(values) == 0 || len(values) > shop.MaxSizes {
			t.Fatalf("%q gives %d values", text, len(values))
		}
		for i, v := range values {
			if v == "" || len(v) > shop.MaxOptionValue || strings.TrimSpace(v) != v || slices.Contains(values[:i], v) || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Fatalf("%q gives %q", text, v)
			}
		}
	})
}
