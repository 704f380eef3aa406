package shoedraw

import (
	"fmt"
	"strings"
)

// Outcome is what became of a pick.
type Outcome string

// The outcomes.
const (
	Awarded           Outcome = "awarded"
	SkippedWithdrawn  Outcome = "skipped:withdrawn"
	SkippedIneligible Outcome = "skipped:ineligible"
	SkippedUnclaimed  Outcome = "skipped:unclaimed"
	SkippedNoDelivery Outcome = "skipped:undeliverable"
	SkippedDeclined   Outcome = "skipped:declined"
	Unused            Outcome = "unused"
)

// Result is what became of the picks once the month is settled.
type Result struct {
	Draw     Hash
	Period   Period
	Outcomes []Outcome // by pick
	Prev     Hash      // of the result of the month before, zero for the first
}

// Bytes is the document.
func (res Result) Bytes() []byte {
	w := begin("result")
	w.line("draw", res.Draw)
	w.line("period", res.Period)
	for k, o := range res.Outcomes {
		w.line(fmt.Sprintf("pick %d", k), o)
	}
	w.line("prev", res.Prev)
	return w.bytes()
}

// Hash names the document.
func (res Result) Hash() Hash { return Sum(res.Bytes()) }

// ParseResult reads a document. Errors are ErrMalformed.
func ParseResult(b []byte) (Result, error) {
	r := open("result", b)
	res := Result{Draw: read(r, "draw", ParseHash), Period: read(r, "period", ParsePeriod)}
	for k := 0; r.err == nil && len(r.lines) > 1; k++ {
		res.Outcomes = append(res.Outcomes, read(r, fmt.Sprintf("pick %d", k), parseOutcome))
	}
	res.Prev = read(r, "prev", ParseHash)
	if err := r.close(res.Bytes(), b); err != nil {
		return Result{}, err
	}
	return res, nil
}

func parseOutcome(s string) (Outcome, error) {
	switch o := Outcome(s); o {
	case Awarded, SkippedWithdrawn, SkippedIneligible, SkippedUnclaimed, SkippedNoDelivery, SkippedDeclined, Unused:
		return o, nil
	}
	return "", malformed("%q is no outcome", s)
}

// Skipped says that a pick did not get the prize.
func (o Outcome) Skipped() bool { return strings.HasPrefix(string(o), "skipped:") }
