package mail_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	ourmail "longrun/internal/mail"
	"longrun/internal/shop"
)

func TestWhatAServerSaysIsKeptAsPlainWords(t *testing.T) {
	tests := []struct{ name, says, want string }{
		{"a reason", "5.1.1 <ada@runner.example>: user unknown", "550 5.1.1 <ada@runner.example>: user unknown"},
		{"marks that no page should have", "no\x1b[31m\x00 such\u202e user", "550 no [31m such user"},
		{"a book", strings.Repeat("no ", 400), ""},
	}
	for _, tt := range tests {
		s := &sink{onRcpt: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.NoEnhancedCode, Message: tt.says}}
		sender, err := ourmail.NewSMTP("smtp://" + serve(t, s))
		if err != nil {
			t.Fatal(err)
		}
		err = sender.Send(t.Context(), message())
		var no *ourmail.Refused
		if !errors.As(err, &no) || !errors.Is(err, shop.ErrPermanent) {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if tt.want != "" && no.Words != tt.want {
			t.Errorf("%s: %q", tt.name, no.Words)
		}
		if n := len([]rune(no.Words)); n > 401 || strings.ContainsAny(no.Words, "\n\x00\x1b\u202e") {
			t.Errorf("%s: %d letters: %q", tt.name, n, no.Words)
		}
	}
}
