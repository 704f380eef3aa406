package stripesim

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/testneed"
)

func TestADiscountIsSplitToTheCent(t *testing.T) {
	tests := []struct {
		name    string
		sum     int64
		weights []int64
		want    []int64
	}{
		{"in proportion", 300, []int64{1000, 2000}, []int64{100, 200}},
		{"the cent left over goes to the largest remainder", 100, []int64{1000, 1000, 999}, []int64{34, 33, 33}},
		{"equal remainders go to the earlier line", 1, []int64{500, 500}, []int64{1, 0}},
		{"a free line gets nothing", 100, []int64{0, 700}, []int64{0, 100}},
		{"nothing over nothing", 0, []int64{0, 0}, []int64{0, 0}},
		{"everything", 1700, []int64{1000, 700}, []int64{1000, 700}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, split(tt.sum, tt.weights)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTaxRoundsHalfUpByLine(t *testing.T) {
	tests := []struct {
		name, country, state string
		cents                int64
		shipping             bool
		want                 int64
		reason               string
	}{
		{"an exact half goes up", "US", "NJ", 400, false, 27, "standard_rated"}, // 26.5
		{"below a half goes down", "US", "NY", 1012, false, 40, "standard_rated"},
		{"three decimals of a percent", "US", "MN", 10000, false, 688, "standard_rated"}, // 687.5
		{"a state without sales tax", "US", "OR", 10000, false, 0, "not_subject_to_tax"},
		{"shipping taxed", "US", "NY", 700, true, 28, "standard_rated"},
		{"shipping not taxed", "US", "CA", 700, true, 0, "product_exempt"},
		{"another country", "CA", "ON", 10000, false, 0, "not_collecting"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := jurisdictionOf(tt.country, tt.state).on(tt.cents, tt.shipping, 0)
			if got.Amount != tt.want || got.TaxabilityReason != tt.reason {
				t.Errorf("got %d %s", got.Amount, got.TaxabilityReason)
			}
		})
	}
}

func TestAPercentageIsReadWithTwoDecimals(t *testing.T) {
	tests := []struct {
		raw  string
		want int64
		ok   bool
	}{{"10", 1000, true}, {"12.5", 1250, true}, {"0.01", 1, true}, {"100", 10000, true}, {"100.01", 0, false},
		{"0", 0, false}, {"-1", 0, false}, {"1.005", 0, false}, {"ten", 0, false}}
	for _, tt := range tests {
		got, ok := percent(json.Number(tt.raw))
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("%s: got %d %v", tt.raw, got, ok)
		}
	}
}

// TestTheTableAgreesWithItsSource compares every rate with the public table it was made from, where that is at hand.
func TestTheTableAgreesWithItsSource(t *testing.T) {
	f, err := os.Open("../../../shared/data/us-state-sales-tax-woocommerce.csv")
	if err != nil {
		testneed.Missing(t, "the table of rates ../shared/data/us-state-sales-tax-woocommerce.csv")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		whole, frac, _ := strings.Cut(row[4], ".")
		rate, err := strconv.ParseInt(whole+frac, 10, 64)
		if st, ok := stateOf(row[1]); err != nil || !ok || st.Rate != rate {
			t.Errorf("%s: %d, want %s", row[1], st.Rate, row[4])
		}
	}
	if len(rows)-1 != len(states) {
		t.Errorf("%d states, want %d", len(states), len(rows)-1)
	}
}

func TestNamesWithBracketsAreSplit(t *testing.T) {
	tests := []struct {
		key  string
		want string
		ok   bool
	}{{"a", "a", true}, {"a[b][0][c]", "a b 0 c", true}, {"a[]", "a ", true}, {"a[b", "", false}, {"a]b", "", false},
		{"[a]", "", false}, {"a[b]c", "", false}, {"a[b[c]]", "", false}, {"a" + strings.Repeat("[x]", 9), "", false}}
	for _, tt := range tests {
		path, ok := splitKey(tt.key)
		if ok != tt.ok || ok && strings.Join(path, " ") != tt.want {
			t.Errorf("%s: %q %v", tt.key, path, ok)
		}
	}
}
