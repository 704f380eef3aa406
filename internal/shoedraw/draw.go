package shoedraw

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// Draw is the random value and what was picked by it. It never changes.
type Draw struct {
	Commitment Hash // K
	Period     Period
	Randomness []byte // R
	Signature  []byte // of drand, nil for other sources
	Seed       Hash
	Picks      []Pick
}

// Pick is an entry that was drawn.
type Pick struct {
	Position int64
	Ticket   Ticket
}

// Bytes is the document.
func (d Draw) Bytes() []byte {
	w := begin("draw")
	w.line("commitment", d.Commitment)
	w.line("period", d.Period)
	w.line("randomness", hex.EncodeToString(d.Randomness))
	signature := "-"
	if len(d.Signature) > 0 {
		signature = hex.EncodeToString(d.Signature)
	}
	w.line("signature", signature)
	w.line("seed", d.Seed)
	for k, p := range d.Picks {
		w.line(fmt.Sprintf("pick %d", k), fmt.Sprintf("%d %s", p.Position, p.Ticket))
	}
	return w.bytes()
}

// Hash names the document.
func (d Draw) Hash() Hash { return Sum(d.Bytes()) }

// ParseDraw reads a document. Errors are ErrMalformed.
func ParseDraw(b []byte) (Draw, error) {
	r := open("draw", b)
	d := Draw{
		Commitment: read(r, "commitment", ParseHash), Period: read(r, "period", ParsePeriod),
		Randomness: read(r, "randomness", hex.DecodeString), Signature: read(r, "signature", parseSignature), Seed: read(r, "seed", ParseHash),
	}
	for k := 0; r.err == nil && len(r.lines) > 0; k++ {
		d.Picks = append(d.Picks, read(r, fmt.Sprintf("pick %d", k), parsePick))
	}
	if err := r.close(d.Bytes(), b); err != nil {
		return Draw{}, err
	}
	return d, nil
}

func parseSignature(s string) ([]byte, error) {
	if s == "-" {
		return nil, nil
	}
	return hex.DecodeString(s)
}

func parsePick(s string) (Pick, error) {
	position, ticket, ok := strings.Cut(s, " ")
	if !ok {
		return Pick{}, malformed("%q is no pick", s)
	}
	var p Pick
	var err error
	if p.Position, err = parseCount(position); err != nil {
		return Pick{}, err
	}
	p.Ticket, err = ParseTicket(ticket)
	return p, err
}
