package shop

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// MaxSizes is how many values ExpandSizes gives at most.
const MaxSizes = 100

const maxSizeText = 4_000

var (
	sizeRange = regexp.MustCompile(`^([0-9]{1,4}(?:\.[0-9]{1,2})?) ?(?:-|to) ?([0-9]{1,4}(?:\.[0-9]{1,2})?)(?: by ([0-9]{0,4}(?:\.[0-9]{1,2})?))?$`)
	sizeCode  = regexp.MustCompile(`^(?:[0-9][0-9A-Z.]*|[A-Z0-9]{1,3})$`)
)

// ExpandSizes reads the values of an option as people write them down: a list
// with commas or one a line, in which "5-15 by 0.5" stands for 5, 5.5 and so on
// to 15, and sizes and widths may stand with only a space between them: "5 5.5
// 6", "2A B D". "One Size" stays one value. A value that comes twice counts
// once. Other characters than ASCII's and more than MaxSizes values are
// refused.
func ExpandSizes(text string) ([]string, error) {
	if len(text) > maxSizeText {
		return nil, Invalid("That is too long for a list of sizes.")
	}
	var values []string
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;\r\n\t", r) }) {
		item = strings.Join(strings.Fields(item), " ")
		found, err := sizesOf(item)
		if err != nil {
			return nil, err
		}
		for _, value := range found {
			if !slices.Contains(values, value) {
				values = append(values, value)
			}
		}
		if len(values) > MaxSizes {
			return nil, Invalid("That makes more than %d sizes.", MaxSizes)
		}
	}
	if len(values) == 0 {
		return nil, Invalid("Write the sizes, such as 5-15 by 0.5, or 2A, B, D.")
	}
	return values, nil
}

// sizesOf are the values of one item of the list.
func sizesOf(item string) ([]string, error) {
	for _, r := range item {
		if r < ' ' || r > '~' {
			return nil, Invalid("%q has the character %q; write sizes with plain letters and digits.", shortened(item), r)
		}
	}
	if parts := sizeRange.FindStringSubmatch(item); parts != nil {
		return sizesFrom(item, hundredths(parts[1]), hundredths(parts[2]), parts[3])
	}
	words := strings.Fields(item)
	if slices.ContainsFunc(words, func(w string) bool { return !sizeCode.MatchString(w) }) {
		words = []string{item}
	}
	switch {
	case item == "":
		return nil, nil
	case item == DefaultTitle:
		return nil, Invalid("%q is what a product without sizes has; choose another.", item)
	case len(item) > MaxOptionValue && len(words) == 1:
		return nil, Invalid("%q is too long for a size.", shortened(item))
	}
	return words, nil
}

// MaxOptionValue is how many characters the value of an option may have.
const MaxOptionValue = 100

// sizesFrom counts from one size to another, in hundredths.
func sizesFrom(item string, from, to int, by string) ([]string, error) {
	step := hundredths(by)
	switch {
	case by == "":
		step = 100
	case step == 0:
		return nil, Invalid("%q has no step.", item)
	}
	switch {
	case from > to:
		return nil, Invalid("%q goes down; write the smaller size first.", item)
	case (to-from)/step >= MaxSizes:
		return nil, Invalid("%q makes more than %d sizes.", item, MaxSizes)
	}
	var values []string
	for n := from; n <= to; n += step {
		whole, rest := strconv.Itoa(n/100), strconv.Itoa(n%100 + 100)[1:]
		values = append(values, strings.TrimSuffix(strings.TrimRight(whole+"."+rest, "0"), "."))
	}
	return values, nil
}

// hundredths reads "7", "7.5" and "7.25"; the caller has looked at its form.
func hundredths(text string) int {
	whole, rest, _ := strings.Cut(text, ".")
	n, _ := strconv.Atoi(whole + (rest + "00")[:2])
	return n
}
