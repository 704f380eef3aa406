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
		{"a word backwards", "drowssap2026", false},
		{"a word in a spelling of signs", "7r0ub4d0r$", false},
		{"names in another spelling", "M1ch43l&J3ss1c4", false},
		{"a season and a year", "Winter-2026-Winter", false},
		{"the shop's name", "quillfern2026!", false},
		{"the shop's name turned round", "nreflliuq2026", false},
		{"a piece again and again", "xk7!xk7!xk7!xk7!", false},
		{"keys from right to left", "poiuytrewqlkjh", false},
		{"keys in steps", "1q2w3e4r5t6y", false},
		{"keys on another keyboard", "azertyuiopqsdf", false},
		{"keys down the columns and a sign", "zaq12wsxcde3!", false},
		{"the alphabet from its middle", "lmnopqrstuvwxyz", false},
		{"the alphabet backwards", "zyxwvutsrqponm", false},
		{"a sentence of common and other words", "my horse likes wet gravel", true},
		{"five common words", "tiger ocean guitar winter lemon", true},
		{"three common words", "tiger ocean guitar", false},
		{"the person's name among others", "ada moss walks slowly", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := checkPassword(tt.password, ada, "Quill & Fern hello@quillfern.example"); (err == nil) != tt.good {
				t.Errorf("%q: %v", tt.password, err)
			}
		})
	}
	if err := checkPassword(DemoPassword, shop.Staff{Email: DemoEmail, Name: "Demo Owner"}, "Longrun"); err != nil {
		t.Errorf("the demo owner's: %v", err)
	}
}

// TestACommonWordInItsUsualClothesIsRefused dresses every common word as
// people do who are asked for twelve characters, a digit and a sign.
func TestACommonWordInItsUsualClothesIsRefused(t *testing.T) {
	signs := strings.NewReplacer("o", "0", "e", "3", "a", "@", "s", "$")
	forms := map[string]func(string) string{
		"with a year":             func(w string) string { return w + "2026!" },
		"twice":                   func(w string) string { return w + "-" + w },
		"with a capital":          func(w string) string { return strings.ToUpper(w[:1]) + w[1:] + "#1" },
		"with signs for letters":  func(w string) string { return signs.Replace(w) + "_99" },
		"backwards":               func(w string) string { return backwards(w) + "2026" },
		"with the shop's name":    func(w string) string { return "longrun" + w },
		"with the person's name":  func(w string) string { return "ada" + w + "1" },
		"between digits":          func(w string) string { return "123" + w + "321" },
		"with two letters behind": func(w string) string { return w + "xx" },
	}
	ada, words := shop.Staff{Email: "ada@shop.example", Name: "Ada Moss"}, strings.Fields(commonWords)
	if len(words) < 1000 || len(common) != len(words) {
		t.Errorf("%d words, of which %d differ", len(words), len(common))
	}
	for name, dress := range forms {
		for _, word := range words {
			password := dress(word)
			if len(password) < shortestPassword { // would be refused for that
				password += strings.Repeat("1357908642", 2)[:shortestPassword-len(password)]
			}
			if err := checkPassword(password, ada, "Longrun"); err == nil {
				t.Errorf("%s: %s is taken", name, password)
			}
		}
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
