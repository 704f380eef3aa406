package shoedraw

import "strconv"

// Commitment fixes the list of a month's tickets before the random value is
// known.
type Commitment struct {
	Announcement Hash
	Period       Period
	Entries      int64
	Root         Hash
	Round        int64 // of drand, 0 for other sources
}

// Bytes is the document.
func (c Commitment) Bytes() []byte {
	w := begin("commitment")
	w.line("announcement", c.Announcement)
	w.line("period", c.Period)
	w.line("entries", c.Entries)
	w.line("root", c.Root)
	w.line("round", dashFor(c.Round))
	return w.bytes()
}

// Hash is K, which names the document.
func (c Commitment) Hash() Hash { return Sum(c.Bytes()) }

// ParseCommitment reads a document. Errors are ErrMalformed.
func ParseCommitment(b []byte) (Commitment, error) {
	r := open("commitment", b)
	c := Commitment{
		Announcement: read(r, "announcement", ParseHash), Period: read(r, "period", ParsePeriod),
		Entries: read(r, "entries", parseCount), Root: read(r, "root", ParseHash), Round: read(r, "round", parseRound),
	}
	if err := r.close(c.Bytes(), b); err != nil {
		return Commitment{}, err
	}
	return c, nil
}

func dashFor(round int64) string {
	if round == 0 {
		return "-"
	}
	return strconv.FormatInt(round, 10)
}

func parseRound(s string) (int64, error) {
	if s == "-" {
		return 0, nil
	}
	return parseCount(s)
}
