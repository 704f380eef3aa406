package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"longrun/internal/shop"
)

// The cost of a password: argon2id with 19 MiB, two passes and one lane, the
// least that OWASP's password storage cheat sheet names.
const (
	hashMemory = 19 * 1024 // KiB
	hashPasses = 2
	hashLanes  = 1
	hashLength = 32
	saltLength = 16
)

// The lengths of a password. Nothing else is asked of its letters.
const (
	shortestPassword = 12
	longestPassword  = 256
)

var encoding = base64.RawStdEncoding

// hash makes a password's hash, with a salt of its own.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	_, _ = rand.Read(salt)
	sum, err := s.derive(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s%s$%s", hashHead, encoding.EncodeToString(salt), encoding.EncodeToString(sum)), nil
}

var hashHead = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, hashMemory, hashPasses, hashLanes)

// nobody is the hash that is compared where there is none, so that an unknown
// account takes as long as a known one. No password fits it.
var nobody = hashHead + encoding.EncodeToString(make([]byte, saltLength)) + "$" + encoding.EncodeToString(make([]byte, hashLength))

// fits says whether a password is the one that was hashed. It takes as long
// whatever the hash is, "" included.
func (s *Service) fits(ctx context.Context, password, hash string) (bool, error) {
	salt, want, ok := splitHash(hash)
	if !ok {
		salt, want, _ = splitHash(nobody)
	}
	if len(password) > 4*longestPassword {
		password, ok = password[:4*longestPassword], false
	}
	got, err := s.derive(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && ok, nil
}

func splitHash(hash string) (salt, sum []byte, ok bool) {
	body, ok := strings.CutPrefix(hash, hashHead)
	if !ok {
		return nil, nil, false
	}
	first, second, _ := strings.Cut(body, "$")
	salt, err := encoding.DecodeString(first)
	if err != nil || len(salt) != saltLength {
		return nil, nil, false
	}
	sum, err = encoding.DecodeString(second)
	return salt, sum, err == nil && len(sum) == hashLength
}

// derive waits for its turn; not more than hashesAtOnce run at the same time.
func (s *Service) derive(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case s.hashing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.hashing }()
	return argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, hashLanes, hashLength), nil
}

// checkPassword refuses a password that is too short, too long or too easily
// guessed by who knows the person or the shop.
func (s *Service) checkPassword(ctx context.Context, password string, about shop.Staff) error {
	settings, err := s.db.Settings(ctx)
	if err != nil {
		return err
	}
	return checkPassword(password, about, settings.ShopName+" "+settings.ShopEmail)
}

// checkPassword is the rule itself; house are the shop's own words. The error
// names the form's field "password".
func checkPassword(password string, about shop.Staff, house string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < shortestPassword:
		return refuse("password", fmt.Sprintf("A password has at least %d characters. A few unrelated words are easy to remember.", shortestPassword))
	case n > longestPassword:
		return refuse("password", fmt.Sprintf("A password has at most %d characters.", longestPassword))
	case isCommon(password, about, house):
		return refuse("password", "This password is among the first that anybody would guess. Take a few unrelated words.")
	}
	return nil
}

// refuse is a KindInvalid error at a field of a form.
func refuse(field, message string) error {
	e := shop.Invalid("%s", message)
	e.Fields = map[string]string{field: message}
	return e
}
