package shoedraw

import (
	"errors"
	"strings"
	"testing"
)

// TestAnyFlippedByteIsRefused flips one bit of each byte of each document.
func TestAnyFlippedByteIsRefused(t *testing.T) {
	for n := range months {
		_, whole := published(t, n)
		parts := map[string]func(*Month) *[]byte{
			"announcement": func(m *Month) *[]byte { return &m.Announcement }, "rules": func(m *Month) *[]byte { return &m.Rules },
			"commitment": func(m *Month) *[]byte { return &m.Commitment }, "draw": func(m *Month) *[]byte { return &m.Draw },
		}
		for name, part := range parts {
			for at := range len(*part(&whole)) {
				for _, bit := range []byte{1, 0x20} {
					m := whole
					m.Tickets = list(marchTickets())
					flipped := append([]byte(nil), *part(&m)...)
					flipped[at] ^= bit
					*part(&m) = flipped
					if _, err := Verify(m, trusting); err == nil {
						t.Fatalf("%s of %s: byte %d as %q is believed", name, months[n].source, at, flipped[at])
					}
				}
			}
		}
		for at := range 7 * 32 {
			tickets := marchTickets()
			tickets[at/32][at%32] ^= 1
			m := whole
			m.Tickets = list(tickets)
			if _, err := Verify(m, trusting); err == nil {
				t.Fatalf("byte %d of the tickets may be another", at)
			}
		}
	}
}

func TestWhatDoesNotFollowIsRefused(t *testing.T) {
	redo := func(m *Month, change func(*Commitment, *Draw, *Result)) {
		c, _ := ParseCommitment(m.Commitment)
		d, _ := ParseDraw(m.Draw)
		res, _ := ParseResult(m.Result)
		change(&c, &d, &res)
		m.Commitment, m.Draw, m.Result = c.Bytes(), d.Bytes(), res.Bytes()
	}
	tests := []struct {
		name   string
		month  int
		change func(*Commitment, *Draw, *Result)
		says   string
	}{
		{"another announcement", 0, func(c *Commitment, _ *Draw, _ *Result) { c.Announcement[0]++ }, "another announcement"},
		{"another month's commitment", 0, func(c *Commitment, _ *Draw, _ *Result) { c.Period = "2025-04" }, "the commitment is of 2025-04"},
		{"a round in a sealed month", 0, func(c *Commitment, _ *Draw, _ *Result) { c.Round = 7 }, "names round 7"},
		{"no round in a drand month", 1, func(c *Commitment, _ *Draw, _ *Result) { c.Round = 0 }, "names round 0"},
		{"another commitment", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Commitment[0]++ }, "another commitment"},
		{"another month's draw", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Period = "2025-04" }, "the draw is of 2025-04"},
		{"another secret", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Randomness[0]++ }, "not the one that was sealed"},
		{"a signature in a sealed month", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Signature = []byte{1} }, "a signature belongs"},
		{"another signature", 1, func(_ *Commitment, d *Draw, _ *Result) { d.Signature[0]++ }, "not the signature's hash"},
		{"another seed", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Seed[0]++ }, "the seed does not follow"},
		{"another pick", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Picks[0].Position = 3 }, "2 follows from the seed"},
		{"picks in another order", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Picks[0], d.Picks[1] = d.Picks[1], d.Picks[0] }, "follows from the seed"},
		{"a pick too few", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Picks = d.Picks[:3] }, "there are 3 picks"},
		{"another ticket", 0, func(_ *Commitment, d *Draw, _ *Result) { d.Picks[1].Ticket[0]++ }, "not the one that was drawn"},
		{"another draw's result", 0, func(_ *Commitment, _ *Draw, res *Result) { res.Draw[0]++ }, "another draw"},
		{"another month's result", 0, func(_ *Commitment, _ *Draw, res *Result) { res.Period = "2025-04" }, "the result is of 2025-04"},
		{"an outcome too few", 0, func(_ *Commitment, _ *Draw, res *Result) { res.Outcomes = res.Outcomes[:3] }, "3 outcomes of 4 picks"},
		{"two winners", 0, func(_ *Commitment, _ *Draw, res *Result) { res.Outcomes[0] = Awarded }, "of 1 prizes are awarded"},
		{"an alternate that was not asked", 0, func(_ *Commitment, _ *Draw, res *Result) { res.Outcomes[0] = Unused }, "pick 0 is unused"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, m := published(t, tt.month)
			redo(&m, tt.change)
			if _, err := Verify(m, trusting); !errors.Is(err, ErrFalse) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v, want %q", err, tt.says)
			}
		})
	}
}

