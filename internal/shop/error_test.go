package shop

import (
	"errors"
	"fmt"
	"testing"
)

func TestAnErrorKeepsItsKindAndItsSecretsApart(t *testing.T) {
	secret := errors.New("password=hunter2")
	tests := []struct {
		name    string
		err     error
		kind    Kind
		message string
	}{
		{"none", nil, KindInternal, ""},
		{"a stranger's", secret, KindInternal, ""},
		{"what makes no sense", Invalid("%d is too many", 7), KindInvalid, "7 is too many"},
		{"what is not there", NotFound("There is no such shoe."), KindNotFound, "There is no such shoe."},
		{"what came too late", Conflict("sold"), KindConflict, "sold"},
		{"what cannot be done now", Unavailable(secret, "Try again."), KindUnavailable, "Try again."},
		{"wrapped", fmt.Errorf("placing: %w", NotFound("gone")), KindNotFound, "gone"},
		{"the outermost of two counts", &Error{Kind: KindTooMany, Message: "slow down", Err: Invalid("inner")}, KindTooMany, "slow down"},
		{"joined", errors.Join(secret, Invalid("no")), KindInvalid, "no"},
		{"a twin", ErrExists, KindInternal, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := KindOf(tt.err); got != tt.kind {
				t.Errorf("kind %d, want %d", got, tt.kind)
			}
			if got := MessageOf(tt.err); got != tt.message {
				t.Errorf("message %q, want %q", got, tt.message)
			}
			if got := IsNotFound(tt.err); got != (tt.kind == KindNotFound) {
				t.Errorf("not found: %v", got)
			}
		})
	}
	if err := Unavailable(secret, "Try again."); !errors.Is(err, secret) || err.Error() != "Try again.: password=hunter2" {
		t.Errorf("the log is told %q", err)
	}
}
