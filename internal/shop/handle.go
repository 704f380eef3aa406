package shop

import "strings"

// MaxHandle is how many characters a handle may have, as in Shopify.
const MaxHandle = 255

// latin gives the letters a to z for the Latin letters that carry marks, each
// group written as what they become and the letters that become it.
var latin = func() map[rune]string {
	table := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i"}
	for _, group := range []string{
		"aàáâãäåāăą", "cçćĉċč", "dď", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭį", "jĵ", "kķ", "lĺļľŀ",
		"nñńņňŉ", "oòóôõöōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
	} {
		for _, r := range group[1:] {
			table[r] = group[:1]
		}
	}
	return table
}()

// MakeHandle turns any text into a handle: lower case, marks taken off Latin
// letters, apostrophes dropped, every other run of characters that may not
// stand there one hyphen. Text without a single letter a to z or digit gives "".
func MakeHandle(text string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range strings.ToLower(text) {
		s := latin[r]
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			s = string(r)
		case r == '\'' || r == '’':
			continue
		}
		if s == "" {
			hyphen = b.Len() > 0
			continue
		}
		if hyphen {
			s = "-" + s
		}
		hyphen = false
		if b.Len()+len(s) > MaxHandle {
			break
		}
		b.WriteString(s)
	}
	return b.String()
}
