package shoedraw

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Hash is a SHA-256.
type Hash [sha256.Size]byte

// Sum is the hash of bytes.
func Sum(b []byte) Hash { return sha256.Sum256(b) }

// String is 64 hexadecimal digits in lower case.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Zero says that nothing is named.
func (h Hash) Zero() bool { return h == Hash{} }

// ParseHash reads what String writes.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if len(s) != 2*len(h) || strings.ToLower(s) != s {
		return h, fmt.Errorf("%q is not 64 hexadecimal digits in lower case", s)
	}
	if _, err := hex.Decode(h[:], []byte(s)); err != nil {
		return h, fmt.Errorf("%q is not 64 hexadecimal digits in lower case", s)
	}
	return h, nil
}

// Ticket is one entry of one month: it names nobody.
type Ticket [32]byte

// String is 64 hexadecimal digits in lower case.
func (t Ticket) String() string { return hex.EncodeToString(t[:]) }

// ParseTicket reads what String writes.
func ParseTicket(s string) (Ticket, error) {
	h, err := ParseHash(s)
	return Ticket(h), err
}

// ErrMalformed is the error of everything that is not written as the protocol
// says.
var ErrMalformed = errors.New("not a document of SHOEDRAW/1")

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, args...))
}

func hashOf(b []byte) []byte {
	h := Sum(b)
	return h[:]
}
