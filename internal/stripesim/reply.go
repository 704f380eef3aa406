package stripesim

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// reply is what a call is answered with: a refusal, or a body with its status.
type reply struct {
	err      *apiError
	status   int
	body     []byte
	replayed bool
	original string
}

func okReply(v any) (reply, error) {
	body, err := json.MarshalIndent(v, "", "  ")
	return reply{status: http.StatusOK, body: append(body, '\n')}, err
}

// sealed gives the reply with its refusal written out as a body.
func (a reply) sealed() reply {
	if a.err == nil {
		return a
	}
	e := a.err.finish()
	body, err := json.MarshalIndent(map[string]any{"error": e}, "", "  ")
	if err != nil {
		panic(err) // strings only
	}
	a.status, a.body = e.Status, append(body, '\n')
	return a
}

func (a reply) write(w http.ResponseWriter, id string) {
	a = a.sealed()
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-cache, no-store")
	h.Set("Request-Id", id)
	h.Set("Stripe-Version", apiVersion)
	if a.replayed {
		h.Set("Idempotent-Replayed", "true")
		h.Set("Original-Request", a.original)
	}
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	w.Write(a.body) // the client may be gone; nobody else wants to know
}

func internalError() *apiError {
	return &apiError{
		Status: http.StatusInternalServerError, Type: "api_error",
		Message: "An unknown error occurred.",
	}
}
