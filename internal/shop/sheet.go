package shop

import (
	"strings"
	"unicode/utf8"
)

// MaxSheetCells is how many cells ParseSheet reads.
const MaxSheetCells = 20_000

// maxQuotedCell is how many bytes a quoted cell may have; a quotation mark
// that is not closed within them is an ordinary character.
const maxQuotedCell = 10_000

// ParseSheet reads what was copied from a spreadsheet: rows end with a line
// break, cells with a tab, and a cell with either in it stands in quotation
// marks, its own doubled. Rows have as many cells as were copied. A line break
// at the very end makes no row.
func ParseSheet(text string) ([][]string, error) {
	if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
		return nil, Invalid("What was pasted is not text.")
	}
	if strings.Trim(text, "\r\n") == "" {
		return nil, nil
	}
	var rows [][]string
	var row []string
	for cells := 1; ; cells++ {
		if cells > MaxSheetCells {
			return nil, Invalid("That is more than 20,000 cells. Paste it in parts.")
		}
		cell, end, rest := nextCell(text)
		row, text = append(row, cell), rest
		if end == '\t' {
			continue
		}
		rows, row = append(rows, row), nil
		if strings.Trim(text, "\r\n") == "" {
			return rows, nil
		}
	}
}

// nextCell takes the first cell off a text. end is what it ended with: a tab,
// a line break, or 0 at the end of the text.
func nextCell(text string) (cell string, end byte, rest string) {
	if cell, after, ok := quotedCell(text); ok {
		end, rest = cutEnd(after)
		return cell, end, rest
	}
	at := strings.IndexAny(text, "\t\r\n")
	if at < 0 {
		return text, 0, ""
	}
	end, rest = cutEnd(text[at:])
	return text[:at], end, rest
}

// cutEnd takes a tab or a line break off a text that begins with one or is
// empty.
func cutEnd(text string) (end byte, rest string) {
	switch {
	case text == "":
		return 0, ""
	case strings.HasPrefix(text, "\r\n"):
		return '\n', text[2:]
	case text[0] == '\t':
		return '\t', text[1:]
	}
	return '\n', text[1:]
}

// quotedCell reads a cell in quotation marks up to the end of the cell; ok is
// false where the first mark is an ordinary character.
func quotedCell(text string) (cell, after string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	var b strings.Builder
	for i := 1; i < len(text) && i <= maxQuotedCell; i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if strings.HasPrefix(text[i+1:], `"`) {
			b.WriteByte('"')
			i++
			continue
		}
		after = text[i+1:]
		return b.String(), after, after == "" || strings.ContainsAny(after[:1], "\t\r\n")
	}
	return "", "", false
}
