package shop

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// DisputeID names a dispute.
type DisputeID int64

// Dispute is a payment that the holder of a card objects to, as Stripe says it
// stands. While its bank only asks it is an inquiry, which takes no money.
type Dispute struct {
	ID         DisputeID
	OrderID    OrderID
	AttemptID  AttemptID
	StripeID   string // dp_…
	ChargeID   string
	Amount     Cents
	Currency   string
	Reason     string // Stripe's word, "product_not_received"
	State      DisputeState
	Refundable bool     // Stripe still lets the payment be given back
	DueAt      *Instant // until when it can be answered, nil for one that cannot be
	Withdrawn  Cents    // what the bank has of our money now
	Fee        Cents    // what Stripe took for the trouble, which stays with it
	Movements  int      // of money, as Stripe counts them; they only grow
	Reminders  int      // how often staff were reminded of DueAt

	EvidenceState   EvidenceState
	Evidence        string // JSON of an Evidence, "" for none and where it was erased
	EvidenceVersion int64  // raised by each draft
	EvidenceStaged  int64  // the version that Stripe has
	EvidenceKey     string // idempotency key of the sending, "" before
	LastError       string // why Stripe would not take the evidence
	SentAt          *Instant

	CreatedAt Instant // at Stripe
	UpdatedAt Instant
	EndedAt   *Instant
}

// DisputeState is a dispute's state in Stripe's words.
type DisputeState string

// The states of a dispute; those of an inquiry begin with warning.
const (
	InquiryWaits    DisputeState = "warning_needs_response"
	InquiryAnswered DisputeState = "warning_under_review"
	InquiryClosed   DisputeState = "warning_closed"
	DisputeWaits    DisputeState = "needs_response"
	DisputeAnswered DisputeState = "under_review"
	DisputeWon      DisputeState = "won"
	DisputeLost     DisputeState = "lost"
)

// DisputeMoves are the steps a dispute may take. It is heard of late as well as
// at once, so it may begin anywhere and leave steps out; an inquiry can grow
// into a dispute, and a bank can change its mind at the very end. What leads
// elsewhere was read before something newer.
var DisputeMoves = Moves[DisputeState]{
	"":              {InquiryWaits, InquiryAnswered, InquiryClosed, DisputeWaits, DisputeAnswered, DisputeWon, DisputeLost},
	InquiryWaits:    {InquiryAnswered, InquiryClosed, DisputeWaits, DisputeAnswered, DisputeWon, DisputeLost},
	InquiryAnswered: {InquiryClosed, DisputeWaits, DisputeAnswered, DisputeWon, DisputeLost},
	InquiryClosed:   {DisputeWaits, DisputeAnswered, DisputeWon, DisputeLost},
	DisputeWaits:    {DisputeAnswered, DisputeWon, DisputeLost},
	DisputeAnswered: {DisputeWon, DisputeLost},
	DisputeWon:      {DisputeLost},
	DisputeLost:     {DisputeWon},
}

// DisputeStates are all states.
func DisputeStates() []DisputeState { return slices.Clone(DisputeMoves[""]) }

// Waits says whether the shop is to answer.
func (s DisputeState) Waits() bool { return s == InquiryWaits || s == DisputeWaits }

// Decided says whether nothing more is expected of it.
func (s DisputeState) Decided() bool {
	return s == DisputeWon || s == DisputeLost || s == InquiryClosed
}

// Inquiry says whether the bank only asks, or asked.
func (s DisputeState) Inquiry() bool { return strings.HasPrefix(string(s), "warning_") }

// Title is what staff call a state; one that nobody knows has its own name.
func (s DisputeState) Title() string {
	titles := map[DisputeState]string{
		InquiryWaits: "inquiry to answer", InquiryAnswered: "inquiry, with the bank", InquiryClosed: "inquiry closed",
		DisputeWaits: "to answer", DisputeAnswered: "with the bank", DisputeWon: "won", DisputeLost: "lost",
	}
	return cmp.Or(titles[s], string(s))
}

// EvidenceState is how far the answer to a dispute is.
type EvidenceState string

// The states of an answer. Stripe takes one once, so what is being sent can be
// changed no more.
const (
	EvidenceNone    EvidenceState = "none"
	EvidenceDraft   EvidenceState = "draft"
	EvidenceSending EvidenceState = "sending"
	EvidenceSent    EvidenceState = "sent"
)

// Open says whether the answer can still be written.
func (d *Dispute) Open() bool {
	return d.State.Waits() && (d.EvidenceState == EvidenceNone || d.EvidenceState == EvidenceDraft)
}

// Blocks says whether Stripe gives nothing of the payment back because of it.
func (d *Dispute) Blocks() bool {
	return !d.Refundable && d.State != DisputeWon && d.State != InquiryClosed
}

// Why says in plain words what the holder of the card says.
func (d *Dispute) Why() string {
	if text := disputeReasons[d.Reason]; text != "" {
		return text
	}
	return strings.ReplaceAll(d.Reason, "_", " ")
}

// disputeReasons are the reasons of docs.stripe.com/disputes/categories.
var disputeReasons = map[string]string{
	"fraudulent":           "somebody else used the card",
	"product_not_received": "the goods did not come",
	"product_unacceptable": "the goods were broken or not as described",
	"credit_not_processed": "a promised refund did not come",
	"duplicate":            "it was charged twice",
	"unrecognized":         "the charge is not recognised",
	"general":              "no particular reason",
}

// disputeBlocks is why nothing is given back while a dispute stands.
func disputeBlocks(d *Dispute) error {
	if d.State == DisputeLost {
		return Conflict("The bank has taken this payment back in a dispute that is lost, so nothing of it can be given back.")
	}
	return Conflict("This payment is disputed at the bank, so Stripe gives nothing of it back until that is decided.")
}

// disputeReminders is how long before a dispute's end staff are reminded of it.
var disputeReminders = []time.Duration{72 * time.Hour, 24 * time.Hour}

// RemindersDue is how many reminders should have been given by now of a
// dispute that is to be answered by an instant.
func RemindersDue(by, now Instant) int {
	n := 0
	for _, before := range disputeReminders {
		if !now.Before(by.Add(-before)) {
			n++
		}
	}
	return n
}

// FirstReminder is how long before the end the first reminder is given.
func FirstReminder() time.Duration { return disputeReminders[0] }

// DisputeURL is the page of a dispute.
func DisputeURL(id DisputeID) string { return fmt.Sprintf("/staff/disputes/%d", id) }
