package shop

// Refund is money given back, recorded before Stripe is asked. Where it has
// parts, its units with their tax, Shipping, ShippingTax and Goodwill less
// GivenBefore are Amount.
type Refund struct {
	ID             RefundID
	OrderID        OrderID
	AttemptID      AttemptID
	Amount         Cents // 0 for pieces whose money had gone back otherwise; Stripe never hears of it
	Shipping       Cents // the part of Amount that is for shipping, net
	ShippingTax    Cents // and the tax on it
	Goodwill       Cents // and what is for neither pieces nor shipping
	GivenBefore    Cents // what of its parts had been given back otherwise, and is not again
	Cause          string
	Reason         string // for staff and shopper to read, "" for none
	State          RefundState
	IdempotencyKey string
	StripeID       *string
	LastError      string
	AgainOf        *RefundID // the failed one in whose place it is
	CreatedAt      Instant
	EndedAt        *Instant
}

// RefundUnit is what a refund gives back for a unit. Among refunds that have
// not failed there is one at most for a unit.
type RefundUnit struct {
	RefundID RefundID
	UnitID   UnitID
	Net      Cents
	Tax      Cents
	Live     bool // its refund has not failed
}

// The causes of a refund.
const (
	// RefundLate gives a whole payment back that came when its order could no
	// longer be filled.
	RefundLate = "late_payment"
	// RefundCancelled gives back what was paid for pieces that staff cancelled
	// before they were sent.
	RefundCancelled = "cancelled"
	// RefundByStaff gives back what staff have chosen: pieces, shipping, or an
	// amount out of goodwill.
	RefundByStaff = "staff"
	// RefundReturned gives back what was paid for pieces that came back.
	RefundReturned = "returned"
	// RefundDashboard was made at Stripe and not here; all of it is Goodwill.
	RefundDashboard = "dashboard"
)

// RefundState is the state of a refund.
type RefundState string

// The states of a refund. Recorded means that Stripe may or may not know it.
const (
	RefundRecorded  RefundState = "recorded"
	RefundPending   RefundState = "pending"
	RefundSucceeded RefundState = "succeeded"
	RefundFailed    RefundState = "failed"
)

// RefundMoves are the steps a refund may take; a card refund can fail even
// after it succeeded (docs.stripe.com/testing, asynchronous refunds).
var RefundMoves = Moves[RefundState]{
	"":              {RefundRecorded},
	RefundRecorded:  {RefundPending, RefundSucceeded, RefundFailed},
	RefundPending:   {RefundSucceeded, RefundFailed},
	RefundSucceeded: {RefundFailed},
}
