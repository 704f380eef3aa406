package stripesim

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"
)

// fault is one switch: what goes wrong, where, and how often.
type fault struct {
	ID   int64  `json:"id"`
	Kind string `json:"kind"`
	// Match names an operation ("POST /v1/checkout/sessions") or an event type; a trailing * matches any rest, and
	// empty matches everything.
	Match string `json:"match,omitempty"`
	// Left is how many times it still happens; Forever makes it happen until cleared.
	Left    int64 `json:"count"`
	Forever bool  `json:"forever"`
	// MS is the time that slow and delay add.
	MS int64 `json:"ms,omitempty"`
	// Copies is how often duplicate sends an event.
	Copies int64 `json:"copies,omitempty"`
}

// apiFaults and webhookFaults are the kinds of fault there are.
var (
	apiFaults     = []string{"before_reply", "cut", "cut_before", "409", "429", "500", "html502", "slow"}
	webhookFaults = []string{
		"duplicate", "reorder", "delay", "drop", "wrong_secret", "two_signatures", "newer_api_version",
	}
)

func (f fault) matches(name string) bool {
	if prefix, ok := strings.CutSuffix(f.Match, "*"); ok {
		return strings.HasPrefix(name, prefix)
	}
	return f.Match == "" || f.Match == name
}

// faultSet is the faults that befall one request or delivery.
type faultSet []fault

func (set faultSet) get(kind string) (fault, bool) {
	i := slices.IndexFunc(set, func(f fault) bool { return f.Kind == kind })
	if i < 0 {
		return fault{}, false
	}
	return set[i], true
}

func (set faultSet) has(kind string) bool { _, ok := set.get(kind); return ok }

// before misbehaves ahead of execution: it waits, cuts the connection, or refuses.
func (set faultSet) before(ctx context.Context) *apiError {
	if f, ok := set.get("slow"); ok {
		select {
		case <-time.After(time.Duration(f.MS) * time.Millisecond):
		case <-ctx.Done():
		}
	}
	if set.has("cut_before") {
		panic(http.ErrAbortHandler)
	}
	if set.has("409") {
		return keyInUse("fault")
	}
	if set.has("429") {
		e := refuse("rate_limit", "", "Request rate limit exceeded.")
		e.Status = http.StatusTooManyRequests
		return e
	}
	return nil
}

// after misbehaves once the call was executed: the connection is cut, or a proxy's page comes instead of the answer.
// It says whether the caller has its answer.
func (set faultSet) after(w http.ResponseWriter) bool {
	if set.has("cut") {
		panic(http.ErrAbortHandler)
	}
	if !set.has("html502") {
		return false
	}
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusBadGateway)
	w.Write([]byte("<html><body><h1>502 Bad Gateway</h1></body></html>\n")) // the client may be gone
	return true
}
