package shoedraw

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/bits"
)

func leaf(t Ticket) Hash {
	var b [1 + len(t)]byte
	copy(b[1:], t[:])
	return sha256.Sum256(b[:])
}

func node(left, right Hash) Hash {
	var b [1 + 2*len(left)]byte
	b[0] = 1
	copy(b[1:], left[:])
	copy(b[1+len(left):], right[:])
	return sha256.Sum256(b[:])
}

// Tree works out the root of tickets that come one by one, in order. It keeps
// one hash for each power of two. The zero Tree has none.
type Tree struct {
	n     int64
	last  Ticket
	roots []Hash // of the whole subtrees so far, the largest first
}

// ErrOrder says that tickets are not sorted, or that one is there twice.
var ErrOrder = errors.New("the tickets are not in strictly rising order")

// Add takes the next ticket, which must be greater than the one before.
func (t *Tree) Add(ticket Ticket) error {
	if t.n > 0 && bytes.Compare(t.last[:], ticket[:]) >= 0 {
		return fmt.Errorf("%w: %s after %s", ErrOrder, ticket, t.last)
	}
	h := leaf(ticket)
	for n := t.n; n&1 == 1; n >>= 1 {
		last := len(t.roots) - 1
		h = node(t.roots[last], h)
		t.roots = t.roots[:last]
	}
	t.roots, t.n, t.last = append(t.roots, h), t.n+1, ticket
	return nil
}

// Len is how many tickets there are.
func (t *Tree) Len() int64 { return t.n }

// Root is the root of the tickets so far.
func (t *Tree) Root() Hash {
	if t.n == 0 {
		return Sum(nil)
	}
	h := t.roots[len(t.roots)-1]
	for i := len(t.roots) - 2; i >= 0; i-- {
		h = node(t.roots[i], h)
	}
	return h
}

// Proof shows that a ticket stands at a position of a list of so many.
type Proof struct {
	Ticket   Ticket
	Position int64
	Entries  int64
	Path     []Hash // from the leaf up
}

// Holds says whether the proof leads to a root (RFC 9162, 2.1.3.2).
func (p Proof) Holds(root Hash) bool {
	if p.Position < 0 || p.Position >= p.Entries {
		return false
	}
	at, last, h := p.Position, p.Entries-1, leaf(p.Ticket)
	for _, beside := range p.Path {
		if last == 0 {
			return false
		}
		if at&1 == 1 || at == last {
			h = node(beside, h)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			h = node(h, beside)
		}
		at, last = at>>1, last>>1
	}
	return last == 0 && h == root
}

// Tickets gives the tickets of a list one by one, in order; false at its end.
type Tickets func() (Ticket, bool, error)

// Prove reads a whole list and gives the proof of a position, and the root
// that it leads to.
func Prove(tickets Tickets, entries, position int64) (Proof, Hash, error) {
	if position < 0 || position >= entries {
		return Proof{}, Hash{}, fmt.Errorf("a list of %d has no position %d", entries, position)
	}
	w := walk{tickets: tickets, proof: Proof{Position: position, Entries: entries}}
	root, err := w.root(0, entries)
	if err != nil {
		return Proof{}, Hash{}, err
	}
	if _, more, err := tickets(); err != nil || more {
		return Proof{}, Hash{}, errors.Join(err, fmt.Errorf("the list has more than %d tickets", entries))
	}
	return w.proof, root, nil
}

type walk struct {
	tickets Tickets
	last    *Ticket
	proof   Proof
}

// root is the root of the tickets from one position up to another; where the
// proof's is among them it notes what stands beside.
func (w *walk) root(from, to int64) (Hash, error) {
	if to-from == 1 {
		return w.leaf(from)
	}
	middle := from + int64(1)<<(bits.Len64(uint64(to-from-1))-1)
	left, err := w.root(from, middle)
	if err != nil {
		return Hash{}, err
	}
	right, err := w.root(middle, to)
	if err != nil {
		return Hash{}, err
	}
	switch at := w.proof.Position; {
	case at >= from && at < middle:
		w.proof.Path = append(w.proof.Path, right)
	case at >= middle && at < to:
		w.proof.Path = append(w.proof.Path, left)
	}
	return node(left, right), nil
}

func (w *walk) leaf(position int64) (Hash, error) {
	t, ok, err := w.tickets()
	switch {
	case err != nil:
		return Hash{}, err
	case !ok:
		return Hash{}, fmt.Errorf("the list ends before position %d", position)
	case w.last != nil && bytes.Compare(w.last[:], t[:]) >= 0:
		return Hash{}, fmt.Errorf("%w: %s after %s", ErrOrder, t, *w.last)
	}
	w.last = &t
	if position == w.proof.Position {
		w.proof.Ticket = t
	}
	return leaf(t), nil
}

// Missing shows that a ticket is not in a list: the proofs of the two between
// which it would stand, or of the one at the list's end. An empty list has
// none.
type Missing struct {
	Ticket Ticket
	Before *Proof // nil where it would be the first
	After  *Proof // nil where it would be the last
}

// Holds says whether the proofs show that the ticket is not in a list with so
// many entries and a root.
func (m Missing) Holds(entries int64, root Hash) bool {
	if entries == 0 {
		return m.Before == nil && m.After == nil && root == Sum(nil)
	}
	after := int64(0)
	if b := m.Before; b != nil {
		if b.Entries != entries || !b.Holds(root) || bytes.Compare(b.Ticket[:], m.Ticket[:]) >= 0 {
			return false
		}
		after = b.Position + 1
	}
	if m.After == nil {
		return after == entries
	}
	a := m.After
	return a.Entries == entries && a.Position == after && a.Holds(root) && bytes.Compare(m.Ticket[:], a.Ticket[:]) < 0
}
