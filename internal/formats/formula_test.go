package formats

import "testing"

func TestGuard(t *testing.T) {
	tests := []struct{ name, text, written string }{
		{"a formula is marked", "=1+1", "'=1+1"},
		{"a plus", "+1", "'+1"},
		{"a minus", "-1", "'-1"},
		{"an at sign", "@SUM(A1)", "'@SUM(A1)"},
		{"a tab", "\t=1", "'\t=1"},
		{"a carriage return", "\r=1", "'\r=1"},
		{"a full-width sign", "＝1", "'＝1"},
		{"a marked text gets a second mark", "'=1", "''=1"},
		{"and a third", "''=1", "'''=1"},
		{"a SKU with an apostrophe is nobody's formula", "'100", "'100"},
		{"an apostrophe alone", "'", "'"},
		{"nothing", "", ""},
		{"plain text", "Size 9 = fits", "Size 9 = fits"},
		{"a lone sign", "-", "'-"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := guard(tt.text); got != tt.written {
				t.Errorf("guard(%q) = %q, want %q", tt.text, got, tt.written)
			}
			if got := unguard(tt.written); got != tt.text {
				t.Errorf("unguard(%q) = %q, want %q", tt.written, got, tt.text)
			}
		})
	}
}

func FuzzGuard(f *testing.F) {
	f.Add("'=1")
	f.Add("=cmd|' /C calc'!A0")
	f.Fuzz(func(t *testing.T, text string) {
		written := guard(text)
		if got := unguard(written); got != text {
			t.Errorf("%q is written %q and read %q", text, written, got)
		}
		if written != "" && isFormula(written[:1]) {
			t.Errorf("%q is written %q, which a spreadsheet could run", text, written)
		}
	})
}
