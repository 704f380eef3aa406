package shop

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxPieces is how many pieces one line of a delivery or a count may have.
const MaxPieces = 100_000

// maxTypedLines bounds what is pasted or scanned at once.
const maxTypedLines = 5_000

// TypedLine is a line that staff have typed, pasted or scanned: what it is,
// and how many. Line counts from 1.
type TypedLine struct {
	Line     int
	Code     string // a SKU or a barcode
	Quantity int64
}

// LineFault is what is wrong with one line.
type LineFault struct {
	Line    int
	Message string
}

// LinesError refuses lines, all of them, and names each wrong one. It is of
// KindInvalid, or of KindConflict where something else has happened since.
type LinesError struct {
	Faults []LineFault
	Kind   Kind
}

// Error gives the first fault.
func (e *LinesError) Error() string { return e.Unwrap().Error() }

// Unwrap gives the refusal as a sentence for the form, its fields named
// "line 3".
func (e *LinesError) Unwrap() error {
	refusal := Errorf(e.Kind, "Nothing was saved: one line is not right.")
	if len(e.Faults) != 1 {
		refusal = Errorf(e.Kind, "Nothing was saved: %d lines are not right.", len(e.Faults))
	}
	refusal.Fields = map[string]string{"lines": refusal.Message}
	for _, f := range e.Faults {
		refusal.Fields[fmt.Sprintf("line %d", f.Line)] = f.Message
	}
	return refusal
}

// FaultsTogether is one refusal of the lines that either error names; an error that
// names none goes before.
func FaultsTogether(a, b error) error {
	var first, second *LinesError
	switch {
	case !errors.As(a, &first) || b == nil:
		return a
	case !errors.As(b, &second):
		return b
	}
	faults := append(append([]LineFault{}, first.Faults...), second.Faults...)
	slices.SortStableFunc(faults, func(a, b LineFault) int { return a.Line - b.Line })
	return &LinesError{faults, first.Kind}
}

// ParseStockLines reads lines of a SKU or barcode and a quantity, parted by a
// tab, a comma, a semicolon or a space, as a spreadsheet pastes them. A line
// with a code alone, as a scanner types it, is one piece. Empty lines and a
// heading are left out. least is the smallest quantity that makes sense: 1 for
// a delivery, 0 for a count. It returns a *LinesError that names every wrong
// line, and then the right ones, too.
func ParseStockLines(text string, least int64) ([]TypedLine, error) {
	var lines []TypedLine
	var faults []LineFault
	rows := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
	for i, row := range rows {
		row = strings.TrimSpace(row)
		if row == "" {
			continue
		}
		code, quantity, alone := splitStockLine(row)
		if len(lines)+len(faults) == 0 && isHeading(code) {
			continue
		}
		line := TypedLine{Line: i + 1, Code: code, Quantity: 1}
		if !alone {
			line.Quantity = parsePieces(quantity)
		}
		if fault := faultOf(line, quantity, least); fault != "" {
			faults = append(faults, LineFault{i + 1, fault})
			continue
		}
		lines = append(lines, line)
	}
	switch {
	case len(lines)+len(faults) == 0:
		return nil, fieldError("lines", "Type, paste or scan at least one line.")
	case len(lines)+len(faults) > maxTypedLines:
		return nil, fieldError("lines", fmt.Sprintf("At most %d lines at once. Split the list.", maxTypedLines))
	case len(faults) > 0:
		return lines, &LinesError{faults, KindInvalid}
	}
	return lines, nil
}

// splitStockLine parts a line into code and quantity; alone says that there
// was only a code.
func splitStockLine(row string) (code, quantity string, alone bool) {
	at := strings.LastIndexByte(row, '\t')
	if at < 0 {
		at = strings.LastIndexAny(row, ",;")
	}
	if at < 0 {
		at = strings.LastIndexByte(row, ' ')
		if at >= 0 && !looksLikeNumber(row[at+1:]) {
			at = -1 // a SKU with a space in it
		}
	}
	if at < 0 {
		return row, "", true
	}
	return strings.TrimRight(strings.TrimSpace(row[:at]), ",;"), strings.TrimSpace(row[at+1:]), false
}

