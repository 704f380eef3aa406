package stripesim

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"strings"
)

// operation is one call of the API: it reads its parameters at once and gives back what is then done with the books.
type operation struct {
	pattern string
	read    func(*call) action
}

// action does an operation within a transaction and gives the object to answer with.
type action func(*ledger) (any, error)

// operations is everything the API can do, by method and path as in Stripe's reference.
var operations = []operation{
	{"POST /v1/checkout/sessions", createSession},
	{"GET /v1/checkout/sessions", listSessions},
	{"GET /v1/checkout/sessions/{id}", getSession},
	{"POST /v1/checkout/sessions/{id}/expire", expireSession},
	{"GET /v1/checkout/sessions/{id}/line_items", listLineItems},

	{"GET /v1/payment_intents", listIntents},
	{"GET /v1/payment_intents/{id}", getIntent},
	{"POST /v1/payment_intents/{id}/cancel", cancelIntent},
	{"GET /v1/charges/{id}", getCharge},
	{"POST /v1/refunds", createRefund},
	{"GET /v1/refunds", listRefunds},
	{"GET /v1/refunds/{id}", getRefund},
	{"POST /v1/refunds/{id}", updateRefund},

	{"POST /v1/coupons", createCoupon},
	{"GET /v1/coupons/{id}", getCoupon},
	{"DELETE /v1/coupons/{id}", deleteCoupon},
	{"POST /v1/customers", createCustomer},
	{"GET /v1/customers/{id}", getCustomer},
	{"POST /v1/customers/{id}", updateCustomer},

	{"GET /v1/events", listEvents},
	{"GET /v1/events/{id}", getEvent},
	{"POST /v1/webhook_endpoints", createEndpoint},
	{"GET /v1/webhook_endpoints", listEndpoints},
	{"GET /v1/webhook_endpoints/{id}", getEndpoint},
	{"DELETE /v1/webhook_endpoints/{id}", deleteEndpoint},
	{"GET /v1/tax_codes/{id}", getTaxCode},
	{"GET /v1/balance", getBalance},
}

// maxBody bounds a request's body.
const maxBody = 1 << 20

// call is one request to the API.
type call struct {
	op  operation
	r   *http.Request
	id  string
	key string
	// fingerprint is what one idempotency key stands for: method, path and parameters.
	fingerprint string
	p           params
	expand      tree
	now         int64
}

// Handler serves the API under /v1/, the hosted page under /pay/ and the control endpoints under /_sim/.
func (s *Sim) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, op := range operations {
		mux.HandleFunc(op.pattern, func(w http.ResponseWriter, r *http.Request) { s.serveAPI(w, r, op) })
	}
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, r *http.Request) {
		e := refuse("", "", "Unrecognized request URL (%s: %s).", r.Method, r.URL.Path)
		e.Status = http.StatusNotFound
		reply{err: e}.write(w, newID("req_", 14))
	})
	s.routePages(mux)
	s.routeControl(mux)
	return mux
}

// serveAPI answers one call, misbehaving as the fault switches say.
func (s *Sim) serveAPI(w http.ResponseWriter, r *http.Request, op operation) {
	c := &call{op: op, r: r, id: newID("req_", 14), key: r.Header.Get("Idempotency-Key"), now: s.Now().Unix()}
	if e := s.admit(r); e != nil {
		reply{err: e}.write(w, c.id)
		return
	}
	if e := c.readBody(w); e != nil {
		reply{err: e}.write(w, c.id)
		return
	}
	if c.key != "" && r.Method != http.MethodGet {
		w.Header().Set("Idempotency-Key", c.key)
		if !s.claim(c.key) {
			reply{err: keyInUse(c.key)}.write(w, c.id)
			return
		}
		defer s.release(c.key)
	}
	faults, err := s.takeFaults(r.Context(), op.pattern, apiFaults)
	if err != nil {
		s.log.Error("stripesim: read faults", "err", err)
	}
	if e := faults.before(r.Context()); e != nil {
		reply{err: e}.write(w, c.id)
		return
	}
	answer := s.answer(c, faults)
	if faults.after(w) {
		return
	}
	answer.write(w, c.id)
}

// admit checks key and version.
func (s *Sim) admit(r *http.Request) *apiError {
	key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if user, _, ok := r.BasicAuth(); ok {
		key = user
	}
	known := key == s.opts.SecretKey
	if s.opts.SecretKey == "" {
		known = strings.HasPrefix(key, "sk_test_") || strings.HasPrefix(key, "rk_test_")
	}
	if !known || key == "" {
		e := refuse("", "", "Invalid API Key provided: the simulator wants its test key as a Bearer token.")
		e.Status = http.StatusUnauthorized
		return e
	}
	if v := r.Header.Get("Stripe-Version"); v != "" && v != apiVersion {
		return refuse("", "", "Invalid Stripe API version: %s. The simulator speaks %s.", v, apiVersion)
	}
	return nil
}

func (c *call) readBody(w http.ResponseWriter) *apiError {
	encoded := c.r.URL.RawQuery
	if c.r.Method == http.MethodPost {
		kind, _, _ := strings.Cut(c.r.Header.Get("Content-Type"), ";")
		body, err := io.ReadAll(http.MaxBytesReader(w, c.r.Body, maxBody))
		switch {
		case err != nil:
			return refuse("", "", "Invalid request: the body could not be read or is too large.")
		case len(body) > 0 && kind != "application/x-www-form-urlencoded":
			return refuse("", "", "Invalid request: the body must be application/x-www-form-urlencoded, not %q.", kind)
		}
		encoded = string(body)
	}
	root, e := decodeForm(encoded)
	if e != nil {
		return e
	}
	if len(c.key) > 255 {
		return refuse("", "", "Invalid Idempotency-Key: must be at most 255 characters.")
	}
	c.p = newParams(root)
	pairs := strings.Split(encoded, "&")
	slices.Sort(pairs)
	sum := sha256.Sum256([]byte(c.r.Method + " " + c.r.URL.Path + "\n" + strings.Join(pairs, "&")))
	c.fingerprint = hex.EncodeToString(sum[:])
	return nil
}
