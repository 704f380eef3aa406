package stripesim

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// apiError is a refusal in Stripe's shape.
type apiError struct {
	Status      int    `json:"-"`
	Type        string `json:"type"`
	Code        string `json:"code,omitempty"`
	DeclineCode string `json:"decline_code,omitempty"`
	Message     string `json:"message"`
	Param       string `json:"param,omitempty"`
	Charge      string `json:"charge,omitempty"`
	DocURL      string `json:"doc_url,omitempty"`
	// early marks a refusal made before execution began: its answer is not kept under the idempotency key.
	early bool
}

func (e *apiError) Error() string { return e.Message }

const invalidRequest = "invalid_request_error"

func refuse(code, param, format string, args ...any) *apiError {
	return &apiError{
		Status: http.StatusBadRequest, Type: invalidRequest, Code: code, Param: param, Message: fmt.Sprintf(format, args...),
	}
}

func missing(param string) *apiError {
	return refuse("parameter_missing", param, "Missing required param: %s.", param)
}

func exclusive(params ...string) *apiError {
	slices.Sort(params)
	return refuse("", params[0], "You may only specify one of these parameters: %s.", strings.Join(params, ", "))
}

// notSimulated refuses what Stripe would accept and the simulator cannot honour, so that nobody takes it as done.
func notSimulated(param, what string) *apiError {
	return refuse("", param, "The simulator does not support %s.", what)
}

// noSuch answers for an unknown id: 404 when the path names it, 400 when a parameter does.
func noSuch(kind, id, param string, status int) *apiError {
	return &apiError{
		Status: status, Type: invalidRequest, Code: "resource_missing", Param: param,
		Message: fmt.Sprintf("No such %s: '%s'", kind, id),
	}
}

// finish adds what every error carries.
func (e *apiError) finish() *apiError {
	out := *e
	if out.Code != "" {
		out.DocURL = "https://stripe.com/docs/error-codes/" + strings.ReplaceAll(out.Code, "_", "-")
	}
	out.Status = cmp.Or(out.Status, http.StatusBadRequest)
	return &out
}
