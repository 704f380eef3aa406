package shop

import (
	"regexp"
	"strconv"
	"strings"
)

var price = regexp.MustCompile(`^\$? ?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]{1,2})?$`)

// ParsePrice reads an amount as people write it: "129", "129.00", "$1,299.00".
// Signs, other digits than 0 to 9, a comma before cents and more than two
// places are refused, since nobody could say which amount was meant.
func ParsePrice(text string) (Cents, error) {
	text = strings.TrimSpace(text)
	parts := price.FindStringSubmatch(text)
	if parts == nil {
		return 0, Invalid("%q is not an amount such as 129.00.", shortened(text))
	}
	amount, err := ParseCents(strings.ReplaceAll(parts[1], ",", "") + parts[2])
	if err != nil {
		return 0, Invalid("%q is more than %s.", shortened(text), MaxCents)
	}
	return amount, nil
}

// ParseCount reads a number of pieces: the digits 0 to 9 and nothing else, at
// most MaxCount.
func ParseCount(text string) (int64, error) {
	text = strings.TrimSpace(text)
	n, err := strconv.ParseInt(text, 10, 64)
	if text == "" || !digits(text) {
		return 0, Invalid("%q is not a whole number.", shortened(text))
	}
	if err != nil || n > MaxCount {
		return 0, Invalid("%q is more than %d.", shortened(text), MaxCount)
	}
	return n, nil
}

// MaxCount is the largest number of pieces that staff may write down at once.
const MaxCount = 999_999

// ParseOnHand is ParseCount for a count that may have gone below zero where
// more is sold than there is: it takes a hyphen in front.
func ParseOnHand(text string) (int64, error) {
	text = strings.TrimSpace(text)
	rest, negative := strings.CutPrefix(text, "-")
	n, err := ParseCount(rest)
	if err != nil || negative && strings.HasPrefix(rest, " ") {
		return 0, Invalid("%q is not a whole number.", shortened(text))
	}
	if negative {
		n = -n
	}
	return n, nil
}

// shortened is a text as an error repeats it.
func shortened(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
