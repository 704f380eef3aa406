package stripesim

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
)

// ledger is one look at the books, or one change of them, with the time it happens at and the request that causes it.
type ledger struct {
	*tx
	sim     *Sim
	now     int64
	origin  eventRequest
	emitted []string
}

// change runs fn in a writing transaction and has the events it emitted delivered.
func (s *Sim) change(ctx context.Context, origin eventRequest, fn func(*ledger) error) error {
	err := s.books.update(ctx, func(t *tx) error {
		return fn(&ledger{tx: t, sim: s, now: s.Now().Unix(), origin: origin})
	})
	if err == nil {
		s.nudge()
	}
	return err
}

// look runs fn on one state of the books, without changing them.
func (s *Sim) look(ctx context.Context, fn func(*ledger) error) error {
	return s.books.view(ctx, func(t *tx) error {
		return fn(&ledger{tx: t, sim: s, now: s.Now().Unix()})
	})
}

// known loads an object that the books must hold because another refers to it.
func known[T any](l *ledger, kind, id string) (*T, error) {
	var v T
	if err := l.load(kind, id, &v); err != nil {
		return nil, fmt.Errorf("%s %s: %w", kind, id, err)
	}
	return &v, nil
}

// inPath loads the object that the request's path names, or refuses with 404.
func inPath[T any](l *ledger, kind, id string) (*T, error) {
	v, err := known[T](l, kind, id)
	if errors.Is(err, errNotFound) {
		return nil, noSuch(kind, id, cmp.Or(pathParams[kind], "id"), http.StatusNotFound)
	}
	return v, err
}

// pathParams are the names that Stripe's errors give to the id in a path, where that is not "id".
var pathParams = map[string]string{kindSession: "session", kindIntent: "intent", kindCoupon: "coupon"}

// inParam loads the object that a parameter names, or refuses with 400.
func inParam[T any](l *ledger, kind, id, param string) (*T, error) {
	v, err := known[T](l, kind, id)
	if errors.Is(err, errNotFound) {
		return nil, noSuch(kind, id, param, http.StatusBadRequest)
	}
	return v, err
}
