package formats

import "strings"

const formulaStarts = "=+-@\t\r\n\x00＝＋－＠"

// isFormula says whether a spreadsheet could run the text once the
// apostrophes before it are gone.
func isFormula(text string) bool {
	text = strings.TrimLeft(text, "'")
	return text != "" && strings.IndexAny(text, formulaStarts) == 0
}

// guard marks a text that a spreadsheet could run.
func guard(text string) string {
	if isFormula(text) {
		return "'" + text
	}
	return text
}

// unguard takes the mark off again.
func unguard(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && isFormula(rest) {
		return rest
	}
	return text
}
