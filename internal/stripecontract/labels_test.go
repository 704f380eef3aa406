package stripecontract_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// mistakes is how many mistakes of other shops are known that this one must
// not make; each test against one begins its comment with T and its number.
const mistakes = 35

var label = regexp.MustCompile(`(?m)^// (T\d+(?:(?:, | and )T\d+)*)\b`)

func TestEachKnownMistakeHasItsTest(t *testing.T) {
	tested := map[string]bool{}
	house := os.DirFS("..")
	err := fs.WalkDir(house, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := fs.ReadFile(house, path)
		for _, found := range label.FindAllStringSubmatch(string(code), -1) {
			for _, name := range strings.Fields(strings.NewReplacer(",", " ", "and", " ").Replace(found[1])) {
				tested[name] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= mistakes; n++ {
		if name := fmt.Sprintf("T%d", n); !tested[name] {
			t.Errorf("%s has no test", name)
		}
	}
}
