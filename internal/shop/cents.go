package shop

import (
	"fmt"
	"strconv"
	"strings"
)

// Cents is an amount of the shop's one currency in its smallest unit.
// Stripe takes the same integers.
type Cents int64

// MaxCents is the largest amount Stripe takes in one payment, $999,999.99.
const MaxCents Cents = 99_999_999

// String writes the amount as shoppers read it: "$1,234.50", "-$3.00".
func (c Cents) String() string {
	sign, dollars, cents := c.parts()
	return fmt.Sprintf("%s$%s.%02d", sign, grouped(dollars), cents)
}

// Short writes whole dollars without their cents, as banners do: "$100",
// but "$99.50".
func (c Cents) Short() string {
	return strings.TrimSuffix(c.String(), ".00")
}

// Decimal writes the amount without a currency sign and without grouping:
// "1234.50", as CSV files and feeds want it.
func (c Cents) Decimal() string {
	sign, dollars, cents := c.parts()
	return fmt.Sprintf("%s%d.%02d", sign, dollars, cents)
}

func (c Cents) parts() (sign string, dollars, cents uint64) {
	n := uint64(c)
	if c < 0 {
		sign, n = "-", -n
	}
	return sign, n / 100, n % 100
}

func grouped(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// ParseCents reads a decimal amount such as "12", "12.5" or "1234.50" with at
// most two decimals that count; further zeros are allowed, as exports write
// them ("35.000"). It refuses signs, grouping, exponents and anything outside
// 0 to MaxCents.
func ParseCents(s string) (Cents, error) {
	whole, frac, _ := strings.Cut(s, ".")
	frac = strings.TrimRight(frac, "0")
	if whole == "" || len(whole) > 9 || len(frac) > 2 || !digits(whole) || !digits(frac) {
		return 0, Invalid("%q is not an amount such as 12.50", s)
	}
	for len(frac) < 2 {
		frac += "0"
	}
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil || Cents(n) > MaxCents {
		return 0, Invalid("%q is more than %s", s, MaxCents)
	}
	return Cents(n), nil
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// Split divides an amount over n equal parts by cumulative floor, so that the
// parts always add up to it exactly: part i is floor(amount*i/n) less what
// the parts before it have.
func (c Cents) Split(n int) []Cents {
	weights := make([]int64, n)
	for i := range weights {
		weights[i] = 1
	}
	return c.SplitBy(weights)
}

// SplitBy divides an amount in proportion to weights by cumulative floor. All
// weights zero gives everything to the last part.
func (c Cents) SplitBy(weights []int64) []Cents {
	parts := make([]Cents, len(weights))
	var total, seen int64
	for _, w := range weights {
		total += w
	}
	var given Cents
	for i, w := range weights {
		seen += w
		upTo := Cents(0)
		if total > 0 {
			upTo = Cents(mulDiv(int64(c), seen, total))
		} else if i == len(weights)-1 {
			upTo = c
		}
		parts[i] = upTo - given
		given = upTo
	}
	return parts
}
