package shop

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinesAreReadAsTheyArePasted(t *testing.T) {
	tests := []struct {
		name, text string
		want       []TypedLine
	}{
		{"parted by a tab", "T-9D\t3", []TypedLine{{1, "T-9D", 3}}},
		{"by a comma, a semicolon, a space", "A,1\nB;2\nC 3", []TypedLine{{1, "A", 1}, {2, "B", 2}, {3, "C", 3}}},
		{"scanned", "4006381333931\r\n4006381333931\r\n", []TypedLine{{1, "4006381333931", 1}, {2, "4006381333931", 1}}},
		{"a SKU with spaces", "LR TERN\t2\nLR TERN", []TypedLine{{1, "LR TERN", 2}, {2, "LR TERN", 1}}},
		{"with a heading", "\nSKU\tQuantity\n\nA\t1", []TypedLine{{4, "A", 1}}},
		{"a tab goes before a comma", "A,B\t4", []TypedLine{{1, "A,B", 4}}},
		{"the most", "A\t100000", []TypedLine{{1, "A", 100_000}}},
		{"zeros before it", "A\t007", []TypedLine{{1, "A", 7}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ParseStockLines(tt.text, 1)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}

func TestWrongLinesAreEachNamed(t *testing.T) {
	for _, quantity := range []string{"１２", "-1", "−1", "0", "100001", "1.5", "1,5", "1e3", "0x1", "one", "99999999999999999999", "+1"} {
		lines, err := ParseStockLines("GOOD\t1\nBAD\t"+quantity, 1)
		var e *LinesError
		if !errors.As(err, &e) || len(e.Faults) != 1 || e.Faults[0].Line != 2 || len(lines) != 1 || KindOf(err) != KindInvalid {
			t.Errorf("%q: %v", quantity, err)
		}
	}
	_, err := ParseStockLines("\t4\n4.00638E+12\t3\n"+strings.Repeat("x", 101), 1)
	var e *LinesError
	if !errors.As(err, &e) || len(e.Faults) != 2 {
		t.Errorf("%v", err)
	}
	if _, err := ParseStockLines("A\t0", 0); err != nil {
		t.Errorf("nothing on the shelf is a count: %v", err)
	}
	for _, text := range []string{"", " \n\t\n", strings.Repeat("A\n", 5001)} {
		if _, err := ParseStockLines(text, 1); KindOf(err) != KindInvalid {
			t.Errorf("%.10q: %v", text, err)
		}
	}
	both := FaultsTogether(&LinesError{[]LineFault{{3, "c"}}, KindInvalid}, &LinesError{[]LineFault{{1, "a"}}, KindInvalid})
	if !errors.As(both, &e) || e.Faults[0].Line != 1 || MessageOf(both) != "Nothing was saved: 2 lines are not right." {
		t.Errorf("%v", both)
	}
}

func TestAChangeIsSignedOrACount(t *testing.T) {
	n := func(n int64) *int64 { return &n }
	for typed, want := range map[string][2]*int64{
		"-1": {n(-1)}, "−2": {n(-2)}, "+5": {n(5)}, " +05 ": {n(5)}, "=7": {nil, n(7)}, "=0": {nil, n(0)}, "= 3": {nil, n(3)},
		"5": {}, "": {}, "+": {}, "-0": {}, "+-1": {}, "--1": {}, "１": {}, "-１": {}, "=-1": {}, "+100001": {}, "1e3": {}, "+1.0": {},
	} {
		delta, count, err := ParseStockChange(typed)
		if diff := cmp.Diff(want, [2]*int64{delta, count}); diff != "" || (err == nil) != (delta != nil || count != nil) {
			t.Errorf("%q: %v %s", typed, err, diff)
		}
	}
}

func TestACodeHasItsForms(t *testing.T) {
	for code, want := range map[string][]string{
		"t-9d":         {"t-9d", "T-9D"},
		"036000291452": {"036000291452", "0036000291452", "00036000291452"},
		"12345":        {"12345"},
		"000000":       {"000000"},
	} {
		if diff := cmp.Diff(want, CodeForms(code)); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
}

func TestANoteIsPlainTextWithItsReason(t *testing.T) {
	for typed, want := range map[string]string{"": "lost", "  a \n b ": "lost: a b", "<b>": "lost: <b>", strings.Repeat("é", 450): "lost: " + strings.Repeat("é", 450)} {
		if got, err := ReasonNote(ReasonLost, typed); err != nil || got != want || len([]rune(got)) > MaxStockNote {
			t.Errorf("%q: %q %v", typed, got, err)
		}
	}
	for _, typed := range []string{strings.Repeat("x", 451), "a\x00b", "a\x1b[31m", "\xff"} {
		if _, err := ReasonNote(ReasonLost, typed); KindOf(err) != KindInvalid {
			t.Errorf("%q is taken", typed)
		}
	}
}

func TestAKeyOfAFormIsOneOfOurs(t *testing.T) {
	for key, good := range map[string]bool{"ABCDEFGHIJKLMNOPQRSTUVWX27": true, "": false, "ABC": false, "abcdefghijklmnopqrstuvwxyz": false,
		"ABCDEFGHIJKLMNOPQRSTUVWX-1": false, strings.Repeat("A", 41): false, "ABCDEFGHIJKLMNOPQRSTUVWX2７": false} {
		if IsFormKey(key) != good {
			t.Errorf("%q", key)
		}
	}
}

func TestLowStockAtIsChecked(t *testing.T) {
	for at, good := range map[int]bool{-1: false, 0: true, 1000: true, 1001: false} {
		s := DefaultSettings()
		s.LowStockAt = at
		if (s.Check() == nil) != good {
			t.Errorf("%d", at)
		}
	}
}
