package shop_test

import (
	"strings"
	"testing"

	"longrun/internal/shop"
)

func TestPricesAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]shop.Cents{
		"0": 0, "129": 12_900, "129.5": 12_950, "129.00": 12_900, "$129": 12_900, "$ 129": 12_900, " 1299.00 ": 129_900, "$1,299.00": 129_900,
		"999,999.99": shop.MaxCents, "007": 700, "0.05": 5,
	} {
		if got, err := shop.ParsePrice(text); got != want || err != nil {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", " ", "$", "-1", "−1", "+1", "1e3", "1.299,00", "1,29", "1.290", "12.", ".5", "12,34,567", "1,2999", ",100", "１２", "١٢", "12 USD", "€12",
		"1 299", "1\u00a0299", "1000000", "99999999999999999999", "0x10", "1_000", "NaN", "Infinity", "12\n13", "12\x00",
	} {
		if got, err := shop.ParsePrice(text); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
}

func TestCountsAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "7": 7, " 12 ": 12, "007": 7, "999999": 999_999} {
		if got, err := shop.ParseCount(text); got != want || err != nil {
			t.Errorf("%q is %d, %v", text, got, err)
		}
		if got, err := shop.ParseOnHand("-" + strings.TrimSpace(text)); got != -want || err != nil {
			t.Errorf("-%q is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "-", "--1", "- 1", "+1", "−1", "1.0", "1,000", "１２", "1e3", "1000000", "99999999999999999999", "12\x00"} {
		if got, err := shop.ParseCount(text); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%q is %d, %v", text, got, err)
		}
		if got, err := shop.ParseOnHand(text); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("on hand %q is %d, %v", text, got, err)
		}
	}
	if _, err := shop.ParseCount("-1"); shop.KindOf(err) != shop.KindInvalid {
		t.Errorf("-1 gives %v", err)
	}
}

func FuzzParsePrice(f *testing.F) {
	for _, seed := range []string{"129.00", "$1,299.00", "1.299,00", "１２", "-1", "1e9"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		price, err := shop.ParsePrice(text)
		if err != nil {
			if shop.MessageOf(err) == "" {
				t.Fatalf("%q is refused without a sentence", text)
			}
			return
		}
		if price < 0 || price > shop.MaxCents {
			t.Fatalf("%q is %d", text, price)
		}
		for _, again := range []string{price.Decimal(), price.String()} {
			if same, err := shop.ParsePrice(again); same != price || err != nil {
				t.Fatalf("%q is %d, and written as %q it is %d, %v", text, price, again, same, err)
			}
		}
	})
}
