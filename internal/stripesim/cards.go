package stripesim

import (
	"fmt"
	"strings"
	"time"
)

// card is what the simulator keeps of a card, and what becomes of a payment with it.
type card struct {
	Brand    string `json:"brand"`
	Last4    string `json:"last4"`
	ExpMonth int    `json:"exp_month"`
	ExpYear  int    `json:"exp_year"`
	// Secure asks for 3-D Secure first.
	Secure bool `json:"secure,omitempty"`
	// Refunds says what becomes of money that goes back to it; empty gives it back at once.
	Refunds refundFate `json:"refunds,omitempty"`
	// Dispute is what its holder says of the payment afterwards, "" for nothing; Inquiry only asks.
	Dispute string `json:"dispute,omitempty"`
	Inquiry bool   `json:"inquiry,omitempty"`
	// Warned has its bank tell of fraud.
	Warned bool `json:"warned,omitempty"`
	// Bank is what becomes of a payment by bank, "" for one by card.
	Bank bankFate `json:"bank,omitempty"`
	// Refusal is the bank's reason to say no; nil pays.
	Refusal *refusal `json:"refusal,omitempty"`
}

// refundFate is how a refund to a card ends.
type refundFate string

const (
	refundsSlowly refundFate = "pending" // and succeeds later
	refundsFail   refundFate = "failing" // succeeds, and fails later
)

// refusal is a bank's no, in Stripe's codes and in words for the buyer.
type refusal struct {
	Code    string `json:"code"`
	Decline string `json:"decline"`
	Message string `json:"message"`
}

var (
	genericDecline    = &refusal{"card_declined", "generic_decline", "Your card was declined."}
	insufficientFunds = &refusal{"card_declined", "insufficient_funds", "Your card has insufficient funds."}
	expiredCard       = &refusal{"expired_card", "", "Your card has expired."}
	incorrectCVC      = &refusal{"incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."}
	processingError   = &refusal{"processing_error", "processing_error",
		"An error occurred while processing your card. Try again in a little bit."}
	authenticationFailed = &refusal{"payment_intent_authentication_failure", "",
		"We are unable to authenticate your payment method. Please choose a different payment method and try again."}
)

// testCards are the numbers that the hosted page accepts; every other number is refused and forgotten.
var testCards = map[string]card{
	"4242424242424242": {Brand: "visa"},
	"5555555555554444": {Brand: "mastercard"},
	"4000000000000002": {Brand: "visa", Refusal: genericDecline},
	"4000000000009995": {Brand: "visa", Refusal: insufficientFunds},
	"4000000000000069": {Brand: "visa", Refusal: expiredCard},
	"4000000000000127": {Brand: "visa", Refusal: incorrectCVC},
	"4000000000000119": {Brand: "visa", Refusal: processingError},
	"4000002500003155": {Brand: "visa", Secure: true},
	"4000002760003184": {Brand: "visa", Secure: true},
	"4000008400001629": {Brand: "visa", Secure: true, Refusal: genericDecline},
	"4000000000007726": {Brand: "visa", Refunds: refundsSlowly},
	"4000000000005126": {Brand: "visa", Refunds: refundsFail},
	"4000000000000259": {Brand: "visa", Dispute: "fraudulent"},
	"4000000000002685": {Brand: "visa", Dispute: "product_not_received"},
	"4000000000001976": {Brand: "visa", Dispute: "fraudulent", Inquiry: true},
	"4000000000005423": {Brand: "visa", Warned: true},
	"4000008260003178": {Brand: "visa", Secure: true, Refusal: insufficientFunds},
}

// readCard finds a test card by its number, which may be written with spaces or hyphens.
func readCard(number string) (card, bool) {
	number = strings.NewReplacer(" ", "", "-", "").Replace(number)
	c, ok := testCards[number]
	if ok {
		c.Last4 = number[len(number)-4:]
	}
	return c, ok
}

// readExpiryDate reads MM/YY or MM/YYYY; a card is good to the end of its month.
func readExpiryDate(raw string, now time.Time) (month, year int, ok bool) {
	raw = strings.ReplaceAll(raw, " ", "")
	m, y, found := strings.Cut(raw, "/")
	if !found && len(raw) == 4 {
		m, y, found = raw[:2], raw[2:], true
	}
	if !found || len(m) > 2 || len(y) != 2 && len(y) != 4 {
		return 0, 0, false
	}
	if _, err := fmt.Sscanf(m+" "+y, "%d %d", &month, &year); err != nil {
		return 0, 0, false
	}
	if len(y) == 2 {
		year += 2000
	}
	if month < 1 || month > 12 {
		return 0, 0, false
	}
	end := time.Date(year, time.Month(month)+1, 1, 0, 0, 0, 0, time.UTC)
	return month, year, now.Before(end)
}
