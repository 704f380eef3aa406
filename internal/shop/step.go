package shop

// Moves is a state machine: from a state to the states it may go to. "" is
// the state before the first.
type Moves[S ~string] map[S][]S

// Check returns a KindConflict error unless the move is allowed.
func (m Moves[S]) Check(from, to S) error {
	for _, s := range m[from] {
		if s == to {
			return nil
		}
	}
	return Conflict("it cannot go from %q to %q", string(from), string(to))
}

// Plain is the machine with its states as strings, for the check that walks
// all step rows.
func (m Moves[S]) Plain() Moves[string] {
	plain := Moves[string]{}
	for from, tos := range m {
		for _, to := range tos {
			plain[string(from)] = append(plain[string(from)], string(to))
		}
	}
	return plain
}

// Step is one change of a thing's state, or a remark on its timeline when
// From and To are the same.
type Step struct {
	ID        int64
	ThingKind string // "order", "attempt", "refund", "parcel", "return", "dispute", "fulfilment" (of the order with this id)
	ThingID   int64
	FromState string
	ToState   string
	Cause     string // why, in a word or a sentence for staff
	Who       string // Actor
	At        Instant
}

// The machines whose steps are rows, by the thing's kind.
func Machines() map[string]Moves[string] {
	return map[string]Moves[string]{
		"order":      OrderMoves.Plain(),
		"attempt":    AttemptMoves.Plain(),
		"refund":     RefundMoves.Plain(),
		"parcel":     ParcelMoves.Plain(),
		"dispute":    DisputeMoves.Plain(),
		"return":     ReturnMoves.Plain(),
		"fulfilment": FulfilmentMoves.Plain(),
	}
}

// Actors that are not people. Staff are "staff:" and their id.
const (
	ByShopper = "shopper"
	ByStripe  = "stripe"
	ByJob     = "job"
	ByCommand = "command"
)