func TestADrandMonthNeedsItsSignatureChecked(t *testing.T) {
	_, m := published(t, 1)
	if _, err := Verify(m, nil); !errors.Is(err, ErrFalse) {
		t.Errorf("without a check: %v", err)
	}
	forged := errors.New("forged")
	m.Tickets = list(marchTickets())
	if _, err := Verify(m, func(Hash, int64, []byte) error { return forged }); !errors.Is(err, forged) {
		t.Errorf("with a check that fails: %v", err)
	}
}

func TestAMonthIsVerifiedAsFarAsItIsPublished(t *testing.T) {
	_, whole := published(t, 0)
	for _, m := range []Month{
		{Announcement: whole.Announcement}, {Announcement: whole.Announcement, Commitment: whole.Commitment},
		{Announcement: whole.Announcement, Commitment: whole.Commitment, Draw: whole.Draw},
	} {
		if _, err := Verify(m, nil); err != nil {
			t.Error(err)
		}
	}
	for _, m := range []Month{{}, {Announcement: whole.Announcement, Draw: whole.Draw}, {Announcement: whole.Announcement, Commitment: whole.Commitment, Result: whole.Result}} {
		if _, err := Verify(m, nil); err == nil {
			t.Errorf("a draw of %q is believed", m.Draw)
		}
	}
}

func TestMonthsOfNobodyAndOfOne(t *testing.T) {
	for n := range 3 {
		a, _ := published(t, 0)
		tickets := marchTickets()[:n]
		var tree Tree
		for _, ticket := range tickets {
			if err := tree.Add(ticket); err != nil {
				t.Fatal(err)
			}
		}
		secret := Secret(masterKey(), march)
		c := Commitment{Announcement: a.Hash(), Period: march, Entries: int64(n), Root: tree.Root()}
		d := Draw{Commitment: c.Hash(), Period: march, Randomness: secret[:]}
		var err error
		if d.Seed, err = Seed(d.Commitment, d.Randomness); err != nil {
			t.Fatal(err)
		}
		for _, position := range Picks(d.Seed, int64(n), a.Picks()) {
			d.Picks = append(d.Picks, Pick{position, tickets[position]})
		}
		res := Result{Draw: d.Hash(), Period: march}
		for k := range d.Picks {
			res.Outcomes = append(res.Outcomes, []Outcome{SkippedDeclined, Awarded}[k])
		}
		v, err := Verify(Month{Announcement: a.Bytes(), Commitment: c.Bytes(), Tickets: list(tickets), Draw: d.Bytes(), Result: res.Bytes()}, nil)
		if err != nil || len(v.Draw.Picks) != n {
			t.Errorf("%d entries: %v", n, err)
		}
	}
}

func TestMonthsFollowOnEachOther(t *testing.T) {
	month := func(p Period, prev Hash) Verified {
		return Verified{Announcement: Announcement{Period: p}, Result: &Result{Period: p, Prev: prev}}
	}
	first := month("2025-03", Hash{})
	second := month("2025-04", first.Result.Hash())
	third := month("2025-06", second.Result.Hash())
	if err := VerifyChain([]Verified{first, second, third}); err != nil {
		t.Error(err)
	}
	if err := VerifyChain([]Verified{first, {Announcement: Announcement{Period: "2025-04"}}}); err != nil {
		t.Errorf("one that is not settled: %v", err)
	}
	for name, chain := range map[string][]Verified{
		"one left out": {first, third}, "another order": {second, first}, "one twice": {first, first},
	} {
		if err := VerifyChain(chain); !errors.Is(err, ErrFalse) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
