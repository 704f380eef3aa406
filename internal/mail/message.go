// Package mail writes messages from the templates in templates/mail and hands
// them over: to an SMTP server, or in development to a folder that keeps one
// file per hand-over.
//
// A message is multipart/alternative, goes to exactly one person, and keeps
// its Message-ID when it has to be handed over again after a cut.
package mail

import (
	"bytes"
	"context"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"longrun/internal/shop"
)

// Message is a mail that is ready to go.
type Message struct {
	ID      string // Message-ID without its angle brackets, "abc@shop.example"
	From    string // an address, with or without a name
	ReplyTo string // "" for none
	To      string // one bare address
	Subject string
	Text    string
	HTML    string
	At      shop.Instant // its Date
}

// Sender hands a message over. An error that wraps shop.ErrPermanent means
// that it was refused for good; after any other it is not known whether the
// message went out, and it may be handed over again with the same ID.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// maxAddress is the longest address SMTP can carry (RFC 5321, 4.5.3.1.3, less
// the angle brackets).
const maxAddress = 254

// CheckAddress returns an error unless s is one bare mail address, without a
// name, a comment or anything that could end a header line. The error wraps
// shop.ErrPermanent.
func CheckAddress(s string) error {
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Name != "" || parsed.Address != s || len(s) > maxAddress || !oneLine(s) {
		return fmt.Errorf("%w: %q is not one mail address", shop.ErrPermanent, s)
	}
	return nil
}

// oneLine says whether s can stand in a header as it is.
func oneLine(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// check refuses what must not become a header.
func (m Message) check() error {
	if err := CheckAddress(m.To); err != nil {
		return err
	}
	for _, h := range []struct{ name, value string }{
		{"Message-ID", m.ID}, {"From", m.From}, {"Reply-To", m.ReplyTo}, {"Subject", m.Subject},
	} {
		if !oneLine(h.value) || h.value == "" && h.name != "Reply-To" {
			return fmt.Errorf("%w: %q cannot be the %s of a mail", shop.ErrPermanent, h.value, h.name)
		}
	}
	if strings.ContainsAny(m.ID, "<> ") || m.Text == "" || m.HTML == "" || m.At.IsZero() {
		return fmt.Errorf("%w: the mail %q is not complete", shop.ErrPermanent, m.ID)
	}
	return nil
}

// compose is the message as go-mail writes it.
func (m Message) compose() (*gomail.Msg, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.From(m.From); err != nil {
		return nil, fmt.Errorf("%w: %w", shop.ErrPermanent, err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("%w: %w", shop.ErrPermanent, err)
	}
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(m.ReplyTo); err != nil {
			return nil, fmt.Errorf("%w: %w", shop.ErrPermanent, err)
		}
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.At.Time)
	// Neither vacation notes nor other robots shall answer (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}

// bytes is the message in the form of RFC 5322.
func (m Message) bytes() ([]byte, error) {
	msg, err := m.compose()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("writing a mail: %w", err)
	}
	return b.Bytes(), nil
}

// Headers are the header lines with which a message goes, each unfolded.
func (m Message) Headers() ([]string, error) {
	raw, err := m.bytes()
	if err != nil {
		return nil, err
	}
	head, _, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n\n")
	return strings.Split(strings.NewReplacer("\n ", " ", "\n\t", " ").Replace(head), "\n"), nil
}
