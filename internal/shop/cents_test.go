package shop

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCentsAreWrittenThreeWays(t *testing.T) {
	tests := []struct {
		name                   string
		cents                  Cents
		string, short, decimal string
	}{
		{"nothing", 0, "$0.00", "$0", "0.00"},
		{"one cent", 1, "$0.01", "$0.01", "0.01"},
		{"ten cents keep their zero", 10, "$0.10", "$0.10", "0.10"},
		{"whole dollars", 10_000, "$100.00", "$100", "100.00"},
		{"dollars and cents", 9_950, "$99.50", "$99.50", "99.50"},
		{"just below a thousand", 99_999, "$999.99", "$999.99", "999.99"},
		{"a thousand is grouped", 100_000, "$1,000.00", "$1,000", "1000.00"},
		{"what Stripe takes at most", MaxCents, "$999,999.99", "$999,999.99", "999999.99"},
		{"a million", 100_000_000, "$1,000,000.00", "$1,000,000", "1000000.00"},
		{"less than nothing", -300, "-$3.00", "-$3", "-3.00"},
		{"one cent less", -1, "-$0.01", "-$0.01", "-0.01"},
		{"the largest number", math.MaxInt64, "$92,233,720,368,547,758.07", "$92,233,720,368,547,758.07", "92233720368547758.07"},
		{"the smallest number", math.MinInt64, "-$92,233,720,368,547,758.08", "-$92,233,720,368,547,758.08", "-92233720368547758.08"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := []string{tt.cents.String(), tt.cents.Short(), tt.cents.Decimal()}
			if diff := cmp.Diff([]string{tt.string, tt.short, tt.decimal}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseCents(t *testing.T) {
	good := []struct {
		name, text string
		want       Cents
	}{
		{"whole dollars", "12", 1_200},
		{"one decimal", "12.5", 1_250},
		{"two decimals", "1234.50", 123_450},
		{"zeros beyond the cents, as exports write them", "35.000", 3_500},
		{"zeros in front", "007.10", 710},
		{"nothing", "0", 0},
		{"nothing, written out", "0.00", 0},
		{"one cent", "0.01", 1},
		{"the most", "999999.99", MaxCents},
	}
	for _, tt := range good {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := ParseCents(tt.text); err != nil || got != tt.want {
				t.Errorf("ParseCents(%q) = %d, %v, want %d", tt.text, got, err, tt.want)
			}
		})
	}
	bad := []struct{ name, text string }{
		{"no text", ""},
		{"no dollars", ".50"},
		{"a point alone", "."},
		{"a third decimal that counts", "1.005"},
		{"a cent too many", "1000000.00"},
		{"far too many digits", "10000000000"},
		{"more digits than an int64 has", strings.Repeat("9", 30)},
		{"a minus", "-1"},
		{"a minus in the cents", "1.-5"},
		{"a plus", "+1"},
		{"an exponent", "1e3"},
		{"hexadecimal", "0x10"},
		{"underscores", "1_000"},
		{"grouping", "1,234.50"},
		{"a comma for the point", "12,50"},
		{"a currency sign", "$12"},
		{"spaces", " 12"},
		{"a newline", "12\n"},
		{"a NUL", "12\x00"},
		{"two points", "1.2.0"},
		{"full-width digits", "１２"},
		{"Arabic digits", "١٢"},
		{"full-width decimals", "1.５０"},
		{"infinity", "Inf"},
		{"no number", "NaN"},
	}
	for _, tt := range bad {
		t.Run("refused: "+tt.name, func(t *testing.T) {
			got, err := ParseCents(tt.text)
			if KindOf(err) != KindInvalid {
				t.Errorf("ParseCents(%q) = %d, %v, want a refusal", tt.text, got, err)
			}
		})
	}
}

func TestWhatDecimalWritesParseCentsReads(t *testing.T) {
	for range 1_000 {
		want := Cents(rand.Int64N(int64(MaxCents) + 1))
		if got, err := ParseCents(want.Decimal()); err != nil || got != want {
			t.Fatalf("%d came back as %d, %v", want, got, err)
		}
	}
}

func TestSplit(t *testing.T) {
	tests := []struct {
		name   string
		amount Cents
		n      int
		want   []Cents
	}{
		{"into one", 1_000, 1, []Cents{1_000}},
		{"the odd cent goes to the last", 1_000, 3, []Cents{333, 333, 334}},
		{"two odd cents are spread", 1_001, 3, []Cents{333, 334, 334}},
		{"fewer cents than parts", 2, 4, []Cents{0, 1, 0, 1}},
		{"nothing", 0, 3, []Cents{0, 0, 0}},
		{"into no parts", 5, 0, []Cents{}},
		{"a negative amount", -1_000, 3, []Cents{-333, -333, -334}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.amount.Split(tt.n)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSplitByWeights(t *testing.T) {
	tests := []struct {
		name    string
		amount  Cents
		weights []int64
		want    []Cents
	}{
		{"in proportion", 1_000, []int64{1, 3}, []Cents{250, 750}},
		{"a weight of nothing gets nothing", 1_000, []int64{5, 0, 5}, []Cents{500, 0, 500}},
		{"a last weight of nothing gets nothing", 999, []int64{1, 1, 0}, []Cents{499, 500, 0}},
		{"no weight at all gives the last one everything", 7, []int64{0, 0}, []Cents{0, 7}},
		{"no parts", 7, nil, []Cents{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.amount.SplitBy(tt.weights)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEverySplitIsExact holds random splits, among them some near the ends of
// what an int64 can count, against arithmetic without limits.
func TestEverySplitIsExact(t *testing.T) {
	for range 2_000 {
		amount := Cents(anySize())
		weights := make([]int64, 1+rand.IntN(12))
		for i := range weights {
			weights[i] = anySize() / int64(len(weights))
		}
		checkSplit(t, amount, weights)
	}
}

// anySize is a random number of a random number of bits.
func anySize() int64 { return rand.Int64() >> rand.IntN(63) }

func checkSplit(t *testing.T, amount Cents, weights []int64) {
	t.Helper()
	total := new(big.Int)
	for _, w := range weights {
		total.Add(total, big.NewInt(w))
	}
	if total.Sign() == 0 {
		return
	}
	parts := amount.SplitBy(weights)
	var given Cents
	seen := new(big.Int)
	for i, part := range parts {
		given += part
		seen.Add(seen, big.NewInt(weights[i]))
		upTo := new(big.Int).Mul(big.NewInt(int64(amount)), seen)
		upTo.Div(upTo, total)
		if upTo.Int64() != int64(given) || part < 0 {
			t.Fatalf("%d by %v gives %v: up to part %d it should be %s", amount, weights, parts, i, upTo)
		}
	}
	if given != amount {
		t.Fatalf("%d by %v gives %v, in all %d", amount, weights, parts, given)
	}
}

func TestMulDivDoesNotOverflow(t *testing.T) {
	const most = math.MaxInt64
	tests := []struct {
		name          string
		a, b, c, want int64
	}{
		{"small numbers are floored", 10, 1, 3, 3},
		{"the largest by itself", most, most, most, most},
		{"the largest by half of itself", most, most / 2, most, most / 2},
		{"nothing", 0, most, most, 0},
		{"a negative one mirrors", -10, 1, 3, -3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mulDiv(tt.a, tt.b, tt.c); got != tt.want {
				t.Errorf("mulDiv(%d, %d, %d) = %d, want %d", tt.a, tt.b, tt.c, got, tt.want)
			}
		})
	}
}

func ExampleCents_String() {
	fmt.Println(Cents(123_450))
	// Output: $1,234.50
}
