package web_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
	"longrun/internal/web"
)

func TestStrictJSON(t *testing.T) {
	type item struct {
		ID         int64             `json:"id"`
		Quantity   *int              `json:"quantity"`
		Properties map[string]string `json:"properties"`
	}
	two := 2
	tests := []struct {
		name, body string
		want       *item // nil for a refusal
	}{
		{"an object", `{"id": 7, "quantity": 2}`, &item{ID: 7, Quantity: &two}},
		{"unknown keys pass", `{"id": 7, "sections": ["bag"], "more": {"a": [1, null, true]}}`, &item{ID: 7}},
		{"nested objects", `{"id": 7, "properties": {"Engraving": "Ada"}}`, &item{ID: 7, Properties: map[string]string{"Engraving": "Ada"}}},
		{"a key twice", `{"id": 7, "id": 8}`, nil},
		{"a key twice in other case", `{"id": 7, "ID": 8}`, nil},
		{"a key twice, written as an escape", `{"id": 7, "\u0069d": 8}`, nil},
		{"a key twice further in", `{"properties": {"a": "1", "a": "2"}}`, nil},
		{"a second document", `{"id": 7} {"id": 8}`, nil},
		{"text behind it", `{"id": 7} x`, nil},
		{"cut off", `{"id": 7`, nil},
		{"nothing", ``, nil},
		{"a number as text", `{"id": "7"}`, nil},
		{"a fraction", `{"id": 7.5}`, nil},
		{"an exponent", `{"id": 1e3}`, nil},
		{"a number beyond 64 bits", `{"id": 9223372036854775808}`, nil},
		{"a list where an object belongs", `[7]`, nil},
		{"nested too deep", strings.Repeat(`{"a":`, 20) + "1" + strings.Repeat("}", 20), nil},
		{"lists nested far too deep", strings.Repeat("[", 9000) + strings.Repeat("]", 9000), nil},
		{"text that is not UTF-8", "{\"properties\": {\"a\": \"\xff\"}}", nil},
		{"a NUL", `{"properties": {"a": "\u0000"}}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got item
			err := web.StrictJSON(strings.NewReader(tt.body), &got)
			if tt.want == nil {
				if shop.KindOf(err) != shop.KindMalformed {
					t.Errorf("read %+v with error %v", got, err)
				}
				return
			}
			if diff := cmp.Diff(*tt.want, got); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}

func TestQuantitiesAreDigitsAlone(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "1": 1, "07": 7, "10000": 10_000} {
		if got, err := web.ParseQuantity(text); err != nil || got != want {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "-1", "+1", "1.0", "1.5", "1e3", "0x1", "２", "１", " 1", "1 ", "10001", "2147483648", "9223372036854775807", "99999999999999999999", "1 OR 1", "null"} {
		if got, err := web.ParseQuantity(text); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
}

func TestIDsArePositiveAndBelowTwoToThe53(t *testing.T) {
	if got, err := web.ParseID("9007199254740991"); err != nil || got != 1<<53-1 {
		t.Errorf("the greatest id is %d, %v", got, err)
	}
	for _, text := range []string{"", "0", "-1", "9007199254740992", "1 OR 1=1", "７"} {
		if got, err := web.ParseID(text); err == nil {
			t.Errorf("%q is %d", text, got)
		}
	}
}
