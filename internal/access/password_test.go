package access

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"longrun/internal/shop"
)

func TestWhatAPasswordMustBe(t *testing.T) {
	ada := shop.Staff{Email: "ada.moss@shop.example", Name: "Ada Moss"}
	tests := []struct {
		name, password string
		good           bool
	}{
		{"a few words", "seven quiet hills at dawn", true},
		{"twelve characters", "xk7 plom-wq9", true},
		{"eleven characters", "xk7 plom-wq", false},
		{"twelve letters that are not Latin", "быстрыекросс", true},
		{"256 characters", strings.Repeat("quick wolf ", 23) + "abc", true},
		{"257 characters", strings.Repeat("quick wolf ", 23) + "abcd", false},
		{"nothing", "", false},
		{"twelve spaces", strings.Repeat(" ", 12), false},
		{"one letter again and again", "aaaaaaaaaaaaaaaa", false},
		{"digits in a row", "1234567890123", false},
		{"a date and more digits", "2026-11-22 2026", false},
		{"password and digits", "password123456", false},
		{"password in another spelling", "P@ssw0rd!!2026", false},
		{"a word twice", "PasswordPassword1", false},
		{"keys in a row", "qwertyuiop123", false},
		{"keys by columns", "1qaz2wsx3edc4rfv", false},
		{"the shop's own words", "longrunshoes2026!", false},
		{"a famous example", "correct horse battery", false},
		{"the person's name", "ada-moss-2026-!", false},
		{"the person's name among others", "ada moss walks slowly", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := checkPassword(tt.password, ada); (err == nil) != tt.good {
				t.Errorf("%q: %v", tt.password, err)
			}
		})
	}
	if err := checkPassword(DemoPassword, shop.Staff{Email: DemoEmail, Name: "Demo Owner"}); err != nil {
		t.Errorf("the demo owner's: %v", err)
	}
}

func TestAHashFitsItsPasswordOnly(t *testing.T) {
	s, ctx := New(nil, Options{}), context.Background()
	one, err := s.hash(ctx, "seven quiet hills")
	if err != nil {
		t.Fatal(err)
	}
	two, _ := s.hash(ctx, "seven quiet hills")
	if one == two || !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("%s and %s", one, two)
	}
	for hash, want := range map[string]bool{
		one: true, two: true, "": false, nobody: false, one[:len(one)-2]: false,
		strings.Replace(one, "m=19456", "m=8", 1): false, strings.Replace(one, "argon2id", "argon2i", 1): false,
	} {
		if fits, err := s.fits(ctx, "seven quiet hills", hash); fits != want || err != nil {
			t.Errorf("%s: %v %v", hash, fits, err)
		}
	}
	if fits, _ := s.fits(ctx, "seven quiet hill", one); fits {
		t.Error("another password fits")
	}
}

func TestAtMostTwoPasswordsAreHashedAtOnce(t *testing.T) {
	s := New(nil, Options{})
	s.hashing <- struct{}{}
	s.hashing <- struct{}{} // two are at it
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.hash(ctx, "seven quiet hills"); err == nil {
		t.Error("a third did not wait")
	}
	<-s.hashing
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := s.hash(context.Background(), "seven quiet hills"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
