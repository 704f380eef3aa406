package shop

import (
	"net/mail"
	"strings"
	"unicode"
)

// CleanEmail is a typed address without the spaces around it, in the case in
// which it was typed. What no mail can reach, and what has more in it than one
// bare address, is KindInvalid with the field.
func CleanEmail(field, typed string) (string, error) {
	email := strings.TrimSpace(typed)
	if email == "" {
		return "", fieldError(field, "Write your e-mail address.")
	}
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || parsed.Name != "" || len(email) > maxMailAddress || strings.ContainsFunc(email, unicode.IsControl) {
		return "", fieldError(field, "This is not an e-mail address. One looks like name@example.com.")
	}
	return email, nil
}

// SameEmail is the form in which addresses are compared: without spaces
// around it, in small letters.
func SameEmail(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }
