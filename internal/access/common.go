package access

import (
	_ "embed"
	"strings"
	"unicode"

	"longrun/internal/shop"
)

// commonWords are words and runs of keys that common passwords are made of.
// Lists of leaked passwords are mostly these with digits, signs, another
// spelling or themselves behind them, so the words are kept and not the lists.
//
//go:embed common.txt
var commonWords string

var common = func() map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Fields(commonWords) {
		words[word] = true
	}
	return words
}()

// isCommon says whether a password is made of common words, of the person's
// own name or address or the shop's, forwards or backwards, of digits and
// signs, of few different characters, or by a movement of the hand.
func isCommon(password string, about shop.Staff, house string) bool {
	lower := strings.ToLower(password)
	if fewKinds(lower) || isPattern(lower) {
		return true
	}
	own := ownWords(about, house)
	for _, spelling := range spellings {
		text := letters(spelling.Replace(lower))
		if madeOf(text, own) || madeOf(backwards(text), own) {
			return true
		}
	}
	return false
}

// fewKinds says whether a text has fewer than five different characters.
func fewKinds(s string) bool {
	kinds := map[rune]bool{}
	for _, r := range s {
		kinds[r] = true
	}
	return len(kinds) < 5
}

// letters are the letters of a text.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// ownWords are what anybody who knows the person and the shop would try.
func ownWords(about shop.Staff, house string) map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.FieldsFunc(strings.ToLower(about.Email+" "+about.Name+" "+house), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > 2 {
			words[word] = true
		}
	}
	return words
}

// mostWords is how many common words in a row are still common.
const mostWords = 3

// madeOf says whether a text is nothing, or at most three common words after
// another. Up to two letters may be left over.
func madeOf(s string, own map[string]bool) bool {
	if len(s) <= 2 {
		return true
	}
	least := make([]int, len(s)+1) // words to reach each place, 0 for not at all
	for end := 1; end <= len(s); end++ {
		for begin := max(0, end-20); begin < end; begin++ {
			word := s[begin:end]
			if (begin == 0 || least[begin] > 0) && (common[word] || own[word]) && (least[end] == 0 || least[begin]+1 < least[end]) {
				least[end] = least[begin] + 1
			}
		}
	}
	for end := len(s) - 2; end <= len(s); end++ {
		if least[end] > 0 && least[end] <= mostWords {
			return true
		}
	}
	return false
}
