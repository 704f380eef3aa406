package shop

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckNote brings a note into the form in which it is kept, lines ending in
// a newline, or says in one sentence why it cannot be kept. what names it.
func CheckNote(what, text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case utf8.RuneCountInString(text) > MaxText:
		return "", Invalid("The %s can have at most %d characters.", what, MaxText)
	case !plain(strings.ReplaceAll(text, "\n", " ")):
		return "", Invalid("The %s has characters that cannot be printed.", what)
	}
	return text, nil
}

// MergeAttributes lays changes over a bag's attributes: an empty value takes
// one away. The result stands by name.
func MergeAttributes(have []CartAttribute, changes map[string]string) ([]CartAttribute, error) {
	all := make(map[string]string, len(have)+len(changes))
	for _, a := range have {
		all[a.Name] = a.Value
	}
	for name, value := range changes {
		if err := checkPair("attribute", name, value); err != nil {
			return nil, err
		}
		all[name] = value
	}
	list, err := LineProperties(all) // the same rules and the same order
	if err != nil {
		return nil, Invalid("At most %d attributes fit on a bag.", MaxPairs)
	}
	merged := make([]CartAttribute, len(list))
	for i, p := range list {
		merged[i] = CartAttribute{Name: p.Name, Value: p.Value}
	}
	return merged, nil
}

func checkPair(what, name, value string) error {
	switch {
	case name == "" || utf8.RuneCountInString(name) > MaxNameChars || !plain(name):
		return Invalid("The name of each %s must be 1 to %d plain characters.", what, MaxNameChars)
	case utf8.RuneCountInString(value) > MaxText || !plain(value):
		return Invalid("The %s “%s” can have at most %d plain characters.", what, name, MaxText)
	}
	return nil
}

// plain says whether text is valid and has nothing in it that a label printer
// or a log would act on: control characters, line separators, marks that turn
// the direction of writing.
func plain(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) || r >= '\u2028' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\uFEFF' {
			return false
		}
	}
	return true
}
