package shop

import (
	"errors"
	"fmt"
)

// Kind says what sort of answer an error is, and so which HTTP status or exit
// code the doors give it.
type Kind int

// The kinds of error. KindInternal is anything the shop did not foresee.
const (
	KindInternal    Kind = iota
	KindInvalid          // the request makes no sense as it stands: 422
	KindMalformed        // the request cannot even be read: 400
	KindNotFound         // there is no such thing, or not for this visitor: 404
	KindConflict         // it made sense until something else happened: 409
	KindForbidden        // known, and not allowed: 403
	KindTooLarge         // 413
	KindTooMany          // asked too often: 429
	KindUnavailable      // cannot be done just now, try again: 503
)

// Error is an error whose Message is safe to show. Err, for the log, is not.
type Error struct {
	Kind    Kind
	Message string            // a sentence for shopper or staff
	Fields  map[string]string // form field to sentence, for a form shown again
	Err     error
}

// Error gives the message and what lies behind it.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap gives what lies behind.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error of a kind with a message that is safe to show.
func Errorf(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Invalid is an error of KindInvalid.
func Invalid(format string, args ...any) *Error { return Errorf(KindInvalid, format, args...) }

// NotFound is an error of KindNotFound.
func NotFound(format string, args ...any) *Error { return Errorf(KindNotFound, format, args...) }

// Conflict is an error of KindConflict.
func Conflict(format string, args ...any) *Error { return Errorf(KindConflict, format, args...) }

// Unavailable is an error of KindUnavailable caused by err.
func Unavailable(err error, format string, args ...any) *Error {
	e := Errorf(KindUnavailable, format, args...)
	e.Err = err
	return e
}

// ErrUnknown says that a commit or a call may or may not have happened. The
// caller repeats it with the same unique key and never takes it for a no.
var ErrUnknown = errors.New("the outcome is unknown")

// ErrExists says that a unique index already has the row: what may happen
// only once has happened.
var ErrExists = errors.New("already there")

// KindOf is the kind of the first Error in err's chain, KindInternal without
// one.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// IsNotFound says whether err is of KindNotFound.
func IsNotFound(err error) bool { return err != nil && KindOf(err) == KindNotFound }

// MessageOf is the sentence to show for err, "" when none is safe.
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return ""
}
