package payment

import (
	"errors"
	"fmt"
	"net/http"

	"longrun/internal/shop"

	"github.com/stripe/stripe-go/v76"
)

// Refusal is a plain no: Stripe understood the request and did nothing.
type Refusal struct {
	Status    int
	Code      string
	Param     string
	Message   string // Stripe's words, for the log and staff
	RequestID string
}

// Error gives what Stripe said.
func (r *Refusal) Error() string {
	return fmt.Sprintf("stripe refused (%d %s, param %q, request %s): %s", r.Status, r.Code, r.Param, r.RequestID, r.Message)
}

// Refused is the refusal in err's chain, nil when there is none: then Stripe
// may or may not have done what it was asked.
func Refused(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return nil
}

const unavailable = "The payment service did not answer. Please try again in a moment."

// write tells the errors of a call that changes something: a *Refusal, or
// KindUnavailable wrapping shop.ErrUnknown.
func (c *Client) write(err error, what string) error {
	if err == nil {
		return nil
	}
	if r := refusal(err); r != nil {
		return fmt.Errorf("%s: %w", what, r)
	}
	c.log.Warn("stripe: outcome unknown", "call", what, "err", brief(err))
	return shop.Unavailable(fmt.Errorf("%s: %w: %w", what, shop.ErrUnknown, err), unavailable)
}

// read tells the errors of a call that changes nothing: a *Refusal, or
// KindUnavailable.
func (c *Client) read(err error, what string) error {
	if err == nil {
		return nil
	}
	if r := refusal(err); r != nil {
		return fmt.Errorf("%s: %w", what, r)
	}
	c.log.Warn("stripe: no answer", "call", what, "err", brief(err))
	return shop.Unavailable(fmt.Errorf("%s: %w", what, err), unavailable)
}

// refusal picks out the answers that prove that nothing happened. A wrong key
// (401, 403) proves nothing of an earlier try under a right one; a key used
// with other parameters (idempotency_error) says that something did happen.
func refusal(err error) *Refusal {
	var e *stripe.Error
	if !errors.As(err, &e) || e.Type == stripe.ErrorTypeIdempotency {
		return nil
	}
	switch e.HTTPStatusCode {
	case http.StatusBadRequest, http.StatusPaymentRequired, http.StatusNotFound:
		return &Refusal{Status: e.HTTPStatusCode, Code: string(e.Code), Param: e.Param, Message: e.Msg, RequestID: e.RequestID}
	}
	return nil
}

// brief keeps bodies, which may hold shoppers' data, out of the log.
func brief(err error) string {
	var e *stripe.Error
	if errors.As(err, &e) {
		return fmt.Sprintf("status %d, type %s, code %s, request %s", e.HTTPStatusCode, e.Type, e.Code, e.RequestID)
	}
	if s := err.Error(); len(s) <= 200 {
		return s
	}
	return err.Error()[:200]
}
