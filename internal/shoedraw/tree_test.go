package shoedraw

import (
	"encoding/binary"
	"errors"
	"testing"
)

// naive is RFC 6962's definition of a root, word for word.
func naive(tickets []Ticket) Hash {
	switch n := len(tickets); n {
	case 0:
		return Sum(nil)
	case 1:
		return leaf(tickets[0])
	default:
		k := 1
		for 2*k < n {
			k *= 2
		}
		return node(naive(tickets[:k]), naive(tickets[k:]))
	}
}

// evenTickets are n tickets with room between them.
func evenTickets(n int) []Ticket {
	tickets := make([]Ticket, n)
	for i := range tickets {
		binary.BigEndian.PutUint32(tickets[i][:], uint32(2*i+2))
	}
	return tickets
}

func TestRootsAndProofsOfEveryLength(t *testing.T) {
	for n := range 70 {
		tickets := evenTickets(n)
		var tree Tree
		for _, ticket := range tickets {
			if err := tree.Add(ticket); err != nil {
				t.Fatal(err)
			}
		}
		root := naive(tickets)
		if tree.Root() != root {
			t.Fatalf("%d tickets have another root", n)
		}
		for position := range n {
			proof, led, err := Prove(list(tickets), int64(n), int64(position))
			if err != nil || led != root || !proof.Holds(root) {
				t.Fatalf("position %d of %d: %v", position, n, err)
			}
			for _, break_ := range []func(*Proof){
				func(p *Proof) { p.Ticket[31]++ }, func(p *Proof) { p.Position = (p.Position + 1) % (p.Entries + 1) },
				func(p *Proof) { p.Path = append(append([]Hash(nil), p.Path...), Hash{}) }, func(p *Proof) { p.Position = -1 },
				func(p *Proof) {
					if len(p.Path) > 0 {
						p.Path = p.Path[:len(p.Path)-1]
					} else {
						p.Entries = 0
					}
				},
			} {
				broken := proof
				if break_(&broken); broken.Holds(root) {
					t.Fatalf("a broken proof of position %d of %d holds: %+v", position, n, broken)
				}
			}
		}
	}
}

func TestATicketThatIsMissingIsShownToBe(t *testing.T) {
	for n := range 20 {
		tickets := evenTickets(n)
		root := naive(tickets)
		prove := func(position int) *Proof {
			if position < 0 || position >= n {
				return nil
			}
			p, _, err := Prove(list(tickets), int64(n), int64(position))
			if err != nil {
				t.Fatal(err)
			}
			return &p
		}
		for between := range n + 1 {
			var missing Ticket
			binary.BigEndian.PutUint32(missing[:], uint32(2*between+1))
			m := Missing{missing, prove(between - 1), prove(between)}
			if !m.Holds(int64(n), root) {
				t.Fatalf("before position %d of %d it does not hold", between, n)
			}
			if n == 0 {
				continue
			}
			for _, lie := range []Missing{
				{missing, m.Before, prove(between + 1)}, {missing, prove(between - 2), m.After}, {tickets[min(between, n-1)], m.Before, m.After}, {missing, nil, nil},
			} {
				if same := lie.Before == m.Before && lie.After == m.After && lie.Ticket == missing; !same && lie.Holds(int64(n), root) {
					if lie.Ticket == missing && equal(lie.Before, m.Before) && equal(lie.After, m.After) {
						continue
					}
					t.Fatalf("a lie about position %d of %d holds: %+v", between, n, lie)
				}
			}
		}
	}
}

func equal(a, b *Proof) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Position == b.Position
}

func TestAListInAnotherOrderIsRefused(t *testing.T) {
	tickets := evenTickets(4)
	for _, wrong := range [][]Ticket{{tickets[1], tickets[0]}, {tickets[1], tickets[1]}} {
		var tree Tree
		if err := tree.Add(wrong[0]); err != nil {
			t.Fatal(err)
		}
		if err := tree.Add(wrong[1]); !errors.Is(err, ErrOrder) {
			t.Errorf("added: %v", err)
		}
		if _, _, err := Prove(list(wrong), 2, 0); !errors.Is(err, ErrOrder) {
			t.Errorf("proved: %v", err)
		}
	}
	for _, tt := range []struct{ entries, position int64 }{{3, 0}, {5, 0}, {4, 4}, {4, -1}, {0, 0}} {
		if _, _, err := Prove(list(tickets), tt.entries, tt.position); err == nil {
			t.Errorf("position %d of %d is proved from a list of 4", tt.position, tt.entries)
		}
	}
}
