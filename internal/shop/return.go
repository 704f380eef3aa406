package shop

// Return is pieces of one order that come back to the shop, or are asked to.
// What becomes of the money and of the exchange is kept by piece; a return
// itself only says where the parcel is.
type Return struct {
	ID          ReturnID
	OrderID     OrderID
	Number      int64 // consecutive, shown as "R1042"
	Key         string
	Channel     ReturnChannel
	State       ReturnState
	Override    string  // why staff allowed what the rules refuse, "" where the rules allow it
	AskedAt     Instant // the rules are those of this moment
	DeadlineAt  Instant // handed to the carrier by then, it is in time
	SentAt      *Instant
	ArrivedAt   *Instant // the first parcel of it
	AnswerDueAt *Instant // the shop owes an answer by then
	ClosedAt    *Instant

	Units []ReturnUnit
}

// ReturnChannel is who asked.
type ReturnChannel string

// The channels.
const (
	ReturnByShopper ReturnChannel = "shopper"
	ReturnByStaff   ReturnChannel = "staff"
)

// ReturnState is where a return is.
type ReturnState string

// The states of a return. Arrived means that at least one of its pieces has.
const (
	ReturnRequested ReturnState = "requested"
	ReturnSent      ReturnState = "sent"
	ReturnArrived   ReturnState = "arrived"
	ReturnClosed    ReturnState = "closed"
	ReturnCancelled ReturnState = "cancelled"
	ReturnExpired   ReturnState = "expired"
)

// ReturnMoves are the steps a return may take. Once the carrier has it, nobody
// can cancel it. What arrives after its return has expired is for a new one.
var ReturnMoves = Moves[ReturnState]{
	"":              {ReturnRequested},
	ReturnRequested: {ReturnSent, ReturnArrived, ReturnCancelled, ReturnExpired},
	ReturnSent:      {ReturnArrived},
	ReturnArrived:   {ReturnClosed},
}

// Open says that pieces of it may still come or wait for a decision.
func (s ReturnState) Open() bool {
	return s == ReturnRequested || s == ReturnSent || s == ReturnArrived
}

// ReturnUnit is one piece of a return. Live is false once the return ended
// without it; among live ones there is one at most for a piece.
type ReturnUnit struct {
	ID          ReturnUnitID
	ReturnID    ReturnID
	UnitID      UnitID
	Live        bool
	Reason      ReturnReason
	Comment     string
	Outcome     ReturnOutcome
	VariantID   *VariantID // what it is exchanged for, nil for a refund
	ExchangeID  *OrderID   // the order by which that is sent, pending until the piece is back; nil for a refund
	Reception   Reception
	ReceivedAt  *Instant
	Condition   Condition // "" until it was looked at
	Disposition Disposition
	Note        string // of whoever looked at it
	RefundID    *RefundID
	EndedAt     *Instant
}

// ReturnOutcome is what the shopper wants for a piece.
type ReturnOutcome string

// The outcomes.
const (
	OutcomeRefund   ReturnOutcome = "refund"
	OutcomeExchange ReturnOutcome = "exchange"
)

// Reception is whether a piece has come back.
type Reception string

// The states of reception. A missing piece was not in the parcel it was
// expected in, and may come in another.
const (
	ReceptionAwaited  Reception = "awaited"
	ReceptionReceived Reception = "received"
	ReceptionMissing  Reception = "missing"
	ReceptionOver     Reception = "over" // the return ended without it
)

// ReceptionMoves are the steps of reception.
var ReceptionMoves = Moves[Reception]{
	"":               {ReceptionAwaited},
	ReceptionAwaited: {ReceptionReceived, ReceptionMissing, ReceptionOver},
	ReceptionMissing: {ReceptionReceived, ReceptionOver},
}

// Condition is how a piece came back.
type Condition string

// The conditions.
const (
	ConditionNew     Condition = "new"     // as it was sent
	ConditionWorn    Condition = "worn"    // used outdoors
	ConditionDamaged Condition = "damaged" // by whoever had it
	ConditionTransit Condition = "transit" // on its way
	ConditionFaulty  Condition = "faulty"  // from the maker
	ConditionWrong   Condition = "wrong"   // not what was sent
)

// Conditions are all conditions with their words, in the order of a list.
func Conditions() []Choice {
	return []Choice{
		{string(ConditionNew), "As sent"}, {string(ConditionWorn), "Worn"}, {string(ConditionDamaged), "Damaged by the customer"},
		{string(ConditionTransit), "Damaged on its way"}, {string(ConditionFaulty), "Faulty"}, {string(ConditionWrong), "Another item"},
	}
}

// Disposition is where a piece goes that came back.
type Disposition string

// The dispositions. Only what is restocked can be sold as new.
const (
	DispositionRestock    Disposition = "restock"
	DispositionQuarantine Disposition = "quarantine"
	DispositionSecond     Disposition = "second choice"
	DispositionVendor     Disposition = "vendor"
	DispositionDonate     Disposition = "donate"
	DispositionWriteOff   Disposition = "write off"
)

// Place is where a piece lies afterwards, "" when it is not in the shop's stock
// any more.
func (d Disposition) Place() string {
	switch d {
	case DispositionRestock:
		return PlaceShop
	case DispositionQuarantine:
		return PlaceQuarantine
	case DispositionSecond:
		return PlaceSecond
	}
	return ""
}

// Dispositions are all dispositions with their words, in the order of a list.
func Dispositions() []Choice {
	return []Choice{
		{string(DispositionRestock), "Back on the shelf"}, {string(DispositionQuarantine), "Quarantine"}, {string(DispositionSecond), "Second choice"},
		{string(DispositionVendor), "Back to the maker"}, {string(DispositionDonate), "Donate"}, {string(DispositionWriteOff), "Write off"},
	}
}

// Choice is a value of a form with its words.
type Choice struct{ Value, Title string }

// HasChoice says whether a form's value is one of the choices.
func HasChoice(choices []Choice, value string) bool {
	for _, c := range choices {
		if c.Value == value {
			return true
		}
	}
	return false
}
