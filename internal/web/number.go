package web

import (
	"strconv"

	"longrun/internal/shop"
)

// ParseQuantity reads a quantity from a form: ASCII digits alone, 0 to
// shop.MaxQuantity. Signs, spaces, decimals, exponents and the digits of
// other scripts are KindInvalid.
func ParseQuantity(s string) (int, error) {
	n, ok := digits(s)
	if !ok || n > shop.MaxQuantity {
		return 0, shop.Invalid("The quantity must be a number from 0 to %d.", shop.MaxQuantity)
	}
	return int(n), nil
}

// ParseID reads an id: ASCII digits alone, 1 to 2^53-1. Anything else is
// KindInvalid.
func ParseID(s string) (int64, error) {
	n, ok := digits(s)
	if !ok || n < 1 || n >= 1<<53 {
		return 0, shop.Invalid("This is not an id.")
	}
	return n, nil
}

func digits(s string) (int64, bool) {
	if s == "" || len(s) > 16 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
