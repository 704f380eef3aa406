package mail

import (
	"testing"

	gomail "github.com/wneessen/go-mail"
)

func TestOnlyThisMachineMayDoWithoutTLS(t *testing.T) {
	tests := map[string]gomail.TLSPolicy{
		"localhost": gomail.TLSOpportunistic, "127.0.0.1": gomail.TLSOpportunistic, "::1": gomail.TLSOpportunistic,
		"mail.example": gomail.TLSMandatory, "10.0.0.3": gomail.TLSMandatory, "localhost.example": gomail.TLSMandatory,
	}
	for host, want := range tests {
		if got := (&SMTP{host: host}).policy(); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
}
