package shop_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func TestAPasteIsRead(t *testing.T) {
	tests := []struct {
		name, text string
		want       [][]string
	}{
		{"nothing", "", nil},
		{"line breaks alone", "\r\n\n", nil},
		{"one cell", "129.00", [][]string{{"129.00"}}},
		{"rows and cells", "9\tD\r\n9.5\t2E\r\n", [][]string{{"9", "D"}, {"9.5", "2E"}}},
		{"old line breaks", "9\r10", [][]string{{"9"}, {"10"}}},
		{"rows of different length", "a\tb\tc\nd\n", [][]string{{"a", "b", "c"}, {"d"}}},
		{"empty cells", "\t\n\tx\t\n", [][]string{{"", ""}, {"", "x", ""}}},
		{"an empty row in between", "a\n\nb\n", [][]string{{"a"}, {""}, {"b"}}},
		{"a line break in a cell", "\"two\r\nlines\"\tx\n", [][]string{{"two\r\nlines", "x"}}},
		{"a tab and a mark in a cell", "\"a\tb \"\"c\"\"\"\td", [][]string{{"a\tb \"c\"", "d"}}},
		{"an empty quoted cell", "\"\"\tx", [][]string{{"", "x"}}},
		{"a mark inside a cell is one", "5\" long\t6\"", [][]string{{"5\" long", "6\""}}},
		{"a mark that is not closed is one", "\"open\tx\ny", [][]string{{"\"open", "x"}, {"y"}}},
		{"something behind the closing mark", "\"a\" b\tc", [][]string{{"\"a\" b", "c"}}},
		{"markup and formulas are text", "=1+1\t<script>", [][]string{{"=1+1", "<script>"}}},
	}
	for _, tt := range tests {
		got, err := shop.ParseSheet(tt.text)
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", tt.name, err, diff)
		}
	}
}

func TestAPasteThatIsTooMuchIsRefused(t *testing.T) {
	row := strings.Repeat("x\t", 99) + "x\n"
	if rows, err := shop.ParseSheet(strings.Repeat(row, 200)); len(rows) != 200 || err != nil {
		t.Errorf("20,000 cells are %d rows, %v", len(rows), err)
	}
	for name, text := range map[string]string{
		"20,001 cells": strings.Repeat(row, 200) + "x", "no UTF-8": "a\xff", "a zero byte": "a\x00b",
	} {
		if _, err := shop.ParseSheet(text); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%s gives %v", name, err)
		}
	}
}

func FuzzParseSheet(f *testing.F) {
	for _, seed := range []string{"a\tb\nc", "\"a\tb\"\"c\"\td", "\"open\tx", "5\"\r\n", "\"\"\"\t\"a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := shop.ParseSheet(text)
		if err != nil {
			return
		}
		// Written again with every cell in marks it is the same.
		var b strings.Builder
		for _, row := range rows {
			for i, cell := range row {
				if i > 0 {
					b.WriteByte('\t')
				}
				b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
			}
			b.WriteByte('\n')
		}
		if len(text) > 4_000 {
			return
		}
		again, err := shop.ParseSheet(b.String())
		if diff := cmp.Diff(rows, again); diff != "" || err != nil {
			t.Fatalf("%q: %v (-first +again):\n%s", text, err, diff)
		}
	})
}
