package shop

import "regexp"

// PaymentAttempt is one Stripe Checkout session for exactly one order.
type PaymentAttempt struct {
	ID             AttemptID
	OrderID        OrderID
	Reference      string // random, in Stripe's metadata
	State          AttemptState
	IdempotencyKey string
	Params         string // JSON of the SessionRequest, sent again word for word
	Amount         Cents  // what the session must ask for before tax
	Currency       string
	SessionID      *string
	URL            string
	ExpiresAt      Instant // by Stripe's clock, stored once
	PaymentIntent  string
	ChargeID       string
	CardBrand      string
	CardLast4      string
	CreatedAt      Instant
	EndedAt        *Instant
}

// AttemptState is the state of a payment attempt.
type AttemptState string

// The states of an attempt. Creating means that Stripe may or may not have
// the session yet.
const (
	AttemptCreating   AttemptState = "creating"
	AttemptOpen       AttemptState = "open"
	AttemptProcessing AttemptState = "processing"
	AttemptPaid       AttemptState = "paid"
	AttemptExpired    AttemptState = "expired"
	AttemptSuperseded AttemptState = "superseded"
	AttemptFailed     AttemptState = "failed"
	AttemptLate       AttemptState = "late" // paid when its order could no longer be filled; the money goes back
)

// AttemptMoves are the steps an attempt may take. A closed one may still turn
// out to be paid: the money decides.
var AttemptMoves = Moves[AttemptState]{
	"":                {AttemptCreating},
	AttemptCreating:   {AttemptOpen, AttemptProcessing, AttemptPaid, AttemptLate, AttemptExpired, AttemptSuperseded, AttemptFailed},
	AttemptOpen:       {AttemptProcessing, AttemptPaid, AttemptLate, AttemptExpired, AttemptSuperseded, AttemptFailed},
	AttemptProcessing: {AttemptPaid, AttemptLate, AttemptExpired, AttemptFailed},
	AttemptExpired:    {AttemptProcessing, AttemptPaid, AttemptLate},
	AttemptSuperseded: {AttemptProcessing, AttemptPaid, AttemptLate},
	AttemptFailed:     {AttemptProcessing, AttemptPaid, AttemptLate},
}

// Live says whether the session may still be paid in the ordinary way.
func (s AttemptState) Live() bool {
	return s == AttemptCreating || s == AttemptOpen || s == AttemptProcessing
}

// SessionRequest is all that is sent to open a session. It is stored as JSON
// with the attempt before the call, so that a repetition is the same to the
// byte.
type SessionRequest struct {
	OrderID     OrderID          `json:"order_id"`
	AttemptID   AttemptID        `json:"attempt_id"`
	Reference   string           `json:"reference"`
	CartDigest  string           `json:"cart_digest"`
	Environment string           `json:"environment"`
	Currency    string           `json:"currency"`
	Lines       []SessionLine    `json:"lines"`
	Shipping    *SessionShipping `json:"shipping,omitempty"`
	Coupon      *SessionCoupon   `json:"coupon,omitempty"`
	Countries   []string         `json:"countries"`
	Customer    string           `json:"customer,omitempty"` // Stripe's customer, "" for a guest
	Tax         bool             `json:"tax"`
	ExpiresAt   int64            `json:"expires_at"` // Unix seconds
	SuccessURL  string           `json:"success_url"`
	CancelURL   string           `json:"cancel_url"`
	Message     string           `json:"message"` // below the pay button
}

// SessionLine is one line of the payment page.
type SessionLine struct {
	Position int    `json:"position"` // the order line's
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	TaxCode  string `json:"tax_code"`
	Untaxed  bool   `json:"untaxed,omitempty"` // whatever the code says
	Price    Cents  `json:"price"`
	Quantity int    `json:"quantity"`
	ImageURL string `json:"image_url,omitempty"`
}

// SessionShipping is the one shipping option the shop has worked out.
type SessionShipping struct {
	Name   string `json:"name"`
	Amount Cents  `json:"amount"`
}

// SessionCoupon is what a session takes off its lines, for which a coupon
// that nobody else can use is made first.
type SessionCoupon struct {
	Code   string `json:"code"` // as the shopper knows it
	Amount Cents  `json:"amount"`
}

// Session is what Stripe says of a Checkout session now.
type Session struct {
	ID            string
	URL           string
	Status        string // open, complete, expired
	PaymentStatus string // paid, unpaid, no_payment_required
	Currency      string
	Subtotal      Cents
	Discount      Cents
	Shipping      Cents
	Tax           Cents
	Total         Cents
	ExpiresAt     Instant
	LiveMode      bool
	OrderID       OrderID // from metadata; 0 for a session that is not ours
	AttemptID     AttemptID
	Reference     string
	Environment   string // which of the shop's installations opened it
	PaymentIntent string
	IntentStatus  string
	ChargeID      string
	CardBrand     string
	CardLast4     string
	Contact       OrderContact
	LineTaxes     map[int]Cents // by order line position
	ShippingTax   Cents
}

// The words of Stripe's session that Settle decides by.
const (
	SessionOpen     = "open"
	SessionComplete = "complete"
	SessionExpired  = "expired"

	PaymentPaid        = "paid"
	PaymentUnpaid      = "unpaid"
	PaymentNotRequired = "no_payment_required"
)

var sessionID = regexp.MustCompile(`^cs_(test|live)_[A-Za-z0-9]{1,200}$`)

// ValidSessionID says whether s looks like the id of a Checkout session. An
// empty one would make stripe-go ask for the list.
func ValidSessionID(s string) bool { return sessionID.MatchString(s) }

// StripeEvent is a webhook as it arrived. It is only a pointer: what it is
// about is always fetched again.
type StripeEvent struct {
	ID         string
	Type       string
	ObjectID   string
	ObjectKind string
	APIVersion string
	LiveMode   bool
	CreatedAt  Instant
	ReceivedAt Instant
	Payload    string
}
