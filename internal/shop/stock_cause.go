package shop

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The kinds of causes that move stock. The movements of staff carry the key
// of their form as their cause's id, so that a form pressed twice acts once.
const (
	CauseImport     = "import"
	CauseOrder      = "order"
	CauseAdjustment = "adjustment"
	CauseDelivery   = "delivery"
	CauseCount      = "count"
	CauseStore      = "store" // sold over the counter
	// CauseCancellation puts back what was sold to the order that is its id.
	CauseCancellation = "cancellation"
	// CauseReturn brings back a piece of the return's unit that is its id.
	CauseReturn = "return"
)

// The steps of the movements of staff.
const (
	StepAdjusted = "adjusted"
	StepReceived = "received"
	StepCounted  = "counted"
	StepSold     = "sold"
	StepUndone   = "undone"
)

// CauseKinds are all kinds of causes, in the order of a list to choose from.
func CauseKinds() []string {
	return []string{CauseOrder, CauseCancellation, CauseReturn, CauseStore, CauseDelivery, CauseAdjustment, CauseCount, CauseImport}
}

// IsCauseKind says whether stock is moved by such causes.
func IsCauseKind(s string) bool { return hasExactly(CauseKinds(), s) }

// CauseWord is a movement's cause for people: "received", "sold in store".
func CauseWord(m StockMovement) string {
	switch m.CauseKind + " " + m.Step {
	case "store sold":
		return "sold in store"
	case "store undone":
		return "sale in store undone"
	case "delivery received":
		return "received"
	case "count counted":
		return "counted"
	case "adjustment adjusted":
		return "adjusted"
	case "adjustment open", "import open":
		return "opening stock"
	case "import count":
		return "set by an import"
	case "order sold":
		return "sold"
	}
	if m.CauseKind == CauseCancellation { // its step is the form's key
		return "put back from"
	}
	if m.CauseKind == CauseReturn {
		return "came back"
	}
	return m.CauseKind + ": " + m.Step
}

// StockReason is why staff adjust a count.
type StockReason string

// The reasons. ReasonOther wants a note.
const (
	ReasonDamaged    StockReason = "damaged"
	ReasonLost       StockReason = "lost"
	ReasonFound      StockReason = "found"
	ReasonCorrection StockReason = "correction"
	ReasonSample     StockReason = "sample"
	ReasonOther      StockReason = "other"
)

// StockReasons are all reasons.
func StockReasons() []StockReason {
	return []StockReason{ReasonDamaged, ReasonLost, ReasonFound, ReasonCorrection, ReasonSample, ReasonOther}
}

// Notes on movements are plain text on one line, at most so many letters.
const (
	MaxStockNote  = 500
	maxTypedNote  = 450 // a reason stands before it
	maxStockTyped = 100 // letters of a reference or a code
)

// ReasonNote is the note of an adjustment: its reason, and what was typed.
// Errors name the fields "reason" and "note".
func ReasonNote(reason StockReason, typed string) (string, error) {
	known := false
	for _, r := range StockReasons() {
		known = known || r == reason
	}
	if !known {
		return "", fieldError("reason", "Choose a reason.")
	}
	note, err := cleanLine(typed, "note", maxTypedNote)
	switch {
	case err != nil:
		return "", err
	case note == "" && reason == ReasonOther:
		return "", fieldError("note", "Say in the note what the reason is.")
	case note == "":
		return string(reason), nil
	}
	return string(reason) + ": " + note, nil
}

// CleanReference is what a delivery is called, such as the number of its
// slip: up to 100 letters on one line, "" for none.
func CleanReference(typed string) (string, error) {
	return cleanLine(typed, "reference", maxStockTyped)
}

// cleanLine is a text on one line with its spaces folded.
func cleanLine(typed, field string, most int) (string, error) {
	text := strings.Join(strings.Fields(typed), " ")
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		return "", fieldError(field, "Write plain text.")
	}
	if utf8.RuneCountInString(text) > most {
		return "", fieldError(field, "That is too long.")
	}
	return text, nil
}

// IsFormKey says whether a form's key looks like one that the shop made.
func IsFormKey(key string) bool {
	if len(key) < 20 || len(key) > 40 {
		return false
	}
	for i := range len(key) {
		if c := key[i]; (c < 'A' || c > 'Z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

func hasExactly(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
