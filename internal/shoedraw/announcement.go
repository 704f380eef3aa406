package shoedraw

import (
	"fmt"
	"strings"
	"time"
)

// Announcement says before a month begins how it will be drawn.
type Announcement struct {
	Shop       string // its host
	Period     Period
	Zone       string // IANA name in which the month is one
	Opens      Instant
	Closes     Instant // the first moment that is too late
	Source     Source
	Sealed     Hash // of the month's secret, also where another source is used
	Winners    int64
	Alternates int64
	Rules      Hash // of the text of the rules
	Prev       Hash // of the announcement that this one takes the place of or follows, zero for the first
}

// Bytes is the document.
func (a Announcement) Bytes() []byte {
	w := begin("announcement")
	w.line("shop", a.Shop)
	w.line("period", a.Period)
	w.line("zone", a.Zone)
	w.line("opens", a.Opens)
	w.line("closes", a.Closes)
	w.line("source", a.Source)
	w.line("sealed", a.Sealed)
	w.line("winners", a.Winners)
	w.line("alternates", a.Alternates)
	w.line("rules", a.Rules)
	w.line("prev", a.Prev)
	return w.bytes()
}

// Hash names the document.
func (a Announcement) Hash() Hash { return Sum(a.Bytes()) }

// Picks is how many are drawn: winners and alternates.
func (a Announcement) Picks() int { return int(a.Winners + a.Alternates) }

// mostPicks bounds winners and alternates.
const mostPicks = 10_000

// ParseAnnouncement reads a document. Errors are ErrMalformed.
func ParseAnnouncement(b []byte) (Announcement, error) {
	r := open("announcement", b)
	a := Announcement{
		Shop: read(r, "shop", word), Period: read(r, "period", ParsePeriod), Zone: read(r, "zone", word),
		Opens: read(r, "opens", ParseInstant), Closes: read(r, "closes", ParseInstant), Source: read(r, "source", ParseSource),
		Sealed: read(r, "sealed", ParseHash), Winners: read(r, "winners", parseCount), Alternates: read(r, "alternates", parseCount),
		Rules: read(r, "rules", ParseHash), Prev: read(r, "prev", ParseHash),
	}
	if err := r.close(a.Bytes(), b); err != nil {
		return Announcement{}, err
	}
	switch {
	case !a.Opens.Before(a.Closes.Time):
		return Announcement{}, malformed("it closes before it opens")
	case a.Winners < 1 || a.Winners > mostPicks || a.Alternates > mostPicks:
		return Announcement{}, malformed("it draws %d winners and %d alternates", a.Winners, a.Alternates)
	}
	return a, nil
}

// SourceKind is where the random value comes from.
type SourceKind string

// The kinds of sources.
const (
	SourceSealed SourceKind = "sealed"
	SourcePublic SourceKind = "public"
	SourceDrand  SourceKind = "drand"
)

// Source is where the random value of a month comes from.
type Source struct {
	Kind  SourceKind
	Chain Hash   // of drand
	After int64  // seconds after the month's end, of drand
	ID    string // of the public number
	Date  string // of the public number, 2006-01-02
}

// String is the value of the line "source".
func (s Source) String() string {
	switch s.Kind {
	case SourceDrand:
		return fmt.Sprintf("drand %s after %d", s.Chain, s.After)
	case SourcePublic:
		return "public " + s.ID + " " + s.Date
	}
	return string(s.Kind)
}

// ParseSource reads what String writes.
func ParseSource(text string) (Source, error) {
	words := strings.Split(text, " ")
	s := Source{Kind: SourceKind(words[0])}
	var err error
	switch {
	case s.Kind == SourceSealed && len(words) == 1:
	case s.Kind == SourceDrand && len(words) == 4 && words[2] == "after":
		if s.Chain, err = ParseHash(words[1]); err == nil {
			s.After, err = parseCount(words[3])
		}
	case s.Kind == SourcePublic && len(words) == 3:
		if s.ID, err = word(words[1]); err == nil {
			s.Date = words[2]
			_, err = time.Parse("2006-01-02", s.Date)
		}
	default:
		err = malformed("%q is no source", text)
	}
	return s, err
}
