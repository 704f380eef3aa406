package access

import "strings"

// isPattern says whether a text in small letters is less a password than a
// movement: one piece again and again, keys beside each other, letters or
// digits in a row.
func isPattern(s string) bool {
	keys := []rune(s)
	return repeats(keys) || mostly(keys, beside) || mostly(keys, following)
}

// longestPiece is how long a piece that is only repeated may be and still be
// nothing but that piece.
const longestPiece = 6

// repeats says whether a text is a short piece again and again.
func repeats(s []rune) bool {
	for piece := 1; piece <= longestPiece && 2*piece <= len(s); piece++ {
		same := true
		for i := piece; same && i < len(s); i++ {
			same = s[i] == s[i-piece]
		}
		if same {
			return true
		}
	}
	return false
}

// mostly says whether three in four steps from one character to the next are
// of a kind.
func mostly(s []rune, kind func(a, b rune) bool) bool {
	steps := 0
	for i := 1; i < len(s); i++ {
		if kind(s[i-1], s[i]) {
			steps++
		}
	}
	return len(s) > 1 && 4*steps >= 3*(len(s)-1)
}

// keyboards are the rows of the usual ones; each row stands half a key to the
// right of the one above it.
var keyboards = []map[rune][2]int{
	places("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"),
	places("1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm,.-"),
	places("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn,;:"),
	places("", "789", "456", "123"),
}

func places(rows ...string) map[rune][2]int {
	at := map[rune][2]int{}
	for y, row := range rows {
		for x, key := range row {
			at[key] = [2]int{x, y}
		}
	}
	return at
}

// beside says whether two characters are one key or neighbours on a keyboard.
func beside(a, b rune) bool {
	for _, at := range keyboards {
		p, ok := at[a]
		q, found := at[b]
		if ok && found && abs(p[0]-q[0]) <= 1 && abs(p[1]-q[1]) <= 1 {
			return true
		}
	}
	return false
}

// following says whether two characters follow each other, up or down.
func following(a, b rune) bool { return a-b == 1 || b-a == 1 }

func abs(n int) int { return max(n, -n) }

// spellings are the ways in which signs and digits stand for letters.
var spellings = []*strings.Replacer{
	strings.NewReplacer(),
	strings.NewReplacer("0", "o", "1", "l", "2", "z", "3", "e", "4", "a", "5", "s", "6", "b", "7", "t", "8", "b", "9", "g", "@", "a", "$", "s", "!", "i", "+", "t", "(", "c", "|", "l", "€", "e"),
	strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "6", "g", "7", "t", "8", "b", "9", "g", "@", "a", "$", "s", "!", "l", "+", "t", "(", "c", "|", "i", "€", "e"),
	strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i"),
	strings.NewReplacer("0", "o", "3", "e", "4", "a", "@", "a", "$", "s"),
}

// backwards is a text from its end to its beginning.
func backwards(s string) string {
	keys := []rune(s)
	for i, j := 0, len(keys)-1; i < j; i, j = i+1, j-1 {
		keys[i], keys[j] = keys[j], keys[i]
	}
	return string(keys)
}
