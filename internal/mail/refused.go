package mail

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"longrun/internal/shop"
)

// Refused is a mail server's no for good to one mail. It wraps
// shop.ErrPermanent.
type Refused struct {
	Words string // what the server said, one line of plain text
}

// Error says what the server said.
func (r *Refused) Error() string { return "the mail server refuses: " + r.Words }

// Unwrap is shop.ErrPermanent.
func (r *Refused) Unwrap() error { return shop.ErrPermanent }

// maxWords is how many letters of a server's answer are kept.
const maxWords = 400

// refusal is the no for good in an error of the SMTP client, nil where there
// is none. A no to the sign-in or to the sender is about us and not about the
// mail, and is tried again.
func refusal(err error) *Refused {
	var e *gomail.SendError
	if !errors.As(err, &e) || e.ErrorCode() < 500 {
		return nil
	}
	if e.Reason != gomail.ErrSMTPRcptTo && e.Reason != gomail.ErrSMTPData && e.Reason != gomail.ErrSMTPDataClose {
		return nil
	}
	said, _, _ := strings.Cut(e.Error(), ", affected recipient(s): ")
	if _, words, ok := strings.Cut(said, ": "); ok {
		said = words
	}
	if code, words, ok := strings.Cut(said, " "); ok { // the client quotes them
		if plain, err := strconv.Unquote(words); err == nil {
			said = code + " " + plain
		}
	}
	return &Refused{Words: plainWords(said)}
}

// plainWords makes one short line of what a server said, without anything
// that is no letter, number or mark.
func plainWords(said string) string {
	words := []rune(strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || !unicode.IsPrint(r) && !unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(said, " "))), " "))
	if len(words) > maxWords {
		words = append(words[:maxWords], '…')
	}
	if len(words) == 0 {
		return "no reason was given"
	}
	return string(words)
}
