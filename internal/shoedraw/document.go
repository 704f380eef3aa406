package shoedraw

import (
	"fmt"
	"strings"
)

// maxDocument is how many bytes a document may have.
const maxDocument = 1 << 20

// writer writes a document line by line.
type writer struct{ b strings.Builder }

func begin(kind string) *writer {
	w := &writer{}
	w.b.WriteString("SHOEDRAW/1 " + kind + "\n")
	return w
}

func (w *writer) line(key string, value any) { fmt.Fprintf(&w.b, "%s: %v\n", key, value) }

func (w *writer) bytes() []byte { return []byte(w.b.String()) }

// reader reads a document line by line. Its first error stays; whoever has
// read all of it compares what they would write with what they read.
type reader struct {
	lines []string
	err   error
}

func open(kind string, b []byte) *reader {
	r := &reader{}
	text := string(b)
	switch {
	case len(b) > maxDocument:
		r.err = malformed("it is too long")
	case !strings.HasSuffix(text, "\n"):
		r.err = malformed("it does not end with a line end")
	default:
		r.lines = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		if r.lines[0] != "SHOEDRAW/1 "+kind {
			r.err = malformed("it does not begin with %q", "SHOEDRAW/1 "+kind)
		}
		r.lines = r.lines[1:]
	}
	return r
}

// next is the value of the next line, whose key must be key.
func (r *reader) next(key string) string {
	if r.err != nil {
		return ""
	}
	if len(r.lines) == 0 {
		r.err = malformed("the line %q is missing", key)
		return ""
	}
	found, value, ok := strings.Cut(r.lines[0], ": ")
	if !ok || found != key {
		r.err = malformed("where the line %q should be is %q", key, r.lines[0])
		return ""
	}
	r.lines = r.lines[1:]
	return value
}

// read is the next value, as parse reads it.
func read[T any](r *reader, key string, parse func(string) (T, error)) T {
	text := r.next(key)
	var value T
	if r.err != nil {
		return value
	}
	value, err := parse(text)
	if err != nil {
		r.err = malformed("%s: %v", key, err)
	}
	return value
}

// close wants nothing left, and the document to be written as the protocol
// writes it.
func (r *reader) close(as, b []byte) error {
	switch {
	case r.err != nil:
		return r.err
	case len(r.lines) > 0:
		return malformed("%q is a line too many", r.lines[0])
	case string(as) != string(b):
		return malformed("it is not written as the protocol writes it")
	}
	return nil
}

// word is a value of one word of printable ASCII.
func word(s string) (string, error) {
	if s == "" || len(s) > 253 || strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return "", malformed("%q is not one word", s)
	}
	return s, nil
}
