package shoedraw

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestACodeIsReadAsPeopleWriteIt(t *testing.T) {
	want := NewCode(entrantKey(0), march)
	for _, typed := range []string{"JZ492GDQV684YR6T6MEEE78DM0", "jz492gdqv684yr6t6meee78dmO", " JZ49-2GDQ V684 YR6T 6MEE E78D M0 ", "JZ492GDQV684YR6T6MEEE78DMo"} {
		if got, err := ParseCode(typed); err != nil || got != want {
			t.Errorf("%q: %s %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "JZ492GDQV684YR6T6MEEE78DM", "JZ492GDQV684YR6T6MEEE78DM00", "JZ492GDQV684YR6T6MEEE78DM1", "UZ492GDQV684YR6T6MEEE78DM0", strings.Repeat("é", 26)} {
		if _, err := ParseCode(typed); err == nil {
			t.Errorf("%q is read", typed)
		}
	}
}

func TestWhatIsNoDocument(t *testing.T) {
	a, m := published(t, 0)
	good := string(m.Announcement)
	tests := map[string]string{
		"nothing": "", "another kind": string(m.Commitment), "no end": strings.TrimSuffix(good, "\n"), "another line end": strings.ReplaceAll(good, "\n", "\r\n"),
		"a space at the end": strings.Replace(good, "\nwinners: 1\n", "\nwinners: 1 \n", 1), "a leading zero": strings.Replace(good, "winners: 1", "winners: 01", 1),
		"a sign": strings.Replace(good, "winners: 1", "winners: +1", 1), "no winner": strings.Replace(good, "winners: 1", "winners: 0", 1), "a crowd": strings.Replace(good, "winners: 1", "winners: 10001", 1),
		"a line more": good + "more: 1\n", "a line twice": strings.Replace(good, "winners: 1\n", "winners: 1\nwinners: 1\n", 1), "a line less": strings.Replace(good, "winners: 1\n", "", 1),
		"lines in another order":    strings.Replace(good, "winners: 1\nalternates: 3\n", "alternates: 3\nwinners: 1\n", 1),
		"a month that there is not": strings.Replace(good, "2025-03\n", "2025-13\n", 1), "a moment in another zone": strings.Replace(good, "T05:00:00Z", "T05:00:00+00:00", 1),
		"a closing before the opening": strings.Replace(good, "2025-04-01T04", "2025-02-01T04", 1), "capital hexadecimal": strings.Replace(good, a.Rules.String(), strings.ToUpper(a.Rules.String()), 1),
		"an unknown source": strings.Replace(good, "source: sealed", "source: dice", 1), "a source with more": strings.Replace(good, "source: sealed", "source: sealed 1", 1),
		"a shop of two words": strings.Replace(good, "shop.example", "shop example", 1), "a shop beyond ASCII": strings.Replace(good, "shop.example", "schön.example", 1),
	}
	for name, text := range tests {
		if name != "nothing" && text == good {
			t.Errorf("%s is the same document", name)
		}
		if got, err := ParseAnnouncement([]byte(text)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}

func FuzzDocuments(f *testing.F) {
	for _, m := range []string{"SHOEDRAW/1 announcement\nshop: x\n", "SHOEDRAW/1 commitment\n", "SHOEDRAW/1 draw\npick 0: 1 x\n", "SHOEDRAW/1 result\nprev: x\n"} {
		f.Add([]byte(m))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := ParseAnnouncement(b); err == nil && !bytes.Equal(a.Bytes(), b) {
			t.Error("an announcement is read from other bytes than it is written in")
		}
		if c, err := ParseCommitment(b); err == nil && !bytes.Equal(c.Bytes(), b) {
			t.Error("a commitment is read from other bytes than it is written in")
		}
		if d, err := ParseDraw(b); err == nil && !bytes.Equal(d.Bytes(), b) {
			t.Error("a draw is read from other bytes than it is written in")
		}
		if r, err := ParseResult(b); err == nil && !bytes.Equal(r.Bytes(), b) {
			t.Error("a result is read from other bytes than it is written in")
		}
	})
}