func looksLikeNumber(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune("+-−.", r)
	}) < 0
}

func isHeading(code string) bool {
	return hasExactly([]string{"sku", "barcode", "code", "item", "ean", "upc", "gtin", "variant sku"}, strings.ToLower(code))
}

func faultOf(line TypedLine, quantity string, least int64) string {
	switch {
	case line.Code == "":
		return "There is no SKU or barcode."
	case !IsCode(line.Code):
		return "This is no SKU and no barcode."
	case isRoundedCode(line.Code):
		return fmt.Sprintf("A spreadsheet has rounded the barcode to %q. Format its column as text.", line.Code)
	case line.Quantity < least:
		return fmt.Sprintf("%q is not a quantity. Write a number from %d to 100,000 with the digits 0 to 9.", quantity, least)
	}
	return ""
}

// IsCode says whether a text can be a SKU or a barcode.
func IsCode(code string) bool {
	return code != "" && utf8.RuneCountInString(code) <= maxStockTyped && !strings.ContainsFunc(code, unicode.IsControl)
}

// isRoundedCode says whether a barcode went through a spreadsheet as a number:
// 4.00638E+12.
func isRoundedCode(code string) bool {
	head, tail, ok := strings.Cut(strings.ToUpper(code), "E+")
	return ok && isDigits(tail) && isDigits(strings.Map(func(r rune) rune {
		if r == '.' || r == ',' {
			return -1
		}
		return r
	}, head))
}

// parsePieces reads a number of pieces from ASCII digits alone, -1 for
// anything else.
func parsePieces(s string) int64 {
	if !isDigits(s) || len(s) > 9 {
		return -1
	}
	var n int64
	for i := range len(s) {
		n = n*10 + int64(s[i]-'0')
	}
	if n > MaxPieces {
		return -1
	}
	return n
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// ParsePieces reads a count of pieces, 0 to MaxPieces, from ASCII digits
// alone. The error names the field.
func ParsePieces(field, typed string) (int64, error) {
	n := parsePieces(strings.TrimSpace(typed))
	if n < 0 {
		return 0, fieldError(field, "Write a number from 0 to 100,000 with the digits 0 to 9.")
	}
	return n, nil
}

// ParseStockChange reads a change such as "-1", "+5" or "=7", of which the last
// is a new count. A number alone could be either, so it is refused like all
// else that is not ASCII. The error names the field change.
func ParseStockChange(typed string) (delta, count *int64, err error) {
	s := strings.ReplaceAll(strings.TrimSpace(typed), "−", "-")
	for _, sign := range []string{"-", "+", "="} {
		rest, ok := strings.CutPrefix(s, sign)
		n := parsePieces(strings.TrimSpace(rest))
		switch {
		case !ok || n < 0 || n == 0 && sign != "=":
			continue
		case sign == "=":
			return nil, &n, nil
		case sign == "-":
			n = -n
		}
		return &n, nil, nil
	}
	return nil, nil, fieldError("change", "Write -1 or +5 for a change, =7 for a new count, with the digits 0 to 9.")
}

// CodeForms are the ways a typed or scanned code may be stored: as it is, in
// capitals, and for a barcode with the zeros before it that scanners and
// spreadsheets add and drop. The first is the code as it was typed.
func CodeForms(code string) []string {
	forms := []string{code}
	add := func(form string) {
		if !hasExactly(forms, form) {
			forms = append(forms, form)
		}
	}
	add(strings.ToUpper(code))
	if isDigits(code) && len(code) >= 6 && len(code) <= 14 {
		bare := strings.TrimLeft(code, "0")
		for _, length := range []int{8, 12, 13, 14} {
			if n := length - len(bare); n >= 0 && bare != "" {
				add(strings.Repeat("0", n) + bare)
			}
		}
	}
	return forms
}
