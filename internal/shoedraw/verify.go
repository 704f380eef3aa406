package shoedraw

import (
	"errors"
	"fmt"
)

// Month is what was published about a month. What is not there yet is nil.
type Month struct {
	Announcement []byte
	Rules        []byte
	Commitment   []byte
	Tickets      Tickets
	Draw         []byte
	Result       []byte
}

// Verified is what a month's documents say, as far as they are there and true.
type Verified struct {
	Announcement Announcement
	Commitment   *Commitment
	Draw         *Draw
	Result       *Result
}

// ErrFalse is the error of documents that are well written and do not belong
// together or do not follow from each other.
var ErrFalse = errors.New("the documents do not agree")

func untrue(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrFalse, fmt.Sprintf(format, args...))
}

// Signature checks the signature of a round of a drand chain.
type Signature func(chain Hash, round int64, signature []byte) error

// Verify checks all that was published about a month: that each document names
// the one before it, that the list has the root that was fixed, that the random
// value is the one that was announced, and that the picks follow from both.
// drand may be nil where no month uses it. Errors are ErrMalformed, ErrFalse,
// ErrOrder, and those of Tickets and drand.
func Verify(m Month, drand Signature) (Verified, error) {
	var v Verified
	var err error
	if v.Announcement, err = ParseAnnouncement(m.Announcement); err != nil {
		return v, fmt.Errorf("the announcement: %w", err)
	}
	if m.Rules != nil && Sum(m.Rules) != v.Announcement.Rules {
		return v, untrue("the rules are not those that were announced")
	}
	for _, step := range []func(Month, Signature) error{v.commitment, v.draw, v.result} {
		if err := step(m, drand); err != nil {
			return v, err
		}
	}
	return v, nil
}

func (v *Verified) commitment(m Month, _ Signature) error {
	if m.Commitment == nil {
		return nil
	}
	c, err := ParseCommitment(m.Commitment)
	switch {
	case err != nil:
		return fmt.Errorf("the commitment: %w", err)
	case c.Announcement != v.Announcement.Hash():
		return untrue("the commitment is of another announcement")
	case c.Period != v.Announcement.Period:
		return untrue("the commitment is of %s", c.Period)
	case (c.Round > 0) != (v.Announcement.Source.Kind == SourceDrand):
		return untrue("the commitment names round %d for the source %s", c.Round, v.Announcement.Source.Kind)
	}
	v.Commitment = &c
	return nil
}

func (v *Verified) draw(m Month, drand Signature) error {
	if m.Draw == nil {
		return v.list(m, nil)
	}
	if v.Commitment == nil {
		return untrue("there is a draw without a commitment")
	}
	d, err := ParseDraw(m.Draw)
	switch {
	case err != nil:
		return fmt.Errorf("the draw: %w", err)
	case d.Commitment != v.Commitment.Hash():
		return untrue("the draw is of another commitment")
	case d.Period != v.Announcement.Period:
		return untrue("the draw is of %s", d.Period)
	}
	if err := v.random(d, drand); err != nil {
		return err
	}
	seed, err := Seed(d.Commitment, d.Randomness)
	if err != nil {
		return err
	}
	if seed != d.Seed {
		return untrue("the seed does not follow from the commitment and the random value")
	}
	picks := Picks(seed, v.Commitment.Entries, v.Announcement.Picks())
	if len(picks) != len(d.Picks) {
		return untrue("there are %d picks, and %d follow from the seed", len(d.Picks), len(picks))
	}
	for k, position := range picks {
		if d.Picks[k].Position != position {
			return untrue("pick %d is position %d, and %d follows from the seed", k, d.Picks[k].Position, position)
		}
	}
	v.Draw = &d
	return v.list(m, d.Picks)
}

// random checks that the random value is what the source has given.
func (v *Verified) random(d Draw, drand Signature) error {
	if (len(d.Signature) > 0) != (v.Announcement.Source.Kind == SourceDrand) {
		return untrue("a signature belongs to the source drand, and to no other")
	}
	switch v.Announcement.Source.Kind {
	case SourceSealed:
		if Sum(d.Randomness) != v.Announcement.Sealed {
			return untrue("the secret is not the one that was sealed")
		}
	case SourceDrand:
		if string(d.Randomness) != string(hashOf(d.Signature)) {
			return untrue("the random value is not the signature's hash")
		}
		if drand == nil {
			return untrue("nobody here can check the signature of a drand round")
		}
		return drand(v.Announcement.Source.Chain, v.Commitment.Round, d.Signature)
	}
	return nil
}

// list reads the tickets and compares them with what was fixed and drawn.
func (v *Verified) list(m Month, picks []Pick) error {
	if m.Tickets == nil || v.Commitment == nil {
		return nil
	}
	drawn := map[int64]Ticket{}
	for _, p := range picks {
		drawn[p.Position] = p.Ticket
	}
	var tree Tree
	for {
		t, ok, err := m.Tickets()
		if err != nil {
			return fmt.Errorf("reading the tickets: %w", err)
		}
		if !ok {
			break
		}
		if want, ok := drawn[tree.Len()]; ok && want != t {
			return untrue("the ticket at position %d is not the one that was drawn", tree.Len())
		}
		if err := tree.Add(t); err != nil {
			return err
		}
	}
	switch {
	case tree.Len() != v.Commitment.Entries:
		return untrue("there are %d tickets, and %d were fixed", tree.Len(), v.Commitment.Entries)
	case tree.Root() != v.Commitment.Root:
		return untrue("the tickets are not those that were fixed")
	}
	return nil
}

func (v *Verified) result(m Month, _ Signature) error {
	if m.Result == nil {
		return nil
	}
	if v.Draw == nil {
		return untrue("there is a result without a draw")
	}
	res, err := ParseResult(m.Result)
	switch {
	case err != nil:
		return fmt.Errorf("the result: %w", err)
	case res.Draw != v.Draw.Hash():
		return untrue("the result is of another draw")
	case res.Period != v.Announcement.Period:
		return untrue("the result is of %s", res.Period)
	case len(res.Outcomes) != len(v.Draw.Picks):
		return untrue("there are %d outcomes of %d picks", len(res.Outcomes), len(v.Draw.Picks))
	}
	awarded := int64(0)
	for k, o := range res.Outcomes {
		all := awarded == v.Announcement.Winners
		if (o == Unused) != all {
			return untrue("pick %d is %s when %d of %d prizes are awarded", k, o, awarded, v.Announcement.Winners)
		}
		if o == Awarded {
			awarded++
		}
	}
	v.Result = &res
	return nil
}

// VerifyChain checks that the results of months that follow each other name
// each other. The first may follow on one that is not among them.
func VerifyChain(months []Verified) error {
	for i := 1; i < len(months); i++ {
		before, after := months[i-1], months[i]
		if after.Announcement.Period <= before.Announcement.Period {
			return untrue("%s comes after %s", after.Announcement.Period, before.Announcement.Period)
		}
		if before.Result == nil || after.Result == nil {
			continue
		}
		if after.Result.Prev != before.Result.Hash() {
			return untrue("the result of %s does not follow on that of %s", after.Announcement.Period, before.Announcement.Period)
		}
	}
	return nil
}
