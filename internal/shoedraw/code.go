package shoedraw

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
)

// Code is what an entrant keeps, to prove that they were in.
type Code [16]byte

// crockford is base 32 without I, L, O and U, left aligned.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// mac is HMAC-SHA-256 of parts, one after the other.
func mac(key []byte, parts ...string) [sha256.Size]byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write([]byte(p))
	}
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return sum
}

// NewCode is an entrant's code of a month, from the key that the shop keeps
// for them.
func NewCode(entrantKey []byte, p Period) Code {
	sum := mac(entrantKey, "SHOEDRAW/1 code\x00", string(p))
	return Code(sum[:len(Code{})])
}

// Ticket is the entry of a code under an address.
func (c Code) Ticket(p Period, address string) Ticket {
	return mac(c[:], "SHOEDRAW/1 ticket\x00", string(p), "\x00", address)
}

// String is 26 characters of Crockford's base 32.
func (c Code) String() string { return crockford.EncodeToString(c[:]) }

var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "")

// ParseCode reads a code as people write it: in lower case too, with spaces or
// hyphens, O for 0 and I or L for 1.
func ParseCode(s string) (Code, error) {
	var c Code
	text := misread.Replace(strings.ToUpper(strings.TrimSpace(s)))
	b, err := crockford.DecodeString(text)
	if err != nil || len(b) != len(c) || crockford.EncodeToString(b) != text {
		return c, fmt.Errorf("a code has 26 letters and digits, such as %s", Code{}.String())
	}
	return Code(b), nil
}

// Secret is the random value of a sealed month, from the master key.
func Secret(masterKey []byte, p Period) Hash {
	return mac(masterKey, "SHOEDRAW/1 sealed\x00", string(p))
}
